// How a USB link finds its device, takes an interface and learns what it is.

#include <libusb.h>

#include <algorithm>

#include "base/error.hpp"
#include "link/numbers.hpp"
#include "link/usb_error.hpp"
#include "link/usb_transport.hpp"

namespace cartwright::link {
namespace {

using std::chrono::milliseconds;

// A device that has just come may not be configured yet: claiming fails until the kernel is done.
constexpr milliseconds claim_pause{20};
constexpr unsigned most_claims = 50;
// Opening and claiming take milliseconds.
constexpr milliseconds patience{2000};
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

std::string UsbTransport::name() const {
  return usb_ids(device_->seen().vendor, device_->seen().product) + " at " +
         place_text(device_->seen());
}

std::string UsbTransport::opened_address() const {
  const UsbSeen& seen = device_->seen();
  Uri uri{address_.hid ? "hid" : "usb", usb_ids(seen.vendor, seen.product), {}};
  if (!seen.serial.empty()) uri.query.emplace_back("serial", seen.serial);
  uri.query.emplace_back("port", seen.port);
  uri.query.emplace_back("interface", std::to_string(interface_.number));
  return to_text(uri);
}

void UsbTransport::open(Owner& owner) {
  owner_ = &owner;
  release();
  stage_ = Stage::claiming;
  if (!context_) {
    try {
      context_ = UsbContext::acquire();
    } catch (const Error& error) {
      fail(DownReason::not_there, error.what());
      return;
    }
    watch_ = context_->watch(executor_, [this](const UsbChange& change) { changed(change); });
  }
  UsbContext::Found found;
  if (!choose_device(found)) return;
  plug_ = found.seen.plug;
  struct Opened {
    UsbSeen seen;
    std::shared_ptr<UsbDevice> device;
    int error = 0;
  };
  struct Opening {
    std::shared_ptr<UsbContext> context;
    UsbContext::Found found;  // let go first
  };
  aside(
      [opening = Opening{context_, std::move(found)}] {
        Opened end{opening.found.seen, nullptr, 0};
        end.device = opening.context->open(opening.found, end.error);
        return end;
      },
      [this](Opened& end) { opened(end.seen, std::move(end.device), end.error); });
}

// Calls `call` aside and `then` with what it returns, unless the transport is released meanwhile.
template <typename Call, typename Then>
void UsbTransport::aside(Call call, Then then) {
  aside_ = context_->aside().begin(plug_, executor_,
                                   [this, call = std::move(call), then]() -> UsbAside::Told {
                                     auto end = std::make_shared<decltype(call())>(call());
                                     return [this, end, then] {
                                       timer_.cancel();
                                       then(*end);
                                     };
                                   });
  timer_.expires_after(patience);
  timer_.async_wait([this, alive = std::weak_ptr(alive_)](boost::system::error_code error) {
    if (error || !alive.lock() || stage_ != Stage::claiming) return;
    owner_->still_down(DownReason::error,
                       usb_ids(address_.vendor, address_.product) +
                           ": the device or its kernel driver hangs; plug it in again");
  });
}

void UsbTransport::opened(const UsbSeen& seen, std::shared_ptr<UsbDevice> device, int error) {
  device_ = std::move(device);
  if (device_) {
    claims_ = 0;
    claim_next();
    return;
  }
  const UsbFailure failure = usb_failure(
      error, "opening",
      usb_ids(seen.vendor, seen.product) + " at " + place_text(seen) + ", " + node_path(seen));
  fail(failure.reason, failure.text);
}

bool UsbTransport::choose_device(UsbContext::Found& chosen) {
  std::vector<UsbContext::Found> found = context_->devices();
  std::vector<UsbSeen> present;
  for (const UsbContext::Found& one : found) present.push_back(one.seen);
  memory_.replug_expected = std::chrono::steady_clock::now() < replug_until_;
  const UsbChoice choice = choose_usb(address_, present, memory_);
  if (choice.index) {
    chosen = std::move(found[*choice.index]);
    return true;
  }
  const bool expected = memory_.replug_expected && choice.reason == DownReason::not_there;
  fail(choice.reason, choice.text + (expected ? "; it is expected back soon" : ""));
  return false;
}

// Takes the first interface of those that can be meant; knows them first where it does not.
void UsbTransport::claim_next() {
  if (candidates_.empty()) {
    struct Read {
      UsbConfiguration configuration;
      int error = 0;
    };
    aside(
        [device = device_] {
          Read end;
          end.configuration = read_configuration(device->handle(), end.error);
          return end;
        },
        [this](Read& end) { configured(end.configuration, end.error); });
    return;
  }
  struct Claimed {
    std::unique_ptr<UsbLease> lease;
    int error = 0;
  };
  aside(
      [device = device_, interface = candidates_.front().number] {
        Claimed end;
        end.lease = UsbLease::take(device, interface, end.error);
        return end;
      },
      [this](Claimed& end) {
        lease_ = std::move(end.lease);
        claimed(end.error);
      });
}

void UsbTransport::configured(const UsbConfiguration& configuration, int error) {
  configuration_ = configuration;
  if (error != 0) {
    claimed(error);
    return;
  }
  const bool any = !fits(address_, device_->seen());
  const auto chosen = choose_interfaces(address_, configuration_, any, refusals_);
  candidates_.assign(chosen.begin(), chosen.end());
  if (candidates_.empty()) {
    fail(DownReason::refused, name() + " " + refusals_);
    return;
  }
  claim_next();
}

void UsbTransport::claimed(int error) {
  const bool early = error == LIBUSB_ERROR_INVALID_PARAM || error == LIBUSB_ERROR_NOT_FOUND;
  if (early && ++claims_ < most_claims) {
    candidates_.clear();
    timer_.expires_after(claim_pause);
    timer_.async_wait([this, alive = std::weak_ptr(alive_)](boost::system::error_code failure) {
      if (!failure && alive.lock()) claim_next();
    });
    return;
  }
  if (error == 0) {
    describe();
    return;
  }
  if (candidates_.empty()) {
    const UsbFailure failure = usb_failure(error, "reading its configuration", name());
    fail(failure.reason, failure.text);
    return;
  }
  const std::string which = "interface " + std::to_string(candidates_.front().number);
  UsbFailure failure = usb_failure(error, "claiming " + which, name());
  if (error == UsbLease::taken_here) {
    failure = {DownReason::in_use,
               name() + ": another link of this program has " + which + "; give each its own"};
  }
  candidates_.pop_front();
  if (candidates_.empty()) {
    fail(failure.reason, failure.text + refusals_);
    return;
  }
  refusals_ += "; " + which + (failure.reason == DownReason::in_use ? " is in use" : " fails");
  refusal_ = failure.reason;
  claim_next();
}

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
