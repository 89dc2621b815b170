#include "cart/screens.hpp"

#include <cartwright/abi/display.h>
#include <gmock/gmock.h>

#include <cstring>

#include "unit/cart/scripted_units.hpp"

namespace cartwright::cart {
namespace {

struct Screen : ::testing::Test {
  testing::ScriptedUnits units;
  Screens screens{units, offers::currency("EUR"), "Willkommen"};

  void SetUp() override { units.add("display0", CW_DISPLAY_CLASS); }

  // What the last command shows.
  std::string shown(const std::string& unit = "display0") const {
    for (auto given = units.open.rbegin(); given != units.open.rend(); ++given) {
      if (given->unit != unit || given->record.type() != CW_DISPLAY_SHOW) continue;
      cw_display_show show{};
      std::memcpy(&show, given->record.bytes().data(), sizeof show);
      return std::string(as_text(host::span_bytes(given->record.header(), show.lines)));
    }
    return "(nothing)";
  }
  static LineAdded added(const std::string& name, std::int64_t price, std::int64_t pieces = 1) {
    LineAdded event;
    event.line.name = name;
    event.line.pieces = pieces;
    event.line.net_minor = price;
    event.totals.total_minor = price;
    return event;
  }
};

TEST_F(Screen, shows_the_line_and_the_total_at_both_ends_of_a_row) {
  screens.on(added("Milk", 119));
  EXPECT_EQ(shown(), "Milk            1.19\nTotal           1.19");
}

TEST_F(Screen, shows_pieces_and_grams_before_the_name) {
  screens.on(added("Milk", 238, 2));
  EXPECT_THAT(shown(), ::testing::StartsWith("2x Milk"));
  LineAdded weighed = added("Apples", 375, 0);
  weighed.line.grams = 1250;
  screens.on(weighed);
  EXPECT_THAT(shown(), ::testing::StartsWith("1250 g Apples"));
}

TEST_F(Screen, cuts_a_long_name_and_never_the_amount) {
  screens.on(added("Organic whole grain oat biscuits", 123'456));
  EXPECT_EQ(shown(), "Organic whol 1234.56\nTotal        1234.56");
}

TEST_F(Screen, counts_characters_and_not_bytes) {
  screens.on(added("Grüne Äpfel süß", 299));
  EXPECT_EQ(shown(), "Grüne Äpfel süß 2.99\nTotal           2.99");
  screens.on(added("Äpfel", 299));
  EXPECT_EQ(shown(), "Äpfel           2.99\nTotal           2.99");
}

TEST_F(Screen, fits_the_columns_that_the_display_has) {
  screens.on(added("Äpfel aus Südtirol", 299));
  screens.set_columns("display0", 10);
  EXPECT_EQ(shown(), "Äpfel 2.99\nTotal 2.99");
  screens.set_columns("display0", 3);
  EXPECT_EQ(shown(), "2.9\n2.9");
  screens.set_columns("display0", 0);  // says nothing
  EXPECT_EQ(shown(), "2.9\n2.9");
}

TEST_F(Screen, keeps_a_row_a_row) {
  screens.on(added("Milk\n1 l", 119));
  EXPECT_EQ(shown(), "Milk 1 l        1.19\nTotal           1.19");
  screens.show({"a\tb", "c\nd"});
  EXPECT_EQ(shown(), "a b\nc d");
}

TEST_F(Screen, that_comes_up_is_shown_what_the_others_show) {
  screens.refresh("display0");
  EXPECT_EQ(shown(), "Willkommen");
  units.add("display1", CW_DISPLAY_CLASS, false);
  screens.on(added("Milk", 119));
  EXPECT_EQ(shown("display1"), "(nothing)");
  units.set_up("display1", true);
  screens.refresh("display1");
  EXPECT_EQ(shown("display1"), shown("display0"));
}

TEST_F(Screen, shows_a_refusal_in_words_that_fit) {
  for (const Refusal why :
       {Refusal::unknown_product, Refusal::bad_check_digit, Refusal::not_a_product_code,
        Refusal::needs_weight, Refusal::not_allowed, Refusal::payment_open, Refusal::no_trip,
        Refusal::not_stored, Refusal::recalled, Refusal::expired}) {
    screens.on(ScanRefused{"4006381333932", why, "a sentence that is far too long for a display"});
    EXPECT_THAT(shown(), ::testing::StartsWith("Not added\n"));
    EXPECT_LE(shown().size(), std::string("Not added\n").size() + 20);
    EXPECT_GT(shown().size(), std::string("Not added\n").size());
  }
}

TEST_F(Screen, shows_a_payments_amount_where_there_is_one) {
  screens.on(PaymentChanged{PaymentState::sent, 250, "Insert card"});
  EXPECT_EQ(shown(), "Insert card\nTotal           2.50");
  screens.on(PaymentChanged{PaymentState::none, 0, "Cancelled"});
  EXPECT_EQ(shown(), "Cancelled");
  screens.on(PaymentChanged{PaymentState::intended, 250, ""});
  EXPECT_EQ(shown(), "Cancelled");
}

TEST_F(Screen, forgets_the_trip_at_its_end) {
  screens.on(added("Milk", 119));
  screens.on(TripEnded{"trip", EndCause::paid});
  EXPECT_EQ(shown(), "Thank you\nWillkommen");
  screens.on(TripStarted{"trip", false});
  EXPECT_EQ(shown(), "Willkommen\nScan your first item");
}

TEST_F(Screen, stays_as_it_is_for_what_is_not_shown) {
  screens.on(added("Milk", 119));
  const std::size_t commands = units.open.size();
  screens.on(JourneyChanged{});
  screens.on(WeightChanged{});
  screens.on(DeviceChanged{});
  EXPECT_EQ(units.open.size(), commands);
}

}  // namespace
}  // namespace cartwright::cart
