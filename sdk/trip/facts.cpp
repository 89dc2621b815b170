#include "trip/facts.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

#include "base/error.hpp"
#include "base/hex.hpp"
#include "base/rfc3339.hpp"

namespace cartwright::trip {
namespace {

constexpr std::int64_t kLastUtcMs = 253'402'300'799'999;  // the end of the year 9999
constexpr std::int32_t kMinutesOfDay = 24 * 60;
constexpr std::uint32_t kHighestRateBps = 100'000;  // 1000 %
constexpr std::int64_t kHighestRounding = 1'000'000;
constexpr std::int64_t kHeaviest = 1'000'000'000;  // grams

[[noreturn]] void invalid(const std::string& text) {
  throw Error(ErrorKind::invalid_input, text);
}

}  // namespace

v1::Item item_of(const offers::Product& product, std::string_view gtin) {
  v1::Item item;
  item.set_gtin(std::string(gtin));
  item.set_product(clean(product.id));
  item.set_name(clean(product.name));
  item.set_price_minor(product.price.minor());
  if (product.member_price) item.set_member_price_minor(product.member_price->minor());
  item.set_sold_by_weight(product.sold_by != offers::SoldBy::piece);
  if (product.sold_by == offers::SoldBy::hundred_grams)
    item.set_price_grams(static_cast<std::uint32_t>(offers::grams_of_price(product.sold_by)));
  item.set_tax(clean(product.tax));
  item.set_deposit_minor(product.deposit.minor());
  item.set_min_age(static_cast<std::uint32_t>(std::max(product.min_age, 0)));
  for (const std::string& category : product.categories) item.add_categories(clean(category));
  item.set_not_discountable(!product.discountable);
  return item;
}

v1::Item item_of(const offers::ItemSale& sale, std::string_view gtin) {
  v1::Item item = item_of(sale.product, gtin);
  const gs1::Facts& label = sale.label;
  const auto text = [](const auto& day) { return day ? day->text() : std::string(); };
  item.set_batch(clean(label.batch.value_or("")));
  item.set_serial(clean(label.serial.value_or("")));
  item.set_use_by(text(label.expiry));
  item.set_sell_by(text(label.sell_by));
  item.set_best_before(text(label.best_before));
  const std::int64_t grams = label.weight_grams.value_or(0);
  if (sale.product.sold_by == offers::SoldBy::piece && grams > 0 && grams <= kHeaviest)
    item.set_net_grams(static_cast<std::uint32_t>(grams));
  item.set_price_of_code(sale.price_of_code);
  item.set_markdown_bps(static_cast<std::uint32_t>(sale.markdown_bps));
  if (sale.regular_price) item.set_regular_price_minor(sale.regular_price->minor());
  item.set_notice(clean(sale.notice));
  if (sale.unit_price) {
    item.set_unit_price_minor(sale.unit_price->price.minor());
    item.set_unit_price_per(std::string(sale.unit_price->per));
  }
  if (sale.lowest_30_days) item.set_lowest_30_days_minor(sale.lowest_30_days->minor());
  return item;
}

offers::SoldBy sold_by_of(const v1::Item& item) {
  constexpr std::uint32_t kPerKg = 1000;
  if (!item.sold_by_weight()) return offers::SoldBy::piece;
  if (item.price_grams() == 0 || item.price_grams() == kPerKg) return offers::SoldBy::kg;
  if (item.price_grams() == offers::grams_of_price(offers::SoldBy::hundred_grams))
    return offers::SoldBy::hundred_grams;
  invalid("item \"" + item.product() + "\" has a price for " + std::to_string(item.price_grams()) +
          " g; 100 or 1000 are expected");
}

std::shared_ptr<const offers::Product> product_of(const v1::Item& item) {
  if (item.product().empty()) invalid("an item has no product id");
  const std::int64_t member = item.has_member_price_minor() ? item.member_price_minor() : 0;
  if (item.price_minor() < 0 || item.deposit_minor() < 0 || member < 0)
    invalid("item \"" + item.product() + "\" has a price or deposit below zero");
  if (item.min_age() > 150)
    invalid("item \"" + item.product() + "\" asks for an age of " + std::to_string(item.min_age()));
  auto product = std::make_shared<offers::Product>();
  if (!item.gtin().empty()) {
    const auto gtin = gs1::Gtin14::parse(item.gtin());
    if (!gtin || item.gtin().size() != 14)
      invalid("item \"" + item.product() + "\" has \"" + item.gtin() +
              "\" as GTIN; 14 digits with a right check digit are expected");
    product->gtins.push_back(*gtin);
  }
  product->id = item.product();
  product->name = item.name();
  product->sold_by = sold_by_of(item);
  product->price = offers::Money(item.price_minor());
  if (item.has_member_price_minor()) product->member_price = offers::Money(member);
  product->tax = item.tax();
  product->deposit = offers::Money(item.deposit_minor());
  product->categories.assign(item.categories().begin(), item.categories().end());
  product->discountable = !item.not_discountable();
  product->min_age = static_cast<int>(item.min_age());
  return product;
}

gs1::Facts label_of(const v1::Item& item) {
  gs1::Facts label;
  if (!item.batch().empty()) label.batch = item.batch();
  if (!item.serial().empty()) label.serial = item.serial();
  label.expiry = gs1::date_of_text(item.use_by());
  label.sell_by = gs1::date_of_text(item.sell_by());
  label.best_before = gs1::date_of_text(item.best_before());
  return label;
}

void put_rules(v1::TripHeader& header, const offers::PriceRules& rules) {
  header.set_currency(std::string(rules.currency.code));
  header.set_round_total_to_minor(rules.round_total_to.minor());
  header.set_tax_half_even(rules.tax_halves == offers::Halves::even);
  header.set_tax_per_line(rules.tax_per == offers::TaxPer::line);
  for (const auto& [id, rate] : rules.taxes) {
    v1::TaxClass& tax = *header.add_taxes();
    tax.set_id(id);
    if (rate.bps < 0 || rate.bps > kHighestRateBps)
      invalid("tax class \"" + id + "\" has a rate of " + std::to_string(rate.bps) +
              " basis points; 0 to 100000 are expected");
    tax.set_rate_bps(static_cast<std::uint32_t>(rate.bps));
    tax.set_on_top(rate.placement == offers::TaxPlacement::on_top);
  }
}

offers::PriceRules rules_of(const v1::TripHeader& header) {
  offers::PriceRules rules{.currency = offers::currency(header.currency()), .taxes = {}};
  const std::int64_t step = header.round_total_to_minor();
  if (step < 0 || step > kHighestRounding)
    invalid("totals can not be rounded to " + std::to_string(step) + " minor units");
  rules.round_total_to = offers::Money(step == 0 ? 1 : step);
  if (header.tax_half_even()) rules.tax_halves = offers::Halves::even;
  if (header.tax_per_line()) rules.tax_per = offers::TaxPer::line;
  for (const v1::TaxClass& tax : header.taxes()) {
    if (tax.rate_bps() > kHighestRateBps)
      invalid("tax class \"" + tax.id() + "\" has a rate of " + std::to_string(tax.rate_bps()) +
              " basis points");
    const offers::TaxRate rate{
        .bps = tax.rate_bps(),
        .placement = tax.on_top() ? offers::TaxPlacement::on_top : offers::TaxPlacement::included};
    if (!rules.taxes.emplace(tax.id(), rate).second)
      invalid("tax class \"" + tax.id() + "\" stands twice in the header");
  }
  return rules;
}

v1::Time fact_time(const Time& time, std::uint32_t boot) {
  v1::Time fact;
  fact.set_utc_ms(time.utc_ms);
  fact.set_boot(boot);
  fact.set_monotonic_ns(time.monotonic_ns);
  fact.set_offset_minutes(time.offset_minutes);
  fact.set_clock_trust(time.synchronised ? v1::CLOCK_TRUST_SYNCHRONISED
                                         : v1::CLOCK_TRUST_UNTRUSTED);
  return fact;
}

std::string rfc3339(const v1::Time& time) {
  std::string text = local_text(time.utc_ms(), time.offset_minutes());
  text[10] = 'T';
  const int minutes = std::abs(time.offset_minutes());
  std::array<char, 32> tail{};
  std::snprintf(tail.data(), tail.size(), ".%03d%c%02d:%02d",
                static_cast<int>(time.utc_ms() % 1000), time.offset_minutes() < 0 ? '-' : '+',
                minutes / 60, minutes % 60);
  return text + tail.data();
}

std::int64_t utc_ms_of(std::string_view text) {
  const auto time = parse_rfc3339(text);
  if (!time) invalid("\"" + std::string(text) + "\" is no time as 2026-03-01T08:15:00.250+01:00");
  return time->utc_ms();
}

void check_time(const v1::Time& time) {
  // A cart without a clock chip starts in 1970, and its trip counts all the same.
  if (time.utc_ms() < 0 || time.utc_ms() > kLastUtcMs - kMinutesOfDay * 60'000)
    invalid("its time of " + std::to_string(time.utc_ms()) +
            " ms is outside the years 1970 to 9999");
  if (time.offset_minutes() <= -kMinutesOfDay || time.offset_minutes() >= kMinutesOfDay)
    invalid("its offset of " + std::to_string(time.offset_minutes()) + " minutes is beyond a day");
}

std::string clean(std::string_view text, std::size_t limit) {
  if (text.size() > limit) {
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0U) == 0x80U) --limit;
    text = text.substr(0, limit);
  }
  std::string result(text);
  if (!is_utf8(as_bytes(text))) {
    for (char& c : result) {
      if (static_cast<unsigned char>(c) >= 0x80U) c = '?';
    }
  }
  return result;
}

std::string masked(std::string_view pan) {
  std::string result = clean(pan, 40);
  std::size_t digits = 0;
  for (auto c = result.rbegin(); c != result.rend(); ++c) {
    if (*c >= '0' && *c <= '9' && ++digits > 4) *c = '*';
  }
  return result;
}

}  // namespace cartwright::trip
