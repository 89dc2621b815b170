#include "unit/usb/hidraw_shim.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <linux/hidraw.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <cstring>

namespace cartwright::link::test {

HidrawNode* HidrawNode::current = nullptr;

struct HidrawNode::Kernel final : cartwright::test::MockNode {
  explicit Kernel(HidrawNode& owner) : node(owner) {}
  int control(unsigned long request, void* argument) override;

  HidrawNode& node;
};

HidrawNode::HidrawNode(std::string path, Bytes descriptor)
    : path_(std::move(path)),
      descriptor_(std::move(descriptor)),
      kernel_(std::make_shared<Kernel>(*this)) {
  current = this;
}

HidrawNode::~HidrawNode() {
  unplug();
  current = nullptr;
}

void HidrawNode::plug() {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) == 0) {
    device_end_ = ends[0];
    host_end_ = ends[1];
    Kernel::stand_behind(host_end_, kernel_);
  }
}

void HidrawNode::unplug() {
  if (device_end_ >= 0) ::close(device_end_);
  if (host_end_ >= 0) ::close(host_end_);
  device_end_ = host_end_ = -1;
}

void HidrawNode::send(ByteView report) const {
  ::send(device_end_, report.data(), report.size(), MSG_NOSIGNAL);
}

Bytes HidrawNode::take() const {
  Bytes bytes(4096);
  const ssize_t count = ::recv(device_end_, bytes.data(), bytes.size(), 0);
  bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  return bytes;
}

int HidrawNode::open() {
  if (open_error != 0 || host_end_ < 0) {
    errno = open_error != 0 ? open_error : ENOENT;
    return -1;
  }
  return ::fcntl(host_end_, F_DUPFD_CLOEXEC, 0);
}

int HidrawNode::Kernel::control(unsigned long request, void* argument) {
  if (request == HIDIOCGRDESCSIZE && node.tells_descriptor) {
    *static_cast<int*>(argument) = static_cast<int>(node.descriptor_.size());
    return 0;
  }
  if (request == HIDIOCGRDESC) {
    auto& into = *static_cast<hidraw_report_descriptor*>(argument);
    std::memcpy(into.value, node.descriptor_.data(),
                std::min<std::size_t>(node.descriptor_.size(), into.size));
    return 0;
  }
  if (request == HIDIOCGRAWINFO) {
    *static_cast<hidraw_devinfo*>(argument) = {5, 0x05e0, 0x1900};  // bus 5: Bluetooth
    return 0;
  }
  const std::size_t size = _IOC_SIZE(request);
  auto* const bytes = static_cast<std::byte*>(argument);
  const auto id = std::to_integer<std::uint8_t>(bytes[0]);
  if (request == HIDIOCSFEATURE(size)) {
    node.features[id].assign(bytes, bytes + size);
    return static_cast<int>(size);
  }
  if (request == HIDIOCGFEATURE(size) && node.features.contains(id)) {
    const Bytes& report = node.features.at(id);
    std::copy_n(report.begin(), std::min(report.size(), size), bytes);
    return static_cast<int>(std::min(report.size(), size));
  }
  return -EPIPE;
}

}  // namespace cartwright::link::test

namespace {

template <typename Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

using cartwright::link::test::HidrawNode;

// Stands before that of the C library, for every object of this program.
extern "C" __attribute__((visibility("default"))) int open(const char* path, int flags, ...) {
  if (HidrawNode::current != nullptr && HidrawNode::current->is(path)) {
    return HidrawNode::current->open();
  }
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  static auto* const real = next<int(const char*, int, ...)>("open");
  return real(path, flags, mode);
}
