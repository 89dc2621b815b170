#include "gs1/reading.hpp"

#include <algorithm>
#include <utility>

#include "base/currency.hpp"
#include "gs1/article_number.hpp"
#include "gs1/eci.hpp"
#include "gs1/restricted.hpp"
#include "gs1/shown.hpp"

namespace cartwright::gs1 {
namespace {

constexpr std::size_t kAimLength = 3;

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// A piece of what was scanned, and where it begins there.
struct Piece {
  std::string_view text;
  std::size_t at = 0;

  Piece from(std::size_t offset) const { return {text.substr(offset), at + offset}; }
};

Piece trim(Piece data) {
  while (!data.text.empty() && is_space(data.text.front())) data = data.from(1);
  while (!data.text.empty() && is_space(data.text.back())) data.text.remove_suffix(1);
  return data;
}

Refusal moved(Refusal refusal, std::size_t by) {
  refusal.at += by;
  return refusal;
}

// A composite symbol's parts, as some scanners send them in one piece: each further part begins
// with its own identifier, ]e0 or ]e1, or with a bar and that.
struct Parts {
  Piece first;
  std::vector<Piece> further;
};

Parts split_composite(Piece data) {
  constexpr std::size_t kIdentifier = 3;
  Parts parts{data, {}};
  for (std::size_t at = data.text.find("]e"); at != std::string_view::npos;
       at = data.text.find("]e", at + 1)) {
    const std::string_view identifier = data.text.substr(at, kIdentifier);
    if (identifier != "]e0" && identifier != "]e1") continue;
    const std::size_t end = at > 0 && data.text[at - 1] == '|' ? at - 1 : at;
    Piece& last = parts.further.empty() ? parts.first : parts.further.back();
    last.text = last.text.substr(0, data.at + end - last.at);
    parts.further.push_back(data.from(at + kIdentifier));
  }
  return parts;
}

// A number and the add-on that a scanner sends behind it with an identifier of its own, ]E1 for two
// digits, ]E2 for five (ISO/IEC 15424).
struct AddedOn {
  Piece number;
  Piece add_on;  // empty where none is
};

std::variant<AddedOn, Refusal> split_add_on(Piece data) {
  const std::size_t at = data.text.find("]E");
  if (at == std::string_view::npos) return AddedOn{data, {}};
  const std::string_view identifier = data.text.substr(at, kAimLength);
  const Piece add_on = data.from(at + identifier.size());
  const bool is_two = identifier == "]E1";
  if (!is_two && identifier != "]E2") {
    return Refusal{in_quotes(identifier) + " begins no add-on; ]E1 and ]E2 do", data.at + at};
  }
  if (auto refusal = refuse_non_digits(add_on.text)) return moved(*std::move(refusal), add_on.at);
  if (add_on.text.size() != (is_two ? 2 : 5)) {
    return Refusal{"an add-on behind " + std::string(identifier) + " has " +
                       (is_two ? "two" : "five") + " digits",
                   add_on.at, RefusalKind::wrong_length};
  }
  return AddedOn{{data.text.substr(0, at), data.at}, add_on};
}

class ScanReader {
 public:
  explicit ScanReader(const ReadOptions& options) : options_(options) {}

  ReadResult read(Piece data, Carrier carrier) const {
    switch (carrier.content) {
      case Content::add_on:
        return Refusal{"only the add-on was read; scan the whole code", data.at};
      case Content::digits:
        return digits(data, carrier.symbology);
      case Content::elements:
        return elements(data, carrier.symbology);
      case Content::text:
        break;
    }
    if (is_web_address(data.text)) return link(data, carrier.symbology);
    Reading nothing;
    nothing.symbology = carrier.symbology;
    return nothing;
  }

