#include "host/operations.hpp"

#include <algorithm>

#include "host/record_schema.hpp"

namespace cartwright::host {
namespace {

constexpr std::size_t most_open = 256;

// The unique key of a command that moves money; empty where it has none.
std::string_view key_of(const cw_record& command, const RecordSchema* schema) {
  if (schema == nullptr || schema->key == 0) return {};
  const FieldSchema field{"key", FieldKind::text, schema->key};
  if (!covers(command, field)) return {};
  return as_text(span_bytes(command, read_field<cw_span>(command, field)));
}

}  // namespace

CommandStart Operations::begin(Record& command, std::uint32_t unit, const Deadlines& deadlines) {
  if (command.empty() || record_kind(command.type()) != CW_COMMAND) return {0, CW_INVALID};
  if (open_.size() >= most_open) return {0, CW_BUSY};
  const RecordSchema* schema = find_schema(command.type());
  const std::string_view key = key_of(command.header(), schema);
  if (!key.empty() && !used_keys_.emplace(key).second) return {0, CW_DUPLICATE};
  Open open;
  open.op = next_op_++;
  open.unit = unit;
  open.moves_money = schema != nullptr && schema->moves_money;
  open.deadlines = deadlines;
  command.header().op = open.op;
  command.header().unit = unit;
  open_.push_back(open);
  return {open.op, CW_OK};
}

Operations::Open* Operations::find(std::uint64_t op) {
  const auto at =
      std::find_if(open_.begin(), open_.end(), [op](const Open& o) { return o.op == op; });
  return at == open_.end() ? nullptr : &*at;
}

bool Operations::end(std::uint64_t op) {
  return std::erase_if(open_, [op](const Open& open) { return open.op == op; }) != 0;
}

std::optional<std::uint64_t> Operations::next_deadline() const {
  std::optional<std::uint64_t> next;
  const auto consider = [&next](std::uint64_t at) {
    if (at != 0 && (!next || at < *next)) next = at;
  };
  for (const Open& open : open_) {
    if (!open.cancelled) consider(open.deadlines.soft_ns);
    consider(open.deadlines.hard_ns);
  }
  return next;
}

std::int32_t host_end_status(const Operations::Open& open, std::int32_t otherwise) {
  return open.moves_money && open.sent ? CW_UNKNOWN_OUTCOME : otherwise;
}

}  // namespace cartwright::host
