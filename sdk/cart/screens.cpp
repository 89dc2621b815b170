#include "cart/screens.hpp"

#include <cartwright/abi/display.h>

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <variant>

namespace cartwright::cart {
namespace {

constexpr std::size_t kColumns = 20;
constexpr const char* kTotal = "Total";

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

std::size_t characters(const std::string& text) {
  std::size_t count = 0;
  for (const char c : text) count += continues(c) ? 0 : 1;
  return count;
}

// The first `count` characters of UTF-8 text.
std::string first(const std::string& text, std::size_t count) {
  std::size_t at = 0;
  while (at < text.size() && (count > 0 || continues(text[at]))) {
    if (!continues(text[at])) --count;
    ++at;
  }
  return text.substr(0, at);
}

// One row: a line feed in a name must not make two.
std::string one_row(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return text;
}

std::string fit(const std::string& left, const std::string& right, std::size_t columns) {
  if (right.empty()) return first(left, columns);
  const std::string end = first(right, columns);
  const std::size_t width = characters(end);
  const std::string begin = first(left, columns > width ? columns - width - 1 : 0);
  return begin + std::string(columns - characters(begin) - width, ' ') + end;
}

std::string quantity(const Line& line) {
  if (line.grams > 0) return std::to_string(line.grams) + " g ";
  return line.pieces > 1 ? std::to_string(line.pieces) + "x " : std::string();
}

// For a display: at most 20 characters.
const char* short_text(Refusal why) {
  switch (why) {
    case Refusal::unknown_product:
      return "Unknown product";
    case Refusal::bad_check_digit:
      return "Misread, scan again";
    case Refusal::not_a_product_code:
      return "Not a product code";
    case Refusal::needs_weight:
      return "No steady weight";
    case Refusal::not_allowed:
      return "Please ask for help";
    case Refusal::payment_open:
      return "Payment under way";
    case Refusal::no_trip:
      return "Start a trip first";
    case Refusal::not_stored:
      return "Please scan again";
    case Refusal::recalled:
      return "Recalled";
    case Refusal::expired:
      return "Past its date";
  }
  return "";
}

}  // namespace

Screens::Screens(Units& units, const offers::Currency& currency, std::string welcome)
    : units_(units),
      currency_(currency),
      welcome_(std::move(welcome)),
      rows_{{one_row(welcome_), ""}} {}

std::string Screens::money(std::int64_t minor) const {
  return offers::format(offers::Money(minor), currency_);
}

void Screens::on(const Event& event) {
  std::visit(
      [this](const auto& e) {
        using E = std::decay_t<decltype(e)>;
        if constexpr (std::is_same_v<E, TripStarted>) {
          show_rows(
              {{welcome_, ""}, {e.resumed ? "Your trip goes on" : "Scan your first item", ""}});
        } else if constexpr (std::is_same_v<E, LineAdded> || std::is_same_v<E, LineChanged>) {
          show_rows({{quantity(e.line) + e.line.name, money(e.line.net_minor)},
                     {kTotal, money(e.totals.total_minor)}});
        } else if constexpr (std::is_same_v<E, LineRemoved>) {
          show_rows({{"- " + e.line.name, ""}, {kTotal, money(e.totals.total_minor)}});
        } else if constexpr (std::is_same_v<E, OffersChanged>) {
          if (rows_.back().left != kTotal) return;
          rows_.back().right = money(e.totals.total_minor);
          show_rows(rows_);
        } else if constexpr (std::is_same_v<E, WeightWanted>) {
          show_rows({{e.name, ""}, {"Please weigh it", ""}});
        } else if constexpr (std::is_same_v<E, ScanRefused>) {
          show_rows({{"Not added", ""}, {short_text(e.why), ""}});
        } else if constexpr (std::is_same_v<E, PaymentChanged>) {
          if (e.text.empty()) return;
          std::vector<Row> rows{{e.text, ""}};
          if (e.amount_minor != 0) rows.push_back({kTotal, money(e.amount_minor)});
          show_rows(std::move(rows));
        } else if constexpr (std::is_same_v<E, TripEnded>) {
          show_rows({{"Thank you", ""}, {welcome_, ""}});
        }
      },
      event);
}

void Screens::show(const std::vector<std::string>& lines) {
  std::vector<Row> rows;
  for (const std::string& line : lines) rows.push_back({line, ""});
  show_rows(std::move(rows));
}

void Screens::show_rows(std::vector<Row> rows) {
  for (Row& row : rows) row = {one_row(std::move(row.left)), one_row(std::move(row.right))};
  rows_ = std::move(rows);
  for (const std::string& unit : units_.all_of(CW_DISPLAY_CLASS)) refresh(unit);
}

void Screens::set_columns(const std::string& unit, std::size_t columns) {
  if (columns == 0) return;
  columns_[unit] = columns;
  refresh(unit);
}

void Screens::refresh(const std::string& unit) {
  if (!units_.is_up(unit)) return;
  const auto found = columns_.find(unit);
  const std::size_t columns = found == columns_.end() ? kColumns : found->second;
  std::string lines;
  for (const Row& row : rows_) {
    if (!lines.empty()) lines += '\n';
    lines += fit(row.left, row.right, columns);
  }
  host::RecordBuilder build(CW_DISPLAY_SHOW, sizeof(cw_display_show));
  build.span(offsetof(cw_display_show, lines), as_bytes(lines));
  // A screen that is not shown is replaced by the next one; nobody waits for it.
  units_.command(unit, build.take(), {}, [](std::int32_t, const host::Record&) {});
}

}  // namespace cartwright::cart
