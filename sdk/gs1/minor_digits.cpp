#include "gs1/minor_digits.hpp"

#include <algorithm>
#include <array>

namespace cartwright::gs1 {
namespace {

// ISO 4217, list one: the currencies whose minor unit is not the hundredth.
constexpr std::array<std::string_view, 17> kNone = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY",
                                                    "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
                                                    "VND", "VUV", "XAF", "XOF", "XPF"};
constexpr std::array<std::string_view, 7> kThree = {"BHD", "IQD", "JOD", "KWD",
                                                    "LYD", "OMR", "TND"};
constexpr std::array<std::string_view, 2> kFour = {"CLF", "UYW"};

bool holds(const auto& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

}  // namespace

std::optional<int> minor_digits(std::string_view currency) {
  const bool is_code =
      currency.size() == 3 &&
      std::all_of(currency.begin(), currency.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!is_code) return std::nullopt;
  if (holds(kNone, currency)) return 0;
  if (holds(kThree, currency)) return 3;
  if (holds(kFour, currency)) return 4;
  return 2;
}

}  // namespace cartwright::gs1
