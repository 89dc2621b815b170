// cartwright-plugin-host PLUGIN: runs one plugin for a host that holds the other end of
// descriptor 3.

#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <exception>

#include "channel.hpp"
#include "confinement.hpp"
#include "host/init_block.hpp"
#include "host/loader.hpp"
#include "own_server.hpp"
#include "pure_server.hpp"

namespace cartwright::plugin_host {
namespace {

constexpr int host_socket = 3;

struct Setup {
  host::InitBlock init;
  Bytes kept;
};

std::optional<Setup> read_setup(const host::wire::Incoming& message) {
  ByteView body = message.body;
  const auto* setup = host::wire::take<host::wire::Setup>(body);
  ByteView init;
  ByteView kept;
  if (message.kind != host::wire::MessageKind::setup || setup == nullptr ||
      !host::wire::take_bytes(body, setup->init_size, init) ||
      !host::wire::take_bytes(body, setup->kept_size, kept)) {
    return std::nullopt;
  }
  auto block = host::InitBlock::decode(init);
  if (!block) return std::nullopt;
  return Setup{std::move(*block), {kept.begin(), kept.end()}};
}

[[noreturn]] void serve(const char* file) {
  Channel channel(host_socket);
  const auto setup = read_setup(channel.receive());
  if (!setup) {
    std::fputs("cartwright-plugin-host: the host sent a malformed setup\n", stderr);
    ::_exit(1);
  }
  confine_before_load();
  try {
    const host::Plugin plugin = host::Plugin::load(file);
    if (plugin.driver() != nullptr) serve_pure(channel, plugin, setup->init);
    serve_own(channel, plugin, setup->init, setup->kept);
  } catch (const std::exception& error) {
    channel.send_text(host::wire::MessageKind::refused, error.what());
    ::_exit(1);
  }
}

bool has_host() {
  int type = 0;
  socklen_t size = sizeof(type);
  return ::getsockopt(host_socket, SOL_SOCKET, SO_TYPE, &type, &size) == 0 &&
         type == SOCK_SEQPACKET;
}

}  // namespace
}  // namespace cartwright::plugin_host

int main(int argc, char** argv) {
  if (argc != 2 || !cartwright::plugin_host::has_host()) {
    std::fputs(
        "cartwright-plugin-host runs one plugin for the Cartwright runtime, which starts it; "
        "it is of no use by itself\n",
        stderr);
    return 2;
  }
  cartwright::plugin_host::serve(argv[1]);
}
