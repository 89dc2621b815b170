#include "offers/item_sale.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/currency.hpp"
#include "offers/price_history.hpp"
#include "offers/rounding.hpp"

namespace cartwright::offers {
namespace {

enum class Hit : std::uint8_t { no, yes, untold };

bool serial_before(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

Hit hit_of(const Recall& recall, const gs1::Facts& label) {
  if (recall.batches.empty() && !recall.serials && !recall.best_before) return Hit::yes;
  Hit hit = Hit::no;
  const auto judge = [&hit](bool is_told, const auto& matches) {
    if (!is_told && hit == Hit::no) hit = Hit::untold;
    if (is_told && matches()) hit = Hit::yes;
  };
  if (!recall.batches.empty()) {
    judge(label.batch.has_value(), [&] {
      return std::binary_search(recall.batches.begin(), recall.batches.end(), *label.batch);
    });
  }
  if (recall.serials) {
    judge(label.serial.has_value(), [&] {
      return !serial_before(*label.serial, recall.serials->first) &&
             !serial_before(recall.serials->last, *label.serial);
    });
  }
  if (recall.best_before) {
    const auto day = label.best_before ? label.best_before : label.expiry;
    judge(day.has_value(),
          [&] { return *day >= recall.best_before->first && *day <= recall.best_before->last; });
  }
  return hit;
}

std::chrono::sys_days days_of(const gs1::Date& date) {
  return std::chrono::year(date.year) / std::chrono::month(date.month) / std::chrono::day(date.day);
}

std::string percent(std::int64_t bps) {
  std::string text = std::to_string(bps / 100);
  if (bps % 100 != 0) text += "." + std::to_string(100 + bps % 100).substr(1);
  return text + " %";
}

class Seller {
 public:
  Seller(const Product& product, const ItemLabel& label, const Occasion& occasion)
      : label_(label), occasion_(occasion) {
    sale_.product = at_its_price(product, occasion.store, occasion.at);
    sale_.lowest_30_days = lowest_30_days(product, occasion.store, occasion.at);
    sale_.label = label.facts;
  }

  std::variant<ItemSale, NotForSale> run() {
    const gs1::Facts& facts = label_.facts;
    if (const Recall* recall = recall_of(sale_.product, facts)) {
      refuse(NotForSale::Why::recalled, recall_text(sale_.product, *recall, facts));
    }
    last_day(facts.expiry, "to be used by ");
    last_day(facts.sell_by, "to be sold by ");
    best_before();
    if (!refused_) measure();
    if (!refused_ && !sale_.price_of_code) mark_down();
    if (refused_) return *std::move(refused_);
    sale_.unit_price = comparison_price(sale_.product);
    return std::move(sale_);
  }

 private:
  void refuse(NotForSale::Why why, std::string text) {
    if (!refused_) refused_ = NotForSale{why, std::move(text)};
  }

  void last_day(const std::optional<gs1::Date>& day, const char* what) {
    if (!day || *day >= occasion_.today) return;
    const std::string text = sale_.product.name + " was " + what + day->text();
    if (!occasion_.today_is_sure) return notice(text + ", if the cart's clock is right");
    refuse(NotForSale::Why::expired, text + ": it is not sold any more");
  }

  void best_before() {
    const std::optional<gs1::Date>& day = label_.facts.best_before;
    const BestBefore::Past past = sale_.product.best_before.past;
    if (!day || *day >= occasion_.today || past == BestBefore::Past::sell) return;
    if (past == BestBefore::Past::refuse && occasion_.today_is_sure) {
      return refuse(NotForSale::Why::expired, sale_.product.name + " was best before " +
                                                  day->text() + ": it is not sold any more");
    }
    notice("Its best-before date is past: " + day->text());
  }

  void mark_down() {
    const BestBefore& rule = sale_.product.best_before;
    const std::optional<gs1::Date>& day = label_.facts.best_before;
    if (!day || rule.markdown_bps == 0 || !occasion_.today_is_sure) return;
    if ((days_of(*day) - days_of(occasion_.today)).count() > rule.markdown_days) return;
    Product& product = sale_.product;
    sale_.markdown_bps = rule.markdown_bps;
    sale_.regular_price = product.price;
    product.price -= share_of(product.price, rule.markdown_bps);
    if (product.member_price) {
      *product.member_price -= share_of(*product.member_price, rule.markdown_bps);
    }
    notice(percent(rule.markdown_bps) + " off, best before " + day->text());
  }

  void measure() {
    constexpr std::int64_t kMostPieces = 10'000;
    const gs1::Facts& facts = label_.facts;
    const bool by_weight = sale_.product.sold_by != SoldBy::piece;
    const bool variable = label_.restricted || (label_.gtin && label_.gtin->text().front() == '9');
    const std::int64_t price = facts.price_minor.value_or(0);
    if (price > 0 && (variable || by_weight)) return priced(price);
    if (by_weight) {
      if (facts.weight_grams.value_or(0) > 0) sale_.quantity = Grams(*facts.weight_grams);
      return;
    }
    sale_.quantity = Units{label_.gtin ? units_of(sale_.product, *label_.gtin) : 1};
    if (!variable || facts.count.value_or(0) == 0) return;
    if (*facts.count > kMostPieces) {
      return refuse(NotForSale::Why::not_priced, "the code says " + std::to_string(*facts.count) +
                                                     " pieces of " + sale_.product.name +
                                                     ", which is no package: please ask the staff");
    }
    sale_.quantity = Units{*facts.count};
  }

  // What is printed on the package is what it costs.
  void priced(std::int64_t minor) {
    const auto in = label_.facts.currency;
    if (in && *in != occasion_.currency) {
      const Currency* currency = find_currency(*in);
      return refuse(NotForSale::Why::not_priced,
                    "the price on " + sale_.product.name + " is in " +
                        (currency != nullptr ? std::string(currency->code) : std::to_string(*in)) +
                        ", not in this store's currency: please ask the staff");
    }
    sale_.price_of_code = true;
    sale_.product.sold_by = SoldBy::piece;
    sale_.product.price = Money(minor);
    sale_.product.member_price.reset();
    sale_.product.content.reset();
    sale_.lowest_30_days.reset();
    sale_.quantity = Units{1};
  }

  void notice(std::string text) {
    if (sale_.notice.empty()) sale_.notice = std::move(text);
  }

  const ItemLabel& label_;
  const Occasion& occasion_;
  ItemSale sale_;
  std::optional<NotForSale> refused_;
};

}  // namespace

std::variant<ItemSale, NotForSale> sell(const Product& product, const ItemLabel& label,
                                        const Occasion& occasion) {
  return Seller(product, label, occasion).run();
}

const Recall* recall_of(const Product& product, const gs1::Facts& label) {
  for (const Recall& recall : product.recalls) {
    const Hit hit = hit_of(recall, label);
    if (hit == Hit::yes || (hit == Hit::untold && !recall.sells_untold)) return &recall;
  }
  return nullptr;
}

std::string recall_text(const Product& product, const Recall& recall, const gs1::Facts& label) {
  const std::string named =
      " (" + recall.id + (recall.reason.empty() ? "" : ": " + recall.reason) + ")";
  if (hit_of(recall, label) == Hit::yes) {
    return product.name + " is recalled" + named + ": please give it to the staff";
  }
  return "some of " + product.name + " is recalled" + named +
         ", and this code does not tell whether it is: please ask the staff";
}

}  // namespace cartwright::offers
