#include "host/wire.hpp"

#include <array>
#include <cstring>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "host/input_block.hpp"

namespace cartwright::host::wire {
namespace {

Bytes bytes_of(const std::vector<std::uint8_t>& values) {
  Bytes bytes;
  for (const std::uint8_t value : values) bytes.push_back(std::byte{value});
  return bytes;
}

// An aligned copy, as a received packet is.
struct Packet {
  explicit Packet(ByteView bytes) : words((bytes.size() + 7) / 8), size(bytes.size()) {
    if (size != 0) std::memcpy(words.data(), bytes.data(), size);
  }
  ByteView view() const { return {reinterpret_cast<const std::byte*>(words.data()), size}; }
  std::byte* data() { return reinterpret_cast<std::byte*>(words.data()); }
  std::vector<std::uint64_t> words;
  std::size_t size;
};

// What one send() puts on the wire.
Packet sent(Outgoing& message) {
  int pair[2];
  EXPECT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
  EXPECT_EQ(message.send(pair[0], false), 0);
  Bytes buffer(message_limit);
  const ssize_t size = ::recv(pair[1], buffer.data(), buffer.size(), 0);
  ::close(pair[0]);
  ::close(pair[1]);
  buffer.resize(static_cast<std::size_t>(size));
  return Packet(buffer);
}

TEST(Wire, brings_a_call_over) {
  const Bytes state = to_bytes("state of 13 b");
  const Bytes input = to_bytes("input");
  const Call call{1, 13, 5, 0};
  Outgoing message(MessageKind::call, 3, 44);
  const Packet packet = sent(message.body(call).part(state).part(input));
  const auto head = read_message(packet.view());
  ASSERT_TRUE(head);
  EXPECT_EQ(head->generation, 3u);
  EXPECT_EQ(head->number, 44u);
  const auto read = read_call(head->body, 13);
  ASSERT_TRUE(read);
  EXPECT_EQ(as_text(read->state), "state of 13 b");
  EXPECT_EQ(as_text(read->input), "input");
  EXPECT_FALSE(read_call(head->body, 14));
}

RC_GTEST_PROP(Wire, runs_bring_any_state_to_any_other, ()) {
  const auto size = *rc::gen::inRange<std::size_t>(1, 300);
  const auto from =
      *rc::gen::container<std::vector<std::uint8_t>>(size, rc::gen::inRange<std::uint8_t>(0, 3));
  const auto to =
      *rc::gen::container<std::vector<std::uint8_t>>(size, rc::gen::inRange<std::uint8_t>(0, 3));
  Bytes state = bytes_of(from);
  const Bytes wanted = bytes_of(to);
  std::vector<std::byte> runs;
  write_runs(state, wanted, runs);
  RC_ASSERT(apply_runs(Packet(runs).view(), state));
  RC_ASSERT(state == wanted);
}

TEST(Wire, sends_no_runs_where_nothing_changed) {
  const Bytes state(100, std::byte{7});
  std::vector<std::byte> runs;
  write_runs(state, state, runs);
  EXPECT_TRUE(runs.empty());
}

// A reply with a state run, one effect and a text.
Packet sample_reply() {
  alignas(8) std::array<std::byte, 256> room{};
  EffectWriter effects(room.data(), room.size());
  effects.log(CW_LOG_INFO, "hello", 5);
  Bytes before(64);
  Bytes after(64);
  after[20] = std::byte{1};
  std::vector<std::byte> runs;
  write_runs(before, after, runs);
  const std::string text = "why";
  const Reply head{0,
                   4,
                   0,
                   static_cast<std::uint32_t>(runs.size()),
                   static_cast<std::uint32_t>(effects.block().size()),
                   3};
  Outgoing message(MessageKind::reply, 1, 2);
  return sent(message.body(head).part(runs).part(effects.block()).part(as_bytes(text)));
}

TEST(Wire, brings_a_reply_over) {
  const Packet packet = sample_reply();
  const auto head = read_message(packet.view());
  ASSERT_TRUE(head);
  const auto reply = read_reply(head->body, {1, 1}, 64, 4);
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->reply.outcome.consumed, 4u);
  EXPECT_EQ(reply->reply.text, "why");
  EXPECT_FALSE(read_reply(head->body, {1, 1}, 64, 3)) << "consumed more than shown";
  EXPECT_FALSE(read_reply(head->body, {1, 1}, 16, 4)) << "a run outside of the state";
}

TEST(Wire, refuses_or_survives_a_reply_with_any_one_byte_changed) {
  const Packet sound = sample_reply();
  for (std::size_t at = 0; at < sound.size; ++at) {
    for (const int value : {0x00, 0x01, 0x7f, 0x80, 0xff}) {
      Packet packet = sound;
      packet.data()[at] = static_cast<std::byte>(value);
      const auto head = read_message(packet.view());
      if (!head) continue;
      const auto reply = read_reply(head->body, {1, 1}, 64, 4);
      if (!reply) continue;
      Bytes state(64);
      EXPECT_TRUE(apply_runs(reply->runs, state));
      EXPECT_FALSE(check_effects(reply->reply.effects, {1, 1}));
    }
  }
}

RC_GTEST_PROP(Wire, survives_any_bytes, (const std::vector<std::uint8_t>& noise)) {
  const Packet packet(bytes_of(noise));
  const auto head = read_message(packet.view());
  if (head) {
    read_reply(head->body, {1, 1}, 64, 4);
    read_call(head->body, 64);
  }
  read_reply(packet.view(), {1, 1}, 64, 4);
  read_call(packet.view(), 64);
  read_input(packet.view());
}

}  // namespace
}  // namespace cartwright::host::wire
