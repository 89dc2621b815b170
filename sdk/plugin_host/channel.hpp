#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/wire.hpp"

namespace cartwright::plugin_host {

// The child's end of the socket. Ends the process when the host is gone: there is nobody left to
// serve.
class Channel {
 public:
  explicit Channel(int socket);

  // The next message; its views live until the next call. One thread.
  host::wire::Incoming receive();
  // False where the host is gone. [any-thread]
  bool send(host::wire::Outgoing& message);
  bool send_text(host::wire::MessageKind kind, const std::string& text);

  // Of this process, as the host's first message said.
  std::uint64_t generation() const { return generation_; }

 private:
  int socket_;
  std::uint64_t generation_ = 0;
  std::vector<std::uint64_t> buffer_;
};

}  // namespace cartwright::plugin_host
