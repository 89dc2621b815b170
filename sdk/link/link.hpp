#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/hex.hpp"

namespace cartwright::link {

// What travels: bytes in order without borders, or whole messages (HID reports, datagrams, lines of
// a scenario).
enum class Shape : std::uint8_t { stream, messages };

// What a driver is told when a link comes up.
struct UpInfo {
  Shape shape = Shape::stream;
  std::string address;  // the URI as opened, without secrets
  // hid: the HID report descriptor; usb: the device descriptor and after it the present
  // configuration's; else empty
  Bytes descriptor;
  std::uint32_t usb_id = 0;  // vendor << 16 | product; 0 where there is none
};

enum class DownReason : std::uint8_t {
  hang_up,
  unplugged,
  not_there,
  in_use,
  refused,
  closed,
  error
};

struct ModemLines {
  bool cts = false;
  bool dsr = false;
  bool dcd = false;
  bool ri = false;
};

// Told on the executor that the link was made with; never inside a call into the link, and never
// after stop() has returned.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void link_up(const UpInfo& info) = 0;
  // `pipe` is 0 but for USB, where it is the endpoint address. On a message link one call is one
  // message. The bytes live as long as the call.
  virtual void link_data(std::uint32_t pipe, ByteView bytes) = 0;
  virtual void link_lines(const ModemLines& lines) = 0;
  // `text` says for people what happened and where. The link tries to come back by itself; each
  // down is told once, however often opening fails after it. Reading held back also holds this back
  // until what came before the hang-up was read.
  virtual void link_down(DownReason reason, const std::string& text) = 0;
};

enum class RequestKind : std::uint8_t {
  write,
  feature_get,
  feature_set,
  control_in,
  control_out,
  line_settings,  // data is text as in the URI's query: "baud=9600&format=7E1"
  modem_lines,    // value bit 0 DTR, bit 1 RTS; index says which of the two to set
  send_break,     // value in milliseconds
  connect,        // come up now instead of after the back-off
  close,          // go down and stay down until connect
  reset,
  // USB: within `timeout` the device leaves and comes back at its port, perhaps under other ids.
  expect_replug,
};

struct Request {
  RequestKind kind = RequestKind::write;
  std::uint32_t pipe = 0;
  std::chrono::nanoseconds timeout{0};  // 0: the link's default (5 s)
  std::uint32_t request_type = 0;       // USB setup packet, where the kind is control
  std::uint32_t request = 0;
  std::uint32_t value = 0;
  std::uint32_t index = 0;
  Bytes data;              // control_in: its size is how much may come back at most (0: 4096)
  bool sensitive = false;  // recorded by its length alone
};

enum class Result : std::uint8_t { ok, timeout, link_down, cancelled, unsupported, error };

struct Completion {
  Result result = Result::ok;
  std::uint64_t written = 0;  // bytes that reached the wire (were taken by the kernel)
  Bytes data;                 // what an "in" request brought
};

// Each is counted from the link's making and never goes back.
struct Counters {
  std::uint64_t rx_bytes = 0;
  std::uint64_t tx_bytes = 0;
  std::uint64_t messages = 0;
  std::uint64_t wake_ups = 0;  // times the link's handler ran for the descriptor
  std::uint64_t opens = 0;
  std::uint64_t open_failures = 0;
  std::uint64_t downs = 0;
  std::uint64_t dropped = 0;  // messages that the device sent and the link could not take
  // Where a recording is the device: bytes written that it has otherwise or has not.
  std::uint64_t differences = 0;
};

// Bytes in and out of one device or recording. A link opens itself, tells its listener, and after a
// hang-up opens again with a growing pause (100 ms to 5 s). Requests on one link are done in order.
// Everything happens on the executor given to make_link, which must be a strand or run by one
// thread.
class Link {
 public:
  using Done = std::function<void(const Completion&)>;

  virtual ~Link() = default;
  // Starts to open, also again after stop(). `listener` must outlive the link or a call of stop().
  virtual void start(Listener& listener) = 0;
  // Closes; outstanding requests end as cancelled before it returns. May be called inside a call to
  // the listener; the link itself must not be destroyed there.
  virtual void stop() = 0;
  // `done` is called exactly once, from the executor or stop(), never inside this call. While the
  // link is down all but connect and close end as link_down. At most 1024 requests wait; one more
  // ends as an error.
  virtual void submit(Request request, Done done) = 0;
  // False holds reading back (flow control towards the device where there is any).
  virtual void set_reading(bool wanted) = 0;
  virtual const Counters& counters() const = 0;
};

// Opens no device yet. Error invalid_input for a URI it can not read: names the part and the
// nearest known scheme or key. `replay:` and `scenario:` read their file here: Error not_found, or
// `FILE:LINE: WHAT` for what is wrong in it. What a scheme's keys mean stands in its header
// (serial_link.hpp and so on). `wanted` is for schemes that can have either shape: usb:.
std::unique_ptr<Link> make_link(const std::string& uri, boost::asio::any_io_executor executor,
                                Shape wanted = Shape::stream);

// What a person should know before relying on this link, such as that nobody checks who answers;
// empty for nothing. Error as for make_link.
std::string link_warning(const std::string& uri);

}  // namespace cartwright::link
