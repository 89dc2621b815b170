#include "link/recording.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/file.hpp"
#include "unit/link/scratch.hpp"
#include "unit/link/support.hpp"

namespace cartwright::link {
namespace {

using std::chrono::nanoseconds;
using testing::HasSubstr;

const std::string header =
    R"({"cartwright_recording":1,"link":"serial:/dev/ttyS0","started":"2026-05-04T08:00:00Z","redacted":false})"
    "\n";
const std::string redacted_header =
    R"({"cartwright_recording":1,"link":"tcp:t:1","started":"2026-05-04T08:00:00Z","redacted":true})"
    "\n";

std::string refusal(const std::string& text) {
  return test::error_of([&] { Recording::parse(text, "x.rec"); });
}

Payload any_payload(bool redacted) {
  const auto bytes = *rc::gen::arbitrary<std::string>();
  return redacted ? Payload::redact(bytes.size()) : Payload::plain(as_bytes(bytes));
}

// Texts of entries are UTF-8 by contract; others are mended when written.
std::string any_text() {
  return *rc::gen::container<std::string>(rc::gen::inRange<char>(0x20, 0x7f));
}

RecordingEntry any_entry(nanoseconds at, bool redacted) {
  const auto pipe = *rc::gen::inRange<std::uint32_t>(0, 0x90);
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      return {at, RxEntry{pipe, any_payload(redacted)}};
    case 1:
      return {at, TxEntry{pipe, any_payload(redacted)}};
    case 2:
      return {at, UpEntry{Shape::messages, any_text(), to_bytes(any_text()),
                          *rc::gen::arbitrary<std::uint32_t>()}};
    case 3:
      return {at, DownEntry{DownReason::in_use, any_text()}};
    case 4:
      return {at, LinesEntry{true, *rc::gen::arbitrary<bool>(), false, true}};
    default:
      return {at, RequestEntry{RequestKind::feature_get, Result::timeout, pipe, 1, 2, 3, 4,
                               any_payload(redacted), any_payload(redacted)}};
  }
}

}  // namespace

RC_GTEST_PROP(Recording, comes_back_as_it_was_written, (bool redacted)) {
  Recording recording{{"pty:/x", "2026-05-04T08:00:00Z", redacted}, {}};
  std::string text = to_line(recording.header) + "\n";
  const int count = *rc::gen::inRange(0, 20);
  for (int i = 0; i < count; ++i) {
    recording.entries.push_back(any_entry(nanoseconds(i * 1000), redacted));
    text += to_line(recording.entries.back(), redacted) + "\n";
  }
  const Recording read = Recording::parse(text, "x.rec");
  RC_ASSERT(read.header == recording.header);
  RC_ASSERT(read.entries == recording.entries);
}

TEST(Recording, writes_the_lines_that_its_format_says) {
  EXPECT_EQ(to_line(RecordingHeader{"serial:/dev/ttyS0", "2026-05-04T08:00:00Z", false}) + "\n",
            header);
  const RecordingEntry rx{nanoseconds(1200), RxEntry{0, Payload::plain(as_bytes("W\r"))}};
  EXPECT_EQ(to_line(rx, false), R"({"t":1200,"dir":"rx","pipe":0,"hex":"570d"})");
  const RecordingEntry up{nanoseconds(0),
                          UpEntry{Shape::messages, "hid:0922:8004", to_bytes("\x05"), 0x09228004}};
  EXPECT_EQ(
      to_line(up, false),
      R"({"t":0,"dir":"up","shape":"messages","address":"hid:0922:8004","descriptor":"05","usb":"0922:8004"})");
}

TEST(Recording, holds_no_byte_when_redacted) {
  const RecordingEntry tx{nanoseconds(5), TxEntry{0, Payload::plain(as_bytes("4111"))}};
  EXPECT_EQ(to_line(tx, true), R"({"t":5,"dir":"tx","pipe":0,"redacted":4})");
  const std::string plain = R"({"t":5,"dir":"tx","pipe":0,"hex":"34"})";
  EXPECT_EQ(refusal(redacted_header + plain + "\n"),
            "x.rec:2: plain bytes in a redacted recording");
}

