#include "host/child_watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#include <boost/asio/io_context.hpp>

#include "session_rig.hpp"

namespace cartwright::host {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

// A plugin host and what came from it, in order: message kinds, and 0 for its end.
class Watched : public ChildWatch::Owner {
 public:
  Watched() {
    watch = std::make_shared<ChildWatch>(io.get_executor(), find_plugin_host(),
                                         CARTWRIGHT_TEST_DRIVERS "/test-line.so", 1, *this);
    watch->start();
    const Bytes init = test::LineSettings{}.init().encode();
    wire::Outgoing message(wire::MessageKind::setup, 1, 0);
    EXPECT_EQ(message.body(wire::Setup{static_cast<std::uint32_t>(init.size()), 0})
                  .part(init)
                  .send(watch->socket(), false),
              0);
    until([&] { return !heard.empty(); });
  }
  ~Watched() override { watch->stop(); }

  bool child_sent(const wire::Incoming& message) override {
    heard.push_back(static_cast<int>(message.kind));
    return sound;
  }
  void child_ended(const ProcessEnd& told) override {
    heard.push_back(0);
    end = told;
  }

  void call_init() {
    wire::Outgoing message(wire::MessageKind::call, 1, 1);
    EXPECT_EQ(message.body(wire::Call{0, 0, 0, 0}).send(watch->socket(), false), 0);
  }
  template <typename Condition>
  void until(const Condition& condition) {
    while (!condition() && io.run_one_for(30s) != 0) {
    }
  }

  boost::asio::io_context io{1};
  std::shared_ptr<ChildWatch> watch;
  std::vector<int> heard;
  ProcessEnd end;
  bool sound = true;
};

constexpr int ready = static_cast<int>(wire::MessageKind::ready);
constexpr int reply = static_cast<int>(wire::MessageKind::reply);

TEST(ChildWatch, reads_a_dead_process_to_its_last_word_before_it_tells_the_end) {
  Watched watched;
  watched.call_init();
  pollfd answer{watched.watch->socket(), POLLIN, 0};
  ASSERT_EQ(::poll(&answer, 1, 30'000), 1);
  // Leaves a message that the process will never read, so that the socket reports a reset.
  watched.call_init();
  const int pid = watched.watch->pid();
  ::kill(pid, SIGKILL);
  siginfo_t info{};
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT), 0);
  watched.until([&] { return watched.heard.back() == 0; });
  ASSERT_GE(watched.heard.size(), 3u);
  EXPECT_EQ(watched.heard[0], ready);
  EXPECT_EQ(watched.heard[1], reply);
  EXPECT_EQ(watched.end.loss, Loss::killed);
}

TEST(ChildWatch, kills_what_does_not_answer_in_time) {
  Watched watched;
  watched.watch->expect(5ms, "an answer");
  watched.until([&] { return watched.heard.back() == 0; });
  EXPECT_EQ(watched.end.loss, Loss::overdue);
  EXPECT_THAT(watched.end.text, HasSubstr("an answer took too long"));
}

TEST(ChildWatch, kills_what_sends_no_sense) {
  Watched watched;
  watched.sound = false;
  watched.call_init();
  watched.until([&] { return watched.heard.back() == 0; });
  EXPECT_THAT(watched.heard, ElementsAre(ready, reply, 0));
  EXPECT_EQ(watched.end.loss, Loss::crashed);
}

TEST(ChildWatch, says_how_a_process_ended) {
  Watched watched;
  ::kill(watched.watch->pid(), SIGTERM);
  watched.until([&] { return watched.heard.back() == 0; });
  EXPECT_EQ(watched.end.loss, Loss::crashed);
  EXPECT_THAT(watched.end.text, HasSubstr("signal 15"));
}

}  // namespace
}  // namespace cartwright::host
