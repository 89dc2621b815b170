#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <string>

#include "base/hex.hpp"

namespace cartwright::simulators {

// The plug of a simulated device: where the cart's link connects to.
class Endpoint {
 public:
  virtual ~Endpoint() = default;
  // Opens; a closed endpoint may be opened again. `data` is told what comes in, on the executor.
  // Error unavailable or conflict where it can not be opened.
  virtual void open(std::function<void(ByteView)> data) = 0;
  // The other side sees a hang-up. Not told any more.
  virtual void close() = 0;
  // Sends in order; what nobody reads is lost when more than 64 KiB wait.
  virtual void write(Bytes bytes) = 0;
  // What a cart's configuration names: `pty:/run/scale0`, `tcp:127.0.0.1:9100`.
  virtual std::string address() const = 0;
};

// `pty:` for a new pseudo-terminal, `pty:PATH` to publish it at PATH, `tcp:HOST:PORT` to listen
// (port 0: any free one). Error invalid_input for anything else.
std::unique_ptr<Endpoint> make_endpoint(const std::string& where,
                                        boost::asio::any_io_executor executor);

}  // namespace cartwright::simulators
