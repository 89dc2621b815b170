#include "channel.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <span>

namespace cartwright::plugin_host {

using namespace host;

Channel::Channel(int socket)
    : socket_(socket), buffer_(wire::message_limit / sizeof(std::uint64_t)) {}

wire::Incoming Channel::receive() {
  const auto room = std::as_writable_bytes(std::span(buffer_));
  while (true) {
    const ssize_t size = ::recv(socket_, room.data(), room.size(), MSG_TRUNC);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) ::_exit(0);
    const auto length = static_cast<std::size_t>(size);
    const auto message =
        length <= room.size() ? wire::read_message(ByteView(room).first(length)) : std::nullopt;
    if (!message) {
      std::fputs("cartwright-plugin-host: the host sent a malformed message\n", stderr);
      ::_exit(1);
    }
    // Written once, before there are other threads: it is the same in every message.
    if (generation_ == 0) generation_ = message->generation;
    return *message;
  }
}

bool Channel::send(wire::Outgoing& message) {
  return message.send(socket_, true) == 0;
}

bool Channel::send_text(wire::MessageKind kind, const std::string& text) {
  wire::Outgoing message(kind, generation_, 0);
  return send(message.part(as_bytes(text)));
}

}  // namespace cartwright::plugin_host
