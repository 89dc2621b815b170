#include "host/child_watch.hpp"

namespace cartwright::host {

using boost::system::error_code;

ChildWatch::ChildWatch(const boost::asio::any_io_executor& executor,
                       const std::filesystem::path& program, const std::filesystem::path& plugin,
                       std::uint64_t generation, Owner& owner)
    : child_(program, plugin),
      readable_(executor, child_.socket()),
      end_(executor, child_.pidfd()),
      timer_(executor),
      generation_(generation),
      owner_(&owner),
      buffer_(wire::message_limit / sizeof(std::uint64_t)) {}

void ChildWatch::start() {
  wait_for_packet();
  wait_for_end();
}

void ChildWatch::stop() {
  owner_ = nullptr;
  expecting_ = false;
  timer_.cancel();
  // Released, not closed: the descriptors are the child's own.
  if (readable_.is_open()) readable_.release();
  if (end_.is_open()) end_.release();
  child_.kill();
}

void ChildWatch::kill(Loss loss, std::string why) {
  if (why_.empty()) {
    why_ = std::move(why);
    why_loss_ = loss;
  }
  child_.kill();
}

void ChildWatch::wait_for_packet() {
  readable_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                       [self = shared_from_this()](const error_code& error) {
                         if (error || self->owner_ == nullptr) return;
                         // Once closed, the end is near and pidfd tells it.
                         const bool closed = self->read_one();
                         if (self->owner_ == nullptr) return;
                         if (closed) {
                           self->child_.kill();
                         } else {
                           self->wait_for_packet();
                         }
                       });
}

void ChildWatch::wait_for_end() {
  end_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                  [self = shared_from_this()](const error_code& error) {
                    if (error || self->owner_ == nullptr) return;
                    // A number that an earlier child's descriptor had may bring its last readiness.
                    if (!self->child_.has_ended()) return self->wait_for_end();
                    self->read_rest();
                    if (self->owner_ != nullptr) self->ended();
                  });
}

bool ChildWatch::read_one() {
  ByteView packet;
  const auto room = std::as_writable_bytes(std::span(buffer_));
  const auto received = child_.receive(room, packet);
  if (received != ChildProcess::Received::message) {
    return received == ChildProcess::Received::closed;
  }
  const auto message = wire::read_message(packet);
  if (!message || message->generation != generation_ || !owner_->child_sent(*message)) {
    broken_ = true;
    if (owner_ != nullptr) kill(Loss::crashed, "it sent what no plugin host sends");
  }
  return false;
}

void ChildWatch::read_rest() {
  ByteView packet;
  const auto room = std::as_writable_bytes(std::span(buffer_));
  while (owner_ != nullptr && !broken_) {
    if (child_.receive(room, packet) != ChildProcess::Received::message) return;
    const auto message = wire::read_message(packet);
    if (!message || message->generation != generation_ || !owner_->child_sent(*message)) return;
  }
}

void ChildWatch::ended() {
  ProcessEnd end = child_.wait();
  if (!why_.empty()) end = {why_loss_, why_};
  Owner* const owner = owner_;
  const auto self = shared_from_this();
  stop();
  owner->child_ended(end);
}

// One timer for all expectations: it is moved on only when it fires, so that a call costs none.
void ChildWatch::expect(std::chrono::milliseconds limit, const char* what) {
  expecting_ = true;
  expected_ = what;
  deadline_ = Clock::now() + limit;
  if (!timer_runs_ || deadline_ < timer_.expiry()) wait_for_deadline();
}

void ChildWatch::wait_for_deadline() {
  timer_runs_ = true;
  timer_.expires_at(deadline_);
  timer_.async_wait([self = shared_from_this()](const error_code& error) {
    if (error || self->owner_ == nullptr) return;
    self->timer_runs_ = false;
    if (!self->expecting_) return;
    if (self->deadline_ > Clock::now()) {
      self->wait_for_deadline();
    } else {
      self->kill(Loss::overdue, std::string(self->expected_) + " took too long");
    }
  });
}

}  // namespace cartwright::host