TEST(Recording, leaves_out_a_last_line_that_was_cut_off) {
  const Recording read = Recording::parse(header + R"({"t":1,"dir":"rx","pi)", "x.rec");
  EXPECT_TRUE(read.entries.empty());
}

TEST(Recording, names_what_is_wrong_with_its_line) {
  EXPECT_EQ(refusal(""), "x.rec:1: is no recording: the header line is missing");
  EXPECT_EQ(refusal("\n"), "x.rec:1: is no JSON object");
  EXPECT_THAT(refusal("{}\n"), HasSubstr("x.rec:1: is no recording: its first line"));
  EXPECT_THAT(refusal(R"({"cartwright_recording":2})"
                      "\n"),
              HasSubstr("newer than 1"));
  const auto entry = [](const std::string& line) { return refusal(header + line + "\n"); };
  EXPECT_EQ(entry(R"({"t":1,"dir":"rx","pipe":0,"hxe":"00"})"),
            "x.rec:2: unknown key \"hxe\", did you mean \"hex\"?");
  EXPECT_EQ(entry(R"({"t":1,"dir":"rx","pipe":0,"hex":"00","why":1})"),
            "x.rec:2: unknown key \"why\"");
  EXPECT_EQ(entry(R"({"t":1,"dir":"rxx"})"), "x.rec:2: unknown dir \"rxx\", did you mean \"rx\"?");
  EXPECT_EQ(entry(R"({"dir":"rx"})"), "x.rec:2: \"t\" is missing");
  EXPECT_EQ(entry(R"({"t":1,"dir":"rx","pipe":0,"hex":"0"})"),
            "x.rec:2: \"hex\" is no hexadecimal text");
  EXPECT_THAT(entry(R"({"t":-1,"dir":"rx"})"), HasSubstr("\"t\" must be a whole number"));
  EXPECT_THAT(entry(R"({"t":1,"dir":"up","shape":"stream","address":"x","usb":"0922"})"),
              HasSubstr("unknown usb \"0922\""));
  EXPECT_THAT(entry(R"({"t":1.5,"dir":"rx"})"), HasSubstr("\"t\" must be a whole number"));
  EXPECT_EQ(entry(R"({"t":1,"dir":"down","reason":"bored","text":""})"),
            "x.rec:2: unknown reason \"bored\"");
  EXPECT_EQ(entry("[1]"), "x.rec:2: is no JSON object");
}

TEST(Recording, refuses_a_time_that_goes_back) {
  const std::string lines = std::string(R"({"t":2,"dir":"rx","pipe":0,"hex":""})") + "\n" +
                            R"({"t":1,"dir":"rx","pipe":0,"hex":""})" + "\n";
  EXPECT_EQ(refusal(header + lines), "x.rec:3: \"t\" goes back");
}

TEST(RecordingWriter, writes_in_batches_and_the_rest_at_the_end) {
  const test::Scratch scratch;
  const auto file = scratch / "a.rec";
  const RecordingEntry entry{nanoseconds(1), RxEntry{0, Payload::plain(as_bytes("x"))}};
  {
    RecordingWriter writer(file, {"pty:/x", "2026-05-04T08:00:00Z", false});
    writer.flush();
    const auto after_header = std::filesystem::file_size(file);
    for (int i = 0; i < 255; ++i) {
      writer.add(entry);
    }
    EXPECT_EQ(std::filesystem::file_size(file), after_header);
    writer.add(entry);
    EXPECT_GT(std::filesystem::file_size(file), after_header);
    writer.add(entry);
  }
  EXPECT_EQ(Recording::read(file).entries.size(), 257U);
}

TEST(RecordingWriter, never_writes_over_a_file) {
  const test::Scratch scratch;
  const auto file = scratch / "a.rec";
  std::ofstream(file) << "mine";
  const std::string error = test::error_of([&] { RecordingWriter(file, {"pty:/x", "", false}); });
  EXPECT_THAT(error, HasSubstr("the file exists, name another"));
  EXPECT_EQ(read_file(file), "mine");
}

}  // namespace cartwright::link
