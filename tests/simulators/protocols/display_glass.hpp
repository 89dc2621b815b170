#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cartwright::simulators {

// What happens at the end of a row.
enum class ScrollMode : std::uint8_t { overwrite, vertical, horizontal };

// The glass of a line display: characters, a cursor, and how both move. Columns and rows of the
// public functions count from 1, as in the manuals.
class DisplayGlass {
 public:
  using Row = std::u32string;

  DisplayGlass(int rows, int columns)
      : rows_(static_cast<std::size_t>(rows), Row(static_cast<std::size_t>(columns), U' ')) {}
  DisplayGlass(const DisplayGlass&) = default;
  DisplayGlass(DisplayGlass&&) = default;
  DisplayGlass& operator=(const DisplayGlass&) = default;
  DisplayGlass& operator=(DisplayGlass&&) = default;
  virtual ~DisplayGlass() = default;

  void write(char32_t character);

  // A place outside the screen is ignored.
  void move_to(int column, int row);
  void left();
  void right();
  void up();
  void down();
  virtual void home();
  void to_left_end();
  void to_right_end();
  // The left end of the lowest row.
  virtual void to_bottom();
  virtual void set_mode(ScrollMode mode);

  const std::vector<Row>& rows() const { return rows_; }
  virtual std::string_view mode_name() const;
  std::array<int, 2> cursor() const { return {column_ + 1, row_ + 1}; }
  bool on_bottom_row() const { return row_ == whole().bottom; }

 protected:
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

  Area whole() const;
  // What the cursor and the scrolling stay in: the window that the cursor is in, or the whole
  // screen.
  virtual Area area() const = 0;

  void place(int column, int row);
  ScrollMode mode() const { return mode_; }
  void blank(const Area& in);
  int row() const { return row_; }
  int column() const { return column_; }
  char32_t& at(int column, int row) {
    return rows_[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
  }

 private:
  void shift_row(const Area& in, int by);
  void shift_rows(const Area& in, int by);

  std::vector<Row> rows_;
  ScrollMode mode_ = ScrollMode::overwrite;
  int column_ = 0;
  int row_ = 0;
  bool past_end_ = false;  // horizontal: the next character moves the row on
};

}  // namespace cartwright::simulators
