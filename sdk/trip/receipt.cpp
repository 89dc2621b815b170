#include "trip/receipt.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "offers/money.hpp"
#include "trip/clock.hpp"
#include "trip/facts.hpp"

namespace cartwright::trip {
namespace {

constexpr int kNarrowest = 32;
constexpr int kWidest = 80;

bool starts_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_character));
}

// The first `count` characters; control characters become blanks.
std::string cut(std::string_view text, std::size_t count) {
  std::string result;
  for (const char c : text) {
    if (starts_character(c) && count-- == 0) break;
    result += static_cast<unsigned char>(c) < 0x20U || c == 0x7F ? ' ' : c;
  }
  return result;
}

std::string number(const char* form, std::int64_t whole, std::int64_t part) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), form, static_cast<long long>(whole),
                static_cast<long long>(part));
  return text.data();
}

std::string percent(std::uint32_t bps) {
  return bps % 100 == 0 ? std::to_string(bps / 100) + " %"
                        : number("%lld.%02lld %%", bps / 100, bps % 100);
}

class Paper {
 public:
  Paper(int width, const offers::Currency& currency)
      : width_(static_cast<std::size_t>(width)), currency_(currency) {}

  void line(std::string_view text) { text_ += cut(text, width_) + "\n"; }
  void rule() { line(std::string(width_, '-')); }
  void centred(std::string_view text) {
    const std::size_t used = std::min(characters(text), width_);
    line(std::string((width_ - used) / 2, ' ') + std::string(text));
  }
  // Left text and an amount in the last column.
  void amount(std::string_view left, std::int64_t minor) { columns(left, money(minor)); }
  void columns(std::string_view left, const std::string& right) {
    const std::size_t room = width_ > right.size() + 1 ? width_ - right.size() - 1 : 0;
    const std::string head = cut(left, room);
    line(head + std::string(room - characters(head) + 1, ' ') + right);
  }
  std::string money(std::int64_t minor) const {
    return offers::format(offers::Money(minor), currency_);
  }
  std::string take() { return std::move(text_); }

 private:
  std::size_t width_;
  const offers::Currency& currency_;
  std::string text_;
};

// As the shopper knows it.
std::string name_of(const v1::SaleRecord& record, const std::string& offer) {
  for (const v1::SaleOffer& each : record.offers()) {
    if (each.offer() == offer && !each.name().empty()) return each.name();
  }
  return offer;
}

// What each offer takes off the line, in the order of its shares.
void print_discounts(Paper& paper, const v1::SaleRecord& record, const v1::SaleLine& line) {
  std::vector<std::pair<std::string, std::int64_t>> sums;
  for (const v1::SaleShare& share : line.shares()) {
    const auto same = std::find_if(sums.begin(), sums.end(),
                                   [&](const auto& sum) { return sum.first == share.offer(); });
    if (same == sums.end()) {
      sums.emplace_back(share.offer(), share.discount_minor());
    } else {
      same->second += share.discount_minor();
    }
  }
  for (const auto& [offer, minor] : sums) {
    if (minor != 0) paper.amount("  " + name_of(record, offer), -minor);
  }
}

void print_points(Paper& paper, const v1::SaleRecord& record) {
  for (const v1::SaleOffer& offer : record.offers()) {
    if (offer.points() > 0)
      paper.columns(name_of(record, offer.offer()), std::to_string(offer.points()) + " points");
  }
}

void print_line(Paper& paper, const v1::SaleRecord& record, const v1::SaleLine& line) {
  paper.line(line.item().name().empty() ? line.item().product() : line.item().name());
  const std::string price = paper.money(line.price_minor());
  if (line.item().sold_by_weight()) {
    paper.amount("  " + number("%lld.%03lld kg x ", line.grams() / 1000, line.grams() % 1000) +
                     price + (line.item().price_grams() == 100 ? "/100 g" : "/kg"),
                 line.list_minor());
  } else {
    paper.amount("  " + std::to_string(line.pieces()) + " x " + price, line.list_minor());
  }
  if (!line.overridden_by().empty()) {
    paper.line("  price set by " + line.overridden_by());
  } else if (line.item().markdown_bps() != 0) {
    paper.line("  " + percent(line.item().markdown_bps()) + " off " +
               paper.money(line.item().regular_price_minor()) + ", best before " +
               line.item().best_before());
  }
  print_discounts(paper, record, line);
  if (line.deposit_minor() != 0) paper.amount("  deposit", line.deposit_minor());
}

void print_payment(Paper& paper, const v1::SalePayment& payment) {
  const v1::CardFacts& card = payment.card();
  paper.amount(card.brand().empty() ? "Paid" : "Paid with " + card.brand(), payment.amount_minor());
  if (!card.masked_pan().empty()) paper.line("  card " + card.masked_pan());
  if (!card.receipt().empty() || !card.trace().empty())
    paper.line("  receipt " + card.receipt() + ", trace " + card.trace());
  if (!payment.resolved_by().empty()) paper.line("  confirmed by " + payment.resolved_by());
}

void print_taxes(Paper& paper, const v1::SaleRecord& record) {
  for (const v1::SaleTax& tax : record.taxes()) {
    paper.amount("Tax " + tax.tax().id() + " " + percent(tax.tax().rate_bps()) +
                     (tax.tax().on_top() ? " on " : " in ") + paper.money(tax.base_minor()),
                 tax.tax_minor());
  }
}

const offers::Currency& currency_of(const v1::SaleRecord& record) {
  const std::string& code = record.header().currency();
  const offers::Currency* found = find_currency(code);
  if (found == nullptr)
    throw Error(ErrorKind::corrupt, "the sale of trip " + record.header().trip_id() +
                                        " is in a currency \"" + code + "\" that there is not");
  return *found;
}

}  // namespace

std::string receipt_text(const v1::SaleRecord& record, int width) {
  if (width < kNarrowest || width > kWidest)
    throw Error(ErrorKind::invalid_input, "a receipt of " + std::to_string(width) +
                                              " columns can not be printed; 32 to 80 are expected");
  check_time(record.settled());
  Paper paper(width, currency_of(record));
  const v1::Time& at = record.settled();
  paper.centred("Store " + record.header().store_gln());
  paper.columns(local_text(at.utc_ms(), at.offset_minutes()), record.header().cart_id());
  paper.line(record.header().trip_id());
  paper.rule();
  for (const v1::SaleLine& line : record.lines()) print_line(paper, record, line);
  paper.rule();
  if (record.goods_minor() != record.list_minor())
    paper.amount("You save", record.list_minor() - record.goods_minor());
  if (record.deposit_minor() != 0) paper.amount("Deposit", record.deposit_minor());
  if (record.tax_on_top_minor() != 0) paper.amount("Tax", record.tax_on_top_minor());
  if (record.rounding_minor() != 0) paper.amount("Rounding", record.rounding_minor());
  paper.amount("TOTAL " + record.header().currency(), record.total_minor());
  for (const v1::SalePayment& payment : record.payments()) print_payment(paper, payment);
  print_points(paper, record);
  paper.rule();
  print_taxes(paper, record);
  paper.centred("This is no fiscal receipt");
  return paper.take();
}

}  // namespace cartwright::trip
