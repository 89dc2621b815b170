#include "support/offers/real_data.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <tuple>

namespace cartwright::judge {
namespace {

// Quotation marks enclose what may hold commas.
std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char letter : line) {
    if (letter == '"') {
      quoted = !quoted;
    } else if (letter == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += letter;
    }
  }
  return fields;
}

// "3.86" as 386.
std::int64_t cents(const std::string& text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string fraction = point < text.size() ? text.substr(point + 1) : "";
  fraction.resize(2, '0');
  return std::stoll("0" + text.substr(0, point)) * 100 + std::stoll(fraction);
}

struct Close {
  void operator()(std::FILE* pipe) const { pclose(pipe); }
};

}  // namespace

void each_row(const std::filesystem::path& file,
              const std::function<void(const std::vector<std::string>&)>& row) {
  const std::string command = "xz -dc '" + file.string() + "'";
  const std::unique_ptr<std::FILE, Close> pipe(popen(command.c_str(), "r"));
  if (!pipe) throw std::runtime_error("can not run " + command);
  std::array<char, 4096> buffer{};
  std::string line;
  std::size_t number = 0;
  std::size_t fields = 0;
  while (std::fgets(buffer.data(), buffer.size(), pipe.get()) != nullptr) {
    line += buffer.data();
    if (line.empty() || line.back() != '\n') continue;
    line.pop_back();
    const std::vector<std::string> values = fields_of(line);
    line.clear();
    if (++number == 1) {
      fields = values.size();
      continue;
    }
    if (values.size() != fields) {
      throw std::runtime_error(file.string() + ", row " + std::to_string(number) + ": " +
                               std::to_string(values.size()) + " fields instead of " +
                               std::to_string(fields));
    }
    row(values);
  }
  if (number == 0) throw std::runtime_error(file.string() + " can not be read with xz");
}

RealRows read_rows(const std::filesystem::path& folder) {
  const auto file = [&](const char* name) {
    return folder / ("completejourney_" + std::string(name) + ".csv.xz");
  };
  RealRows rows;
  each_row(file("products"), [&](const auto& row) {
    rows.products[row[0]] = {
        .id = row[0], .department = row[2], .category = row[4], .type = row[5]};
  });
  each_row(file("transactions_sample"), [&](const auto& row) {
    const std::int64_t units = std::stoll(row[4]);
    const std::int64_t paid = cents(row[5]);
    const std::int64_t shelf = paid + cents(row[6]) + cents(row[8]);
    // Fuel is counted in thousandths of a gallon; returns have no units.
    if (units < 1 || units > 24 || shelf < units) return;
    std::string at = row[10] + "+00:00";
    at[10] = 'T';
    rows.lines.push_back({.household = row[0],
                          .store = row[1],
                          .basket = row[2],
                          .product = row[3],
                          .units = units,
                          .paid = paid,
                          .shelf = shelf / units,
                          .at = std::move(at)});
  });
  std::stable_sort(rows.lines.begin(), rows.lines.end(), [](const auto& a, const auto& b) {
    return std::tie(a.household, a.at, a.basket) < std::tie(b.household, b.at, b.basket);
  });
  std::map<std::string, std::string> types;
  each_row(file("campaign_descriptions"), [&](const auto& row) { types[row[0]] = row[1]; });
  std::map<std::string, RealCoupon> coupons;
  each_row(file("coupons"), [&](const auto& row) {
    RealCoupon& coupon = coupons[row[0]];
    coupon.id = row[0];
    coupon.campaign_type = types[row[2]];
    coupon.products.push_back(row[1]);
  });
  for (auto& [id, coupon] : coupons) {
    auto& products = coupon.products;
    std::sort(products.begin(), products.end());
    products.erase(std::unique(products.begin(), products.end()), products.end());
    rows.coupons.push_back(std::move(coupon));
  }
  each_row(file("coupon_redemptions"),
           [&](const auto& row) { rows.redeemed[row[0]].insert(row[1]); });
  return rows;
}

}  // namespace cartwright::judge
