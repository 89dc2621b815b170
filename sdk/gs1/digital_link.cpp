#include "gs1/digital_link.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "gs1/link_words.hpp"
#include "gs1/percent.hpp"
#include "gs1/shown.hpp"

namespace cartwright::gs1 {
namespace {

constexpr std::size_t kGtinDigits = 14;

// What RFC 3986 lets stand in a URI, and of that what a domain has, with or without a port.
constexpr std::uint8_t kInUri = 1;
constexpr std::uint8_t kInDomain = 2;

constexpr std::array<std::uint8_t, 256> uri_characters() {
  std::array<std::uint8_t, 256> places = {};
  const auto add = [&](std::string_view characters, std::uint8_t place) {
    for (const char c : characters) places[static_cast<unsigned char>(c)] = place;
  };
  add("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.:/[]", kInUri | kInDomain);
  add("_~?#@!$&'()*+,;=%", kInUri);
  return places;
}
constexpr std::array<std::uint8_t, 256> kUriCharacters = uri_characters();

unsigned places_of(char c) {
  return kUriCharacters[static_cast<unsigned char>(c)];
}

// The first character that may not stand there, or npos.
std::size_t first_stranger(std::string_view text, unsigned place) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if ((places_of(text[at]) & place) == 0) return at;
  }
  return std::string_view::npos;
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_gtin_length(std::size_t size) {
  return size == 8 || size == 12 || size == 13;
}

// A part of the URI with its place in it.
struct Piece {
  std::string_view text;
  std::size_t at = 0;
};

// "/AI/value" of the path, or "AI=value" of the query.
struct Pair {
  Piece name;
  Piece value;
};

// Where the path, the query and their ends are.
struct Parts {
  Piece path;   // with its leading slash
  Piece query;  // without the question mark
};

std::variant<Parts, Refusal> split(std::string_view uri) {
  if (const std::size_t at = first_stranger(uri, kInUri); at != std::string_view::npos) {
    return Refusal{shown(uri[at]) + " may not stand in a web address", at};
  }
  const std::size_t domain = uri.find("://") + 3;
  const std::size_t path = uri.find('/', domain);
  if (path == std::string_view::npos || path == domain) {
    return Refusal{
        "this web address is no GS1 Digital Link: it has no domain with a path behind it", domain};
  }
  const std::string_view host = uri.substr(domain, path - domain);
  if (const std::size_t at = first_stranger(host, kInDomain); at != std::string_view::npos) {
    return Refusal{shown(host[at]) + " may not stand in a domain", domain + at};
  }
  const std::string_view without_fragment = uri.substr(0, uri.find('#', path));
  const std::size_t question = without_fragment.find('?', path);
  Parts parts{{without_fragment.substr(path, question - path), path}, {}};
  if (question != std::string_view::npos) {
    parts.query = {without_fragment.substr(question + 1), question + 1};
  }
  return parts;
}

// More than any key and its qualifiers have; a path with more is refused.
constexpr std::size_t kMostPairs = 8;

// The pairs of the path from its last primary key on, the last one first; none where there is no
// key.
struct KeyPath {
  struct Step {
    Ai ai;
    const AiEntry* entry = nullptr;
    Pair pair;
  };
  std::array<Step, kMostPairs> steps;
  std::size_t size = 0;  // more than kMostPairs: as many stand there
};

// Reads backwards, since the stem in front of the key may hold anything.
void read_key_path(Piece path, KeyPath& found) {
  std::size_t end = path.text.size();
  while (end > 0) {
    const std::size_t value = path.text.rfind('/', end - 1);
    if (value == 0 || value == std::string_view::npos) break;
    const std::size_t name = path.text.rfind('/', value - 1);
    if (name == std::string_view::npos) break;
    const Piece word{path.text.substr(name + 1, value - name - 1), path.at + name + 1};
    const auto ai = Ai::parse(word.text);
    const AiEntry* entry = ai ? find_ai(*ai) : nullptr;
    if (entry == nullptr) break;
    if (found.size < kMostPairs) {
      const Piece text{path.text.substr(value + 1, end - value - 1), path.at + value + 1};
      found.steps[found.size] = {*ai, entry, {word, text}};
    }
    ++found.size;
    if (entry->link_key()) return;
    end = name;
  }
  found.size = 0;
}

// Whether the elements behind the first, a key, may stand behind it in this order: they are a part
// of one of its sequences.
bool is_sequence(std::span<const Element> path) {
  std::size_t next = 1;
  for (const AiPattern& pattern : qualifiers_of(*path.front().entry)) {
    if (next < path.size() && pattern.matches(path[next].ai)) ++next;
    if (next == path.size()) return true;
    if (!pattern.joined) next = 1;
  }
  return next == path.size();
}

// Whether an element of the query would be a qualifier if it stood in the path.
bool belongs_in_path(std::span<const Element> path, const Element& element) {
  const auto is_it = [&](const AiPattern& pattern) { return pattern.matches(element.ai); };
  if (std::ranges::none_of(qualifiers_of(*path.front().entry), is_it)) return false;
  for (std::size_t i = 1; i <= path.size(); ++i) {
    std::vector<Element> with(path.begin(), path.end());
    with.insert(with.begin() + static_cast<std::ptrdiff_t>(i), element);
    if (is_sequence(with)) return true;
  }
  return false;
}

class Reader {
 public:
  explicit Reader(const LinkOptions& options) : options_(options) { elements_.reserve(8); }

