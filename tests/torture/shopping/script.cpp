#include "shopping/script.hpp"

#include <algorithm>

namespace cartwright::shopping {

// Prices stand in samples/data/catalog.jsonl: milk 1.29, rye bread 2.99, apples 2.49 a kg,
// cola 1.19 and 0.25 deposit, chocolate 1.39, coffee 6.99, tomatoes 3.29 a kg. All include their
// tax.
const std::vector<Step>& demo_trip() {
  using enum Step::Kind;
  static const std::vector<Step> steps{
      {start, "takes the cart", "", "", "", 0, 0},
      {consent, "agrees to store insight", "", "", "", 0, 0},
      //  129
      {scan, "scans milk", "milk-1l", "9521234543213", "", 0, 129},
      //  129 + 129 = 258
      {scan, "scans a second milk", "milk-1l", "9521234543213", "", 0, 258},
      //  258 + 299 = 557
      {scan, "scans rye bread", "bread-rye-750g", "9521234500063", "", 0, 557},
      //  0.512 kg x 249 = 127.488, rounded 127;  557 + 127 = 684
      {weigh, "weighs apples", "apples", "9521234500308", "0.512", 0, 684},
      //  119 + 25 deposit = 144;  684 + 144 = 828
      {scan, "scans cola", "cola-1l", "9521234500193", "", 0, 828},
      //  828 + 139 = 967
      {scan, "scans chocolate", "chocolate-100g", "9521234500162", "", 0, 967},
      //  967 + 129 = 1096
      {scan, "scans a third milk", "milk-1l", "9521234543213", "", 0, 1096},
      //  1096 - 139 = 957
      {put_back, "puts the chocolate back", "chocolate-100g", "9521234500162", "", 0, 957},
      //  957 - 129 = 828
      {put_back, "puts one milk back", "milk-1l", "9521234543213", "", 1, 828},
      //  828 + 699 = 1527
      {scan, "scans coffee", "coffee-500g", "9521234500148", "", 0, 1527},
      //  0.845 kg x 329 = 278.005, rounded 278;  1527 + 278 = 1805
      {weigh, "weighs tomatoes", "tomatoes", "9521234500322", "0.845", 0, 1805},
      {pay, "pays", "", "", "", 0, 1805}};
  return steps;
}

const Stated& stated() {
  // milk 2 x 129 = 258, bread 299, apples 127, cola 119, coffee 699, tomatoes 278:
  // 258 + 299 + 127 + 119 + 699 + 278 = 1780, and 25 deposit = 1805.
  static const Stated facts{
      1780,
      25,
      1805,
      6,
      {"journey_started", "product_added 09521234543213 1 pieces 129",
       "product_added 09521234543213 1 pieces 129", "product_added 09521234500063 1 pieces 299",
       "product_added 09521234500308 512 grams 127", "product_added 09521234500193 1 pieces 119",
       "product_added 09521234500162 1 pieces 139", "product_added 09521234543213 1 pieces 129",
       "product_removed 09521234500162 1 pieces 139", "product_removed 09521234543213 1 pieces 129",
       "product_added 09521234500148 1 pieces 699", "product_added 09521234500322 845 grams 278",
       "checkout_started 1805 6 lines", "order_completed 1805 6 lines",
       "journey_ended JOURNEY_END_CAUSE_PAID"},
      {{"TRIPS_STARTED", 1},
       {"CONSENTS_GRANTED", 1},
       {"PRODUCTS_ADDED", 9},
       {"PRODUCTS_REMOVED", 2},
       {"CHECKOUTS_STARTED", 1},
       {"ORDERS_COMPLETED", 1},
       {"TRIPS_ENDED", 1}}};
  return facts;
}

Basket basket_after(std::size_t steps) {
  Basket basket;
  for (std::size_t i = 0; i < steps; ++i) {
    const Step& step = demo_trip().at(i);
    if (step.kind == Step::Kind::scan) ++basket[step.product];
    if (step.kind == Step::Kind::weigh) basket[step.product] += grams_of(step.kg);
    if (step.kind != Step::Kind::put_back) continue;
    std::int64_t& there = basket[step.product];
    there -= step.pieces == 0 ? there : step.pieces;
    if (there == 0) basket.erase(step.product);
  }
  return basket;
}

std::int64_t grams_of(const char* kg) {
  std::string digits(kg);
  digits.erase(std::remove(digits.begin(), digits.end(), '.'), digits.end());
  return std::stoll(digits);  // three places behind the point
}

}  // namespace cartwright::shopping
