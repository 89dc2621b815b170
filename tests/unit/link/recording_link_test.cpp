#include "link/recording_link.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>

#include "base/file.hpp"
#include "link/pty_pair.hpp"
#include "link/recording.hpp"
#include "unit/link/device.hpp"
#include "unit/link/scratch.hpp"
#include "unit/link/support.hpp"

namespace cartwright::link {
namespace {

using test::Asked;
using testing::HasSubstr;
using testing::Not;

class RecordingLink : public testing::Test {
 protected:
  void start(bool sensitive = false) {
    RecordingOptions options{scratch / "a.rec", "pty:/x", sensitive,
                             [this](const std::string& text) { failures.push_back(text); }};
    link = record_link(make_link("pty:" + device.path().string(), loop.io.get_executor()), options,
                       loop.io.get_executor());
    link->start(witness);
  }
  void exchange(Request question, const std::string& answer) {
    const Asked asked(*link, std::move(question));
    ASSERT_TRUE(loop.until([&] { return asked.ended(); }));
    ASSERT_TRUE(test::send(device.master(), answer));
    ASSERT_TRUE(loop.until([&] { return witness.data.ends_with(answer); }));
  }

  test::Scratch scratch;
  test::Loop loop;
  test::Witness witness;
  PtyPair device;
  std::vector<std::string> failures;
  std::unique_ptr<Link> link;
};

}  // namespace

TEST_F(RecordingLink, writes_down_what_passes_and_can_be_replayed) {
  start();
  exchange(test::write_of("W"), "1.250");
  Request settings = test::request_of(RequestKind::line_settings);
  settings.data = to_bytes("baud=4800");
  exchange(settings, "x");
  link.reset();
  const Recording recording = Recording::read(scratch / "a.rec");
  EXPECT_EQ(recording.header.link, "pty:/x");
  ASSERT_EQ(recording.entries.size(), 5U);
  EXPECT_TRUE(std::holds_alternative<UpEntry>(recording.entries[0].what));
  EXPECT_EQ(std::get<TxEntry>(recording.entries[1].what).payload, Payload::plain(as_bytes("W")));
  EXPECT_EQ(std::get<RxEntry>(recording.entries[2].what).payload,
            Payload::plain(as_bytes("1.250")));
  EXPECT_EQ(std::get<RequestEntry>(recording.entries[3].what).kind, RequestKind::line_settings);
  const auto replay =
      make_link("replay:" + (scratch / "a.rec").string() + "?speed=max", loop.io.get_executor());
  test::Witness again;
  replay->start(again);
  ASSERT_TRUE(loop.until([&] { return again.is_up; }));
  const Asked asked(*replay, test::write_of("W"));
  ASSERT_TRUE(loop.until([&] { return !again.downs.empty(); }));
  EXPECT_EQ(again.data, "1.250x");
  EXPECT_THAT(again.downs[0].text, HasSubstr("what was written is the same"));
}

TEST_F(RecordingLink, writes_no_byte_of_a_sensitive_link) {
  start(true);
  exchange(test::write_of("4111111111111111"), "APPROVED");
  link.reset();
  const std::string text = read_file(scratch / "a.rec");
  EXPECT_THAT(text, Not(HasSubstr("hex")));
  EXPECT_THAT(text, Not(HasSubstr(to_hex(as_bytes("4111")))));
  const Recording recording = Recording::read(scratch / "a.rec");
  EXPECT_TRUE(recording.header.redacted);
  EXPECT_EQ(std::get<TxEntry>(recording.entries[1].what).payload, Payload::redact(16));
}

TEST_F(RecordingLink, writes_no_byte_of_a_sensitive_request) {
  start();
  Request secret = test::write_of("PIN");
  secret.sensitive = true;
  exchange(secret, "ok");
  link.reset();
  const Recording recording = Recording::read(scratch / "a.rec");
  EXPECT_EQ(std::get<TxEntry>(recording.entries[1].what).payload, Payload::redact(3));
  EXPECT_EQ(std::get<RxEntry>(recording.entries[2].what).payload, Payload::plain(as_bytes("ok")));
}

TEST_F(RecordingLink, reaches_the_file_by_itself) {
  start();
  ASSERT_TRUE(loop.until([&] { return witness.is_up; }));
  EXPECT_TRUE(loop.until([&] { return !Recording::read(scratch / "a.rec").entries.empty(); }));
}

TEST_F(RecordingLink, goes_on_without_the_file_when_that_is_full) {
  start();
  ASSERT_TRUE(loop.until([&] { return witness.is_up; }));
  // A limit on file size stands for the full disk.
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{16, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  exchange(test::write_of("a"), "b");
  EXPECT_TRUE(loop.until([&] { return !failures.empty(); }));
  exchange(test::write_of("c"), "d");
  link->stop();
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  ASSERT_EQ(failures.size(), 1U);
  EXPECT_THAT(failures[0], HasSubstr("a.rec can not be written"));
}

TEST_F(RecordingLink, ends_requests_at_stop_and_writes_the_rest) {
  start();
  ASSERT_TRUE(loop.until([&] { return witness.is_up; }));
  const Asked asked(*link, test::write_of("never"));
  link->stop();
  EXPECT_EQ(asked.result(), Result::cancelled);
  EXPECT_EQ(Recording::read(scratch / "a.rec").entries.size(), 1U);
}

}  // namespace cartwright::link
