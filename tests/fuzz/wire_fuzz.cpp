// What a plugin's process sends to the host, and what the host sends to it: any bytes are refused
// or read without a step outside of them.

#include "host/wire.hpp"

#include <cstdint>
#include <cstring>
#include <vector>

#include "host/init_block.hpp"
#include "host/input_block.hpp"

using namespace cartwright;
using namespace cartwright::host;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr InstanceShape shape{2, 2};
  constexpr std::size_t state_size = 256;
  std::vector<std::uint64_t> words((size + 7) / 8);
  if (size != 0) std::memcpy(words.data(), data, size);
  const ByteView packet(reinterpret_cast<const std::byte*>(words.data()), size);

  const auto message = wire::read_message(packet);
  const ByteView body = message ? message->body : packet;
  if (const auto reply = wire::read_reply(body, shape, state_size, 64)) {
    Bytes state(state_size);
    if (!wire::apply_runs(reply->runs, state)) __builtin_trap();
    EffectReader effects(reply->reply.effects);
    while (effects.next()) {
    }
  }
  if (const auto call = wire::read_call(body, state_size)) read_input(call->input);
  if (const auto view = read_input(packet)) {
    for (std::uint32_t i = 0; i < view->input.message_count; ++i) {
      const cw_span& span = view->input.messages[i];
      if (span.offset + span.length > view->input.pending_size) __builtin_trap();
    }
  }
  InitBlock::decode(packet);
  return 0;
}
