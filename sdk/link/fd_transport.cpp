#include "link/fd_transport.hpp"

#include <utility>

namespace cartwright::link {
namespace {

constexpr std::chrono::seconds default_timeout{5};

}  // namespace

void FdTransport::set_reading(bool wanted) {
  reading_ = wanted;
  if (stream_) {
    stream_->set_reading(wanted);
  }
}

void FdTransport::perform(const Request& request, Link::Done done) {
  if (request.kind != RequestKind::write) {
    perform_special(request, std::move(done));
    return;
  }
  const auto timeout = request.timeout.count() > 0 ? request.timeout : default_timeout;
  stream_->write(request.data, timeout,
                 [done = std::move(done)](Result result, std::uint64_t written) {
                   done({result, written, {}});
                 });
}

void FdTransport::perform_special(const Request& /*request*/, Link::Done done) {
  done({Result::unsupported, 0, {}});
}

void FdTransport::run(Owner& owner, int fd, FdCalls calls, UpInfo info, std::string device,
                      DownReason gone) {
  FdStream::Listener listener{
      [&owner](ByteView bytes) { owner.got_data(0, bytes); },
      [this, &owner, gone, device = std::move(device)](const std::string& why) {
        release();
        owner.went_down(gone, device + " is gone: " + why);
      }};
  stream_.emplace(executor_, fd, std::move(calls), std::move(listener), owner.counted());
  stream_->set_reading(reading_);
  owner.came_up(info);
}

void FdTransport::end_stream() {
  written_ = written();
  stream_.reset();
}

}  // namespace cartwright::link
