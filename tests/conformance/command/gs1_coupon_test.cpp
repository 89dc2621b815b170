// `cartwright gs1` on coupons: their fields under "coupon".

#include "cart.hpp"

namespace cartwright::conformance {
namespace {

Json coupon(const std::string& data) {
  const Result result = run({"gs1", "--reference-date", "2026-11-23", data});
  EXPECT_EQ(result.code, 0) << result.output << result.errors;
  return Json::parse(result.output).at("coupon");
}

TEST(Gs1Coupon, of_8110_shows_each_purchase_and_its_days) {
  const Json fields =
      coupon("(8110)01234561234562502120123111302009221133001765432132607014260101");
  EXPECT_EQ(fields.at("save_value"), 50);
  EXPECT_EQ(fields.at("saving"), "cents");
  EXPECT_EQ(fields.at("rule"), "all");
  EXPECT_EQ(fields.at("primary"),
            Json({{"amount", 12}, {"unit", "pieces"}, {"family", "123"}, {"company", "123456"}}));
  EXPECT_EQ(fields.at("second").at("company"), "123456");
  EXPECT_EQ(fields.at("third").at("unit"), "pounds");
  EXPECT_EQ(fields.at("starts"), "2026-01-01");
  EXPECT_EQ(fields.at("expires"), "2026-07-01");
  EXPECT_FALSE(fields.contains("serial"));
}

TEST(Gs1Coupon, of_8112_shows_its_number) {
  EXPECT_EQ(coupon("]C18112109988459000269133321426026193"), Json({{"format", 1},
                                                                   {"funder", "998845"},
                                                                   {"offer_code", "900026"},
                                                                   {"serial", "133321426026193"}}));
}

TEST(Gs1Coupon, that_is_cut_off_is_refused_where_it_ends) {
  const Result result = run({"gs1", "(8110)01234561234561111012"});
  EXPECT_EQ(result.code, 1);
  EXPECT_THAT(result.output, testing::HasSubstr("the coupon ends within the primary family code"));
}

}  // namespace
}  // namespace cartwright::conformance
