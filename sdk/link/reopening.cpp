#include "link/reopening.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

namespace cartwright::link {

ReopeningLink::ReopeningLink(std::unique_ptr<Transport> transport,
                             boost::asio::any_io_executor executor)
    : transport_(std::move(transport)),
      executor_(executor),
      timer_(std::move(executor)),
      alive_(std::make_shared<int>()) {}

ReopeningLink::~ReopeningLink() {
  ReopeningLink::stop();
}

template <typename Step>
void ReopeningLink::later(Step step) {
  boost::asio::post(executor_, [alive = std::weak_ptr(alive_), step = std::move(step)] {
    if (alive.lock()) {
      step();
    }
  });
}

void ReopeningLink::start(Listener& listener) {
  listener_ = &listener;
  state_ = State::opening;
  told_down_ = false;
  pause_ = first_pause;
  later([this] { open(); });
}

void ReopeningLink::stop() {
  alive_ = std::make_shared<int>();
  pump_posted_ = false;
  state_ = State::stopped;
  timer_.cancel();
  transport_->close();
  const std::uint64_t written = written_by_running();
  ++run_;
  std::deque<Pending> ended = std::exchange(waiting_, {});
  if (const auto running = std::exchange(running_, nullptr)) {
    counters_.tx_bytes += written;
    running->done({Result::cancelled, written, {}});
  }
  for (const Pending& pending : ended) {
    pending.done({Result::cancelled, 0, {}});
  }
}

void ReopeningLink::submit(Request request, Done done) {
  if (state_ == State::stopped || waiting_.size() >= most_requests) {
    const Result result = state_ == State::stopped ? Result::cancelled : Result::error;
    boost::asio::post(executor_, [result, done = std::move(done)] { done({result, 0, {}}); });
    return;
  }
  waiting_.push_back({std::move(request), std::move(done)});
  pump_later();
}

void ReopeningLink::set_reading(bool wanted) {
  transport_->set_reading(wanted);
}

void ReopeningLink::open() {
  state_ = State::opening;
  transport_->open(*this);
}

void ReopeningLink::came_up(const UpInfo& info) {
  state_ = State::up;
  told_down_ = false;
  up_since_ = std::chrono::steady_clock::now();
  rx_at_up_ = counters_.rx_bytes;
  ++counters_.opens;
  const std::weak_ptr<int> alive = alive_;
  listener_->link_up(info);
  if (alive.lock()) {
    finish_connect(Result::ok);
  }
}

void ReopeningLink::still_down(DownReason reason, const std::string& text) {
  const std::weak_ptr<int> alive = alive_;
  if (!std::exchange(told_down_, true)) {
    listener_->link_down(reason, text);
  }
  if (alive.lock()) {
    finish_connect(Result::link_down);
  }
}

void ReopeningLink::went_down(DownReason reason, const std::string& text) {
  const std::weak_ptr<int> alive = alive_;
  if (state_ == State::up) {
    ++counters_.downs;
    const auto stood = std::chrono::steady_clock::now() - up_since_;
    if (counters_.rx_bytes > rx_at_up_ || stood >= longest_pause) {
      pause_ = first_pause;
    }
  } else {
    ++counters_.open_failures;
  }
  state_ = State::waiting;
  wait_and_open();
  if (!std::exchange(told_down_, true)) {
    listener_->link_down(reason, text);
  }
  if (!alive.lock()) {
    return;
  }
  if (running_) {
    finish({Result::link_down, written_by_running(), {}});
  }
}

void ReopeningLink::wait_and_open() {
  timer_.expires_after(pause_);
  pause_ = std::min<std::chrono::milliseconds>(pause_ * 2, longest_pause);
  timer_.async_wait([this, alive = std::weak_ptr(alive_)](boost::system::error_code error) {
    if (!error && alive.lock() && state_ == State::waiting) {
      open();
    }
  });
}

void ReopeningLink::got_data(std::uint32_t pipe, ByteView bytes) {
  counters_.rx_bytes += bytes.size();
  ++counters_.messages;
  listener_->link_data(pipe, bytes);
}

void ReopeningLink::got_lines(const ModemLines& lines) {
  listener_->link_lines(lines);
}

void ReopeningLink::may_be_there() {
  if (state_ == State::waiting) {
    timer_.cancel();
    open();
  }
}

void ReopeningLink::pump_later() {
  if (!std::exchange(pump_posted_, true)) {
    later([this] { pump(); });
  }
}

// Begins the next request. One a turn, so that a long queue does not keep others waiting.
void ReopeningLink::pump() {
  pump_posted_ = false;
  if (running_ || waiting_.empty()) {
    return;
  }
  running_ = std::make_unique<Pending>(std::move(waiting_.front()));
  waiting_.pop_front();
  ++run_;
  const Request& request = running_->request;
  if (request.kind == RequestKind::connect) {
    connect();
  } else if (request.kind == RequestKind::close) {
    hold();
  } else if (state_ != State::up) {
    finish({Result::link_down, 0, {}});
  } else {
    transport_->perform(request,
                        [this, run = run_, alive = std::weak_ptr(alive_)](const Completion& end) {
                          if (alive.lock() && running_ && run == run_) {
                            finish(end);
                          }
                        });
  }
}

void ReopeningLink::finish(const Completion& completion) {
  const auto ended = std::exchange(running_, nullptr);
  counters_.tx_bytes += completion.written;
  if (!waiting_.empty()) {
    pump_later();
  }
  ended->done(completion);
}

std::uint64_t ReopeningLink::written_by_running() const {
  if (!running_) {
    return 0;
  }
  const RequestKind kind = running_->request.kind;
  const bool sends = kind == RequestKind::write || kind == RequestKind::feature_set ||
                     kind == RequestKind::control_out;
  return sends ? transport_->written() : 0;
}

void ReopeningLink::connect() {
  if (state_ == State::up) {
    finish({Result::ok, 0, {}});
  } else if (state_ != State::opening) {
    timer_.cancel();
    told_down_ = told_down_ && state_ == State::waiting;
    open();
  }
}

void ReopeningLink::finish_connect(Result result) {
  if (running_ && running_->request.kind == RequestKind::connect) {
    finish({result, 0, {}});
  }
}

void ReopeningLink::hold() {
  const State before = std::exchange(state_, State::held);
  counters_.downs += before == State::up ? 1 : 0;
  timer_.cancel();
  transport_->close();
  pause_ = first_pause;
  const std::weak_ptr<int> alive = alive_;
  if (!std::exchange(told_down_, true)) {
    listener_->link_down(DownReason::closed, "closed on request, stays closed until connect");
  }
  if (alive.lock()) {
    finish({Result::ok, 0, {}});
  }
}

}  // namespace cartwright::link
