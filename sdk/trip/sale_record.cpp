#include "trip/sale_record.hpp"

#include <limits>

#include "base/error.hpp"

namespace cartwright::trip {
namespace {

void put_share(v1::SaleLine& line, const offers::LineShare& from) {
  v1::SaleShare& share = *line.add_shares();
  share.set_offer(from.offer);
  share.set_application(static_cast<std::uint32_t>(from.application));
  share.set_qualifies(from.role == offers::Role::qualify);
  share.set_units(static_cast<std::uint32_t>(from.units));
  share.set_discount_minor(from.amount.minor());
  for (const offers::FunderShare& part : from.funders) {
    v1::SaleFunder& funder = *share.add_funders();
    funder.set_funder(part.funder);
    funder.set_minor(part.minor);
  }
}

void put_line(v1::SaleRecord& record, const TripState& state, const offers::LineTotal& total) {
  v1::SaleLine& line = *record.add_lines();
  line.set_key(total.key);
  *line.mutable_item() = *state.item(total.key);
  if (const auto* units = std::get_if<offers::Units>(&total.quantity)) {
    line.set_pieces(static_cast<std::uint32_t>(units->count));
  } else {
    line.set_grams(static_cast<std::uint32_t>(std::get<offers::Grams>(total.quantity).value()));
  }
  line.set_price_minor(total.price.minor());
  const offers::Line* basket_line = state.basket().find(total.key);
  line.set_at(basket_line->at);
  if (basket_line->override_price) line.set_overridden_by(basket_line->override_price->by);
  line.set_list_minor(total.list.minor());
  line.set_net_minor(total.net.minor());
  line.set_deposit_minor(total.deposit.minor());
}

void put_offers(v1::SaleRecord& record, const TripState& state) {
  const offers::PricedBasket& priced = state.priced();
  for (const offers::AppliedOffer& applied : priced.applied) {
    v1::SaleOffer& offer = *record.add_offers();
    offer.set_offer(applied.offer);
    offer.set_name(applied.name);
    offer.set_applications(static_cast<std::uint32_t>(applied.applications));
    offer.set_discount_minor(applied.discount.minor());
    offer.set_points(applied.points);
  }
  record.set_bound_minor(priced.bound.minor());
  record.set_states(priced.states);
  v1::SaleEligibility& eligibility = *record.mutable_eligibility();
  eligibility.set_member(state.basket().member);
  const offers::Facts& facts = state.facts();
  eligibility.mutable_segments()->Assign(facts.segments.begin(), facts.segments.end());
  eligibility.mutable_coupons()->Assign(facts.coupons.begin(), facts.coupons.end());
  eligibility.mutable_redeemed()->Assign(facts.redeem.begin(), facts.redeem.end());
  eligibility.mutable_accepted()->Assign(facts.accepted.begin(), facts.accepted.end());
  eligibility.mutable_refused()->Assign(facts.refused.begin(), facts.refused.end());
}

void put_tax(v1::SaleRecord& record, const offers::TaxTotal& total) {
  v1::SaleTax& tax = *record.add_taxes();
  tax.mutable_tax()->set_id(total.tax);
  tax.mutable_tax()->set_rate_bps(static_cast<std::uint32_t>(total.rate.bps));
  tax.mutable_tax()->set_on_top(total.rate.placement == offers::TaxPlacement::on_top);
  tax.set_base_minor(total.base.minor());
  tax.set_tax_minor(total.tax_amount.minor());
}

void put_payment(v1::SaleRecord& record, const Payment& paid) {
  if (paid.approved == offers::Money()) return;
  v1::SalePayment& payment = *record.add_payments();
  payment.set_key(paid.key);
  payment.set_amount_minor(paid.approved.minor());
  payment.set_terminal(paid.terminal);
  *payment.mutable_card() = paid.card;
  payment.set_resolved_by(paid.resolved_by);
}

}  // namespace

v1::SaleRecord make_sale_record(const TripState& state, const v1::Time& settled) {
  v1::SaleRecord record;
  *record.mutable_header() = state.header();
  *record.mutable_started() = state.started_at();
  *record.mutable_settled() = settled;
  const offers::Totals& totals = state.totals();
  for (std::size_t i = 0; i < totals.lines.size(); ++i) {
    put_line(record, state, totals.lines[i]);
    for (const offers::LineShare& share : state.priced().shares[i])
      put_share(*record.mutable_lines()->rbegin(), share);
  }
  put_offers(record, state);
  record.set_list_minor(totals.list.minor());
  record.set_goods_minor(totals.goods.minor());
  record.set_deposit_minor(totals.deposit.minor());
  record.set_tax_minor(totals.tax.minor());
  record.set_tax_on_top_minor(totals.tax_on_top.minor());
  record.set_rounding_minor(totals.rounding.minor());
  record.set_total_minor(totals.total.minor());
  for (const offers::TaxTotal& tax : totals.taxes) put_tax(record, tax);
  for (const Payment& payment : state.payments()) put_payment(record, payment);
  for (const v1::AgeChecked& check : state.age_checks()) *record.add_age_checks() = check;
  return record;
}

Bytes encode(const v1::SaleRecord& record) {
  return to_bytes(record.SerializeAsString());
}

v1::SaleRecord decode_sale_record(std::string_view trip_id, ByteView bytes) {
  v1::SaleRecord record;
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()) ||
      !record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    throw Error(ErrorKind::corrupt, "the " + std::to_string(bytes.size()) +
                                        " bytes stored for the sale of trip " +
                                        std::string(trip_id) + " are no sale record");
  return record;
}

}  // namespace cartwright::trip
