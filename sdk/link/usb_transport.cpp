#include "link/usb_transport.hpp"

#include <libusb.h>

#include <utility>

#include "link/numbers.hpp"
#include "link/usb_error.hpp"
#include "link/usb_link.hpp"

namespace cartwright::link {
namespace {

// How long a failed pipe waits for the news that the device left, and the end of an unplugged
// device for what its other pipes still bring.
constexpr std::chrono::milliseconds aftermath{250};
constexpr unsigned most_stalls = 3;

}  // namespace

UsbTransport::UsbTransport(const Uri& uri, Shape shape, boost::asio::any_io_executor executor)
    : address_(read_usb_address(uri)),
      shape_(shape),
      executor_(executor),
      timer_(std::move(executor)),
      alive_(std::make_shared<int>()) {}

UsbTransport::~UsbTransport() {
  UsbTransport::close();
}

void UsbTransport::close() {
  release();
  watch_.reset();
  context_.reset();
}

// Everything back to the state before open(), but for what is remembered of the device and the
// watch for it. Cancelled transfers come back as soon as the kernel has let go of them.
void UsbTransport::release() {
  stage_ = Stage::closed;
  timer_.cancel();
  aside_.reset();
  stop_pipes();
  if (control_) {
    control_->cancel();
    control_->wait();
    written_ = done_ && sends_ ? control_->length() : 0;
    control_.reset();
  }
  done_ = nullptr;
  alive_ = std::make_shared<int>();
  ending_.reset();
  candidates_.clear();
  steps_.clear();
  refusals_.clear();
  refusal_ = DownReason::refused;
  lease_.reset();
  device_.reset();
}

void UsbTransport::stop_pipes() {
  for (const auto& pipe : pipes_) {
    for (const auto& transfer : pipe->transfers) transfer->cancel();
  }
  pipes_.clear();  // waits
  parked_.clear();
  live_ = 0;
}

// What was posted for the pipes that are gone finds nobody; requests go on.
void UsbTransport::renew() {
  alive_ = std::make_shared<int>();
  control_ = std::make_unique<UsbTransfer>(posted([this] { request_ended(); }));
}

void UsbTransport::fail(DownReason reason, const std::string& text) {
  // It may name what is let go now. NOLINTNEXTLINE(performance-unnecessary-copy-initialization)
  const std::string told = text;
  release();
  owner_->went_down(reason, told);
}

void UsbTransport::set_reading(bool wanted) {
  if (std::exchange(reading_, wanted) == wanted || !wanted || stage_ != Stage::up) return;
  boost::asio::post(executor_, [this, alive = std::weak_ptr(alive_)] {
    if (alive.lock()) drain();
  });
}

void UsbTransport::arrived(Arrival arrival) {
  ++owner_->counted().wake_ups;
  const bool brings = arrival.transfer->status() == LIBUSB_TRANSFER_COMPLETED;
  if (!parked_.empty() || (!reading_ && brings)) {
    parked_.push_back(arrival);
  } else {
    take(arrival);
  }
}

void UsbTransport::drain() {
  while (reading_ && !parked_.empty()) {
    const Arrival arrival = parked_.front();
    parked_.pop_front();
    const std::weak_ptr<int> alive = alive_;
    take(arrival);
    if (!alive.lock()) return;
  }
  end_if_over();
}

void UsbTransport::take(const Arrival& arrival) {
  switch (arrival.transfer->status()) {
    case LIBUSB_TRANSFER_COMPLETED: {
      arrival.pipe->stalls = 0;
      const std::weak_ptr<int> alive = alive_;
      const ByteView data = arrival.transfer->data();
      if (!data.empty()) owner_->got_data(arrival.pipe->endpoint, data);
      if (alive.lock()) fly_again(arrival);
      return;
    }
    case LIBUSB_TRANSFER_STALL:
      clear_stall(arrival);
      return;
    case LIBUSB_TRANSFER_OVERFLOW:
      ++owner_->counted().dropped;
      fly_again(arrival);
      return;
    case LIBUSB_TRANSFER_NO_DEVICE:
      --live_;
      begin_end(DownReason::unplugged, name() + " was unplugged");
      return;
    default:
      --live_;
      begin_end(DownReason::error, name() + ": reading failed");
  }
}

void UsbTransport::fly_again(const Arrival& arrival) {
  const int error = arrival.transfer->submit();
  if (error == 0) return;
  --live_;
  const UsbFailure failure = usb_failure(error, "reading", name());
  begin_end(failure.reason, failure.text);
}

// USB 2.0, 5.7.5: an endpoint that has stalled says nothing until the host clears it.
void UsbTransport::clear_stall(const Arrival& arrival) {
  const bool hopeless = ++arrival.pipe->stalls > most_stalls;
  if (!hopeless && libusb_clear_halt(device_->handle(), arrival.pipe->endpoint) == 0) {
    fly_again(arrival);
    return;
  }
  --live_;
  begin_end(DownReason::error, name() + ": its pipe has stalled");
}

// The device leaves or a pipe has failed. An unplug comes in many disguises and orders: failed
// transfers, the hot-plug's word, both; so the end waits until all transfers are back, or for a
// while for the word.
void UsbTransport::begin_end(DownReason reason, const std::string& text) {
  if (!ending_) {
    ending_ = {reason, text};
    timer_.expires_after(aftermath);
    timer_.async_wait([this, alive = std::weak_ptr(alive_)](boost::system::error_code error) {
      if (error || !alive.lock()) return;
      ending_->due = true;
      end_if_over();
    });
  } else if (reason == DownReason::unplugged) {
    ending_->reason = reason;
    ending_->text = text;
  }
  end_if_over();
}

void UsbTransport::end_if_over() {
  if (!ending_ || !parked_.empty()) return;
  if (ending_->due || (live_ == 0 && ending_->reason == DownReason::unplugged)) finish_end();
}

void UsbTransport::finish_end() {
  const Ending ending = *ending_;
  memory_.others.clear();
  for (const UsbContext::Found& found : context_->devices()) {
    if (fits(address_, found.seen) && found.seen.plug != device_->seen().plug) {
      memory_.others.push_back(found.seen.plug);
    }
  }
  const bool expected = std::chrono::steady_clock::now() < replug_until_;
  fail(ending.reason, ending.text + (expected ? "; it is expected back soon" : ""));
}

void UsbTransport::changed(const UsbChange& change) {
  if (!change.arrived) {
    if (stage_ == Stage::closed || plug_ != change.plug) return;
    const std::string text =
        (device_ ? name() : usb_ids(change.vendor, change.product) + " at " + change.port) +
        " was unplugged";
    if (stage_ == Stage::up) {
      begin_end(DownReason::unplugged, text);
    } else {
      fail(DownReason::unplugged, text);
    }
    return;
  }
  const bool ours = change.vendor == address_.vendor && change.product == address_.product;
  const bool expected = memory_.had && change.port == memory_.had->port;
  if (stage_ == Stage::closed && (ours || expected)) owner_->may_be_there();
}

std::unique_ptr<Transport> make_usb_transport(const Uri& uri, Shape shape,
                                              boost::asio::any_io_executor executor) {
  return std::make_unique<UsbTransport>(uri, shape, std::move(executor));
}

}  // namespace cartwright::link
