#include "host/driver_call.hpp"

#include <algorithm>
#include <cstring>

#include "host/input_block.hpp"

namespace cartwright::host {

DriverCall::DriverCall(const cw_driver& driver, const InstanceShape& shape)
    : driver_(driver), collector_(shape), before_(driver.state_size) {}

CallReply DriverCall::rolled_back(std::span<std::byte> state, std::int32_t status,
                                  std::string_view text) {
  std::memcpy(state.data(), before_.data(), before_.size());
  CallReply reply;
  reply.status = status;
  reply.text = text;
  return reply;
}

CallReply DriverCall::init(std::span<std::byte> state, const InitBlock& settings) {
  std::memcpy(before_.data(), state.data(), state.size());
  std::fill(state.begin(), state.end(), std::byte{0});
  cw_refusal refusal{sizeof(cw_refusal), static_cast<std::uint32_t>(why_.size()), 0, 0,
                     why_.data()};
  std::int32_t status = CW_INTERNAL;
  try {
    cw_init init = *settings.get();
    init.refusal = &refusal;
    status = driver_.init(state.data(), &init);
  } catch (...) {
    return rolled_back(state, CW_INTERNAL, "the driver's init threw an exception");
  }
  if (status < 0) {
    return rolled_back(state, status, {why_.data(), std::min(refusal.size, refusal.capacity)});
  }
  CallReply reply;
  return reply;
}

CallReply DriverCall::input(std::span<std::byte> state, ByteView block) {
  std::memcpy(before_.data(), state.data(), state.size());
  const auto view = read_input(block);
  if (!view) return rolled_back(state, CW_INTERNAL, "the input was malformed");
  cw_outcome outcome{sizeof(cw_outcome), 0, 0, 0};
  std::int32_t status = CW_INTERNAL;
  try {
    status = driver_.input(state.data(), &view->now, &view->input,
                           collector_.begin(view->now.monotonic_ns), &outcome);
  } catch (...) {
    return rolled_back(state, CW_INTERNAL, "the driver threw an exception");
  }
  if (status < 0) return rolled_back(state, status, "the driver asked for it");
  if (collector_.overflowed()) {
    return rolled_back(state, CW_NO_SPACE, "its effects were larger than the ABI's bound");
  }
  if (outcome.consumed > view->shown) {
    return rolled_back(state, CW_INVALID, "it consumed more than it was shown");
  }
  CallReply reply;
  reply.outcome = outcome;
  reply.effects = collector_.block();
  return reply;
}

}  // namespace cartwright::host
