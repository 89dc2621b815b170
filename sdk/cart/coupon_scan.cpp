#include "cart/coupon_scan.hpp"

namespace cartwright::cart {

std::optional<std::string> coupon_of(const gs1::ReadResult& read) {
  const auto* reading = std::get_if<gs1::Reading>(&read);
  if (reading == nullptr) return std::nullopt;
  for (const gs1::Element& element : reading->elements) {
    const std::string ai = element.ai.text();
    if (ai == "8110" || ai == "8112") return "(" + ai + ")" + element.value;
  }
  return std::nullopt;
}

}  // namespace cartwright::cart
