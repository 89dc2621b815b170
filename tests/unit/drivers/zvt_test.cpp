#include <gmock/gmock.h>

#include "unit/drivers/zvt_packets.hpp"

namespace cartwright::test {
namespace {

using namespace zvt_packets;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Json = nlohmann::json;

class Zvt : public ZvtTest {};

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
