#include "support/usb/mock_usbfs.hpp"

#include <linux/usbdevice_fs.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <utility>

namespace cartwright::test {
namespace {

// The mocked node is always ready for poll(), so an answer of "nothing yet" is kept back a little:
// else libusb's event thread would never sleep. It is kept short because other calls for the same
// file wait behind it.
constexpr unsigned kParkedMs = 1;

void answer_call(UMockdevIoctlClient* client, long result, int error) {
  umockdev_ioctl_client_complete(client, result, error);
}

template <typename Struct>
Struct read_struct(UMockdevIoctlData* argument) {
  UMockdevIoctlData* const data = umockdev_ioctl_data_resolve(argument, 0, sizeof(Struct), nullptr);
  Struct value{};
  std::memcpy(&value, data->data, sizeof value);
  umockdev_ioctl_data_unref(data);
  return value;
}

usbdevfs_urb& urb_of(UMockdevIoctlData* data) {
  return *reinterpret_cast<usbdevfs_urb*>(data->data);
}

// The transfer's bytes, in the other side's memory.
class Buffer {
 public:
  explicit Buffer(UMockdevIoctlData* urb)
      : data_(umockdev_ioctl_data_resolve(
            urb, offsetof(usbdevfs_urb, buffer),
            static_cast<gulong>(std::max(urb_of(urb).buffer_length, 1)), nullptr)),
        size_(static_cast<std::size_t>(urb_of(urb).buffer_length)) {}
  ~Buffer() { umockdev_ioctl_data_unref(data_); }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;

  unsigned char* raw() { return data_->data; }
  Bytes bytes(std::size_t from, std::size_t count) {
    const auto* first = reinterpret_cast<const std::byte*>(data_->data) + from;
    return {first, first + count};
  }
  int put(std::size_t at, ByteView bytes) {
    const std::size_t count = std::min(bytes.size(), size_ - at);
    std::memcpy(raw() + at, bytes.data(), count);
    return static_cast<int>(count);
  }