  // Data of which nobody knows where they come from.
  ReadResult read_bare(Piece data) const {
    const std::string_view text = data.text;
    if (text.empty()) return Refusal{"nothing was scanned", data.at};
    const ElementOptions& options = options_.link.elements;
    switch (text.front()) {
      case '^':
        return finish(read_written_elements(text, options), Symbology::unknown, data.at);
      case '(':
        return finish(read_bracketed_elements(text, options), Symbology::unknown, data.at);
      case kGroupSeparator:
        return elements(data, Symbology::unknown);
      default:
        break;
    }
    if (is_web_address(text)) return link(data, Symbology::gs1_digital_link);
    const bool separated = text.find(kGroupSeparator) != std::string_view::npos;
    if (separated || is_gtin_element(text)) return elements(data, Symbology::unknown);
    return digits(data, Symbology::unknown);
  }

 private:
  // (01) with more behind it than any article number has, as scanners send it whose AIM
  // identifiers are off.
  static bool is_gtin_element(std::string_view text) {
    constexpr std::size_t kElement = 16;
    return text.size() >= kElement && text.starts_with("01") &&
           has_valid_check_digit(text.substr(2, kElement - 2));
  }

  ReadResult link(Piece data, Symbology symbology) const {
    return finish(read_digital_link(data.text, options_.link), symbology, data.at);
  }

  ReadResult elements(Piece data, Symbology symbology) const {
    const Parts parts = split_composite(data);
    if (parts.further.empty()) {
      return finish(read_element_string(data.text, options_.link.elements), symbology, data.at);
    }
    std::vector<Element> all;
    if (auto refusal = append(all, parts.first)) return *std::move(refusal);
    for (const Piece& part : parts.further) {
      if (auto refusal = append(all, part)) return *std::move(refusal);
    }
    return finish(checked(std::move(all)), Symbology::composite, 0);
  }

  // With offsets in the whole of what was scanned.
  std::optional<Refusal> append(std::vector<Element>& all, Piece part) const {
    Elements read = read_part(part.text, options_.link.elements);
    if (auto* refusal = std::get_if<Refusal>(&read)) return moved(std::move(*refusal), part.at);
    for (Element& element : std::get<std::vector<Element>>(read)) {
      element.at += part.at;
      all.push_back(std::move(element));
    }
    return std::nullopt;
  }

  Elements checked(std::vector<Element> all) const {
    if (auto refusal = check_together(all, options_.link.elements)) return *std::move(refusal);
    return all;
  }

  // The reading stands in its result from the begin: it is too large to be moved about.
  ReadResult finish(Elements read, Symbology symbology, std::size_t at) const {
    ReadResult result;
    if (auto refusal = fill(std::get<Reading>(result), std::move(read), symbology, at)) {
      result = moved(*std::move(refusal), at);
    }
    return result;
  }

  std::optional<Refusal> fill(Reading& reading, Elements read, Symbology symbology,
                              std::size_t at) const {
    if (auto* refusal = std::get_if<Refusal>(&read)) return std::move(*refusal);
    reading.symbology = symbology;
    reading.elements = std::get<std::vector<Element>>(std::move(read));
    for (Element& element : reading.elements) element.at += at;
    if (const auto gtin = value_of(reading.elements, Ai{1, 2})) reading.gtin = Gtin14::parse(*gtin);
    reading.facts = facts_of(reading.elements, options_.surroundings);
    if (!reading.gtin || options_.restricted == nullptr) return std::nullopt;
    return take_apart(reading, reading.gtin->text());
  }

  ReadResult digits(Piece data, Symbology symbology) const {
    ReadResult result;
    if (auto refusal = fill_digits(std::get<Reading>(result), data, symbology)) {
      result = *std::move(refusal);
    }
    return result;
  }