  Elements read(std::string_view uri) {
    const auto split_uri = split(uri);
    if (const auto* refusal = std::get_if<Refusal>(&split_uri)) return *refusal;
    const auto& parts = std::get<Parts>(split_uri);
    has_percent_ = uri.find('%') != std::string_view::npos;
    if (auto refusal = read_path(parts.path)) return *std::move(refusal);
    if (auto refusal = read_query(parts.query)) return *std::move(refusal);
    if (auto refusal = check_together(elements_, options_.elements)) return *std::move(refusal);
    return std::move(elements_);
  }

 private:
  std::optional<Refusal> add(Ai ai, const AiEntry& entry, const Pair& pair, bool in_query) {
    if (elements_.size() == kMostElements) {
      return Refusal{"there are too many elements in it", pair.name.at};
    }
    Element& element = elements_.emplace_back();
    element.ai = ai;
    element.at = pair.name.at;
    element.entry = &entry;
    std::string& value = element.value;
    if (has_percent_ || in_query) {
      value = percent_decoded(pair.value.text, in_query);
    } else {
      value = pair.value.text;
    }
    std::size_t added = 0;
    if (options_.zero_suppressed && ai == Ai{1, 2} && is_gtin_length(value.size())) {
      added = kGtinDigits - value.size();
      value.insert(0, added, '0');
    }
    if (auto refusal = check_value(ai, entry, value, 0)) {
      const std::size_t index = refusal->at - std::min(refusal->at, added);
      refusal->at = pair.value.at + percent_offset(pair.value.text, index);
      return refusal;
    }
    return std::nullopt;
  }

  static Refusal no_ai(Piece name) {
    return {in_quotes(name.text) + " is no application identifier that GS1 has defined", name.at};
  }

  // The key and its qualifiers.
  std::optional<Refusal> read_path(Piece path) {
    KeyPath key;
    read_key_path(path, key);
    if (key.size == 0) return no_key(path.text, path.at);
    if (key.size > kMostPairs) {
      return Refusal{"there are too many elements in its path",
                     key.steps[kMostPairs - 1].pair.name.at};
    }
    for (std::size_t i = key.size; i-- > 0;) {
      const auto& [ai, entry, pair] = key.steps[i];
      if (auto refusal = add(ai, *entry, pair, false)) return refusal;
    }
    path_elements_ = elements_.size();
    return check_path();
  }

  std::span<const Element> path_elements() const {
    return std::span(elements_).first(path_elements_);
  }

  // The elements so far are the path's: a key and its qualifiers.
  std::optional<Refusal> check_path() const {
    const auto path = path_elements();
    if (is_sequence(path)) return std::nullopt;
    std::size_t wrong = 1;
    while (is_sequence(path.first(wrong + 1))) ++wrong;
    return Refusal{path[wrong].ai.in_brackets() + " may not stand here in the path behind " +
                       path.front().ai.in_brackets(),
                   path[wrong].at};
  }

  std::optional<Refusal> read_query(Piece query) {
    std::size_t begin = 0;
    while (begin < query.text.size()) {
      const std::size_t end = std::min(query.text.find('&', begin), query.text.size());
      const std::string_view text = query.text.substr(begin, end - begin);
      const std::size_t equals = text.find('=');
      const std::string_view name = text.substr(0, equals);
      if (equals != std::string_view::npos && all_digits(name)) {
        const Pair pair{{name, query.at + begin},
                        {text.substr(equals + 1), query.at + begin + equals + 1}};
        if (auto refusal = add_attribute(pair)) return refusal;
      }
      begin = end + 1;
    }
    return std::nullopt;
  }

  std::optional<Refusal> add_attribute(const Pair& pair) {
    const auto ai = Ai::parse(pair.name.text);
    if (!ai) return no_ai(pair.name);
    if (std::ranges::find(elements_, *ai, &Element::ai) != elements_.end()) {
      return Refusal{ai->in_brackets() + " stands twice in this link", pair.name.at};
    }
    const AiEntry* entry = find_ai(*ai);
    if (entry == nullptr && options_.elements.permit_unknown_ai) entry = stand_in(*ai);
    if (entry == nullptr) return no_ai(pair.name);
    if (auto refusal = add(*ai, *entry, pair, true)) return refusal;
    if (belongs_in_path(path_elements(), elements_.back())) {
      return Refusal{
          ai->in_brackets() + " belongs in the path of a link, not behind its question mark",
          pair.name.at};
    }
    if (!entry->link_attribute()) {
      return Refusal{ai->in_brackets() + " may not stand behind the question mark of a link",
                     pair.name.at};
    }
    return std::nullopt;
  }

  const LinkOptions& options_;
  bool has_percent_ = true;
  std::size_t path_elements_ = 0;  // of the elements, those that stand in the path
  std::vector<Element> elements_;
};

}  // namespace

bool is_web_address(std::string_view text) {
  constexpr std::string_view kScheme = "http";
  if (text.size() < kScheme.size()) return false;
  for (std::size_t i = 0; i < kScheme.size(); ++i) {
    if ((text[i] | 0x20) != kScheme[i]) return false;
  }
  text.remove_prefix(kScheme.size());
  if (!text.empty() && (text.front() | 0x20) == 's') text.remove_prefix(1);
  return text.starts_with("://");
}

Elements read_digital_link(std::string_view uri, const LinkOptions& options) {
  if (!is_web_address(uri)) {
    return Refusal{"a GS1 Digital Link begins with https:// or http://", 0};
  }
  return Reader(options).read(uri);
}

}  // namespace cartwright::gs1
