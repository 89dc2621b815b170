#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/hex.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace cartwright {

class Statement;

// One connection. Used by one thread at a time. Every failure is an Error that names the file:
// unavailable (busy, full, I/O), corrupt, conflict (constraint) or internal.
class Database {
 public:
  enum class Durability : std::uint8_t { full, normal };

  // Opens or creates the file in WAL mode with synchronous FULL (or NORMAL where a loss is
  // allowed), foreign keys on and secure_delete on.
  explicit Database(const std::filesystem::path& file, Durability durability = Durability::full);
  // Opens a file that exists and was closed in another journal mode than WAL, for reading only:
  // nothing is written, not even beside it.
  static Database open_read_only(const std::filesystem::path& file);
  ~Database();
  Database(Database&& other) noexcept;
  Database& operator=(Database&&) = delete;

  // Runs statements without parameters or rows.
  void run(const char* sql);
  // Prepares a statement that lives no longer than this connection.
  Statement prepare(std::string_view sql);
  // Rows that the last statement changed.
  std::int64_t changes() const;
  std::int64_t last_rowid() const;
  const std::filesystem::path& file() const { return file_; }
  sqlite3* handle() const { return db_; }

 private:
  Database(const std::filesystem::path& file, int open_flags);

  std::filesystem::path file_;
  sqlite3* db_ = nullptr;
};

// A prepared statement: bind in order, then step or run. Values are copied when bound.
class Statement {
 public:
  Statement(Database& database, std::string_view sql);
  ~Statement();
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;

  // Resets the statement and binds all its parameters.
  template <typename... Values>
  Statement& bind(const Values&... values) {
    reset();
    int index = 0;
    (bind_one(++index, values), ...);
    return *this;
  }
  // True when a row stands ready.
  bool step();
  // Runs to the end and resets; for statements without rows.
  void run();
  void reset();

  std::int64_t integer(int column) const;
  std::string text(int column) const;
  Bytes blob(int column) const;
  bool is_null(int column) const;

 private:
  void bind_one(int index, std::int64_t value);
  void bind_one(int index, std::uint64_t value) {
    bind_one(index, static_cast<std::int64_t>(value));
  }
  void bind_one(int index, int value) { bind_one(index, std::int64_t{value}); }
  void bind_one(int index, std::uint32_t value) { bind_one(index, std::int64_t{value}); }
  void bind_one(int index, bool value) { bind_one(index, std::int64_t{value}); }
  void bind_one(int index, std::string_view value);
  void bind_one(int index, const std::string& value) { bind_one(index, std::string_view(value)); }
  void bind_one(int index, const char* value) { bind_one(index, std::string_view(value)); }
  void bind_one(int index, ByteView value);
  void bind_one(int index, const Bytes& value) { bind_one(index, ByteView(value)); }
  void bind_one(int index, std::nullptr_t);
  template <typename T>
  void bind_one(int index, const std::optional<T>& value) {
    if (value) {
      bind_one(index, *value);
    } else {
      bind_one(index, nullptr);
    }
  }
  void check(int code) const;

  Database* database_;
  sqlite3_stmt* statement_ = nullptr;
};

// BEGIN IMMEDIATE now; rolls back when it goes out of scope without commit().
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database* database_;
};

}  // namespace cartwright
