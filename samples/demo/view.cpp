#include "view.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace cartwright::demo {
namespace {

using shopping::Json;

constexpr std::size_t kLeft = 44;
constexpr std::size_t kWidth = 79;
constexpr std::size_t kHeight = 24;
constexpr std::size_t kSaid = 4;
constexpr std::size_t kBasketRows = 8;

// Characters of UTF-8, each a column wide.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t now = width_of(text);
  if (now < width) text.append(width - now, ' ');
  return text;
}

// At most so wide; what is cut ends in a sign that says so.
std::string clipped(const std::string& text, std::size_t width) {
  if (width_of(text) <= width) return text;
  std::string cut;
  for (const char c : text) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    if (begins && width_of(cut) + 1 >= width) break;
    cut += c;
  }
  return cut + "…";
}

std::string right(const std::string& text, std::size_t width) {
  const std::size_t now = width_of(text);
  return std::string(now < width ? width - now : 0, ' ') + text;
}

std::string bold(const std::string& text) {
  return "\033[1m" + text + "\033[0m";
}

std::string state_in_colour(const std::string& state) {
  return (state == "up" ? "\033[32m" : "\033[33m") + padded(state, 11) + "\033[0m";
}

std::string horizontal(std::size_t count) {
  std::string line;
  for (std::size_t i = 0; i < count; ++i) line += "─";
  return line;
}

}  // namespace

std::string money(std::int64_t minor) {
  const std::string cents = std::to_string(minor % 100);
  return std::to_string(minor / 100) + "." + std::string(2 - cents.size(), '0') + cents;
}

bool View::fits_terminal() {
  winsize size{};
  return ::isatty(STDOUT_FILENO) == 1 && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
         size.ws_col > kWidth && size.ws_row >= kHeight;
}

View::View(shopping::Store& store, bool in_place) : store_(store), in_place_(in_place) {
  if (in_place_) std::fputs("\033[2J\033[?25l", stdout);
}

View::~View() {
  finish();
}

void View::finish() {
  if (!in_place_) return;
  draw();
  std::fputs("\033[?25h\n", stdout);
  std::fflush(stdout);
  in_place_ = false;
}

void View::say(const std::string& text) {
  said_.push_back(text);
  if (said_.size() > kSaid) said_.erase(said_.begin());
  if (in_place_) return draw();
  std::printf("* %s\n", text.c_str());
  std::fflush(stdout);
}

int View::descriptor() const {
  return store_.display().output();
}

void View::due(shopping::Cart&) {
  bool changed = false;
  while (const auto text = store_.display().take_line()) {
    const Json line = Json::parse(*text, nullptr, false);
    if (!line.is_object() || !line.contains("screen")) continue;
    screen_ = line.at("screen").get<std::vector<std::string>>();
    changed = true;
  }
  if (!changed) return;
  if (in_place_) return draw();
  std::string rows;
  for (const std::string& row : screen_) rows += "|" + row;
  std::printf("    display %s|\n", rows.c_str());
  std::fflush(stdout);
}

void View::saw(shopping::Cart&, const Json& line) {
  const std::string event = line.value("event", "");
  if (event.starts_with("line_")) take_line(event, line);
  if (event == "device_changed") take_device(line);
  if (event == "payment_changed") payment_ = line.at("text");
  if (event == "trip_ended") payment_ = "Paid; the trip has ended";
  if (event == "weight_changed") {
    const std::string shown = line.at("indicated");
    scale_ = shown.empty() ? line.at("status").get<std::string>() : shown;
  }
  if (line.value("reply", "") == "consent" && line.at("ok") == true) {
    journey_ = "consent: store insight";
  }
  if (event == "journey_changed") {
    const auto number = [&](const char* key) { return line.at(key).get<std::uint64_t>(); };
    journey_ = std::to_string(number("waiting")) + " batches wait, " +
               std::to_string(number("delivered")) + " receipted by the hub";
    const std::string trouble = line.at("trouble");
    if (!trouble.empty()) journey_ += "; " + trouble;
  }
  if (event.empty()) return;
  if (in_place_) return draw();
  plain(event, line);
}

void View::take_line(const std::string& event, const Json& line) {
  const Json& of = line.at("line");
  const std::string key = of.at("key");
  total_ = money(line.at("totals").at("total_minor").get<std::int64_t>());
  const auto found = std::ranges::find(basket_, key, &Row::key);
  if (event == "line_removed") {
    if (found != basket_.end()) basket_.erase(found);
    return;
  }
  const bool weighed = of.contains("grams");
  const Row row{
      key,
      weighed ? std::to_string(of.at("grams").get<std::int64_t>()) + " g"
              : std::to_string(of.at("units").get<std::int64_t>()) + " x",
      of.at("name"),
      money(of.at("net_minor").get<std::int64_t>() + of.at("deposit_minor").get<std::int64_t>())};
  if (found == basket_.end()) {
    basket_.push_back(row);
  } else {
    *found = row;
  }
}

