#include "link/hidraw_link.hpp"

#include <fcntl.h>
#include <linux/hidraw.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "link/fd_transport.hpp"
#include "link/hid_descriptor.hpp"
#include "link/usb_link.hpp"

namespace cartwright::link {
namespace {

constexpr std::size_t longest_feature = 4096;

// hidraw wants a report ID before each report and takes 0 for devices that have none (Linux
// Documentation/hid/hidraw.rst); on the wire there is no such byte.
Bytes with_id(ByteView report, bool has_ids) {
  const std::size_t front = has_ids ? 0 : 1;
  Bytes bytes(front + report.size());
  std::copy(report.begin(), report.end(), bytes.begin() + static_cast<std::ptrdiff_t>(front));
  return bytes;
}

// Bluetooth devices have the same kind of ids.
std::uint32_t ids(int fd) {
  hidraw_devinfo info{};
  if (::ioctl(fd, HIDIOCGRAWINFO, &info) < 0) return 0;
  return std::uint32_t{static_cast<std::uint16_t>(info.vendor)} << 16 |
         static_cast<std::uint16_t>(info.product);
}

class HidrawTransport final : public FdTransport {
 public:
  HidrawTransport(const Uri& uri, boost::asio::any_io_executor executor)
      : FdTransport(std::move(executor)), node_(uri.path), address_(to_text(uri)) {
    if (const auto text = uri.value("usage")) {
      usage_ = read_hid_usage(*text);
      if (!usage_) refuse_value(uri, "usage", "is no hexadecimal page or page and usage");
    }
  }
  ~HidrawTransport() override { HidrawTransport::close(); }

  void open(Owner& owner) override {
    close();
    const int fd = ::open(node_.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
      owner.went_down(open_reason(errno), open_text(errno));
      return;
    }
    hidraw_report_descriptor descriptor{};
    int size = 0;
    const bool tells =
        ::ioctl(fd, HIDIOCGRDESCSIZE, &size) >= 0 && size > 0 && size <= HID_MAX_DESCRIPTOR_SIZE;
    descriptor.size = static_cast<std::uint32_t>(size);
    if (!tells || ::ioctl(fd, HIDIOCGRDESC, &descriptor) < 0) {
      const std::string why = std::strerror(errno);
      ::close(fd);
      owner.went_down(DownReason::error, node_ + " does not tell its report descriptor (" + why +
                                             "): is it a hidraw node?");
      return;
    }
    const auto* const first = reinterpret_cast<const std::byte*>(descriptor.value);
    Bytes bytes(first, first + size);
    reports_ = read_hid_reports(bytes);
    const auto wanted = [this](HidUsage one) { return usage_->fits(one); };
    if (usage_ && std::ranges::none_of(reports_.usages, wanted)) {
      ::close(fd);
      owner.went_down(DownReason::refused, node_ + " has no usage " + to_text(*usage_) +
                                               ": it is another device than the link means");
      return;
    }
    fd_ = fd;
    FdCalls calls = FdCalls::plain(fd);
    calls.write = [this](ByteView report) { return write(report); };
    run(owner, fd, std::move(calls), {Shape::messages, address_, std::move(bytes), ids(fd)}, node_,
        DownReason::unplugged);
  }

  void close() override {
    end_stream();
    fd_ = -1;
  }

 private:
  void release() override { fd_ = -1; }

  DownReason open_reason(int error) const {
    if (error == EACCES || error == EPERM) return DownReason::refused;
    if (error == EBUSY) return DownReason::in_use;
    return error == ENOENT || error == ENODEV || error == ENXIO ? DownReason::not_there
                                                                : DownReason::error;
  }
  std::string open_text(int error) const {
    switch (open_reason(error)) {
      case DownReason::refused:
        return node_ +
               ": permission denied: this user may not use the device; `cartwright doctor --udev` "
               "writes the rules that allow it";
      case DownReason::not_there:
        return node_ + " is not there: is the device plugged in, or paired and awake?";
      default:
        return node_ + " can not be opened: " + std::strerror(error);
    }
  }

  // A report goes whole or not at all.
  FdCalls::Moved write(ByteView report) const {
    const Bytes bytes = with_id(report, reports_.has_ids);
    const ssize_t count = ::write(fd_, bytes.data(), bytes.size());
    if (count >= 0) return {report.size(), {}};
    if (errno == EAGAIN || errno == EINTR) return {};
    return {0, std::string("writing failed: ") + std::strerror(errno)};
  }

  void perform_special(const Request& request, Link::Done done) override {
    if (request.kind == RequestKind::feature_set) {
      Bytes bytes = with_id(request.data, reports_.has_ids);
      const int result = ::ioctl(fd_, HIDIOCSFEATURE(bytes.size()), bytes.data());
      done({result >= 0 ? Result::ok : Result::error, result >= 0 ? request.data.size() : 0, {}});
      return;
    }
    if (request.kind != RequestKind::feature_get || request.value > 0xff) {
      done({request.kind == RequestKind::feature_get ? Result::error : Result::unsupported, 0, {}});
      return;
    }
    Bytes bytes(longest_feature);
    bytes[0] = static_cast<std::byte>(request.value);
    const int count = ::ioctl(fd_, HIDIOCGFEATURE(bytes.size()), bytes.data());
    if (count < 1) {
      done({Result::error, 0, {}});
      return;
    }
    const auto end = bytes.begin() + std::min<std::ptrdiff_t>(count, longest_feature);
    done({Result::ok, 0, Bytes(bytes.begin() + (reports_.has_ids ? 0 : 1), end)});
  }

  std::string node_;
  std::string address_;
  std::optional<HidUsageWanted> usage_;
  HidReports reports_;
  int fd_ = -1;
};

}  // namespace

std::unique_ptr<Transport> make_hidraw_transport(const Uri& uri,
                                                 boost::asio::any_io_executor executor) {
  for (const auto& [key, value] : uri.query) {
    if (key != "usage") refuse_value(uri, key, "means nothing for a node: leave it out");
  }
  return std::make_unique<HidrawTransport>(uri, std::move(executor));
}

std::unique_ptr<Transport> make_hid_transport(const Uri& uri,
                                              boost::asio::any_io_executor executor) {
  if (uri.path.starts_with('/')) return make_hidraw_transport(uri, std::move(executor));
  return make_usb_transport(uri, Shape::messages, std::move(executor));
}

}  // namespace cartwright::link