 private:
  UMockdevIoctlData* data_;
  std::size_t size_;
};

}  // namespace

void MockUsbDevice::Core::control(Urb& urb) {
  Buffer buffer(urb.data);
  const unsigned char* const setup = buffer.raw();
  MockUsbControl control;
  control.request_type = setup[0];
  control.request = setup[1];
  control.value = static_cast<std::uint16_t>(setup[2] | setup[3] << 8);
  control.index = static_cast<std::uint16_t>(setup[4] | setup[5] << 8);
  control.length = static_cast<std::uint16_t>(setup[6] | setup[7] << 8);
  urb.done = true;
  const std::size_t header = 8;
  if ((control.request_type & 0x80) == 0) {
    control.data = buffer.bytes(header, control.length);
    controls.push_back(control);
    urb.actual = control.length;
    if (held) {
      urb.done = false;
      urb.actual = *held;
    }
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
  urb.actual = buffer.put(header, *reply);
}

// Inside a call that reaps: only then the other side's memory can be reached. What was sent before
// the pipes broke still arrives.
void MockUsbDevice::Core::match() {
  for (Urb& urb : flying) {
    if (urb.done) continue;
    const usbdevfs_urb& asked = urb_of(urb.data);
    const bool in = (asked.endpoint & 0x80) != 0 && asked.type != USBDEVFS_URB_TYPE_CONTROL;
    auto& waiting = sent[asked.endpoint];
    if (in && !waiting.empty()) {
      const Sent first = std::move(waiting.front());
      waiting.pop_front();
      urb.done = true;
      urb.status = first.error;
      if (first.error == 0) urb.actual = Buffer(urb.data).put(0, first.data);
      const bool whole = static_cast<std::size_t>(urb.actual) == first.data.size();
      if (first.error == 0 && !whole) urb.status = -EOVERFLOW;
    } else if (broken) {
      urb.done = true;
      urb.status = *broken;
    }
  }
}

bool MockUsbDevice::Core::reap_one(UMockdevIoctlClient* client) {
  match();
  const auto done =
      std::find_if(flying.begin(), flying.end(), [](const Urb& urb) { return urb.done; });
  if (done == flying.end()) return false;
  urb_of(done->data).status = done->status;
  urb_of(done->data).actual_length = done->actual;
  UMockdevIoctlData* const argument = umockdev_ioctl_client_get_arg(client);
  UMockdevIoctlData* const place = umockdev_ioctl_data_resolve(argument, 0, sizeof(void*), nullptr);
  umockdev_ioctl_data_set_ptr(place, 0, done->data);
  umockdev_ioctl_data_unref(place);
  umockdev_ioctl_data_unref(done->data);
  flying.erase(done);
  answer_call(client, 0, 0);
  return true;
}

// Only umockdev's own thread may complete a call, and not inside another.
void MockUsbDevice::Core::kick() {
  if (parked == nullptr) return;
  GSource* const soon = g_idle_source_new();
  g_source_set_priority(soon, G_PRIORITY_HIGH);
  g_source_set_callback(
      soon,
      [](gpointer data) -> gboolean {
        Core& core = **static_cast<std::shared_ptr<Core>*>(data);
        const std::lock_guard lock(core.mutex);
        if (core.parked != nullptr && core.reap_one(core.parked)) {
          g_object_unref(std::exchange(core.parked, nullptr));
          ++core.parking;
        }
        return G_SOURCE_REMOVE;
      },
      new std::shared_ptr<Core>(shared_from_this()),
      [](gpointer data) { delete static_cast<std::shared_ptr<Core>*>(data); });
  g_source_attach(soon, context);
  g_source_unref(soon);
}

void MockUsbDevice::Core::reap(UMockdevIoctlClient* client) {
  if (reap_one(client)) return;
  if (broken && !plugged) {
    answer_call(client, -1, ENODEV);
    return;
  }
  parked = UMOCKDEV_IOCTL_CLIENT(g_object_ref(client));
  context = g_main_context_get_thread_default();
  struct Parking {
    std::shared_ptr<Core> core;
    unsigned number;
  };
  GSource* const timer = g_timeout_source_new(kParkedMs);
  g_source_set_callback(
      timer,
      [](gpointer data) -> gboolean {
        const auto& self = *static_cast<Parking*>(data);
        const std::lock_guard lock(self.core->mutex);
        if (self.core->parked != nullptr && self.core->parking == self.number) {
          answer_call(self.core->parked, -1, EAGAIN);
          g_object_unref(std::exchange(self.core->parked, nullptr));
        }
        return G_SOURCE_REMOVE;
      },
      new Parking{shared_from_this(), ++parking},
      [](gpointer data) { delete static_cast<Parking*>(data); });
  g_source_attach(timer, g_main_context_get_thread_default());
  g_source_unref(timer);
}

void MockUsbDevice::Core::submit(UMockdevIoctlClient* client, UMockdevIoctlData* argument) {
  Urb urb{umockdev_ioctl_data_resolve(argument, 0, sizeof(usbdevfs_urb), nullptr)};
  const usbdevfs_urb& asked = urb_of(urb.data);
  if (asked.type == USBDEVFS_URB_TYPE_CONTROL) {
    control(urb);
  } else if ((asked.endpoint & 0x80) == 0) {
    const auto length = static_cast<std::size_t>(asked.buffer_length);
    writes.emplace_back(asked.endpoint, Buffer(urb.data).bytes(0, length));
    urb.actual = held ? *held : asked.buffer_length;
    urb.done = !held;
  }
  flying.push_back(urb);
  answer_call(client, 0, 0);
  kick();
}

void MockUsbDevice::Core::discard(UMockdevIoctlClient* client, UMockdevIoctlData* argument) {
  const auto address = reinterpret_cast<gulong>(*reinterpret_cast<void**>(argument->data));
  for (Urb& urb : flying) {
    if (urb.data->client_addr != address || urb.done) continue;
    urb.done = true;
    urb.status = -ENOENT;
    answer_call(client, 0, 0);
    kick();
    return;
  }
  answer_call(client, -1, EINVAL);
}

void MockUsbDevice::Core::claim(UMockdevIoctlClient* client, unsigned number, bool detach) {
  if (claim_failures > 0) {
    --claim_failures;
    answer_call(client, -1, claim_error);
    return;
  }
  if (detach && driverless.insert(number).second) ++detached;
  claimed.insert(number);
  answer_call(client, 0, 0);
}

gboolean MockUsbDevice::Core::handle(UMockdevIoctlClient* client) {
  const std::lock_guard lock(mutex);
  UMockdevIoctlData* const argument = umockdev_ioctl_client_get_arg(client);
  const unsigned long request = umockdev_ioctl_client_get_request(client);
  if (request == USBDEVFS_REAPURB || request == USBDEVFS_REAPURBNDELAY) {
    reap(client);
    return TRUE;
  }
  if (request == USBDEVFS_DISCARDURB) {
    discard(client, argument);
    return TRUE;
  }
  if (broken && *broken == -ESHUTDOWN) {
    answer_call(client, -1, ENODEV);
    return TRUE;
  }
  switch (request) {
    case USBDEVFS_GET_CAPABILITIES: {
      UMockdevIoctlData* const place = umockdev_ioctl_data_resolve(argument, 0, 4, nullptr);
      const std::uint32_t capabilities =
          USBDEVFS_CAP_BULK_CONTINUATION | USBDEVFS_CAP_NO_PACKET_SIZE_LIM |
          USBDEVFS_CAP_REAP_AFTER_DISCONNECT | USBDEVFS_CAP_ZERO_PACKET;
      std::memcpy(place->data, &capabilities, sizeof capabilities);
      umockdev_ioctl_data_unref(place);
      answer_call(client, 0, 0);
      return TRUE;
    }
    case USBDEVFS_CLAIMINTERFACE:
      claim(client, read_struct<unsigned>(argument), false);
      return TRUE;
    case USBDEVFS_DISCONNECT_CLAIM:
      claim(client, read_struct<usbdevfs_disconnect_claim>(argument).interface, true);
      return TRUE;
    case USBDEVFS_RELEASEINTERFACE:
      claimed.erase(read_struct<unsigned>(argument));
      answer_call(client, 0, 0);
      return TRUE;
    case USBDEVFS_IOCTL: {  // libusb asks for the kernel's driver to come back
      const auto asked = read_struct<usbdevfs_ioctl>(argument);
      const bool connects = asked.ioctl_code == static_cast<int>(USBDEVFS_CONNECT);
      if (connects)
        attached += static_cast<unsigned>(driverless.erase(static_cast<unsigned>(asked.ifno)));
      answer_call(client, connects ? 1 : -1, connects ? 0 : ENODATA);
      return TRUE;
    }
    case USBDEVFS_CLEAR_HALT:
      ++halts_cleared;
      answer_call(client, 0, 0);
      return TRUE;
    case USBDEVFS_RESET:
      ++resets;
      answer_call(client, 0, 0);
      return TRUE;
    case USBDEVFS_SETINTERFACE:
    case USBDEVFS_SETCONFIGURATION:
      answer_call(client, 0, 0);
      return TRUE;
    case USBDEVFS_SUBMITURB:
      submit(client, argument);
      return TRUE;
    default:
      return FALSE;
  }
}

}  // namespace cartwright::test
