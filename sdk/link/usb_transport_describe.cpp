// How a USB link learns what its device is and begins to read it.

#include <libusb.h>

#include <algorithm>

#include "link/usb_error.hpp"
#include "link/usb_transport.hpp"

namespace cartwright::link {
namespace {

constexpr unsigned step_timeout_ms = 1000;
constexpr std::size_t transfers_a_pipe = 4;
constexpr std::size_t bulk_room = 16384;
constexpr std::uint16_t most_described = 4096;
constexpr std::uint8_t get_descriptor = 6;  // USB 2.0, 9.4
constexpr std::uint8_t set_idle = 0x0a;     // HID 1.11, 7.2.4
constexpr std::uint8_t from_device = 0x80;  // bmRequestType, USB 2.0, 9.3.1
constexpr std::uint8_t from_interface = 0x81;
constexpr std::uint8_t to_interface_class = 0x21;

}  // namespace

// Reads what the driver is told when the link comes up.
void UsbTransport::describe() {
  stage_ = Stage::describing;
  interface_ = candidates_.front();
  descriptor_.clear();
  if (address_.hid) {
    const std::uint16_t length =
        interface_.report_descriptor != 0 ? interface_.report_descriptor : most_described;
    // HID 1.11, 7.1.1; then "only when something changes", as the kernel's driver asks for too: not
    // every device knows it.
    steps_ = {{{from_interface, get_descriptor, 0x2200, interface_.number}, length, true},
              {{to_interface_class, set_idle, 0, interface_.number}, 0, false}};
  } else {
    const auto configuration = static_cast<std::uint16_t>(0x0200 | configuration_.index);
    steps_ = {{{from_device, get_descriptor, 0x0100, 0}, LIBUSB_DT_DEVICE_SIZE, true},
              {{from_device, get_descriptor, configuration, 0}, most_described, true}};
  }
  control_ = std::make_unique<UsbTransfer>(posted([this] { step_ended(); }));
  next_step();
}

void UsbTransport::next_step() {
  if (steps_.empty()) {
    described();
    return;
  }
  const Step& step = steps_.front();
  if (step.room > 0) {
    control_->control_in(device_->handle(), step.setup, step.room, step_timeout_ms);
  } else {
    control_->control_out(device_->handle(), step.setup, {}, step_timeout_ms);
  }
  if (const int error = control_->submit()) {
    const UsbFailure failure = usb_failure(error, "asking for its descriptor", name());
    fail(failure.reason, failure.text);
  }
}

void UsbTransport::step_ended() {
  const Step step = steps_.front();
  const int status = control_->status();
  if (status == LIBUSB_TRANSFER_NO_DEVICE) {
    fail(DownReason::unplugged, name() + " was unplugged");
    return;
  }
  if (status != LIBUSB_TRANSFER_COMPLETED && step.needed) {
    fail(DownReason::error, name() + ": does not tell its descriptor; plug it in again");
    return;
  }
  if (step.needed) {
    const ByteView data = control_->data();
    descriptor_.insert(descriptor_.end(), data.begin(), data.end());
  }
  steps_.pop_front();
  if (address_.hid && step.needed) {
    reports_ = read_hid_reports(descriptor_);
    const auto& usages = reports_.usages;
    const bool known = fits(address_, device_->seen());
    if (address_.usage && known &&
        std::ranges::none_of(usages, [&](HidUsage usage) { return address_.usage->fits(usage); })) {
      refusals_ += "; interface " + std::to_string(interface_.number) + " has";
      for (const HidUsage usage : usages) refusals_ += " " + to_text(usage);
      control_.reset();
      lease_.reset();
      candidates_.pop_front();
      if (!candidates_.empty()) {
        claim_next();
      } else {
        fail(refusal_,
             name() + " has no free interface with usage " + to_text(*address_.usage) + refusals_);
      }
      return;
    }
  }
  next_step();
}

void UsbTransport::described() {
  renew();
  memory_.had = device_->seen();
  memory_.others.clear();
  replug_until_ = {};
  stage_ = Stage::up;
  if (!start_pipes()) return;
  const UsbSeen& seen = device_->seen();
  const std::uint32_t id = std::uint32_t{seen.vendor} << 16 | seen.product;
  owner_->came_up({shape_, opened_address(), descriptor_, id});
}

// HID 1.11, 8.4: a report ends with a short packet or where the longest one ends, so room for whole
// packets never joins two.
std::size_t UsbTransport::room_for(const UsbInterface::Endpoint& endpoint) const {
  if (!endpoint.interrupt) return bulk_room;
  const std::size_t packet = std::max<std::size_t>(endpoint.packet, 1);
  const std::size_t longest = reports_.longest(HidReports::Kind::input);
  return std::max<std::size_t>((longest + packet - 1) / packet, 1) * packet;
}

bool UsbTransport::start_pipes() {
  for (const UsbInterface::Endpoint& endpoint : interface_.endpoints) {
    if (!endpoint.in()) continue;
    Pipe* const pipe = pipes_.emplace_back(std::make_unique<Pipe>()).get();
    pipe->endpoint = endpoint.address;
    for (std::size_t i = 0; i < transfers_a_pipe; ++i) {
      pipe->transfers.push_back(std::make_unique<UsbTransfer>(posted([this, pipe, i] {
        arrived({pipe, pipe->transfers[i].get()});
      })));
      pipe->transfers[i]->read(device_->handle(), endpoint.address, endpoint.interrupt,
                               room_for(endpoint));
    }
    for (const auto& transfer : pipe->transfers) {
      if (const int error = transfer->submit()) {
        const UsbFailure failure = usb_failure(error, "reading", name());
        fail(failure.reason, failure.text);
        return false;
      }
      ++live_;
    }
  }
  return true;
}

}  // namespace cartwright::link
