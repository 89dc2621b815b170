#include "trip/receipt.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "base/error.hpp"
#include "trip/sale_record.hpp"
#include "trip/trip.hpp"
#include "unit/trip/small_store.hpp"

namespace cartwright::trip {
namespace {

using namespace testing;

v1::SaleRecord some_sale() {
  Store store;
  Trip trip(store.database(), store.clock());
  trip.start(start_info());
  trip.add_item(milk(), pieces(2));
  trip.add_item(apples(), grams(512));
  trip.add_item(water(), pieces(1));
  offers::Product jam = product("jam", 349);
  jam.name = "Quittengelee süß, eine sehr lange Bezeichnung am Regal";
  trip.add_item(jam, pieces(1));
  trip.override_price("4", offers::Money(300), "staff-7", "dented");
  pay(trip);
  v1::SaleRecord sale = decode_sale_record("", trip.log().sale(trip.state().trip_id())->bytes);
  sale.mutable_header()->set_trip_id(std::string(32, 'a'));
  return sale;
}

TEST(Receipt, is_this_text) {
  EXPECT_EQ(receipt_text(some_sale()),
            "          Store 9521234000013\n"
            "2026-03-01 08:15:00               cart-7\n"
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
            "----------------------------------------\n"
            "milk-1l\n"
            "  2 x 1.29                          2.58\n"
            "apples\n"
            "  0.512 kg x 2.99/kg                1.53\n"
            "water\n"
            "  1 x 0.79                          0.79\n"
            "  deposit                           0.25\n"
            "Quittengelee süß, eine sehr lange Bezeic\n"
            "  1 x 3.00                          3.00\n"
            "  price set by staff-7\n"
            "----------------------------------------\n"
            "Deposit                             0.25\n"
            "TOTAL EUR                           8.15\n"
            "Paid with girocard                  8.15\n"
            "  card ############1234\n"
            "  receipt 0012, trace 000345\n"
            "----------------------------------------\n"
            "Tax food 7 % in 7.11                0.47\n"
            "Tax full 19 % in 0.79               0.13\n"
            "       This is no fiscal receipt\n");
}

TEST(Receipt, keeps_every_line_within_its_width) {
  const v1::SaleRecord sale = some_sale();
  for (int width = 32; width <= 80; ++width) {
    std::istringstream lines(receipt_text(sale, width));
    for (std::string line; std::getline(lines, line);) {
      long characters = 0;
      for (const char c : line) characters += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
      EXPECT_LE(characters, width) << line;
    }
  }
}

TEST(Receipt, keeps_control_characters_of_a_name_off_the_printer) {
  v1::SaleRecord sale = some_sale();
  sale.mutable_lines(0)->mutable_item()->set_name("milk\x1b[2J\n1 l");
  const std::string text = receipt_text(sale);
  EXPECT_NE(text.find("milk [2J 1 l\n"), std::string::npos);
}

TEST(Receipt, refuses_paper_that_is_too_narrow) {
  EXPECT_THROW(receipt_text(some_sale(), 20), Error);
  EXPECT_THROW(receipt_text(some_sale(), 81), Error);
}

TEST(Receipt, says_what_a_price_is_for_and_what_was_taken_off_it) {
  Store store;
  Trip trip(store.database(), store.clock());
  trip.start(start_info());
  offers::ItemSale sale;
  sale.product = apples();
  sale.product.sold_by = offers::SoldBy::hundred_grams;
  sale.quantity = grams(150);
  sale.label.best_before = gs1::Date{2026, 3, 3};
  sale.markdown_bps = 3000;
  sale.regular_price = offers::Money(427);
  trip.add_item(sale, "", trip.now());
  pay(trip);
  const std::string text =
      receipt_text(decode_sale_record("", trip.log().sale(trip.state().trip_id())->bytes));
  EXPECT_NE(text.find("  0.150 kg x 2.99/100 g             4.49\n"
                      "  30 % off 4.27, best before 2026-03-03\n"),
            std::string::npos)
      << text;
}

}  // namespace
}  // namespace cartwright::trip
