#pragma once

#include <filesystem>

#include "base/sqlite.hpp"
#include "bench/samples.hpp"

struct sqlite3_stmt;

namespace cartwright::bench {

// One table in a file of its own, written with SQLite's C functions and prepared statements, in the
// journal mode that a cart has: the least that a durable commit costs.
class RawTable {
 public:
  explicit RawTable(const std::filesystem::path& file);
  ~RawTable();
  RawTable(const RawTable&) = delete;
  RawTable& operator=(const RawTable&) = delete;

  // BEGIN IMMEDIATE, one row with `size` bytes, COMMIT.
  Clock::duration commit(std::size_t size);

 private:
  Database database_;
  sqlite3_stmt* begin_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  sqlite3_stmt* commit_ = nullptr;
  std::int64_t seq_ = 0;
};

}  // namespace cartwright::bench
