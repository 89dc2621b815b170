#include "host/wire.hpp"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace cartwright::host::wire {
namespace {

struct Run {
  std::uint32_t offset;
  std::uint32_t length;
};

constexpr std::size_t granule = 8;
// Runs nearer to each other than this are sent as one.
constexpr std::size_t least_gap = 16;

constexpr std::array<std::byte, granule> zeros{};

void append_run(std::vector<std::byte>& runs, ByteView now, std::size_t from, std::size_t to) {
  const Run run{static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to - from)};
  const std::size_t at = runs.size();
  runs.resize(at + sizeof(run) + padded(run.length));
  std::memcpy(runs.data() + at, &run, sizeof(run));
  std::memcpy(runs.data() + at + sizeof(run), now.data() + from, run.length);
}

bool take_run(ByteView& rest, std::size_t state_size, Run& run, ByteView& bytes) {
  const Run* const head = take<Run>(rest);
  if (head == nullptr) return false;
  run = *head;
  if (run.offset > state_size || run.length > state_size - run.offset) return false;
  return take_bytes(rest, run.length, bytes);
}

}  // namespace

Outgoing::Outgoing(MessageKind kind, std::uint64_t generation, std::uint64_t number)
    : head_{static_cast<std::uint32_t>(kind), sizeof(Head), generation, number} {}

Outgoing& Outgoing::part(ByteView bytes) {
  parts_.at(count_++) = bytes;
  head_.size += static_cast<std::uint32_t>(padded(bytes.size()));
  return *this;
}

int Outgoing::send(int socket, bool wait) {
  std::array<iovec, 13> io;
  std::size_t used = 0;
  const auto add = [&](const void* from, std::size_t size) {
    if (size != 0) io[used++] = {const_cast<void*>(from), size};
  };
  add(&head_, sizeof(head_));
  for (std::size_t i = 0; i < count_; ++i) {
    add(parts_[i].data(), parts_[i].size());
    add(zeros.data(), padded(parts_[i].size()) - parts_[i].size());
  }
  msghdr message{};
  message.msg_iov = io.data();
  message.msg_iovlen = used;
  while (::sendmsg(socket, &message, MSG_NOSIGNAL | (wait ? 0 : MSG_DONTWAIT)) < 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

std::optional<Incoming> read_message(ByteView packet) {
  ByteView rest = packet;
  const Head* const head = take<Head>(rest);
  if (head == nullptr || head->size != packet.size()) return std::nullopt;
  if (head->kind < static_cast<std::uint32_t>(MessageKind::setup) ||
      head->kind > static_cast<std::uint32_t>(MessageKind::blob_ask)) {
    return std::nullopt;
  }
  return Incoming{MessageKind{head->kind}, head->generation, head->number, rest};
}

bool take_bytes(ByteView& rest, std::size_t size, ByteView& bytes) {
  if (size > message_limit || rest.size() < padded(size)) return false;
  bytes = rest.first(size);
  rest = rest.subspan(padded(size));
  return true;
}

std::optional<CallMessage> read_call(ByteView body, std::uint32_t state_size) {
  const Call* const call = take<Call>(body);
  if (call == nullptr || call->kind > static_cast<std::uint32_t>(CallKind::input)) {
    return std::nullopt;
  }
  if (call->state_size != 0 && call->state_size != state_size) return std::nullopt;
  CallMessage message;
  message.kind = CallKind{static_cast<std::uint8_t>(call->kind)};
  if (!take_bytes(body, call->state_size, message.state) ||
      !take_bytes(body, call->input_size, message.input) || !body.empty()) {
    return std::nullopt;
  }
  return message;
}

std::optional<ReplyMessage> read_reply(ByteView body, const InstanceShape& shape,
                                       std::size_t state_size, std::uint32_t shown) {
  const Reply* const head = take<Reply>(body);
  if (head == nullptr) return std::nullopt;
  ReplyMessage message;
  CallReply& reply = message.reply;
  reply.status = head->status;
  reply.outcome = {sizeof(cw_outcome), head->consumed, head->need, 0};
  ByteView text;
  if (!take_bytes(body, head->runs_size, message.runs) ||
      !take_bytes(body, head->effects_size, reply.effects) ||
      !take_bytes(body, head->text_size, text) || !body.empty()) {
    return std::nullopt;
  }
  reply.text = as_text(text);
  if (head->consumed > shown || check_effects(reply.effects, shape)) return std::nullopt;
  if (reply.status < 0 && !(message.runs.empty() && reply.effects.empty())) return std::nullopt;
  ByteView runs = message.runs;
  while (!runs.empty()) {
    Run run{};
    ByteView bytes;
    if (!take_run(runs, state_size, run, bytes)) return std::nullopt;
  }
  return message;
}

void write_runs(ByteView before, ByteView now, std::vector<std::byte>& runs) {
  runs.clear();
  const std::size_t size = now.size();
  const auto differs = [&](std::size_t at) {
    const std::size_t length = std::min(granule, size - at);
    return std::memcmp(before.data() + at, now.data() + at, length) != 0;
  };
  std::size_t at = 0;
  while (at < size) {
    if (!differs(at)) {
      at += granule;
      continue;
    }
    const std::size_t from = at;
    std::size_t to = at;
    while (at < size && at - to < least_gap) {
      const bool changed = differs(at);
      at += granule;
      if (changed) to = at;
    }
    append_run(runs, now, from, std::min(to, size));
  }
}

bool apply_runs(ByteView runs, std::span<std::byte> state) {
  ByteView checked = runs;
  Run run{};
  ByteView bytes;
  while (!checked.empty()) {
    if (!take_run(checked, state.size(), run, bytes)) return false;
  }
  while (!runs.empty()) {
    take_run(runs, state.size(), run, bytes);
    if (run.length != 0) std::memcpy(state.data() + run.offset, bytes.data(), bytes.size());
  }
  return true;
}

}  // namespace cartwright::host::wire
