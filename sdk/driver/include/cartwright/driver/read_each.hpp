#pragma once

// What waits on a line is unbounded, the effects of one call are not (CW_EFFECTS_LIMIT): a call
// reads its share, and a timer brings the rest.

#include <cartwright/driver/fx.hpp>

#include <optional>

namespace cartwright::driver {

// What a call may cost in bytes of effects, well below the limit.
inline constexpr std::size_t call_share = CW_EFFECTS_LIMIT / 2;

// Calls `next` until it gives nothing: no message is whole. `next` takes one message and gives what
// its effects may have cost, in bytes. False where the call has had its share; `timer` is then due
// at once, and the driver reads on from fx.pending().
template <typename Next>
bool read_each(std::uint64_t timer, Fx& fx, Next&& next) {
  for (std::size_t cost = 0; cost < call_share;) {
    const std::optional<std::size_t> taken = next();
    if (!taken) return true;
    cost += *taken;
  }
  fx.timer(timer, std::chrono::nanoseconds(1));
  return false;
}

// The same for messages of a few small events each. `read` gives the one at the front of what it is
// shown, with its `size` and a `kind`, which is `incomplete` where its end is not there; `hear`
// takes it.
template <typename Read, typename Hear>
bool read_each(Bytes in, std::uint64_t timer, Fx& fx, Read&& read, Hear&& hear) {
  constexpr std::size_t cost = call_share / 128;
  return read_each(timer, fx, [&]() -> std::optional<std::size_t> {
    const auto message = read(in.view());
    if (message.kind == decltype(message.kind)::incomplete) return std::nullopt;
    in.take(message.size);
    hear(message);
    return cost;
  });
}

}  // namespace cartwright::driver
