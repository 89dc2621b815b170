#pragma once

#include <usbredirparser.h>

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "simulators/hid_device.hpp"
#include "usb_descriptors.hpp"
#include "wire.hpp"

namespace cartwright::hardware {

// A socket of the guest's USB controller. What is plugged into it is a real device to the guest's
// kernel: QEMU's usb-redir asks us over a wire for descriptors and transfers, with the protocol of
// libusbredirparser.
class UsbSocket {
 public:
  // `port` of the controller, from 1.
  UsbSocket(Loop& loop, unsigned port);
  ~UsbSocket();
  UsbSocket(const UsbSocket&) = delete;
  UsbSocket& operator=(const UsbSocket&) = delete;

  // What QEMU is to be told, and the descriptor that it inherits.
  std::vector<std::string> arguments() const;
  int inherited() const { return ends_.there; }

  // Waits for QEMU and plugs the device in, with a pipe for output reports or without. The device
  // lives until unplug().
  void plug(std::shared_ptr<simulators::HidDevice> device, bool out_pipe);
  // Waits until QEMU has taken it out.
  void unplug();
  bool plugged() const { return device_ != nullptr; }
  // Somebody does something to the device: an action as in scenarios, "scan 4006381333931".
  void happen(const std::string& action);
  // Transfers that the guest has begun, since plug(): requests, output reports, readings.
  unsigned transfers() const { return transfers_; }
  // The reports that the guest sent or asked for since plug(), as they came over the wire:
  // "SET_REPORT output 2: 0202" and "GET_REPORT feature 6" by setup packets, "pipe: 0402".
  const std::vector<std::string>& reports() const { return reports_; }

 private:
  using Clock = std::chrono::steady_clock;

  void set_up_parser();
  void read();
  void flush();
  void pump();
  simulators::nanoseconds now() const { return Clock::now() - since_; }

  void on_control(std::uint64_t id, usb_redir_control_packet_header header, ByteView data);
  std::optional<Bytes> answer(const usb_redir_control_packet_header& header, ByteView data);
  std::optional<Bytes> class_answer(const usb_redir_control_packet_header& header, ByteView data);
  void on_output(std::uint64_t id, usb_redir_interrupt_packet_header header, ByteView data);
  void on_receiving(std::uint64_t id, std::uint8_t endpoint, bool wanted);
  void send_report(const Bytes& report);

  struct FreeParser {
    void operator()(usbredirparser* parser) const { usbredirparser_destroy(parser); }
  };

  Loop& loop_;
  unsigned port_;
  WireEnds ends_ = make_wire();
  boost::asio::local::stream_protocol::socket wire_;
  boost::asio::steady_timer due_;
  std::unique_ptr<usbredirparser, FreeParser> parser_;
  std::shared_ptr<simulators::HidDevice> device_;
  std::optional<UsbDescriptors> descriptors_;
  Clock::time_point since_;
  bool greeted_ = false;    // QEMU has said hello
  bool leaving_ = false;    // unplugged, and QEMU has not confirmed it yet
  bool receiving_ = false;  // the guest reads the IN pipe
  bool writing_ = false;
  std::deque<Bytes> waiting_;  // reports that the guest has not asked for yet
  std::uint64_t next_id_ = 0;
  unsigned transfers_ = 0;
  std::vector<std::string> reports_;
};

}  // namespace cartwright::hardware
