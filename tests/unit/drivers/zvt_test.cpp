#include <gmock/gmock.h>

#include "unit/drivers/bytes.hpp"
#include "unit/plugins/rig.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Json = nlohmann::json;

constexpr const char* accept = "800000";
constexpr const char* complete = "060f00";
constexpr const char* pay = R"({"authorize":{"amount_minor":1250,"currency":"978","key":"k1"}})";
constexpr const char* pay_again =
    R"({"authorize":{"amount_minor":1250,"currency":"978","key":"k2"}})";
// Approved: 12.50, receipt 231, trace 975.
constexpr const char* approved =
    "040f13270004000000001250490978870231"
    "0b000975";
constexpr const char* refused = "040f022705";
constexpr const char* order_bytes = "06010a04000000001250490978";

class Zvt : public testing::Test {
 protected:
  explicit Zvt(const std::string& settings = R"({"exclusive":true})")
      : rig("terminal-zvt", settings) {
    rig.link_up();
  }

  void arrive(const std::string& digits) { rig.arrive(hex(digits)); }
  std::vector<std::string> sent() {
    std::vector<std::string> all;
    for (const auto& write : rig.take_wire()) all.push_back(to_hex_text(write.data));
    return all;
  }
  // The registration, which stands before the first command.
  void let_register() {
    arrive(accept);
    arrive("060f0a19102952523535490978");
  }
  std::uint64_t begin(const std::string& command, Rig::Within within = {}) {
    const auto op = rig.command(command, within);
    const auto bytes = sent();
    if (!bytes.empty() && bytes.front().starts_with("0600")) {
      let_register();
      bytes_ = sent();
    } else {
      bytes_ = bytes;
    }
    return op;
  }
  // The order is with the terminal, which has accepted it.
  std::uint64_t begin_payment(Rig::Within within = {}) {
    const auto op = begin(pay, within);
    arrive(accept);
    return op;
  }

  Rig rig;
  std::vector<std::string> bytes_;  // what followed the registration
};

TEST_F(Zvt, tells_what_it_was_not_asked_for) {
  arrive(
      "040f5a2700040000000025004909780c2255580d040522f0f8559883eeeeee80748702313b37353030373100000b"
      "000975196029525235350e24058a068c018bf1f14d617374657243617264002a3830343031313932362020202020"
      "20");
  EXPECT_THAT(rig.take_events(), ElementsAre(Json::parse(R"({"type":"terminal.status","result":"0",
      "amount_minor":2500,"currency":"978","trace":975,"receipt":231,"card":"MasterCard",
      "pan_masked":"559883******8074"})")));
  arrive("04ff0117");
  arrive("061e016c");
  EXPECT_THAT(rig.take_events(),
              ElementsAre(Json::parse(R"({"type":"terminal.intermediate","code":23,
      "text":"please wait"})"),
                          Json::parse(R"({"type":"terminal.abort","code":108,
      "text":"aborted by key or timeout"})")));
  EXPECT_THAT(sent(), ElementsAre(accept, accept, accept));
}

TEST_F(Zvt, leaves_out_what_a_status_lacks) {
  arrive("040f022705");
  EXPECT_THAT(rig.take_events(), ElementsAre(Json::parse(R"({"type":"terminal.status",
      "result":"5","text":"declined by the network"})")));
}

TEST_F(Zvt, names_a_bitmap_that_it_does_not_know_and_guesses_nothing) {
  arrive(
      "040f0b"
      "2700"
      "99"
      "0400000000"
      "2500"
      "00");
  EXPECT_THAT(rig.take_faults(), ElementsAre(HasSubstr("unknown BMP 99")));
  EXPECT_THAT(rig.take_events(), IsEmpty());
  EXPECT_THAT(sent(), ElementsAre("848300"));
  arrive("040f0322f1f9");
  EXPECT_THAT(rig.take_faults(), ElementsAre(HasSubstr("BMP 22")));
}

TEST_F(Zvt, answers_a_status_only_when_it_is_stored) {
  rig.hold_commits();
  arrive("040f022700");
  EXPECT_THAT(sent(), IsEmpty());
  rig.release_commits();
  EXPECT_THAT(sent(), ElementsAre(accept));
}

TEST_F(Zvt, prints_line_by_line_and_in_blocks) {
  arrive("06d11900476573616d742020202020203020202020202020302c3030");
  // A block in UTF-8 (14 FE), for the customer (1F07 02): "Grüße", an empty line.
  arrive(
      "06d316"
      "0614"
      "1f070102"
      "1401fe"
      "250b0707"
      "4772c3bcc39f65"
      "0700");
  EXPECT_THAT(rig.take_events(), ElementsAre(Json::parse(R"({"type":"terminal.print","code":0,
      "text":"Gesamt      0       0,00"})"),
                                             Json::parse(R"({"type":"terminal.print","code":2,
      "text":"Grüße"})"),
                                             Json::parse(R"({"type":"terminal.print","code":2})")));
  EXPECT_THAT(rig.take_faults(), IsEmpty());
}

