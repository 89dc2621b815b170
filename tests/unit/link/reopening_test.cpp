#include "link/reopening.hpp"

#include <gtest/gtest.h>

#include "unit/link/support.hpp"

namespace cartwright::link {
namespace {

using test::Asked;

// A transport whose device the test holds in its hand.
class Hand final : public Transport {
 public:
  struct Controls {
    bool there = true;
    bool answers_open = true;
    int opens = 0;
    int closes = 0;
    std::uint64_t taken = 0;
    Owner* owner = nullptr;
    Link::Done running;
    std::vector<std::string> performed;
  };
  explicit Hand(Controls& controls) : controls_(controls) {}

  void open(Owner& owner) override {
    ++controls_.opens;
    controls_.owner = &owner;
    if (!controls_.answers_open) {
      return;
    }
    if (controls_.there) {
      owner.came_up({});
    } else {
      owner.went_down(DownReason::not_there, "away");
    }
  }
  void close() override {
    ++controls_.closes;
    controls_.running = nullptr;
  }
  void perform(const Request& request, Link::Done done) override {
    controls_.performed.emplace_back(as_text(request.data));
    controls_.running = std::move(done);
  }
  std::uint64_t written() const override { return controls_.taken; }
  void set_reading(bool) override {}

 private:
  Controls& controls_;
};

class Reopening : public testing::Test {
 protected:
  void start() {
    link.start(witness);
    loop.run_what_is_ready();
  }
  void finish(const Completion& completion) {
    const auto running = std::exchange(hand.running, nullptr);
    running(completion);
    loop.run_what_is_ready();
  }

