#include "bench/raw_table.hpp"

#include <sqlite3.h>

#include <stdexcept>
#include <vector>

namespace cartwright::bench {
namespace {

void step(sqlite3_stmt* statement) {
  if (sqlite3_step(statement) != SQLITE_DONE) throw std::runtime_error("SQLite refuses a row");
  sqlite3_reset(statement);
}

}  // namespace

RawTable::RawTable(const std::filesystem::path& file) : database_(file) {
  database_.run(
      "CREATE TABLE rows(trip INTEGER NOT NULL, seq INTEGER NOT NULL, bytes BLOB NOT NULL, "
      "PRIMARY KEY(trip, seq)) WITHOUT ROWID");
  const auto prepare = [this](const char* sql, sqlite3_stmt** statement) {
    if (sqlite3_prepare_v3(database_.handle(), sql, -1, SQLITE_PREPARE_PERSISTENT, statement,
                           nullptr) != SQLITE_OK) {
      throw std::runtime_error(sqlite3_errmsg(database_.handle()));
    }
  };
  prepare("BEGIN IMMEDIATE", &begin_);
  prepare("INSERT INTO rows VALUES (1, ?, ?)", &insert_);
  prepare("COMMIT", &commit_);
}

RawTable::~RawTable() {
  for (sqlite3_stmt* statement : {begin_, insert_, commit_}) sqlite3_finalize(statement);
}

Clock::duration RawTable::commit(std::size_t size) {
  const std::vector<char> row(size, 'x');
  const auto begin = Clock::now();
  step(begin_);
  sqlite3_bind_int64(insert_, 1, ++seq_);
  sqlite3_bind_blob64(insert_, 2, row.data(), row.size(), SQLITE_STATIC);
  step(insert_);
  step(commit_);
  return Clock::now() - begin;
}

}  // namespace cartwright::bench
