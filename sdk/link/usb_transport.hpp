#pragma once

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "link/transport.hpp"
#include "link/usb_context.hpp"
#include "link/usb_device.hpp"
#include "link/usb_interface.hpp"
#include "link/usb_transfer.hpp"

namespace cartwright::link {

// One interface of a USB device, opened and closed again.
//
//   closed ─open→ claiming ─→ describing ─→ up ─(the device leaves, a pipe fails)→ closed
//
// Transfers end on libusb's event thread, which posts to the executor; opening and claiming happen
// aside (usb_aside.hpp), all else on the executor.
class UsbTransport final : public Transport {
 public:
  UsbTransport(const Uri& uri, Shape shape, boost::asio::any_io_executor executor);
  ~UsbTransport() override;

  void open(Owner& owner) override;
  void close() override;
  void perform(const Request& request, Link::Done done) override;
  std::uint64_t written() const override { return written_; }
  void set_reading(bool wanted) override;

 private:
  enum class Stage : std::uint8_t { closed, claiming, describing, up };
  // An IN endpoint with its transfers in flight.
  struct Pipe {
    std::uint8_t endpoint = 0;
    unsigned stalls = 0;  // in a row
    std::vector<std::unique_ptr<UsbTransfer>> transfers;
  };
  struct Arrival {
    Pipe* pipe;
    UsbTransfer* transfer;
  };
  struct Ending {
    DownReason reason;
    std::string text;
    bool due = false;  // waits only for what is held back
  };
  // A control transfer of the opening, and what to do with its end.
  struct Step {
    UsbSetup setup;
    std::uint16_t room;
    bool needed;
  };

  // Opening: usb_transport_open.cpp.
  bool choose_device(UsbContext::Found& found);
  template <typename Call, typename Then>
  void aside(Call call, Then then);
  void opened(const UsbSeen& seen, std::shared_ptr<UsbDevice> device, int error);
  void claim_next();
  void configured(const UsbConfiguration& configuration, int error);
  void claimed(int error);
  void fail(DownReason reason, const std::string& text);
  std::string name() const;
  std::string opened_address() const;
  void changed(const UsbChange& change);

  // Learning what it is: usb_transport_describe.cpp.
  void describe();
  void next_step();
  void step_ended();
  void described();
  bool start_pipes();
  std::size_t room_for(const UsbInterface::Endpoint& endpoint) const;

  // Reading and going down: usb_transport.cpp.
  void arrived(Arrival arrival);
  void take(const Arrival& arrival);
  void clear_stall(const Arrival& arrival);
  void fly_again(const Arrival& arrival);
  void drain();
  void begin_end(DownReason reason, const std::string& text);
  void end_if_over();
  void finish_end();
  void release();
  void stop_pipes();
  void renew();

  // Requests: usb_transport_requests.cpp.
  bool prepare(const Request& request);
  bool prepare_write(const Request& request, unsigned timeout_ms);
  const UsbInterface::Endpoint* out_endpoint(std::uint32_t pipe) const;
  void request_ended();
  void reset_device(const Link::Done& done);

  // For the event thread to call: posts the step to the executor, where it runs unless the
  // transport was released meanwhile.
  template <typename Action>
  auto posted(Action action);

  UsbAddress address_;
  std::string uri_;
  Shape shape_;
  boost::asio::any_io_executor executor_;
  boost::asio::steady_timer timer_;  // the claim's next try; the end of waiting for what follows
  std::shared_ptr<int> alive_;       // what is posted holds it weakly; renewed by release()
  Owner* owner_ = nullptr;
  Stage stage_ = Stage::closed;
  bool reading_ = true;

  std::shared_ptr<UsbContext> context_;
  std::shared_ptr<void> watch_;
  UsbMemory memory_;
  std::chrono::steady_clock::time_point replug_until_{};

  std::uint32_t plug_ = 0;  // of the device that is being opened
  std::shared_ptr<void> aside_;
  std::shared_ptr<UsbDevice> device_;
  UsbConfiguration configuration_;
  std::deque<UsbInterface> candidates_;  // interfaces still to be tried, the first is at hand
  std::string refusals_;                 // why those before it were not it
  DownReason refusal_ = DownReason::refused;
  unsigned claims_ = 0;
  std::unique_ptr<UsbLease> lease_;
  UsbInterface interface_;
  std::deque<Step> steps_;
  Bytes descriptor_;
  HidReports reports_;

  std::vector<std::unique_ptr<Pipe>> pipes_;
  std::deque<Arrival> parked_;  // while reading is held back
  std::size_t live_ = 0;        // transfers that fly, or have ended and were not looked at
  std::optional<Ending> ending_;
  std::unique_ptr<UsbTransfer> control_;  // the steps of opening, then requests
  Link::Done done_;
  bool sends_ = false;
  std::uint64_t written_ = 0;
};

template <typename Action>
auto UsbTransport::posted(Action action) {
  return [alive = std::weak_ptr<int>(alive_), executor = executor_, action] {
    boost::asio::post(executor, [alive, action] {
      if (alive.lock()) action();
    });
  };
}

}  // namespace cartwright::link
