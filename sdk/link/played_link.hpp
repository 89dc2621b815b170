#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "link/link.hpp"

namespace cartwright::link {

// What a played device does at one moment.
struct PlayUp {};
struct PlayDown {
  DownReason reason = DownReason::unplugged;
  std::string text;
};
struct PlayData {
  std::uint32_t pipe = 0;
  Bytes bytes;
};
// The device has read these bytes: what follows is not played before the driver has written as
// many, or for a second at the longest, since a device answers what it is asked.
struct PlayExpect {
  Bytes bytes;
};
// The driver has asked what `answers` has under this number: what follows waits for it likewise.
struct PlayAnswer {
  std::size_t number = 0;
};
struct PlayStep {
  std::chrono::nanoseconds at{0};
  std::variant<PlayUp, PlayDown, PlayData, ModemLines, PlayExpect, PlayAnswer> what;
};

struct Play {
  // A request that reaches the device, such as one for a feature report, and how it ended. `asked`
  // carries no data: it is known by the rest.
  struct Answer {
    Request asked;
    Completion end;
  };
  UpInfo up;
  std::vector<PlayStep> steps;  // by time
  std::vector<Answer> answers;
  bool starts_up = true;  // comes up at the start, before the first step
  bool compares = false;  // counts writes that differ from what is expected
  bool waits = true;      // false: each step as soon as the one before is done
  unsigned speed = 1;     // times as fast
  // At the end the link goes down for good and says this, with the differences; where empty it
  // stays up.
  std::string end_text;
  // When the time zero was, asked at each start; steps from before it are played at once, or left
  // out where `late` says so.
  struct Start {
    std::chrono::steady_clock::time_point zero;
    bool skip_what_is_over = false;
  };
  std::function<Start()> begin;
};

// A link whose device is a list of steps: of a recording or a scenario. Writes are taken at once,
// and what is asked is answered at once: by the next answer to it, by its last where there are no
// more, else as unsupported.
class PlayedLink final : public Link {
 public:
  PlayedLink(Play play, boost::asio::any_io_executor executor);
  ~PlayedLink() override;

  void start(Listener& listener) override;
  void stop() override;
  void submit(Request request, Done done) override;
  void set_reading(bool wanted) override;
  const Counters& counters() const override { return counters_; }

 private:
  using Clock = std::chrono::steady_clock;
  struct Pending {
    Request request;
    Done done;
  };

  template <typename Step>
  void later(Step step);
  bool is_up() const { return present_ && !held_; }
  void go_on_later();
  void go_on();
  bool must_wait(const PlayStep& step);
  bool came(const PlayStep& step) const;
  void play(const PlayStep& step);
  void set_state(bool present, bool held, DownReason reason, const std::string& text);
  void finish();
  void serve();
  Completion perform(const Request& request);
  Completion answer(const Request& request);
  void compare(ByteView bytes);
  void wait_until(Clock::time_point when);

  Play play_;
  boost::asio::any_io_executor executor_;
  boost::asio::steady_timer timer_;
  std::shared_ptr<int> alive_;
  Listener* listener_ = nullptr;
  Clock::time_point zero_;
  std::size_t next_ = 0;
  bool reading_ = true;
  bool present_ = false;  // the device is there
  bool held_ = false;     // closed by a request
  bool finished_ = false;
  bool serve_posted_ = false;
  bool go_on_posted_ = false;
  std::optional<Clock::time_point> expecting_since_;
  Bytes expected_;                 // of all steps, in order
  std::uint64_t expected_to_ = 0;  // so many the device must have read by now
  std::uint64_t given_ = 0;        // bytes that the driver has written
  std::vector<bool> answered_;     // by number of the answer
  std::optional<std::uint64_t> first_difference_;
  std::deque<Pending> waiting_;
  Counters counters_;
};

}  // namespace cartwright::link
