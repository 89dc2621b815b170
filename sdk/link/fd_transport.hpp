#pragma once

#include <optional>
#include <string>

#include "link/fd_stream.hpp"
#include "link/transport.hpp"

namespace cartwright::link {

// What the transports over a descriptor have in common: the stream, writes, reading held back.
class FdTransport : public Transport {
 public:
  explicit FdTransport(boost::asio::any_io_executor executor) : executor_(std::move(executor)) {}

  std::uint64_t written() const override { return stream_ ? stream_->written() : written_; }
  void set_reading(bool wanted) override;
  // Writes; every other kind goes to perform_special.
  void perform(const Request& request, Link::Done done) override;

 protected:
  // Takes the non-blocking `fd` and tells the owner that the link is up. `device` names it in the
  // text of a hang-up, whose reason is `gone`.
  void run(Owner& owner, int fd, FdCalls calls, UpInfo info, std::string device,
           DownReason gone = DownReason::hang_up);
  void end_stream();
  // After the owner was told that the device has gone or before it is opened anew.
  virtual void release() {}
  virtual void perform_special(const Request& request, Link::Done done);

  boost::asio::any_io_executor executor_;

 private:
  std::optional<FdStream> stream_;
  std::uint64_t written_ = 0;  // of the stream that has ended
  bool reading_ = true;
};

}  // namespace cartwright::link