  // With the offset of a refusal in the whole of what was scanned.
  std::optional<Refusal> fill_digits(Reading& reading, Piece data, Symbology symbology) const {
    const Parts parts = split_composite(data);
    auto split = split_add_on(parts.first);
    if (auto* refusal = std::get_if<Refusal>(&split)) return std::move(*refusal);
    const auto& [digits, add_on] = std::get<AddedOn>(split);
    auto number = read_article_number(digits.text, symbology);
    if (auto* refusal = std::get_if<Refusal>(&number)) {
      return moved(std::move(*refusal), data.at);
    }
    auto& article = std::get<ArticleNumber>(number);
    reading.symbology = article.symbology;
    reading.gtin = article.gtin;
    reading.add_on = add_on.text.empty() ? std::move(article.add_on) : std::string(add_on.text);
    if (!parts.further.empty()) {
      if (auto refusal = read_composite(reading, parts)) return refusal;
    }
    if (options_.restricted == nullptr) return std::nullopt;
    auto refusal = take_apart(reading, article.digits);
    if (refusal) refusal->at += data.at;
    return refusal;
  }

  // The parts behind an article number, beside which they stand as beside (01).
  std::optional<Refusal> read_composite(Reading& reading, const Parts& parts) const {
    const Ai gtin{1, 2};
    std::vector<Element> all = {{gtin, reading.gtin->text(), parts.first.at, find_ai(gtin)}};
    for (const Piece& part : parts.further) {
      if (auto refusal = append(all, part)) return refusal;
    }
    if (auto refusal = check_together(all, options_.link.elements)) return refusal;
    all.erase(all.begin());
    reading.facts = facts_of(all, options_.surroundings);
    reading.elements = std::move(all);
    return std::nullopt;
  }

  std::optional<Refusal> take_apart(Reading& reading, std::string_view number) const {
    auto result = read_restricted(number, *options_.restricted);
    if (!result) return std::nullopt;
    if (auto* refusal = std::get_if<Refusal>(&*result)) return std::move(*refusal);
    auto& restricted = std::get<RestrictedNumber>(*result);
    reading.gtin = restricted.item;
    reading.restricted_rule = std::move(restricted.rule);
    if (restricted.price_minor) {
      reading.facts.price_minor = restricted.price_minor;
      const Currency* currency = find_currency(options_.restricted->currency);
      if (currency != nullptr) reading.facts.currency = currency->numeric;
    }
    if (restricted.weight_grams) reading.facts.weight_grams = restricted.weight_grams;
    if (restricted.count) reading.facts.count = restricted.count;
    return std::nullopt;
  }

  const ReadOptions& options_;
};

Refusal no_identifier(std::string_view aim, std::size_t at) {
  if (aim.size() < kAimLength) return {"the symbology identifier is cut off", at};
  if (const auto name = other_symbology(aim[1])) {
    return {in_quotes(aim) + ": no " + std::string(*name) + " symbol is read at a point of sale",
            at};
  }
  return {in_quotes(aim) + " is no symbology identifier of ISO/IEC 15424", at};
}

}  // namespace

ReadResult read_scan(std::string_view scanned, std::string_view aim, const ReadOptions& options) {
  Piece data = trim({scanned, 0});
  if (aim.empty() && data.text.starts_with(']')) {
    aim = data.text.substr(0, kAimLength);
    data = trim(data.from(aim.size()));
  }
  const ScanReader reader(options);
  if (aim.empty()) return reader.read_bare(data);
  const auto carrier = carrier_from_aim(aim, data.text);
  if (!carrier) return no_identifier(aim, trim({scanned, 0}).at);
  if (holds_eci(aim)) {
    const EciPrefix prefix = read_eci_prefix(data.text);
    if (!prefix.refusal.empty()) return Refusal{prefix.refusal, data.at + prefix.size};
    data = data.from(prefix.size);
  }
  return reader.read(data, *carrier);
}

ReadResult read_scan(std::string_view scanned, Symbology symbology, const ReadOptions& options) {
  const Piece data = trim({scanned, 0});
  const ScanReader reader(options);
  if (symbology == Symbology::unknown) return reader.read_bare(data);
  if (data.text.empty()) return Refusal{"nothing was scanned", 0};
  const bool is_link = is_web_address(data.text) && content_of(symbology) != Content::digits;
  const Content content = is_link ? Content::text : content_of(symbology);
  return reader.read(data, {symbology, content});
}

}  // namespace cartwright::gs1
