// How a USB link finds its device and takes an interface.

#include <libusb.h>

#include "base/error.hpp"
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

}  // namespace cartwright::link
