#include "link/played_link.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

namespace cartwright::link {
namespace {

constexpr std::chrono::seconds longest_expectation{1};

bool needs_reader(const PlayStep& step) {
  return std::holds_alternative<PlayData>(step.what);
}

bool same(const Request& one, const Request& other) {
  return one.kind == other.kind && one.pipe == other.pipe &&
         one.request_type == other.request_type && one.request == other.request &&
         one.value == other.value && one.index == other.index;
}

}  // namespace

PlayedLink::PlayedLink(Play play, boost::asio::any_io_executor executor)
    : play_(std::move(play)),
      executor_(executor),
      timer_(std::move(executor)),
      alive_(std::make_shared<int>()) {
  for (const PlayStep& step : play_.steps) {
    if (const auto* expect = std::get_if<PlayExpect>(&step.what)) {
      expected_.insert(expected_.end(), expect->bytes.begin(), expect->bytes.end());
    }
  }
}

PlayedLink::~PlayedLink() {
  PlayedLink::stop();
}

template <typename Step>
void PlayedLink::later(Step step) {
  boost::asio::post(executor_, [alive = std::weak_ptr(alive_), step = std::move(step)] {
    if (alive.lock()) {
      step();
    }
  });
}

void PlayedLink::start(Listener& listener) {
  listener_ = &listener;
  next_ = 0;
  given_ = expected_to_ = 0;
  answered_.assign(play_.answers.size(), false);
  finished_ = held_ = present_ = false;
  const Play::Start begin = play_.begin ? play_.begin() : Play::Start{Clock::now()};
  zero_ = begin.zero;
  bool comes_up = play_.starts_up;
  if (begin.skip_what_is_over) {
    for (; next_ < play_.steps.size() && zero_ + play_.steps[next_].at < Clock::now(); ++next_) {
      const auto& what = play_.steps[next_].what;
      comes_up = std::holds_alternative<PlayUp>(what) ||
                 (comes_up && !std::holds_alternative<PlayDown>(what));
    }
  }
  later([this, comes_up] {
    const std::weak_ptr<int> alive = alive_;
    if (comes_up) {
      set_state(true, held_, DownReason::closed, {});
    }
    if (alive.lock()) {
      go_on_later();
    }
  });
}

void PlayedLink::stop() {
  alive_ = std::make_shared<int>();
  serve_posted_ = go_on_posted_ = present_ = false;
  finished_ = true;
  expecting_since_.reset();
  timer_.cancel();
  listener_ = nullptr;
  for (const Pending& pending : std::exchange(waiting_, {})) {
    pending.done({Result::cancelled, 0, {}});
  }
}

void PlayedLink::submit(Request request, Done done) {
  if (listener_ == nullptr) {
    boost::asio::post(executor_, [done = std::move(done)] { done({Result::cancelled, 0, {}}); });
    return;
  }
  waiting_.push_back({std::move(request), std::move(done)});
  if (!std::exchange(serve_posted_, true)) {
    later([this] { serve(); });
  }
}

void PlayedLink::set_reading(bool wanted) {
  reading_ = wanted;
  if (wanted && listener_ != nullptr) {
    go_on_later();
  }
}

void PlayedLink::go_on_later() {
  if (!std::exchange(go_on_posted_, true)) {
    later([this] {
      go_on_posted_ = false;
      go_on();
    });
  }
}

// One step a turn, so that the driver can answer between two.
void PlayedLink::go_on() {
  if (finished_) {
    return;
  }
  if (next_ == play_.steps.size()) {
    finish();
    return;
  }
  const PlayStep& step = play_.steps[next_];
  if (must_wait(step)) {
    return;
  }
  ++next_;
  go_on_later();
  play(step);
}

bool PlayedLink::must_wait(const PlayStep& step) {
  const Clock::time_point due = zero_ + step.at / play_.speed;
  if (play_.waits && due > Clock::now()) {
    wait_until(due);
    return true;
  }
  const auto* const expect = std::get_if<PlayExpect>(&step.what);
  if (expect == nullptr && !std::holds_alternative<PlayAnswer>(step.what)) {
    return needs_reader(step) && !reading_ && is_up();
  }
  const Clock::time_point now = Clock::now();
  if (!expecting_since_) {
    expecting_since_ = now;
    expected_to_ += expect != nullptr ? expect->bytes.size() : 0;
  }
  const Clock::time_point latest = *expecting_since_ + longest_expectation;
  if (!came(step) && now < latest && is_up()) {
    wait_until(latest);
    return true;
  }
  zero_ += now - *expecting_since_;  // what follows keeps its distance
  expecting_since_.reset();
  return false;
}

// Whether the driver has done what the step waits for.
bool PlayedLink::came(const PlayStep& step) const {
  const auto* const answer = std::get_if<PlayAnswer>(&step.what);
  return answer != nullptr ? answered_[answer->number] : given_ >= expected_to_;
}

void PlayedLink::play(const PlayStep& step) {
  if (std::holds_alternative<PlayUp>(step.what)) {
    set_state(true, held_, DownReason::closed, {});
  } else if (const auto* down = std::get_if<PlayDown>(&step.what)) {
    set_state(false, held_, down->reason, down->text);
  } else if (!is_up()) {
    return;
  } else if (const auto* data = std::get_if<PlayData>(&step.what)) {
    counters_.rx_bytes += data->bytes.size();
    ++counters_.messages;
    listener_->link_data(data->pipe, data->bytes);
  } else if (const auto* lines = std::get_if<ModemLines>(&step.what)) {
    listener_->link_lines(*lines);
  }
}

void PlayedLink::set_state(bool present, bool held, DownReason reason, const std::string& text) {
  const bool was_up = is_up();
  present_ = present;
  held_ = held;
  if (is_up() && !was_up) {
    ++counters_.opens;
    listener_->link_up(play_.up);
  } else if (!is_up() && was_up) {
    ++counters_.downs;
    listener_->link_down(reason, text);
  }
}

void PlayedLink::finish() {
  finished_ = true;
  if (play_.end_text.empty()) {
    return;
  }
  const std::uint64_t missing =
      expected_.size() - std::min<std::uint64_t>(given_, expected_.size());
  if (missing > 0) {
    counters_.differences += missing;
    first_difference_ = first_difference_.value_or(given_);
  }
  const std::string text =
      first_difference_ ? "; what was written differs in " + std::to_string(counters_.differences) +
                              " bytes, first at byte " + std::to_string(*first_difference_)
                        : "; what was written is the same";
  set_state(false, held_, DownReason::closed, play_.end_text + (play_.compares ? text : ""));
}

void PlayedLink::serve() {
  serve_posted_ = false;
  const std::weak_ptr<int> alive = alive_;
  while (alive.lock() && !waiting_.empty()) {
    const Pending pending = std::move(waiting_.front());
    waiting_.pop_front();
    const Completion completion = perform(pending.request);
    pending.done(completion);
  }
}

Completion PlayedLink::perform(const Request& request) {
  switch (request.kind) {
    case RequestKind::write:
      if (!is_up()) {
        return {Result::link_down, 0, {}};
      }
      counters_.tx_bytes += request.data.size();
      compare(request.data);
      return {Result::ok, request.data.size(), {}};
    case RequestKind::line_settings:
    case RequestKind::modem_lines:
    case RequestKind::send_break:
      return {is_up() ? Result::ok : Result::link_down, 0, {}};
    case RequestKind::close:
      set_state(present_, true, DownReason::closed,
                "closed on request, stays closed until connect");
      return {Result::ok, 0, {}};
    case RequestKind::connect:
      set_state(present_, false, DownReason::closed, {});
      return {is_up() ? Result::ok : Result::link_down, 0, {}};
    default:
      return is_up() ? answer(request) : Completion{Result::link_down, 0, {}};
  }
}

Completion PlayedLink::answer(const Request& request) {
  Completion last{Result::unsupported, 0, {}};
  for (std::size_t i = 0; i < play_.answers.size(); ++i) {
    if (!same(play_.answers[i].asked, request)) continue;
    last = play_.answers[i].end;
    if (answered_[i]) continue;
    answered_[i] = true;
    if (expecting_since_) go_on_later();
    break;
  }
  return last;
}

void PlayedLink::compare(ByteView bytes) {
  for (const std::byte byte : bytes) {
    if (play_.compares && (given_ >= expected_.size() || expected_[given_] != byte)) {
      ++counters_.differences;
      first_difference_ = first_difference_.value_or(given_);
    }
    ++given_;
  }
  if (expecting_since_) {
    go_on_later();
  }
}

void PlayedLink::wait_until(Clock::time_point when) {
  timer_.expires_at(when);
  timer_.async_wait([this, alive = std::weak_ptr(alive_)](boost::system::error_code error) {
    if (!error && alive.lock()) {
      go_on();
    }
  });
}

}  // namespace cartwright::link