TEST_F(Zvt, reads_texts_in_the_terminal_s_character_set) {
  arrive(
      "06d10600"
      "479481e12e");
  EXPECT_EQ(rig.take_events().at(0).at("text"), "Göüß.");
  Rig latin("terminal-zvt", R"({"charset":"latin9"})");
  latin.link_up();
  latin.arrive(
      hex("06d10400"
          "35"
          "20"
          "a4"));
  EXPECT_EQ(latin.take_events().at(0).at("text"), "5 €");
}

TEST_F(Zvt, registers_before_the_first_command_and_after_the_line_was_away) {
  rig.command(pay);
  EXPECT_THAT(sent(),
              ElementsAre("06001c000000be0978030006121201281a02200026040a0206d327031401ff"));
  let_register();
  EXPECT_THAT(sent(), ElementsAre(accept, order_bytes));
  arrive(accept);
  arrive("061e016c");
  sent();
  rig.command(pay_again);
  EXPECT_THAT(sent(), ElementsAre(order_bytes));
  arrive(accept);
  arrive("061e016c");
  sent();
  rig.link_down();
  rig.link_up();
  rig.command(R"({"diagnose":{}})");
  EXPECT_THAT(sent().at(0), testing::StartsWith("0600"));
}

TEST_F(Zvt, gives_each_command_its_packet) {
  const std::pair<const char*, const char*> commands[] = {
      {R"({"refund":{"amount_minor":300,"currency":"978"}})", "06310d00000004000000000300490978"},
      {R"({"reverse":{"receipt":231}})", "063006000000870231"},
      {R"({"preauthorize":{"amount_minor":5000,"currency":"978"}})", "06220a04000000005000490978"},
      {R"({"reverse_preauthorization":{"receipt":231}})", "062506870231490978"},
      {R"({"end_of_day":{}})", "065003000000"},
      {R"({"diagnose":{}})", "067000"},
      {R"({"enquire":{}})", "050103000000"},
      {R"({"repeat_receipt":{}})", "062003000000"},
      {R"({"enable":{"enabled":false}})", "060200"},
  };
  for (const auto& [command, bytes] : commands) {
    Rig fresh("terminal-zvt");
    fresh.link_up();
    fresh.command(std::string(command));
    fresh.take_wire();
    fresh.arrive(hex(accept));
    fresh.arrive(hex(complete));
    EXPECT_EQ(to_hex_text(fresh.take_wire().back().data), bytes) << command;
  }
}

TEST_F(Zvt, pays_and_ends_when_the_terminal_has_ended) {
  const auto op = begin_payment();
  EXPECT_THAT(bytes_, ElementsAre(accept, order_bytes));
  arrive("04ff010a");
  arrive(approved);
  EXPECT_TRUE(rig.is_open(op));  // an abort may still follow
  arrive(complete);
  EXPECT_EQ(rig.done(op).status, "ok");
  EXPECT_EQ(rig.done(op).result.at("receipt"), 231);
}

TEST_F(Zvt, tells_a_status_once_that_comes_twice) {
  begin_payment();
  rig.take_events();
  sent();
  arrive(approved);
  arrive(approved);
  EXPECT_EQ(rig.take_events().size(), 1U);
  EXPECT_THAT(sent(), ElementsAre(accept, accept));
}

TEST_F(Zvt, is_not_sure_of_an_approval_that_is_followed_by_an_abort) {
  const auto op = begin_payment();
  arrive(approved);
  arrive("061e01cc");
  EXPECT_EQ(rig.done(op).status, "unknown_outcome");
}

TEST_F(Zvt, ends_declined_with_the_terminal_s_words) {
  const auto op = begin_payment();
  arrive(
      "040f1b2705"
      "06"
      "17"
      "1f1714"
      "6e6f206d6f7265206d6f6e657920746f64617920");
  arrive("061e0105");
  EXPECT_EQ(rig.done(op).status, "declined");
  EXPECT_EQ(rig.done(op).result.at("text"), "no more money today");
}

