#include "gs1/link_words.hpp"

#include <algorithm>
#include <array>

#include "gs1/shown.hpp"

namespace cartwright::gs1 {
namespace {

struct ShortName {
  std::string_view word;
  std::string_view ai;
};

// The convenience alphas of URI syntax 1.1 that primary keys had, withdrawn since.
constexpr std::array<ShortName, 14> kShortNames = {{{"cpid", "8010"},
                                                    {"gcn", "255"},
                                                    {"gdti", "253"},
                                                    {"giai", "8004"},
                                                    {"ginc", "401"},
                                                    {"gln", "414"},
                                                    {"gmn", "8013"},
                                                    {"grai", "8003"},
                                                    {"gsin", "402"},
                                                    {"gsrn", "8018"},
                                                    {"gsrnp", "8017"},
                                                    {"gtin", "01"},
                                                    {"itip", "8006"},
                                                    {"sscc", "00"}}};

constexpr std::size_t kShortestCompressed = 10;  // a GTIN alone needs more

// Compressed links end in one segment of base64 for addresses.
bool looks_compressed(std::string_view segment) {
  const auto has = [&](auto&& is) { return std::ranges::any_of(segment, is); };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_other = [&](char c) {
    return !is_digit(c) && !is_capital(c) && !is_small(c) && c != '-' && c != '_';
  };
  return segment.size() >= kShortestCompressed && has(is_capital) && has(is_small) &&
         !has(is_other);
}

}  // namespace

Refusal no_key(std::string_view path, std::size_t at) {
  std::string_view last;
  std::size_t end = path.size();
  while (end > 0) {
    const std::size_t begin = path.rfind('/', end - 1);
    if (begin == std::string_view::npos) break;
    const std::string_view segment = path.substr(begin + 1, end - begin - 1);
    const auto* const found = std::ranges::find(kShortNames, segment, &ShortName::word);
    if (found != kShortNames.end()) {
      return {"the short name /" + std::string(segment) +
                  "/ was withdrawn from GS1 Digital Links; its application identifier is /" +
                  std::string(found->ai) + "/",
              at + begin + 1};
    }
    if (end == path.size()) last = segment;
    end = begin;
  }
  if (looks_compressed(last)) {
    return {"this web address is no GS1 Digital Link that can be read: " + in_quotes(last) +
                " looks like a compressed one, which must be expanded first",
            at + path.size() - last.size()};
  }
  return {
      "this web address is no GS1 Digital Link: no key such as /01/ with its number stands in "
      "its path",
      at};
}

}  // namespace cartwright::gs1
