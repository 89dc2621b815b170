#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace cartwright::tools {

// True where people look at standard output: a terminal, and NO_COLOR is not set.
bool colours();

enum class Colour : std::uint8_t { red, green, yellow, blue, dim, bold };
// The text in colour on a terminal, as it is elsewhere.
std::string coloured(std::string_view text, Colour colour);

// Rows whose columns align; the last column is never padded.
class Table {
 public:
  explicit Table(std::vector<std::string> heads) { rows_.push_back(std::move(heads)); }
  // As many cells as heads. `colour` counts for the whole row.
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const { return rows_.size() == 1; }
  // To standard output.
  void print() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

// A line on standard error that says how far a long work is; nothing where that is no terminal.
class Progress {
 public:
  explicit Progress(std::string what);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  // `total` 0 where it is not known.
  void at(std::uint64_t done, std::uint64_t total);

 private:
  std::string what_;
  bool shown_ = false;
  int last_percent_ = -1;
  std::uint64_t last_step_ = 0;
};

// Characters (not bytes) of UTF-8 text.
std::size_t width_of(std::string_view text);

// The text with control characters, which would steer the terminal, as dots; for what a device or a
// file says.
std::string printable(std::string text);

void print_line(std::string_view text);

// JSON on one line. Bytes that are no UTF-8, as a device or a broken file may bring them, are
// replaced.
std::string json_line(const nlohmann::ordered_json& json);

}  // namespace cartwright::tools
