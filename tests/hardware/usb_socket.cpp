#include "usb_socket.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "link/scenario.hpp"

namespace cartwright::hardware {
namespace {

using simulators::HidDevice;

// bmRequestType, without its direction, and bRequest (USB 2.0, table 9-4; HID 1.11, clause 7.2).
constexpr std::uint8_t kIn = 0x80;
constexpr std::uint8_t kClass = 0x20;
constexpr std::uint8_t kKind = 0x60;
constexpr std::uint8_t kGetStatus = 0;
constexpr std::uint8_t kGetDescriptor = 6;
constexpr std::uint8_t kGetReport = 1;
constexpr std::uint8_t kSetReport = 9;

ByteView view(const std::uint8_t* data, int length) {
  return {reinterpret_cast<const std::byte*>(data), static_cast<std::size_t>(length)};
}

// libusbredirparser takes what it sends as bytes that it could write to; it does not.
std::uint8_t* raw(const Bytes& bytes) {
  return reinterpret_cast<std::uint8_t*>(const_cast<std::byte*>(bytes.data()));
}

std::uint8_t low(std::uint16_t word) {
  return static_cast<std::uint8_t>(word & 0xFF);
}
std::uint8_t high(std::uint16_t word) {
  return static_cast<std::uint8_t>(word >> 8);
}

// As the parser wants it: 0 where nothing can be done now, -1 at the end.
int outcome(ssize_t count) {
  if (count > 0) return static_cast<int>(count);
  return count < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
}

void complain(void*, int level, const char* text) {
  if (level <= usbredirparser_warning) std::fprintf(stderr, "usb redirection: %s\n", text);
}

// A setup packet of HID 1.11, clauses 7.2.1 and 7.2.2. A recipient that is no interface, or another
// interface than the only one, is told, for a device would stall.
std::string report_text(const usb_redir_control_packet_header& header, ByteView data) {
  constexpr std::uint8_t kInterface = 1;
  constexpr const char* kTypes[] = {"0", "input", "output", "feature"};
  const std::uint8_t type = high(header.value);
  std::string text = header.request == kSetReport ? "SET_REPORT " : "GET_REPORT ";
  text += type < std::size(kTypes) ? kTypes[type] : std::to_string(type);
  text += " " + std::to_string(low(header.value));
  if ((header.requesttype & ~(kIn | kKind)) != kInterface || header.index != 0) {
    text += " to " + std::to_string(header.requesttype) + "/" + std::to_string(header.index);
  }
  return data.empty() ? text : text + ": " + to_hex(data);
}

// One alternate setting and one configuration: what is set is what stands there.
template <typename Status>
Status well() {
  Status status{};
  status.status = usb_redir_success;
  return status;
}

}  // namespace

UsbSocket::UsbSocket(Loop& loop, unsigned port)
    : loop_(loop),
      port_(port),
      wire_(loop.io(), boost::asio::local::stream_protocol(), ends_.here),
      due_(loop.io()),
      parser_(usbredirparser_create()) {
  wire_.native_non_blocking(true);
  set_up_parser();
  read();
  flush();
}

UsbSocket::~UsbSocket() = default;

std::vector<std::string> UsbSocket::arguments() const {
  const std::string id = "redir" + std::to_string(port_);
  return {"-chardev", "socket,id=" + id + ",fd=" + std::to_string(ends_.there), "-device",
          "usb-redir,chardev=" + id + ",bus=xhci.0,port=" + std::to_string(port_)};
}

void UsbSocket::set_up_parser() {
  usbredirparser* parser = parser_.get();
  parser->priv = this;
  parser->log_func = complain;
  parser->read_func = [](void* socket, std::uint8_t* data, int count) {
    const int wire = static_cast<UsbSocket*>(socket)->wire_.native_handle();
    return outcome(::read(wire, data, static_cast<std::size_t>(count)));
  };
  parser->write_func = [](void* socket, std::uint8_t* data, int count) {
    const int wire = static_cast<UsbSocket*>(socket)->wire_.native_handle();
    return outcome(::write(wire, data, static_cast<std::size_t>(count)));
  };
  parser->hello_func = [](void* socket, usb_redir_hello_header*) {
    static_cast<UsbSocket*>(socket)->greeted_ = true;
  };
  parser->reset_func = [](void* socket) { static_cast<UsbSocket*>(socket)->receiving_ = false; };
  parser->device_disconnect_ack_func = [](void* socket) {
    static_cast<UsbSocket*>(socket)->leaving_ = false;
  };
  parser->filter_reject_func = [](void*) { complain(nullptr, 0, "QEMU rejects the device"); };
  parser->filter_filter_func = [](void*, usbredirfilter_rule* rules, int) { std::free(rules); };
  parser->set_configuration_func = [](void* socket, std::uint64_t id,
                                      usb_redir_set_configuration_header* header) {
    auto status = well<usb_redir_configuration_status_header>();
    status.configuration = header->configuration;
    usbredirparser_send_configuration_status(static_cast<UsbSocket*>(socket)->parser_.get(), id,
                                             &status);
  };
  parser->get_configuration_func = [](void* socket, std::uint64_t id) {
    auto status = well<usb_redir_configuration_status_header>();
    status.configuration = 1;
    usbredirparser_send_configuration_status(static_cast<UsbSocket*>(socket)->parser_.get(), id,
                                             &status);
  };
  parser->set_alt_setting_func = [](void* socket, std::uint64_t id,
                                    usb_redir_set_alt_setting_header* header) {
    auto status = well<usb_redir_alt_setting_status_header>();
    status.interface = header->interface;
    status.alt = header->alt;
    usbredirparser_send_alt_setting_status(static_cast<UsbSocket*>(socket)->parser_.get(), id,
                                           &status);
  };
  parser->get_alt_setting_func = [](void* socket, std::uint64_t id,
                                    usb_redir_get_alt_setting_header* header) {
    auto status = well<usb_redir_alt_setting_status_header>();
    status.interface = header->interface;
    usbredirparser_send_alt_setting_status(static_cast<UsbSocket*>(socket)->parser_.get(), id,
                                           &status);
  };
  parser->start_interrupt_receiving_func = [](void* socket, std::uint64_t id,
                                              usb_redir_start_interrupt_receiving_header* header) {
    static_cast<UsbSocket*>(socket)->on_receiving(id, header->endpoint, true);
  };
  parser->stop_interrupt_receiving_func = [](void* socket, std::uint64_t id,
                                             usb_redir_stop_interrupt_receiving_header* header) {
    static_cast<UsbSocket*>(socket)->on_receiving(id, header->endpoint, false);
  };
  parser->cancel_data_packet_func = [](void*, std::uint64_t) {};
  parser->control_packet_func = [](void* socket, std::uint64_t id,
                                   usb_redir_control_packet_header* header, std::uint8_t* data,
                                   int length) {
    auto* const self = static_cast<UsbSocket*>(socket);
    self->on_control(id, *header, view(data, length));
    usbredirparser_free_packet_data(self->parser_.get(), data);
  };
  parser->interrupt_packet_func = [](void* socket, std::uint64_t id,
                                     usb_redir_interrupt_packet_header* header, std::uint8_t* data,
                                     int length) {
    auto* const self = static_cast<UsbSocket*>(socket);
    self->on_output(id, *header, view(data, length));
    usbredirparser_free_packet_data(self->parser_.get(), data);
  };
  std::uint32_t abilities[USB_REDIR_CAPS_SIZE] = {};
  for (const int ability :
       {usb_redir_cap_connect_device_version, usb_redir_cap_device_disconnect_ack,
        usb_redir_cap_ep_info_max_packet_size, usb_redir_cap_64bits_ids,
        usb_redir_cap_32bits_bulk_length}) {
    usbredirparser_caps_set_cap(abilities, ability);
  }
  usbredirparser_init(parser, "cartwright", abilities, USB_REDIR_CAPS_SIZE,
                      usbredirparser_fl_usb_host);
}

void UsbSocket::read() {
  wire_.async_wait(boost::asio::socket_base::wait_read, [this](auto error) {
    if (error) return;
    if (usbredirparser_do_read(parser_.get()) != 0) return;  // QEMU has gone
    flush();
    read();
  });
}

void UsbSocket::flush() {
  while (!writing_ && usbredirparser_has_data_to_write(parser_.get()) > 0) {
    const int before = usbredirparser_has_data_to_write(parser_.get());
    if (usbredirparser_do_write(parser_.get()) != 0) return;
    if (usbredirparser_has_data_to_write(parser_.get()) < before) continue;
    writing_ = true;
    wire_.async_wait(boost::asio::socket_base::wait_write, [this](auto error) {
      writing_ = false;
      if (!error) flush();
    });
  }
}

void UsbSocket::plug(std::shared_ptr<HidDevice> device, bool out_pipe) {
  loop_.until("QEMU to answer at USB socket " + std::to_string(port_),
              [this] { return greeted_ && !leaving_; });
  const HidDevice::Identity about = device->identity();
  descriptors_.emplace(*device, out_pipe);
  device_ = std::move(device);
  since_ = Clock::now();
  transfers_ = 0;
  reports_.clear();
  waiting_.clear();
  usb_redir_interface_info_header interfaces{};
  interfaces.interface_count = 1;
  interfaces.interface_class[0] = 3;
  interfaces.interface_subclass[0] = about.subclass;
  interfaces.interface_protocol[0] = about.protocol;
  usbredirparser_send_interface_info(parser_.get(), &interfaces);
  // Places 0 to 15 are endpoints out, 16 to 31 endpoints in.
  usb_redir_ep_info_header pipes{};
  std::fill(std::begin(pipes.type), std::end(pipes.type), usb_redir_type_invalid);
  const auto add = [&pipes](int place, std::uint8_t type, std::uint8_t interval) {
    pipes.type[place] = type;
    pipes.interval[place] = interval;
    pipes.max_packet_size[place] = kPacketSize;
  };
  add(0, usb_redir_type_control, 0);
  add(16, usb_redir_type_control, 0);
  add(16 + (kInPipe & 0x0F), usb_redir_type_interrupt, kInterval);
  if (out_pipe) add(kOutPipe, usb_redir_type_interrupt, kInterval);
  usbredirparser_send_ep_info(parser_.get(), &pipes);
  usb_redir_device_connect_header connect{};
  connect.speed = usb_redir_speed_full;
  connect.vendor_id = about.vendor;
  connect.product_id = about.product;
  connect.device_version_bcd = 0x0100;
  usbredirparser_send_device_connect(parser_.get(), &connect);
  flush();
}

void UsbSocket::unplug() {
  usbredirparser_send_device_disconnect(parser_.get());
  leaving_ = true;
  receiving_ = false;
  device_ = nullptr;
  due_.cancel();
  flush();
  loop_.until("QEMU to take out what was in USB socket " + std::to_string(port_),
              [this] { return !leaving_; });
}

void UsbSocket::happen(const std::string& action) {
  if (!device_) throw std::logic_error("nothing is plugged in to " + action);
  // A scenario names its unit; what a scanner can not do is a scale's.
  const std::string unit = action.starts_with("scan") ? "scanner0 " : "scale0 ";
  const auto scenario = link::Scenario::parse("0s " + unit + action, "test");
  for (const link::Happening& what : scenario.happenings) {
    const Bytes report = device_->happen(what, now());
    if (!report.empty()) waiting_.push_back(report);
  }
  pump();
}

// What the device has to say, as long as the guest listens; a device keeps its report until then.
void UsbSocket::pump() {
  if (!device_ || !receiving_) return;
  for (; !waiting_.empty(); waiting_.pop_front()) send_report(waiting_.front());
  for (auto at = device_->next_due(); at && *at <= now(); at = device_->next_due()) {
    const Bytes report = device_->due(now());
    if (!report.empty()) send_report(report);
  }
  flush();
  const auto at = device_->next_due();
  if (!at) return;
  due_.expires_at(since_ + *at);
  due_.async_wait([this](auto error) {
    if (!error) pump();
  });
}

void UsbSocket::send_report(const Bytes& report) {
  usb_redir_interrupt_packet_header header{};
  header.endpoint = kInPipe;
  header.status = usb_redir_success;
  header.length = static_cast<std::uint16_t>(report.size());
  usbredirparser_send_interrupt_packet(parser_.get(), next_id_++, &header, raw(report),
                                       static_cast<int>(report.size()));
}

void UsbSocket::on_receiving(std::uint64_t id, std::uint8_t endpoint, bool wanted) {
  if (wanted) ++transfers_;
  receiving_ = wanted;
  auto status = well<usb_redir_interrupt_receiving_status_header>();
  status.endpoint = endpoint;
  usbredirparser_send_interrupt_receiving_status(parser_.get(), id, &status);
  pump();
}

void UsbSocket::on_output(std::uint64_t id, usb_redir_interrupt_packet_header header,
                          ByteView data) {
  ++transfers_;
  header.status = usb_redir_success;
  reports_.push_back("pipe: " + to_hex(data));
  if (device_) {
    const Bytes report = device_->bytes_in(data, now());
    if (!report.empty()) waiting_.push_back(report);
  }
  usbredirparser_send_interrupt_packet(parser_.get(), id, &header, nullptr, 0);
  pump();
}

void UsbSocket::on_control(std::uint64_t id, usb_redir_control_packet_header header,
                           ByteView data) {
  ++transfers_;
  std::optional<Bytes> found = answer(header, data);
  header.status = found ? usb_redir_success : usb_redir_stall;
  Bytes bytes = std::move(found).value_or(Bytes{});
  if (bytes.size() > header.length) bytes.resize(header.length);
  // A device that has taken what was sent says how much that was.
  if ((header.requesttype & kIn) != 0 || header.status != usb_redir_success) {
    header.length = static_cast<std::uint16_t>(bytes.size());
  }
  usbredirparser_send_control_packet(parser_.get(), id, &header, raw(bytes),
                                     static_cast<int>(bytes.size()));
  pump();
}

std::optional<Bytes> UsbSocket::answer(const usb_redir_control_packet_header& header,
                                       ByteView data) {
  if (!device_ || !descriptors_) return std::nullopt;
  if ((header.requesttype & kKind) == kClass) return class_answer(header, data);
  if ((header.requesttype & kIn) == 0) return Bytes{};
  if (header.request == kGetDescriptor) {
    return descriptors_->find(high(header.value), low(header.value));
  }
  if (header.request == kGetStatus) return Bytes(2);
  return std::nullopt;
}

std::optional<Bytes> UsbSocket::class_answer(const usb_redir_control_packet_header& header,
                                             ByteView data) {
  const auto type = static_cast<HidDevice::ReportType>(high(header.value));
  if (header.request == kGetReport || header.request == kSetReport) {
    reports_.push_back(report_text(header, data));
  }
  if (header.request == kGetReport && (header.requesttype & kIn) != 0) {
    return device_->get_report(type, low(header.value), now());
  }
  if (header.request == kSetReport) {
    return device_->set_report(type, data, now()) ? std::optional(Bytes{}) : std::nullopt;
  }
  // SET_IDLE and SET_PROTOCOL of a device that has neither do no harm.
  return (header.requesttype & kIn) == 0 ? std::optional(Bytes{}) : std::nullopt;
}

}  // namespace cartwright::hardware