TEST_F(Zvt, keeps_the_order_before_its_first_byte_leaves) {
  const auto before = rig.kept_content();
  rig.hold_writes();
  rig.command(pay);
  rig.finish_write();
  let_register();
  rig.finish_write();  // the answer to the completion; the order is on the wire now
  EXPECT_NE(rig.kept_content(), before);
}

TEST_F(Zvt, tells_none_left_from_some_left) {
  for (const std::uint64_t left : {0U, 4U}) {
    Rig fresh("terminal-zvt");
    fresh.link_up();
    const auto op = fresh.command(pay);
    fresh.arrive(hex(accept));
    fresh.hold_writes();
    fresh.arrive(hex(complete));
    fresh.finish_write();
    fresh.finish_write(0, CW_LINK_DOWN, left);
    EXPECT_EQ(fresh.is_open(op), left != 0);
    fresh.link_down();
    EXPECT_EQ(fresh.done(op).status, left == 0 ? "link_down" : "unknown_outcome");
    fresh.link_up();
    const auto asked =
        fresh.command(R"({"lookup":{"amount_minor":1250,"currency":"978","key":"k1"}})");
    EXPECT_EQ(fresh.is_open(asked), left != 0);
    if (left != 0) continue;
    EXPECT_EQ(fresh.done(asked).status, "not_found");
  }
}

TEST_F(Zvt, ends_unsent_what_is_cancelled_before_the_registration_is_over) {
  const auto op = rig.command(pay);
  rig.cancel(op);
  EXPECT_EQ(rig.done(op).status, "cancelled");
  sent();
  let_register();
  EXPECT_THAT(sent(), ElementsAre(accept));  // and no order
}

TEST_F(Zvt, aborts_and_hears_that_it_came_in_time) {
  const auto op = begin_payment();
  sent();
  rig.cancel(op);
  EXPECT_THAT(sent(), ElementsAre("06b000"));
  arrive(accept);
  arrive("061e016c");
  EXPECT_EQ(rig.done(op).status, "cancelled");
}

TEST_F(Zvt, aborts_at_the_deadline_and_tells_a_late_approval_as_a_late_result) {
  const auto op = begin_payment({.soft = 60s, .hard = 90s});
  sent();
  rig.advance(60s);
  EXPECT_THAT(sent(), ElementsAre("06b000"));
  EXPECT_TRUE(rig.is_open(op));
  rig.advance(11s);
  EXPECT_EQ(rig.done(op).status, "unknown_outcome");
  rig.take_events();
  arrive(approved);
  arrive(complete);
  const auto events = rig.take_events();
  ASSERT_FALSE(events.empty());
  EXPECT_EQ(events.back().at("type"), "terminal.late_result");
  EXPECT_EQ(events.back().at("receipt"), 231);
  EXPECT_EQ(rig.counters().refused_dones, 0U);
  const auto asked = rig.command(R"({"lookup":{"amount_minor":1250,"currency":"978","key":"k1"}})");
  EXPECT_EQ(rig.done(asked).status, "ok");
}

TEST_F(Zvt, tells_what_the_terminal_says_of_it_after_the_cart_died) {
  begin_payment();
  rig.restart();
  rig.link_up();
  arrive(approved);
  arrive(complete);
  const auto events = rig.take_events();
  ASSERT_FALSE(events.empty());
  EXPECT_EQ(events.back().at("type"), "terminal.late_result");
}

TEST_F(Zvt, takes_one_order_at_a_time) {
  begin_payment();
  EXPECT_EQ(rig.done(rig.command(pay_again)).status, "busy");
  EXPECT_EQ(rig.done(rig.command(R"({"enquire":{}})")).status, "busy");
}

TEST_F(Zvt, ends_what_the_terminal_refuses_without_money) {
  begin(pay);
  const auto op = std::uint64_t{1};
  arrive("849c00");
  EXPECT_EQ(rig.done(op).status, "busy");
  const auto second = begin(pay_again);
  arrive("846f00");
  EXPECT_EQ(rig.done(second).status, "declined");
  EXPECT_EQ(rig.done(second).result.at("text"), "wrong currency");
}

// ECR-Interface: 84 00 is positive as 80 00 is.
TEST_F(Zvt, takes_both_positive_acknowledgements) {
  const auto op = begin(pay);
  arrive("840000");
  EXPECT_TRUE(rig.is_open(op));
  arrive(approved);
  arrive(complete);
  EXPECT_EQ(rig.done(op).status, "ok");
}

