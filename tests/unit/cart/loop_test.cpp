#include "cart/loop.hpp"

#include <gmock/gmock.h>
#include <poll.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace cartwright::cart {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using testing::ElementsAre;

bool readable(const Loop& loop) {
  pollfd entry{loop.descriptor(), POLLIN, 0};
  return ::poll(&entry, 1, 0) == 1;
}

// Dispatches until `count` things have been done.
void run(Loop& loop, std::size_t count) {
  while (count > 0) {
    loop.wait(milliseconds(-1));
    count -= std::min(count, loop.dispatch());
  }
}

TEST(Loop, runs_tasks_in_the_order_of_posting) {
  Loop loop;
  std::vector<int> seen;
  for (int i = 0; i < 4; ++i) loop.post([&seen, i] { seen.push_back(i); });
  EXPECT_EQ(loop.dispatch(), 4U);
  EXPECT_THAT(seen, ElementsAre(0, 1, 2, 3));
}

TEST(Loop, takes_tasks_from_other_threads_and_loses_none) {
  Loop loop;
  constexpr int each = 500;
  int sum = 0;  // the loop's thread alone touches it
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&loop, &sum] {
      for (int i = 0; i < each; ++i) loop.post([&sum] { ++sum; });
    });
  }
  run(loop, std::size_t{4} * each);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(sum, 4 * each);
  EXPECT_EQ(loop.dispatch(), 0U);
}

TEST(Loop, leaves_what_a_task_posts_to_the_next_dispatch) {
  Loop loop;
  int runs = 0;
  loop.post([&] {
    ++runs;
    loop.post([&] { ++runs; });
  });
  EXPECT_EQ(loop.dispatch(), 1U);
  EXPECT_TRUE(readable(loop));
  EXPECT_EQ(loop.dispatch(), 1U);
  EXPECT_EQ(runs, 2);
}

TEST(Loop, descriptor_is_readable_exactly_while_something_stands_ready) {
  Loop loop;
  EXPECT_FALSE(readable(loop));
  loop.post([] {});
  EXPECT_TRUE(readable(loop));
  loop.dispatch();
  EXPECT_FALSE(readable(loop));
  loop.after(hours(1), [] {});
  EXPECT_FALSE(readable(loop));
  loop.after(milliseconds(0), [] {});
  loop.wait(milliseconds(-1));
  EXPECT_TRUE(readable(loop));
  run(loop, 1);
  EXPECT_FALSE(readable(loop));
}

TEST(Loop, wakes_without_a_task) {
  Loop loop;
  loop.wake();
  EXPECT_TRUE(readable(loop));
  EXPECT_EQ(loop.dispatch(), 0U);
  EXPECT_FALSE(readable(loop));
}

TEST(Loop, runs_timers_in_the_order_in_which_they_are_due) {
  Loop loop;
  std::vector<std::string> seen;
  loop.after(milliseconds(3), [&] { seen.emplace_back("third"); });
  loop.after(milliseconds(1), [&] { seen.emplace_back("first"); });
  loop.after(milliseconds(2), [&] { seen.emplace_back("second"); });
  run(loop, 3);
  EXPECT_THAT(seen, ElementsAre("first", "second", "third"));
}

TEST(Loop, forgets_a_cancelled_timer) {
  Loop loop;
  std::vector<std::string> seen;
  const Loop::TimerId never = loop.after(milliseconds(1), [&] { seen.emplace_back("never"); });
  loop.after(milliseconds(2), [&] { seen.emplace_back("kept"); });
  loop.cancel(never);
  loop.cancel(never);
  loop.cancel(4711);
  run(loop, 1);
  EXPECT_THAT(seen, ElementsAre("kept"));
  EXPECT_FALSE(readable(loop));
}

TEST(Loop, lets_a_timer_cancel_another_that_is_due_as_well) {
  Loop loop;
  bool ran = false;
  Loop::TimerId second = 0;
  loop.after(milliseconds(0), [&] { loop.cancel(second); });
  second = loop.after(milliseconds(0), [&] { ran = true; });
  run(loop, 1);
  EXPECT_FALSE(ran);
  EXPECT_FALSE(readable(loop));
}

TEST(Loop, lets_a_timer_set_itself_again) {
  Loop loop;
  int ticks = 0;
  std::function<void()> tick = [&] {
    if (++ticks < 3) loop.after(milliseconds(0), tick);
  };
  loop.after(milliseconds(0), tick);
  run(loop, 3);
  EXPECT_EQ(ticks, 3);
}

TEST(Loop, loses_no_task_with_one_that_throws) {
  Loop loop;
  std::vector<int> seen;
  loop.post([&] { seen.push_back(1); });
  loop.post([&] {
    loop.post([&] { seen.push_back(4); });
    throw std::runtime_error("a handler's own");
  });
  loop.post([&] { seen.push_back(2); });
  loop.post([&] { seen.push_back(3); });
  EXPECT_THROW(loop.dispatch(), std::runtime_error);
  EXPECT_THAT(seen, ElementsAre(1));
  EXPECT_TRUE(readable(loop));
  loop.dispatch();
  EXPECT_THAT(seen, ElementsAre(1, 2, 3, 4));
  EXPECT_FALSE(readable(loop));
}

TEST(Loop, loses_no_timer_with_one_that_throws) {
  Loop loop;
  int ran = 0;
  loop.after(milliseconds(0), [&] {
    loop.after(milliseconds(0), [&] { ++ran; });
    throw std::runtime_error("a handler's own");
  });
  loop.after(milliseconds(0), [&] { ++ran; });
  loop.wait(milliseconds(-1));
  EXPECT_THROW(run(loop, 1), std::runtime_error);
  run(loop, 2);
  EXPECT_EQ(ran, 2);
  EXPECT_FALSE(readable(loop));
}

}  // namespace
}  // namespace cartwright::cart