void View::take_device(const Json& event) {
  const std::string name = event.at("name");
  auto found = std::ranges::find(devices_, name, &Device::name);
  if (found == devices_.end()) {
    devices_.push_back({name, event.at("driver"), ""});
    found = devices_.end() - 1;
  }
  found->state = event.at("state");
  if (found->state == "restarting") ++driver_restarts_;
}

void View::plain(const std::string& event, const Json& line) const {
  if (event.starts_with("line_")) {
    const Json& of = line.at("line");
    const std::string quantity =
        of.contains("grams") ? of.at("grams").dump() + " g" : of.at("units").dump() + " x";
    std::printf("  %c %s %s  total %s\n",
                event == "line_added"     ? '+'
                : event == "line_removed" ? '-'
                                          : '~',
                right(quantity, 6).c_str(), padded(of.at("name").get<std::string>(), 24).c_str(),
                right(total_, 6).c_str());
  } else if (event == "device_changed") {
    std::printf("    %s is %s %s\n", line.at("name").get<std::string>().c_str(),
                line.at("state").get<std::string>().c_str(),
                line.at("reason").get<std::string>().c_str());
  } else if (event == "payment_changed") {
    std::printf("  $ %s\n", payment_.c_str());
  } else if (event == "journey_changed") {
    std::printf("    journey: %s\n", journey_.c_str());
  } else if (event == "scan_refused" || event == "trouble") {
    std::printf("  ! %s\n", line.at("text").get<std::string>().c_str());
  }
  std::fflush(stdout);
}

std::vector<std::string> View::left_column() const {
  std::vector<std::string> rows{bold(padded("Basket", kLeft))};
  for (const Row& row : basket_) {
    rows.push_back(padded(
        right(row.quantity, 7) + "  " + padded(clipped(row.name, 21), 22) + right(row.amount, 9),
        kLeft));
  }
  while (rows.size() <= kBasketRows) rows.push_back(padded("", kLeft));
  rows.push_back(padded(std::string(9, ' ') + horizontal(31), kLeft));
  rows.push_back(
      bold(padded(std::string(9, ' ') + padded("Total EUR", 22) + right(total_, 9), kLeft)));
  rows.push_back(padded("", kLeft));
  rows.push_back(padded(clipped("Payment  " + payment_, kLeft), kLeft));
  rows.push_back(padded(clipped("Scale    " + scale_, kLeft), kLeft));
  return rows;
}

std::vector<std::string> View::right_column() const {
  std::size_t width = 20;
  for (const std::string& row : screen_) width = std::max(width, width_of(row));
  std::vector<std::string> rows{bold("Customer display, CD5220"),
                                "┌" + horizontal(width + 2) + "┐"};
  for (std::size_t i = 0; i < std::max<std::size_t>(2, screen_.size()); ++i) {
    const std::string text = i < screen_.size() ? screen_[i] : std::string();
    rows.push_back("│ \033[32m" + padded(text, width) + "\033[0m │");
  }
  rows.push_back("└" + horizontal(width + 2) + "┘");
  rows.push_back("");
  rows.push_back(bold("Devices, each driver a process"));
  for (const Device& device : devices_) {
    rows.push_back(padded(device.name, 10) + state_in_colour(device.state) + device.driver);
  }
  return rows;
}

void View::draw() const {
  const std::vector<std::string> left = left_column();
  const std::vector<std::string> right_rows = right_column();
  std::string text = "\033[H" + bold("Cartwright demo: a shopping trip with simulated devices") +
                     "\033[K\n\033[K\n";
  for (std::size_t i = 0; i < std::max(left.size(), right_rows.size()); ++i) {
    text += i < left.size() ? left[i] : std::string(kLeft, ' ');
    text += "  " + (i < right_rows.size() ? right_rows[i] : std::string()) + "\033[K\n";
  }
  text += "\033[K\n" + bold("Journey  ") + clipped(journey_, kWidth - 9) + "\033[K\n\033[K\n";
  for (std::size_t i = 0; i < kSaid; ++i) {
    text += (i < said_.size() ? "* " + clipped(said_[i], kWidth - 2) : std::string()) + "\033[K\n";
  }
  text += "\033[J";
  std::fputs(text.c_str(), stdout);
  std::fflush(stdout);
}

}  // namespace cartwright::demo
