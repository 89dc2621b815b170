#include <gmock/gmock.h>

#include "unit/plugins/rig.hpp"

namespace cartwright::test {
namespace {

using ::testing::IsEmpty;

class MockLocator : public ::testing::Test {
 protected:
  MockLocator() { rig.link_up(); }
  nlohmann::json after(const std::string& message) {
    rig.arrive(message);
    auto events = rig.take_events();
    EXPECT_EQ(events.size(), 1U) << message;
    return events.empty() ? nlohmann::json() : events.back();
  }
  Rig rig{"mock-locator"};
};

TEST_F(MockLocator, tells_the_zone_and_that_the_cart_left_all) {
  EXPECT_EQ(after("zone dairy").at("name"), "dairy");
  EXPECT_EQ(after("zone \"fruit and vegetables\"").at("name"), "fruit and vegetables");
  EXPECT_FALSE(after("zone -").contains("name"));
}

TEST_F(MockLocator, tells_a_position_in_millimetres) {
  const auto position = after("position 1200 -3400");
  EXPECT_EQ(position.at("x_mm"), 1200);
  EXPECT_EQ(position.at("y_mm"), -3400);
  EXPECT_EQ(position.at("quality"), 100);
}

TEST_F(MockLocator, tells_beacons_by_the_form_of_their_id) {
  const auto ibeacon = after("beacon f7826da6-4fa2-4e98-8024-bc5b71e0893e/5000/3918 -69");
  EXPECT_EQ(ibeacon.at("uuid"), "f7826da6-4fa2-4e98-8024-bc5b71e0893e");
  EXPECT_EQ(ibeacon.at("major"), 5000);
  EXPECT_EQ(ibeacon.at("minor"), 3918);
  EXPECT_EQ(ibeacon.at("rssi"), -69);
  const auto uid = after("beacon edd1ebeac04e5defa017/0bdb87539b67 -70");
  EXPECT_EQ(uid.at("namespace"), "edd1ebeac04e5defa017");
  EXPECT_EQ(uid.at("instance"), "0bdb87539b67");
  EXPECT_EQ(after("beacon https://example.com/a -71").at("url"), "https://example.com/a");
}

TEST_F(MockLocator, takes_what_it_can_not_place_for_a_fault) {
  for (const char* message :
       {"zone", "position 1", "position 1.5 2", "position 99999999999 0", "beacon a",
        "beacon a -200", "beacon u/65536/0 -60", "beacon u/x/0 -60", "scan 1"}) {
    rig.arrive(message);
    EXPECT_EQ(rig.take_faults().size(), 1U) << message;
  }
  EXPECT_THAT(rig.take_events(), IsEmpty());
}

TEST_F(MockLocator, tells_nothing_while_disabled) {
  rig.command(R"({"enable":{"enabled":false}})");
  rig.arrive("zone dairy");
  EXPECT_THAT(rig.take_events(), IsEmpty());
}

}  // namespace
}  // namespace cartwright::test