TEST_F(Zvt, reads_an_intermediate_status_with_a_time_of_six_minutes) {
  arrive("04ff021706");
  arrive("04ff0a17060606240407024162");
  EXPECT_THAT(rig.take_faults(), IsEmpty());
  const auto told = rig.take_events();
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].at("text"), "please wait");
  EXPECT_EQ(told[1].at("text"), "Ab");
}

TEST_F(Zvt, asks_nobody_to_insert_a_card_and_take_it_away) {
  arrive("04ff014a");
  arrive("04ff0166");
  const auto told = rig.take_events();
  ASSERT_EQ(told.size(), 2U);
  EXPECT_FALSE(told[0].contains("text"));
  EXPECT_EQ(told[1].at("text"), "waiting for the mobile number, please remove the card");
}

// BMP 92 stands in the tables of older revisions alone.
TEST_F(Zvt, passes_over_the_chip_data_of_old_terminals) {
  arrive("040f102700040000000012509292f0f0f2abcd");
  EXPECT_THAT(rig.take_faults(), ElementsAre(HasSubstr("BMP 92")));
  arrive("040f0f27000400000000125092f0f0f2abcd");
  EXPECT_THAT(rig.take_faults(), IsEmpty());
  const auto told = rig.take_events();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].at("amount_minor"), 1250);
}

TEST_F(Zvt, never_sends_an_order_without_a_registration) {
  const auto op = rig.command(pay);
  sent();
  rig.advance(6s);
  EXPECT_EQ(rig.done(op).status, "declined");
  for (const std::string& bytes : sent()) EXPECT_THAT(bytes, testing::Not(HasSubstr("0601")));
}

TEST_F(Zvt, refuses_amounts_that_no_terminal_takes) {
  for (const char* command : {R"({"authorize":{"amount_minor":0,"currency":"978"}})",
                              R"({"authorize":{"amount_minor":-5,"currency":"978"}})",
                              R"({"refund":{"amount_minor":1000000000000,"currency":"978"}})",
                              R"({"authorize":{"amount_minor":5,"currency":"1978"}})",
                              R"({"reverse":{"receipt":10000}})", R"({"reverse":{"receipt":0}})"}) {
    EXPECT_EQ(rig.done(rig.command(std::string(command))).status, "invalid") << command;
  }
  EXPECT_THAT(sent(), IsEmpty());
}

TEST_F(Zvt, says_what_the_terminal_is) {
  const auto op = begin(R"({"enquire":{}})");
  arrive(accept);
  arrive(
      "060f89f0f4f04745522d4150502d76322e302e393b635330322e30312e30312d31302e31302d322d323b43433236"
      "00065b1f440452523535e4431f400a6356454e4420706c75671f41284745522d4150502d76322e302e393b635330"
      "322e30312e30312d31302e31302d322d323b434332361f420417fd1e3c1f430100340d1f0e04202304051f0f0322"
      "5655");
  EXPECT_EQ(rig.done(op).status, "ok");
  EXPECT_EQ(rig.done(op).result.at("result"), "0");
  EXPECT_EQ(rig.take_events().back(), Json::parse(R"({"type":"device.info","model":"cVEND plug",
      "firmware":"GER-APP-v2.0.9;cS02.01.01-10.10-2-2;CC26","serial":"17FD1E3C"})"));
}

TEST_F(Zvt, knows_where_the_terminal_stands) {
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

TEST_F(Zvt, reads_the_published_packets) {
  const auto cases = published("zvt.json");
  if (!cases) GTEST_SKIP() << "no published packets on this machine";
  for (const auto& one : *cases) {
    const bool serial = one.at("kind") == "serial";
    Rig fresh("terminal-zvt", serial ? R"({"transport":"serial"})" : "{}");
    fresh.link_up();
    fresh.arrive(hex(one.at("hex").get<std::string>()));
    EXPECT_THAT(fresh.take_faults(), IsEmpty()) << one.at("expect");
    EXPECT_THAT(fresh.pending(), IsEmpty()) << one.at("expect");
    const auto& expect = one.at("expect");
    for (const auto& event : fresh.take_events()) {
      if (event.at("type") != "terminal.status") continue;
      const std::pair<const char*, const char*> same[] = {{"amount_minor", "amount_cents"},
                                                          {"trace", "trace"},
                                                          {"receipt", "receipt_no"},
                                                          {"card", "card_name"}};
      for (const auto& [told, meant] : same) {
        if (!expect.contains(meant)) continue;
        EXPECT_EQ(event.at(told), expect.at(meant)) << expect;
      }
    }
  }
}

}  // namespace
}  // namespace cartwright::test
