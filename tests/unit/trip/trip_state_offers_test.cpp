// Coupons that a server must confirm, and those of paper, in a trip.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "trip/sale_record.hpp"
#include "trip/trip.hpp"
#include "trip/verify.hpp"
#include "unit/trip/small_store.hpp"

namespace cartwright::trip {
namespace {

using namespace testing;
using offers::Money;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kOnline = "(8112)0106141416543210123456";
// 1.50 off one item of company 0614141.
constexpr const char* kPaper = "(8110)106141416543213150110000";

offers::Product soap() {
  offers::Product soap = product("soap", 499);
  soap.gtins.push_back(*gs1::Gtin14::parse("614141000036"));
  return soap;
}

class ACoupon : public ::testing::Test {
 protected:
  ACoupon() : trip_(store_.database(), store_.clock()) {
    StartInfo info = start_info();
    info.offers = offers::OfferVersion::of(
        R"({"currency":"EUR","offers":[{"id":"online","kind":"amount_off",
            "set":{"products":["soap"]},"amount_minor":200,"coupon":"8112-0614141-654321"}]})",
        "online.json");
    trip_.start(info);
    trip_.add_item(soap(), pieces(1), "00614141000036");
  }
  Money total() const { return trip_.state().totals().total; }
  std::string replayed() { return picture(store_.replayed(trip_.state().trip_id())); }

  Store store_;
  Trip trip_;
};

TEST_F(ACoupon, of_a_server_is_provisional_and_keeps_the_trip_from_being_paid) {
  trip_.present_coupon(kOnline);
  EXPECT_EQ(total(), Money(299));
  EXPECT_EQ(trip_.state().priced().provisional, Money(200));
  EXPECT_THAT(trip_.state().unsettled_coupons(), ElementsAre(kOnline));
  try {
    trip_.intend_payment("terminal0", "", "");
    ADD_FAILURE() << "nobody knows what is due";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::conflict);
  }
  EXPECT_EQ(replayed(), picture(trip_.state()));
}

TEST_F(ACoupon, that_its_server_accepts_is_paid_with) {
  trip_.present_coupon(kOnline);
  trip_.settle_coupon(kOnline, true, "server 17");
  EXPECT_EQ(trip_.state().priced().provisional, Money(0));
  pay(trip_);
  const std::string id = trip_.state().trip_id();
  const v1::SaleRecord record = decode_sale_record(id, trip_.log().sale(id)->bytes);
  EXPECT_EQ(record.total_minor(), 299);
  EXPECT_THAT(record.eligibility().accepted(), ElementsAre(kOnline));
  EXPECT_THAT(verify(trip_.log(), id), IsEmpty());
}

TEST_F(ACoupon, that_its_server_refuses_takes_nothing_off) {
  trip_.present_coupon(kOnline);
  trip_.settle_coupon(kOnline, false, "server 17");
  EXPECT_EQ(total(), Money(499));
  EXPECT_THAT(trip_.state().unsettled_coupons(), IsEmpty());
  pay(trip_);
  EXPECT_THAT(verify(trip_.log(), trip_.state().trip_id()), IsEmpty());
}

TEST_F(ACoupon, that_was_taken_back_has_its_word_forgotten) {
  trip_.present_coupon(kOnline);
  trip_.settle_coupon(kOnline, false, "server 17");
  trip_.take_back_coupon(kOnline);
  trip_.present_coupon(kOnline);
  EXPECT_THAT(trip_.state().unsettled_coupons(), ElementsAre(kOnline));
  EXPECT_THROW(trip_.settle_coupon("(8112)other", true, "server 17"), Error);
}

TEST_F(ACoupon, of_paper_brings_its_own_offer_and_its_funder_to_the_sale_record) {
  trip_.present_coupon(kPaper);
  EXPECT_EQ(total(), Money(349));
  EXPECT_EQ(trip_.state().totals().taxes.at(0).base, Money(499)) << "the maker pays the store";
  pay(trip_);
  const std::string id = trip_.state().trip_id();
  const v1::SaleRecord record = decode_sale_record(id, trip_.log().sale(id)->bytes);
  ASSERT_EQ(record.offers_size(), 1);
  EXPECT_EQ(record.offers(0).name(), "Coupon 654321");
  EXPECT_EQ(record.lines(0).shares(0).funders(0).funder(), "company-0614141");
  EXPECT_THAT(verify(trip_.log(), id), IsEmpty());
  EXPECT_EQ(replayed(), picture(trip_.state()));
}

}  // namespace
}  // namespace cartwright::trip