  test::Loop loop;
  test::Witness witness;
  Hand::Controls hand;
  ReopeningLink link{std::make_unique<Hand>(hand), loop.io.get_executor()};
};

}  // namespace

TEST_F(Reopening, never_calls_back_inside_start_or_submit) {
  link.start(witness);
  const Asked asked(link, test::write_of("a"));
  EXPECT_TRUE(witness.ups.empty());
  EXPECT_EQ(asked.ends(), 0);
  loop.run_what_is_ready();
  EXPECT_EQ(witness.ups.size(), 1U);
}

TEST_F(Reopening, does_requests_one_after_the_other) {
  start();
  const Asked a(link, test::write_of("a"));
  const Asked b(link, test::write_of("b"));
  loop.run_what_is_ready();
  EXPECT_EQ(hand.performed, (std::vector<std::string>{"a"}));
  finish({Result::ok, 1, {}});
  EXPECT_TRUE(a.ended());
  EXPECT_EQ(hand.performed, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(b.ends(), 0);
}

TEST_F(Reopening, ends_everything_as_cancelled_before_stop_returns) {
  start();
  const Asked running(link, test::write_of("abc"));
  const Asked queued(link, test::write_of("d"));
  loop.run_what_is_ready();
  hand.taken = 2;
  link.stop();
  EXPECT_EQ(running.result(), Result::cancelled);
  EXPECT_EQ(running.written(), 2U);
  EXPECT_TRUE(queued.ended());
  loop.run_what_is_ready();
  EXPECT_TRUE(witness.downs.empty());
  EXPECT_EQ(running.ends() + queued.ends(), 2);
}

TEST_F(Reopening, ends_requests_after_stop_as_cancelled) {
  start();
  link.stop();
  const Asked late(link, test::write_of("a"));
  EXPECT_EQ(late.ends(), 0);
  loop.run_what_is_ready();
  EXPECT_EQ(late.result(), Result::cancelled);
}

TEST_F(Reopening, can_be_started_again) {
  start();
  link.stop();
  start();
  EXPECT_EQ(witness.ups.size(), 2U);
}

TEST_F(Reopening, tells_one_down_for_many_failing_attempts) {
  hand.there = false;
  start();
  ASSERT_TRUE(loop.until([&] { return hand.opens == 3; }));
  EXPECT_EQ(witness.downs.size(), 1U);
  EXPECT_EQ(link.counters().open_failures, 3U);
  EXPECT_EQ(link.counters().downs, 0U);
}

TEST_F(Reopening, says_how_much_of_a_running_write_was_taken_at_a_hang_up) {
  start();
  const Asked running(link, test::write_of("abc"));
  loop.run_what_is_ready();
  hand.taken = 1;
  hand.owner->went_down(DownReason::hang_up, "gone");
  EXPECT_EQ(running.result(), Result::link_down);
  EXPECT_EQ(running.written(), 1U);
  EXPECT_EQ(link.counters().tx_bytes, 1U);
  EXPECT_EQ(link.counters().downs, 1U);
}

TEST_F(Reopening, connects_at_once_when_asked) {
  hand.there = false;
  start();
  hand.there = true;
  const Asked asked(link, test::request_of(RequestKind::connect));
  loop.run_what_is_ready();
  EXPECT_TRUE(witness.is_up);
  EXPECT_EQ(asked.result(), Result::ok);
  EXPECT_EQ(asked.ends(), 1);
}

TEST_F(Reopening, ends_connect_as_link_down_when_the_attempt_fails) {
  hand.there = false;
  start();
  const Asked asked(link, test::request_of(RequestKind::connect));
  loop.run_what_is_ready();
  EXPECT_EQ(asked.result(), Result::link_down);
  EXPECT_EQ(witness.downs.size(), 1U);
}

TEST_F(Reopening, connect_waits_for_an_attempt_that_runs) {
  hand.answers_open = false;
  start();
  const Asked asked(link, test::request_of(RequestKind::connect));
  loop.run_what_is_ready();
  EXPECT_EQ(asked.ends(), 0);
  EXPECT_EQ(hand.opens, 1);
  hand.owner->came_up({});
  EXPECT_EQ(asked.result(), Result::ok);
  EXPECT_EQ(asked.ends(), 1);
}

TEST_F(Reopening, stays_closed_until_connect) {
  start();
  const Asked closed(link, test::request_of(RequestKind::close));
  const Asked write(link, test::write_of("a"));
  loop.run_what_is_ready();
  EXPECT_EQ(closed.result(), Result::ok);
  ASSERT_EQ(witness.downs.size(), 1U);
  EXPECT_EQ(witness.downs[0].reason, DownReason::closed);
  EXPECT_EQ(write.result(), Result::link_down);
  EXPECT_EQ(hand.opens, 1);
  const Asked connected(link, test::request_of(RequestKind::connect));
  loop.run_what_is_ready();
  EXPECT_EQ(connected.result(), Result::ok);
  EXPECT_EQ(hand.opens, 2);
}

TEST_F(Reopening, bounds_its_queue) {
  start();
  const Asked running(link, test::write_of("a"));
  loop.run_what_is_ready();
  std::vector<std::unique_ptr<Asked>> waiting;
  for (std::size_t i = 0; i < ReopeningLink::most_requests; ++i) {
    waiting.push_back(std::make_unique<Asked>(link, test::write_of("b")));
  }
  const Asked refused(link, test::write_of("c"));
  loop.run_what_is_ready();
  EXPECT_EQ(refused.result(), Result::error);
  EXPECT_TRUE(refused.ended());
  EXPECT_EQ(waiting.back()->ends(), 0);
  link.stop();
}

TEST_F(Reopening, may_be_stopped_from_what_it_tells) {
  class Stopper : public test::Witness {
   public:
    explicit Stopper(Link& link) : link_(link) {}
    void link_up(const UpInfo&) override { link_.stop(); }

   private:
    Link& link_;
  } stopper(link);
  link.start(stopper);
  const Asked asked(link, test::write_of("a"));
  loop.run_what_is_ready();
  EXPECT_EQ(asked.result(), Result::cancelled);
  EXPECT_EQ(asked.ends(), 1);
}

}  // namespace cartwright::link
