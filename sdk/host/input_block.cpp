#include "host/input_block.hpp"

#include <cstring>

namespace cartwright::host {
namespace {

// Followed by messages, command, pending and extra, each padded to 8.
struct Head {
  cw_now now;
  std::uint64_t token;
  std::uint64_t count;
  std::uint32_t kind;
  std::uint32_t link;
  std::uint32_t pipe;
  std::int32_t status;
  std::uint32_t flags;
  std::uint32_t message_link;
  std::uint32_t message_count;
  std::uint32_t command_size;
  std::uint32_t pending_size;
  std::uint32_t extra_size;
};
static_assert(sizeof(Head) % 8 == 0);

constexpr std::size_t words(std::size_t bytes) {
  return (bytes + 7) / 8;
}

constexpr std::size_t most_messages = 65536;
constexpr std::size_t most_extra = 65536;

// Copies `bytes` to word `at` of the block and returns the word behind them.
std::size_t place(std::vector<std::uint64_t>& block, std::size_t at, const void* bytes,
                  std::size_t size) {
  if (size != 0) {
    block[at + words(size) - 1] = 0;
    std::memcpy(block.data() + at, bytes, size);
  }
  return at + words(size);
}

bool sound_messages(const cw_span* spans, std::uint32_t count, std::uint32_t pending) {
  for (std::uint32_t i = 0; i < count; ++i) {
    if (spans[i].offset > pending || spans[i].length > pending - spans[i].offset) return false;
  }
  return true;
}

}  // namespace

void write_input(std::vector<std::uint64_t>& block, const cw_now& now, const InputParts& parts) {
  Head head{};
  head.now = now;
  head.token = parts.token;
  head.count = parts.count;
  head.kind = parts.kind;
  head.link = parts.link;
  head.pipe = parts.pipe;
  head.status = parts.status;
  head.flags = parts.flags;
  head.message_link = parts.message_link ? 1 : 0;
  head.message_count = static_cast<std::uint32_t>(parts.messages.size());
  head.command_size = static_cast<std::uint32_t>(parts.command.size());
  head.pending_size = static_cast<std::uint32_t>(parts.pending.size());
  head.extra_size = static_cast<std::uint32_t>(parts.extra.size());
  block.resize(words(sizeof(head)) + words(parts.messages.size_bytes()) +
               words(parts.command.size()) + words(parts.pending.size()) +
               words(parts.extra.size()));
  std::size_t at = place(block, 0, &head, sizeof(head));
  at = place(block, at, parts.messages.data(), parts.messages.size_bytes());
  at = place(block, at, parts.command.data(), parts.command.size());
  at = place(block, at, parts.pending.data(), parts.pending.size());
  place(block, at, parts.extra.data(), parts.extra.size());
}

std::optional<InputView> read_input(ByteView block) {
  if (reinterpret_cast<std::uintptr_t>(block.data()) % 8 != 0) return std::nullopt;
  if (block.size() < sizeof(Head)) return std::nullopt;
  const auto& head = *reinterpret_cast<const Head*>(block.data());
  if (head.message_count > most_messages || head.command_size > CW_RECORD_LIMIT ||
      head.pending_size > CW_PENDING_LIMIT || head.extra_size > most_extra ||
      head.message_link > 1 || (head.message_link == 0 && head.message_count != 0)) {
    return std::nullopt;
  }
  const std::size_t messages = sizeof(Head);
  const std::size_t command = messages + head.message_count * sizeof(cw_span);
  const std::size_t pending = command + words(head.command_size) * 8;
  const std::size_t extra = pending + words(head.pending_size) * 8;
  if (block.size() != extra + words(head.extra_size) * 8) return std::nullopt;

  InputView view{};
  view.now = head.now;
  view.now.struct_size = sizeof(cw_now);
  cw_input& in = view.input;
  in.struct_size = sizeof(in);
  in.kind = head.kind;
  in.link = head.link;
  in.pipe = head.pipe;
  in.token = head.token;
  in.count = head.count;
  in.status = head.status;
  in.flags = head.flags;
  in.pending_size = head.pending_size;
  in.message_count = head.message_count;
  in.extra_size = head.extra_size;
  in.messages = reinterpret_cast<const cw_span*>(block.data() + messages);
  in.pending = reinterpret_cast<const std::uint8_t*>(block.data() + pending);
  in.extra = reinterpret_cast<const std::uint8_t*>(block.data() + extra);
  if (!sound_messages(in.messages, head.message_count, head.pending_size)) return std::nullopt;
  if (head.command_size != 0) {
    const ByteView record = block.subspan(command, head.command_size);
    if (check_record(record)) return std::nullopt;
    in.command = reinterpret_cast<const cw_record*>(record.data());
    if (in.command->size != head.command_size) return std::nullopt;
  }
  view.shown = head.message_link != 0 ? head.message_count : head.pending_size;
  return view;
}

}  // namespace cartwright::host
