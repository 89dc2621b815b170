// What drivers ask of a USB link.

#include <libusb.h>

#include <algorithm>
#include <utility>

#include "link/usb_error.hpp"
#include "link/usb_transport.hpp"

namespace cartwright::link {
namespace {

constexpr unsigned default_timeout_ms = 5000;
constexpr std::size_t most_control = 4096;  // what the kernel takes

constexpr std::uint8_t get_report = 0x01;  // HID 1.11, 7.2
constexpr std::uint8_t set_report = 0x09;
constexpr std::uint8_t from_interface_class = 0xa1;
constexpr std::uint8_t to_interface_class = 0x21;
constexpr std::uint8_t from_device = 0x80;

unsigned timeout_of(const Request& request) {
  const auto whole = std::chrono::duration_cast<std::chrono::milliseconds>(request.timeout).count();
  if (request.timeout.count() <= 0) return default_timeout_ms;
  return static_cast<unsigned>(std::clamp<std::int64_t>(whole, 1, 3'600'000));
}

Result result_of(int status) {
  switch (status) {
    case LIBUSB_TRANSFER_COMPLETED:
      return Result::ok;
    case LIBUSB_TRANSFER_TIMED_OUT:
      return Result::timeout;
    case LIBUSB_TRANSFER_NO_DEVICE:
      return Result::link_down;
    case LIBUSB_TRANSFER_CANCELLED:
      return Result::cancelled;
    default:
      return Result::error;
  }
}

UsbSetup setup_of(const Request& request) {
  return {static_cast<std::uint8_t>(request.request_type),
          static_cast<std::uint8_t>(request.request), static_cast<std::uint16_t>(request.value),
          static_cast<std::uint16_t>(request.index)};
}

bool is_setup(const Request& request) {
  return request.request_type <= 0xff && request.request <= 0xff && request.value <= 0xffff &&
         request.index <= 0xffff && request.data.size() <= most_control;
}

}  // namespace

void UsbTransport::perform(const Request& request, Link::Done done) {
  if (request.kind == RequestKind::reset) {
    reset_device(done);
    return;
  }
  if (request.kind == RequestKind::expect_replug) {
    replug_until_ = std::chrono::steady_clock::now() + request.timeout;
    done({Result::ok, 0, {}});
    return;
  }
  const bool in =
      request.kind == RequestKind::feature_get || request.kind == RequestKind::control_in;
  const bool out = request.kind == RequestKind::write || request.kind == RequestKind::feature_set ||
                   request.kind == RequestKind::control_out;
  const bool feature =
      request.kind == RequestKind::feature_get || request.kind == RequestKind::feature_set;
  if ((!in && !out) || (feature && !address_.hid)) {
    done({Result::unsupported, 0, {}});
    return;
  }
  if (!prepare(request)) {
    done({Result::error, 0, {}});
    return;
  }
  sends_ = out;
  if (const int error = control_->submit()) {
    const bool gone = error == LIBUSB_ERROR_NO_DEVICE;
    done({gone ? Result::link_down : Result::error, 0, {}});
    return;
  }
  done_ = std::move(done);
}

// Fills the transfer; false for a request that can not be.
bool UsbTransport::prepare(const Request& request) {
  const unsigned timeout_ms = timeout_of(request);
  libusb_device_handle* const handle = device_->handle();
  switch (request.kind) {
    case RequestKind::feature_get: {
      if (request.value > 0xff) return false;
      const auto id = static_cast<std::uint8_t>(request.value);
      const std::size_t known = reports_.size(HidReports::Kind::feature, id);
      const std::size_t room = known == 0 ? most_control : std::min(known, most_control);
      const auto value = static_cast<std::uint16_t>(0x0300 | id);
      control_->control_in(handle, {from_interface_class, get_report, value, interface_.number},
                           static_cast<std::uint16_t>(room), timeout_ms);
      return true;
    }
    case RequestKind::feature_set: {
      if (request.value > 0xff || request.data.size() > most_control) return false;
      const auto value = static_cast<std::uint16_t>(0x0300 | request.value);
      control_->control_out(handle, {to_interface_class, set_report, value, interface_.number},
                            request.data, timeout_ms);
      return true;
    }
    case RequestKind::control_in: {
      if (!is_setup(request) || (request.request_type & from_device) == 0) return false;
      const std::size_t room = request.data.empty() ? most_control : request.data.size();
      control_->control_in(handle, setup_of(request), static_cast<std::uint16_t>(room), timeout_ms);
      return true;
    }
    case RequestKind::control_out:
      if (!is_setup(request) || (request.request_type & from_device) != 0) return false;
      control_->control_out(handle, setup_of(request), request.data, timeout_ms);
      return true;
    default:
      return prepare_write(request, timeout_ms);
  }
}

bool UsbTransport::prepare_write(const Request& request, unsigned timeout_ms) {
  if (const UsbInterface::Endpoint* const endpoint = out_endpoint(request.pipe)) {
    control_->write(device_->handle(), endpoint->address, endpoint->interrupt, request.data,
                    timeout_ms);
    return true;
  }
  if (!address_.hid || request.pipe != 0) return false;
  if (request.data.empty() || request.data.size() > most_control) return false;
  // HID 1.11, 7.2.2: the ID stands in the setup packet, and first in the data where there are IDs.
  const auto id = reports_.has_ids ? std::to_integer<std::uint16_t>(request.data[0]) : 0;
  const auto value = static_cast<std::uint16_t>(0x0200 | id);
  control_->control_out(device_->handle(),
                        {to_interface_class, set_report, value, interface_.number}, request.data,
                        timeout_ms);
  return true;
}

const UsbInterface::Endpoint* UsbTransport::out_endpoint(std::uint32_t pipe) const {
  const UsbInterface::Endpoint* found = nullptr;
  for (const UsbInterface::Endpoint& endpoint : interface_.endpoints) {
    if (endpoint.in() || (pipe != 0 && endpoint.address != pipe)) continue;
    if (found != nullptr) return nullptr;  // which of them was not said
    found = &endpoint;
  }
  return found;
}

void UsbTransport::request_ended() {
  const int status = control_->status();
  Completion completion{result_of(status), 0, {}};
  if (sends_) {
    completion.written = control_->length();
  } else if (status == LIBUSB_TRANSFER_COMPLETED) {
    const ByteView data = control_->data();
    completion.data.assign(data.begin(), data.end());
  }
  if (status == LIBUSB_TRANSFER_STALL) control_->clear_halt();
  control_->forget();
  const std::weak_ptr<int> alive = alive_;
  std::exchange(done_, nullptr)(completion);
  if (alive.lock() && status == LIBUSB_TRANSFER_NO_DEVICE) {
    begin_end(DownReason::unplugged, name() + " was unplugged");
  }
}

void UsbTransport::reset_device(const Link::Done& done) {
  stop_pipes();
  renew();
  const int error = ending_ ? LIBUSB_ERROR_NO_DEVICE : libusb_reset_device(device_->handle());
  const std::weak_ptr<int> alive = alive_;
  if (error == LIBUSB_ERROR_NOT_FOUND || error == LIBUSB_ERROR_NO_DEVICE) {
    fail(DownReason::unplugged, name() + " left with the reset");
  } else {
    start_pipes();
  }
  if (alive.lock()) done({error == 0 ? Result::ok : Result::error, 0, {}});
}

}  // namespace cartwright::link
