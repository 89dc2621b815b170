#include "tools/gs1_coupon.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <variant>

#include "gs1/coupon.hpp"

namespace cartwright::tools {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const gs1::CouponPurchase& purchase) {
  return {{"amount", purchase.amount},
          {"unit", gs1::name(purchase.unit)},
          {"family", purchase.family},
          {"company", purchase.company}};
}

void put(Json& json, const char* key, const std::string& text) {
  if (!text.empty()) json[key] = text;
}

Json json_of(const gs1::Coupon8110& coupon, unsigned year) {
  Json json = {{"offer_code", coupon.offer_code},
               {"save_value", coupon.save_value},
               {"saving", gs1::name(coupon.saving)},
               {"applies_to", coupon.applies_to},
               {"primary", json_of(coupon.primary)}};
  if (coupon.rule) json["rule"] = gs1::name(*coupon.rule);
  if (coupon.second) json["second"] = json_of(*coupon.second);
  if (coupon.third) json["third"] = json_of(*coupon.third);
  const auto reference = static_cast<int>(year);
  put(json, "starts", gs1::coupon_date(coupon.starts, reference).value_or(coupon.starts));
  put(json, "expires", gs1::coupon_date(coupon.expires, reference).value_or(coupon.expires));
  put(json, "serial", coupon.serial);
  put(json, "retailer", coupon.retailer);
  json["store_coupon"] = coupon.store_coupon;
  json["dont_multiply"] = coupon.dont_multiply;
  return json;
}

Json json_of(const gs1::Coupon8112& coupon) {
  return {{"format", coupon.format},
          {"funder", coupon.funder},
          {"offer_code", coupon.offer_code},
          {"serial", coupon.serial}};
}

}  // namespace

std::optional<Json> coupon_json(std::span<const gs1::Element> elements, unsigned year) {
  for (const gs1::Element& element : elements) {
    if (element.ai.text() == "8110") {
      const auto coupon = gs1::read_coupon_8110(element.value);
      if (const auto* fields = std::get_if<gs1::Coupon8110>(&coupon)) return json_of(*fields, year);
    }
    if (element.ai.text() == "8112") {
      const auto coupon = gs1::read_coupon_8112(element.value);
      if (const auto* fields = std::get_if<gs1::Coupon8112>(&coupon)) return json_of(*fields);
    }
  }
  return std::nullopt;
}

}  // namespace cartwright::tools
