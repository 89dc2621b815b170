#include <gmock/gmock.h>

#include "unit/drivers/zvt_packets.hpp"

namespace cartwright::test {
namespace {

using namespace zvt_packets;
using testing::IsEmpty;
using Json = nlohmann::json;

class ZvtBaseline : public ZvtTest {};

TEST_F(ZvtBaseline, knows_where_the_terminal_stands) {
  auto op = begin(R"({"baseline":{}})");
  EXPECT_EQ(bytes_.back(), "062003000000");
  arrive(accept);
  arrive(approved);
  arrive("06d1050041424344");
  arrive(complete);
  EXPECT_EQ(rig.done(op).result, Json::parse(R"({"type":"terminal.result","trace":975,
      "receipt":231})"));
  EXPECT_THAT(rig.take_events(), IsEmpty());  // somebody else's receipt
  rig.restart();
  rig.link_up();
  op = rig.command(R"({"baseline":{}})");
  EXPECT_EQ(rig.done(op).result.at("receipt"), 231);
}

TEST(ZvtShared, gives_no_baseline_of_a_terminal_that_others_use) {
  Rig rig("terminal-zvt");
  rig.link_up();
  const auto op = rig.command(R"({"baseline":{}})");
  EXPECT_EQ(rig.done(op).status, "ok");
  EXPECT_FALSE(rig.done(op).result.contains("receipt"));
}

// What a repeated receipt means for an order of 12.50 after receipt 230.
struct Repeated {
  const char* name;
  const char* status;  // 04 0F, or nothing
  bool exclusive;
  const char* comes_to;
};
class ZvtLookup : public testing::TestWithParam<Repeated> {};

TEST_P(ZvtLookup, is_answered_by_the_repeated_receipt) {
  Rig rig("terminal-zvt", GetParam().exclusive ? R"({"exclusive":true})" : "{}");
  rig.link_up();
  const auto op =
      rig.command(R"({"lookup":{"amount_minor":1250,"currency":"978","receipt":230,"trace":974}})");
  rig.arrive(hex(accept));
  rig.arrive(hex(complete));
  rig.arrive(hex(accept));
  if (GetParam().status != nullptr) rig.arrive(hex(GetParam().status));
  rig.arrive(hex(complete));
  EXPECT_EQ(rig.done(op).status, GetParam().comes_to);
}

INSTANTIATE_TEST_SUITE_P(all, ZvtLookup,
                         testing::Values(Repeated{"approved", approved, true, "ok"},
                                         Repeated{"shared", approved, false, "unknown_outcome"},
                                         Repeated{"nothing", nullptr, true, "unknown_outcome"},
                                         Repeated{"not_since",
                                                  "040f13270004000000004711490978870230"
                                                  "0b000974",
                                                  true, "not_found"},
                                         Repeated{"other_trace",
                                                  "040f13270004000000004711490978870230"
                                                  "0b000999",
                                                  true, "unknown_outcome"},
                                         Repeated{"declined",
                                                  "040f13270504000000001250490978870231"
                                                  "0b000975",
                                                  true, "declined"},
                                         Repeated{"other_amount",
                                                  "040f13270004000000001251490978870231"
                                                  "0b000975",
                                                  true, "unknown_outcome"},
                                         Repeated{"other_currency",
                                                  "040f13270004000000001250490756870231"
                                                  "0b000975",
                                                  true, "unknown_outcome"},
                                         Repeated{"perhaps_reversed",
                                                  "040f13270004000000001250490978870232"
                                                  "0b000976",
                                                  true, "unknown_outcome"},
                                         Repeated{"no_receipt_number",
                                                  "040f0d2700040000000012500b000975", true,
                                                  "unknown_outcome"}),
                         [](const auto& about) { return std::string(about.param.name); });

}  // namespace
}  // namespace cartwright::test
