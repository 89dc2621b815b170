#include "gs1/coupon.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cartwright::gs1 {
namespace {

struct Bad {
  const char* value;
  std::size_t at;
};

TEST(Coupon8112, splits_published_tickets) {
  const auto result = read_coupon_8112("109988459000269133321426026193");
  ASSERT_TRUE(std::holds_alternative<Coupon8112>(result));
  const auto& coupon = std::get<Coupon8112>(result);
  EXPECT_EQ(coupon.format, 1);
  EXPECT_EQ(coupon.funder, "998845");
  EXPECT_EQ(coupon.offer_code, "900026");
  EXPECT_EQ(coupon.serial, "133321426026193");
  EXPECT_TRUE(
      std::holds_alternative<Coupon8112>(read_coupon_8112("009988459000129133768829435951")));
}

TEST(Coupon8112, takes_each_length) {
  for (std::size_t funder = 6; funder <= 12; ++funder) {
    for (std::size_t serial = 6; serial <= 15; ++serial) {
      const std::string value = "0" + std::to_string(funder - 6) + std::string(funder, '1') +
                                "123456" + std::to_string(serial - 6) + std::string(serial, '2');
      const auto result = read_coupon_8112(value);
      ASSERT_TRUE(std::holds_alternative<Coupon8112>(result)) << value;
      EXPECT_EQ(std::get<Coupon8112>(result).serial.size(), serial);
      for (std::size_t size = 0; size < value.size(); ++size) {
        EXPECT_TRUE(std::holds_alternative<Refusal>(read_coupon_8112(value.substr(0, size))));
      }
      const auto longer = read_coupon_8112(value + "7");
      EXPECT_EQ(std::get<Refusal>(longer).at, value.size());
    }
  }
}

TEST(Coupon8112, refuses_what_the_dictionary_refuses) {
  const std::vector<Bad> cases = {
      {"", 0},
      {"a01234561234560123456", 0},
      {"00123456123456012345a", 20},
      {"201234561234560123456", 0},
      {"0", 1},
      {"07", 1},
      {"00", 2},
      {"01123456", 2},
      {"00123456", 8},
      {"0012345612345", 8},
      {"00123456123456", 14},
      {"001234561234560", 15},
      {"001234561234561123456", 15},
      {"0012345612345601234567", 21},
  };
  for (const Bad& bad : cases) {
    const auto result = read_coupon_8112(bad.value);
    ASSERT_TRUE(std::holds_alternative<Refusal>(result)) << bad.value;
    EXPECT_EQ(std::get<Refusal>(result).at, bad.at) << bad.value;
  }
}

}  // namespace
}  // namespace cartwright::gs1
