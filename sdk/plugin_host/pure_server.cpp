#include "pure_server.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "host/driver_call.hpp"

namespace cartwright::plugin_host {

using namespace host;

namespace {

void answer(Channel& channel, std::uint64_t number, const CallReply& reply, ByteView runs) {
  const wire::Reply head{reply.status,
                         reply.outcome.consumed,
                         reply.outcome.need,
                         static_cast<std::uint32_t>(runs.size()),
                         static_cast<std::uint32_t>(reply.effects.size()),
                         static_cast<std::uint32_t>(reply.text.size())};
  wire::Outgoing message(wire::MessageKind::reply, channel.generation(), number);
  channel.send(message.body(head).part(runs).part(reply.effects).part(as_bytes(reply.text)));
}

}  // namespace

void serve_pure(Channel& channel, const Plugin& plugin, const InitBlock& init) {
  const cw_driver& driver = *plugin.driver();
  const std::uint32_t size = driver.state_size;
  std::vector<std::uint64_t> memory((size + 7) / 8);
  const std::span<std::byte> state(reinterpret_cast<std::byte*>(memory.data()), size);
  const Bytes zeros(size);
  DriverCall calls(driver, init.shape());
  std::vector<std::byte> runs;

  const wire::Ready ready{size, driver.state_version};
  wire::Outgoing first(wire::MessageKind::ready, channel.generation(), 0);
  channel.send(first.body(ready));
  while (true) {
    const wire::Incoming message = channel.receive();
    const auto call = message.kind == wire::MessageKind::call ? wire::read_call(message.body, size)
                                                              : std::nullopt;
    if (!call) {
      std::fputs("cartwright-plugin-host: the host sent a malformed call\n", stderr);
      ::_exit(1);
    }
    if (!call->state.empty()) std::memcpy(state.data(), call->state.data(), size);
    const bool is_init = call->kind == CallKind::init;
    const CallReply reply = is_init ? calls.init(state, init) : calls.input(state, call->input);
    runs.clear();
    if (reply.status >= 0)
      wire::write_runs(is_init ? ByteView(zeros) : calls.before(), state, runs);
    answer(channel, message.number, reply, runs);
  }
}

}  // namespace cartwright::plugin_host
