#include "support/usb/mock_node.hpp"

#include <dlfcn.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <map>
#include <mutex>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

namespace cartwright::test {
namespace {

using FileId = std::pair<dev_t, ino_t>;

struct Registry {
  std::recursive_mutex mutex;
  std::map<FileId, std::weak_ptr<MockNode>> nodes;
};

// Never destroyed: other threads may ask to the process's end.
Registry& registry() {
  static auto& all = *new Registry;
  return all;
}

std::optional<FileId> id_of(int descriptor) {
  struct stat about {};
  if (::fstat(descriptor, &about) != 0) return std::nullopt;
  return FileId{about.st_dev, about.st_ino};
}

std::shared_ptr<MockNode> node_behind(int descriptor) {
  const int before = errno;
  const auto id = id_of(descriptor);
  errno = before;
  if (!id) return nullptr;
  const std::lock_guard lock(registry().mutex);
  const auto found = registry().nodes.find(*id);
  return found == registry().nodes.end() ? nullptr : found->second.lock();
}

template <typename Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

void MockNode::stand_behind(int descriptor, const std::shared_ptr<MockNode>& node) {
  const auto id = id_of(descriptor);
  if (!id) throw std::system_error(errno, std::generic_category(), "the file of a mocked node");
  const std::lock_guard lock(registry().mutex);
  std::erase_if(registry().nodes, [](const auto& one) { return one.second.expired(); });
  registry().nodes[*id] = node;
}

MockNode::Hold::Hold() {
  registry().mutex.lock();
}

MockNode::Hold::~Hold() {
  registry().mutex.unlock();
}

MockReadiness::MockReadiness() : descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

MockReadiness::~MockReadiness() {
  ::close(descriptor_);
}

void MockReadiness::set(bool ready) {
  eventfd_t value = 0;
  if (ready) {
    ::eventfd_write(descriptor_, 1);
  } else {
    ::eventfd_read(descriptor_, &value);
  }
}

}  // namespace cartwright::test

using cartwright::test::MockNode;

// usbfs and hidraw; other calls are not looked at.
extern "C" __attribute__((visibility("default"))) int ioctl(int fd, unsigned long request,
                                                            ...) noexcept {
  va_list arguments;
  va_start(arguments, request);
  void* const argument = va_arg(arguments, void*);
  va_end(arguments);
  if (_IOC_TYPE(request) == 'U' || _IOC_TYPE(request) == 'H') {
    if (const auto node = cartwright::test::node_behind(fd)) {
      const int result = node->control(request, argument);
      if (result >= 0) return result;
      errno = -result;
      return -1;
    }
  }
  static auto* const real = cartwright::test::next<int(int, unsigned long, ...)>("ioctl");
  return real(fd, request, argument);
}

// umockdev's nodes are regular files, which poll(2) always calls ready: libusb's event thread would
// never sleep.
extern "C" __attribute__((visibility("default"))) int poll(pollfd* fds, nfds_t count,
                                                           int timeout_ms) {
  static auto* const real = cartwright::test::next<int(pollfd*, nfds_t, int)>("poll");
  std::vector<std::pair<nfds_t, std::shared_ptr<MockNode>>> mocked;
  for (nfds_t i = 0; i < count; ++i) {
    if ((fds[i].events & POLLOUT) == 0) continue;
    auto node = cartwright::test::node_behind(fds[i].fd);
    if (node && node->readiness() >= 0) mocked.emplace_back(i, std::move(node));
  }
  if (mocked.empty()) return real(fds, count, timeout_ms);
  std::vector<pollfd> asked(fds, fds + count);
  for (const auto& [i, node] : mocked) asked[i] = {node->readiness(), POLLIN, 0};
  const int result = real(asked.data(), count, timeout_ms);
  for (nfds_t i = 0; i < count; ++i) fds[i].revents = asked[i].revents;
  for (const auto& [i, node] : mocked) {
    fds[i].revents = (asked[i].revents & POLLIN) != 0 ? POLLOUT : 0;
  }
  return result;
}
