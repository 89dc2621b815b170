#include "support/usb/mock_usbfs.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace cartwright::test {
namespace {

constexpr std::size_t kSetup = 8;  // bytes of a control transfer's setup packet (USB 2.0, 9.3)

Bytes bytes_of(const usbdevfs_urb& urb, std::size_t from, std::size_t count) {
  const auto* const first = static_cast<const std::byte*>(urb.buffer) + from;
  return {first, first + count};
}

int put(const usbdevfs_urb& urb, std::size_t at, ByteView bytes) {
  const std::size_t room = static_cast<std::size_t>(urb.buffer_length) - at;
  const std::size_t count = std::min(bytes.size(), room);
  if (count > 0) std::memcpy(static_cast<std::byte*>(urb.buffer) + at, bytes.data(), count);
  return static_cast<int>(count);
}

MockUsbControl read_setup(const usbdevfs_urb& urb) {
  const auto* const setup = static_cast<const unsigned char*>(urb.buffer);
  const auto number = [setup](std::size_t at) {
    return static_cast<std::uint16_t>(setup[at] | setup[at + 1] << 8);
  };
  return {setup[0], setup[1], number(2), number(4), number(6), {}};
}

}  // namespace

void MockUsbDevice::Core::transfer(Urb& urb) {
  MockUsbControl control = read_setup(*urb.asked);
  urb.done = true;
  if ((control.request_type & 0x80) == 0) {
    control.data = bytes_of(*urb.asked, kSetup, control.length);
    controls.push_back(control);
    urb.actual = held ? *held : control.length;
    urb.done = !held;
    return;
  }
  std::optional<Bytes> reply;
  const unsigned kind = control.value >> 8;
  if (control.request == 6 && kind == 0x22 && control.request_type == 0x81) {
    if (control.index < interfaces.size()) reply = interfaces[control.index].report_descriptor;
  } else if (control.request == 6 && control.request_type == 0x80 && (kind == 1 || kind == 2)) {
    reply = kind == 1 ? Bytes(descriptors.begin(), descriptors.begin() + 18)
                      : Bytes(descriptors.begin() + 18, descriptors.end());
  } else {
    controls.push_back(control);
    if (answer != nullptr && *answer) reply = (*answer)(control);
  }
  if (!reply) {
    urb.status = -EPIPE;
    return;
  }
  reply->resize(std::min<std::size_t>(reply->size(), control.length));
  urb.actual = put(*urb.asked, kSetup, *reply);
}

// What was sent before the pipes broke still arrives.
void MockUsbDevice::Core::settle() {
  for (Urb& urb : flying) {
    if (urb.done) continue;
    const usbdevfs_urb& asked = *urb.asked;
    const bool in = (asked.endpoint & 0x80) != 0 && asked.type != USBDEVFS_URB_TYPE_CONTROL;
    auto& waiting = sent[asked.endpoint];
    if (in && !waiting.empty()) {
      const Sent first = std::move(waiting.front());
      waiting.pop_front();
      urb.done = true;
      urb.status = first.error;
      if (first.error == 0) urb.actual = put(asked, 0, first.data);
      const bool whole = static_cast<std::size_t>(urb.actual) == first.data.size();
      if (first.error == 0 && !whole) urb.status = -EOVERFLOW;
    } else if (broken) {
      urb.done = true;
      urb.status = *broken;
    }
  }
  ready.set(std::ranges::any_of(flying, &Urb::done));
}

int MockUsbDevice::Core::reap(void** into) {
  const auto done = std::ranges::find_if(flying, &Urb::done);
  if (done == flying.end()) return broken && !plugged ? -ENODEV : -EAGAIN;
  done->asked->status = done->status;
  done->asked->actual_length = done->actual;
  *into = done->asked;
  flying.erase(done);
  settle();
  return 0;
}

int MockUsbDevice::Core::submit(usbdevfs_urb& asked) {
  Urb urb{&asked};
  if (asked.type == USBDEVFS_URB_TYPE_CONTROL) {
    transfer(urb);
  } else if ((asked.endpoint & 0x80) == 0) {
    const auto length = static_cast<std::size_t>(asked.buffer_length);
    writes.emplace_back(asked.endpoint, bytes_of(asked, 0, length));
    urb.actual = held ? *held : asked.buffer_length;
    urb.done = !held;
  }
  flying.push_back(urb);
  settle();
  return 0;
}

int MockUsbDevice::Core::discard(const void* asked) {
  for (Urb& urb : flying) {
    if (urb.asked != asked || urb.done) continue;
    urb.done = true;
    urb.status = -ENOENT;
    settle();
    return 0;
  }
  return -EINVAL;
}

int MockUsbDevice::Core::claim(unsigned number, bool detach) {
  if (claim_failures > 0) {
    --claim_failures;
    return -claim_error;
  }
  if (detach && driverless.insert(number).second) ++detached;
  claimed.insert(number);
  return 0;
}

int MockUsbDevice::Core::control(unsigned long request, void* argument) {
  std::unique_lock lock(mutex);
  if (request == USBDEVFS_CLAIMINTERFACE || request == USBDEVFS_DISCONNECT_CLAIM) {
    ++waiting_claims;
    claims_go_on.wait(lock, [this] { return !claims_held; });
    --waiting_claims;
  }
  if (request == USBDEVFS_REAPURB || request == USBDEVFS_REAPURBNDELAY) {
    return reap(static_cast<void**>(argument));
  }
  if (request == USBDEVFS_DISCARDURB) return discard(argument);
  if (broken && *broken == -ESHUTDOWN) return -ENODEV;
  switch (request) {
    case USBDEVFS_GET_CAPABILITIES:
      *static_cast<std::uint32_t*>(argument) =
          USBDEVFS_CAP_BULK_CONTINUATION | USBDEVFS_CAP_NO_PACKET_SIZE_LIM |
          USBDEVFS_CAP_REAP_AFTER_DISCONNECT | USBDEVFS_CAP_ZERO_PACKET;
      return 0;
    case USBDEVFS_CLAIMINTERFACE:
      return claim(*static_cast<unsigned*>(argument), false);
    case USBDEVFS_DISCONNECT_CLAIM:
      return claim(static_cast<usbdevfs_disconnect_claim*>(argument)->interface, true);
    case USBDEVFS_RELEASEINTERFACE:
      claimed.erase(*static_cast<unsigned*>(argument));
      return 0;
    case USBDEVFS_IOCTL: {  // libusb asks for the kernel's driver to come back
      const auto& asked = *static_cast<usbdevfs_ioctl*>(argument);
      if (asked.ioctl_code != static_cast<int>(USBDEVFS_CONNECT)) return -ENODATA;
      attached += static_cast<unsigned>(driverless.erase(static_cast<unsigned>(asked.ifno)));
      return 1;
    }
    case USBDEVFS_CLEAR_HALT:
      ++halts_cleared;
      return 0;
    case USBDEVFS_RESET:
      ++resets;
      return 0;
    case USBDEVFS_SETINTERFACE:
    case USBDEVFS_SETCONFIGURATION:
      return 0;
    case USBDEVFS_SUBMITURB:
      return submit(*static_cast<usbdevfs_urb*>(argument));
    default:
      return -ENOTTY;
  }
}

}  // namespace cartwright::test
