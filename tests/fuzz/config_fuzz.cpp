// Any bytes as a TOML file, read as a cart's configuration is: each value as what it is, and every
// refusal an Error that names the input.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/config.hpp"
#include "base/error.hpp"

namespace {

using cartwright::ConfigTable;
using cartwright::Error;

// What `ask` says, or its Error, which must be one of input.
template <typename Ask>
void try_to(const Ask& ask) {
  try {
    ask();
  } catch (const Error& error) {
    if (error.kind() != cartwright::ErrorKind::invalid_input) std::abort();
    if (!std::string_view(error.what()).starts_with("input")) std::abort();
  }
}

void read(ConfigTable table, int depth) {
  for (const std::string& key : table.keys()) {
    if (!table.has(key)) std::abort();
    try_to([&] { table.text(key); });
    try_to([&] { table.integer(key); });
    try_to([&] { table.boolean(key); });
    try_to([&] { table.texts(key); });
    table.place(key);
    if (depth == 0) continue;
    try_to([&] { read(table.table(key), depth - 1); });
    try_to([&] {
      for (ConfigTable& each : table.tables(key)) read(std::move(each), depth - 1);
    });
  }
  try_to([&] { table.json(); });
  try_to([&] { table.required_text("no such key"); });
  table.finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try_to([&] { read(ConfigTable::parse(text, "input"), 3); });
  return 0;
}
