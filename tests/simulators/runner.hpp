#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "link/scenario.hpp"
#include "simulators/options.hpp"
#include "simulators/simulated_line.hpp"

namespace cartwright::simulators {

struct RunOptions {
  std::string protocol;                    // or the id of its driver
  OptionValues options;                    // of the device
  std::string listen = "pty:";             // see make_endpoint
  std::optional<link::Scenario> scenario;  // what happens to the device, from start() on
  std::string unit;                        // of the scenario; empty: all units of its class
  LineFaults faults;
};

// Each may be empty. Called on the executor, not from inside a call into the runner but for ready
// and screen out of start().
struct RunListener {
  // The device can be connected to, for the first time or after the line was cut.
  std::function<void(const std::string& address)> ready;
  std::function<void()> cut;
  std::function<void(const std::vector<std::string>& lines)> screen;  // it has changed
  std::function<void(ByteView)> received;                             // from the cart
  std::function<void(ByteView)> sent;                                 // to the cart
  std::function<void(const link::Happening&)> happened;
  // The scenario is over; the device goes on until stop(). Not called without a scenario.
  std::function<void()> scenario_over;
};

// Plays one device in real time over a real line. Everything happens on the executor, which must be
// a strand or run by one thread.
class Runner {
 public:
  // Error not_found or invalid_input for an unknown protocol, option, place or unit of the
  // scenario.
  Runner(boost::asio::any_io_executor executor, RunOptions options, RunListener listener);
  ~Runner();
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  // Error unavailable or conflict where the line can not be opened.
  void start();
  // Something happens now, as typed by a person. Error invalid_input for what the device does not
  // know.
  void happen(const link::Happening& what);
  // The line is closed; the listener hears no more.
  void stop();

  std::string address() const;
  const Simulator& device() const;

 private:
  class State;
  std::shared_ptr<State> state_;
};

// What a device with a screen shows after these bytes. Error invalid_input for one without.
std::vector<std::string> render(std::string_view protocol, const OptionValues& options,
                                ByteView bytes);

}  // namespace cartwright::simulators
