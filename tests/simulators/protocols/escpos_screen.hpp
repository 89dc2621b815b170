#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cartwright::simulators {

// What happens at the end of a row: US MD1, US MD2, US MD3.
enum class EscposMode : std::uint8_t { overwrite, vertical, horizontal };

// The glass of a DM-D display: characters, cursor, modes, up to four windows. Columns and rows of
// the public functions count from 1, as in the specification.
class EscposScreen {
 public:
  using Row = std::u32string;

  EscposScreen(int rows, int columns);

  void write(char32_t character);
  void clear();
  void clear_line();
  void set_mode(EscposMode mode);
  // ESC W. Ignored where it lies outside or touches another window.
  void open_window(int number, int left, int top, int right, int bottom);
  void close_window(int number);

  // A place outside the screen is ignored.
  void move_to(int column, int row);
  void left();
  void right();
  void up();
  void down();
  void home();
  void to_left_end();
  void to_right_end();
  // US B: the left end of the lowest row.
  void to_bottom();

  const std::vector<Row>& rows() const { return rows_; }
  std::string_view mode_name() const;
  std::array<int, 2> cursor() const { return {column_ + 1, row_ + 1}; }
  bool on_bottom_row() const { return row_ == static_cast<int>(rows_.size()) - 1; }

 private:
  // Both ends included, from 0.
  struct Area {
    int left;
    int top;
    int right;
    int bottom;
    bool holds(int column, int row) const {
      return column >= left && column <= right && row >= top && row <= bottom;
    }
  };
  struct Window {
    bool open = false;
    Area area{};
  };

  Area whole() const;
  // The window that the cursor is in, or the whole screen.
  Area area() const;
  char32_t& at(int column, int row) {
    return rows_[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
  }
  void shift_row(const Area& in, int by);
  void shift_rows(const Area& in, int by);

  std::vector<Row> rows_;
  EscposMode mode_ = EscposMode::overwrite;
  std::array<Window, 4> windows_{};
  int column_ = 0;
  int row_ = 0;
  bool past_end_ = false;  // horizontal mode: the next character moves the row on
};

}  // namespace cartwright::simulators
