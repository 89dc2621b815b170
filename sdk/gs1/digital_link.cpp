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

bool may_stand(char c, std::uint8_t place) {
  return (kUriCharacters[static_cast<unsigned char>(c)] & place) != 0;
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
  for (std::size_t i = 0; i < uri.size(); ++i) {
    if (may_stand(uri[i], kInUri)) continue;
    return Refusal{shown(uri[i]) + " may not stand in a web address", i};
  }
  const std::size_t domain = uri.find("://") + 3;
  const std::size_t path = uri.find('/', domain);
  if (path == std::string_view::npos || path == domain) {
    return Refusal{
        "this web address is no GS1 Digital Link: it has no domain with a path behind it", domain};
  }
  for (std::size_t i = domain; i < path; ++i) {
    if (may_stand(uri[i], kInDomain)) continue;
    return Refusal{shown(uri[i]) + " may not stand in a domain", i};
  }
  const std::string_view without_fragment = uri.substr(0, uri.find('#', path));
  const std::size_t question = without_fragment.find('?', path);
  Parts parts{{without_fragment.substr(path, question - path), path}, {}};
  if (question != std::string_view::npos) {
    parts.query = {without_fragment.substr(question + 1), question + 1};
  }
  return parts;
}

// The pairs of the path from its last primary key on; none where there is no key.
std::vector<Pair> pairs_of_path(Piece path) {
  std::vector<Pair> pairs;
  pairs.reserve(4);
  std::size_t end = path.text.size();
  while (end > 0) {
    const std::size_t value = path.text.rfind('/', end - 1);
    if (value == 0 || value == std::string_view::npos) break;
    const std::size_t name = path.text.rfind('/', value - 1);
    if (name == std::string_view::npos) break;
    const Pair pair{{path.text.substr(name + 1, value - name - 1), path.at + name + 1},
                    {path.text.substr(value + 1, end - value - 1), path.at + value + 1}};
    const auto ai = Ai::parse(pair.name.text);
    const AiEntry* entry = ai ? find_ai(*ai) : nullptr;
    if (entry == nullptr) break;
    pairs.push_back(pair);
    if (entry->link_key()) {
      std::ranges::reverse(pairs);
      return pairs;
    }
    end = name;
  }
  return {};
}

// Whether these qualifiers, in this order, may stand behind the key: they are a part of one of its
// sequences.
bool is_sequence(const AiEntry& key, std::span<const Ai> qualifiers) {
  if (qualifiers.empty()) return true;
  std::size_t next = 0;
  for (const AiPattern& pattern : qualifiers_of(key)) {
    if (next < qualifiers.size() && pattern.matches(qualifiers[next])) ++next;
    if (next == qualifiers.size()) return true;
    if (!pattern.joined) next = 0;
  }
  return false;
}

// Whether an AI of the query would be a qualifier if it stood in the path.
bool belongs_in_path(const AiEntry& key, const std::vector<Ai>& qualifiers, Ai ai) {
  const auto is_it = [ai](const AiPattern& pattern) { return pattern.matches(ai); };
  if (std::ranges::none_of(qualifiers_of(key), is_it)) return false;
  for (std::size_t i = 0; i <= qualifiers.size(); ++i) {
    std::vector<Ai> with = qualifiers;
    with.insert(with.begin() + static_cast<std::ptrdiff_t>(i), ai);
    if (is_sequence(key, with)) return true;
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
    const std::vector<Pair> pairs = pairs_of_path(parts.path);
    if (pairs.empty()) return no_key(parts.path.text, parts.path.at);
    for (const Pair& pair : pairs) {
      if (auto refusal = add(*Ai::parse(pair.name.text), pair, false)) return *std::move(refusal);
    }
    if (auto refusal = check_path()) return *std::move(refusal);
    if (auto refusal = read_query(parts.query)) return *std::move(refusal);
    if (auto refusal = check_together(elements_, options_.elements)) return *std::move(refusal);
    return std::move(elements_);
  }

 private:
  std::optional<Refusal> add(Ai ai, const Pair& pair, bool in_query) {
    const AiEntry* entry = find_ai(ai);
    if (entry == nullptr && options_.elements.permit_unknown_ai) entry = stand_in(ai);
    if (entry == nullptr) {
      return Refusal{
          in_quotes(pair.name.text) + " is no application identifier that GS1 has defined",
          pair.name.at};
    }
    if (elements_.size() == kMostElements) {
      return Refusal{"there are too many elements in it", pair.name.at};
    }
    std::string value = percent_decoded(pair.value.text, in_query);
    std::size_t added = 0;
    if (options_.zero_suppressed && ai == Ai{1, 2} && is_gtin_length(value.size())) {
      added = kGtinDigits - value.size();
      value.insert(0, added, '0');
    }
    if (auto refusal = check_value(ai, *entry, value, 0)) {
      const std::size_t index = refusal->at - std::min(refusal->at, added);
      refusal->at = pair.value.at + percent_offset(pair.value.text, index);
      return refusal;
    }
    elements_.push_back({ai, std::move(value), pair.name.at, entry});
    return std::nullopt;
  }

  // The elements so far are the path's: a key and its qualifiers.
  std::optional<Refusal> check_path() {
    for (std::size_t i = 1; i < elements_.size(); ++i) {
      qualifiers_.push_back(elements_[i].ai);
      if (is_sequence(*elements_.front().entry, qualifiers_)) continue;
      return Refusal{elements_[i].ai.in_brackets() + " may not stand here in the path behind " +
                         elements_.front().ai.in_brackets(),
                     elements_[i].at};
    }
    return std::nullopt;
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
    if (!ai) {
      return Refusal{
          in_quotes(pair.name.text) + " is no application identifier that GS1 has defined",
          pair.name.at};
    }
    const std::string name = ai->in_brackets();
    if (std::ranges::find(elements_, *ai, &Element::ai) != elements_.end()) {
      return Refusal{name + " stands twice in this link", pair.name.at};
    }
    if (auto refusal = add(*ai, pair, true)) return refusal;
    if (belongs_in_path(*elements_.front().entry, qualifiers_, *ai)) {
      return Refusal{name + " belongs in the path of a link, not behind its question mark",
                     pair.name.at};
    }
    if (!elements_.back().entry->link_attribute()) {
      return Refusal{name + " may not stand behind the question mark of a link", pair.name.at};
    }
    return std::nullopt;
  }

  LinkOptions options_;
  std::vector<Element> elements_;
  std::vector<Ai> qualifiers_;
};

}  // namespace

bool is_web_address(std::string_view text) {
  const std::size_t colon = text.find("://");
  if (colon != 4 && colon != 5) return false;
  constexpr std::string_view kScheme = "https";
  return std::ranges::equal(text.substr(0, colon), kScheme.substr(0, colon),
                            [](char c, char small) { return (c | 0x20) == small; });
}

Elements read_digital_link(std::string_view uri, const LinkOptions& options) {
  if (!is_web_address(uri)) {
    return Refusal{"a GS1 Digital Link begins with https:// or http://", 0};
  }
  return Reader(options).read(uri);
}

}  // namespace cartwright::gs1
