#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/hex.hpp"
#include "link/link.hpp"

namespace cartwright::link {

// A recording is a text file, one JSON object a line. The first line is the header; each further
// line is one thing that passed over the link, with the monotonic nanoseconds since its start:
//
//   {"cartwright_recording":1,"link":"serial:...","started":"2026-05-04T...Z","redacted":false}
//   {"t":0,"dir":"up","shape":"stream","address":"serial:..."}
//   {"t":1200,"dir":"rx","pipe":0,"hex":"0d0a"}
//
// Where bytes must not lie in a file "redacted":LENGTH stands in the place of "hex":"...": for some
// entries of any recording, for all of a redacted one.
struct RecordingHeader {
  std::string link;     // URI
  std::string started;  // UTC, RFC 3339
  bool redacted = false;

  friend bool operator==(const RecordingHeader&, const RecordingHeader&) = default;
};

// The bytes of an entry, or only how many there were.
struct Payload {
  Bytes bytes;
  std::uint64_t length = 0;
  bool redacted = false;

  static Payload plain(ByteView bytes) {
    return {{bytes.begin(), bytes.end()}, bytes.size(), false};
  }
  static Payload redact(std::uint64_t length) { return {{}, length, true}; }
  friend bool operator==(const Payload&, const Payload&) = default;
};

struct RxEntry {
  std::uint32_t pipe = 0;
  Payload payload;
  friend bool operator==(const RxEntry&, const RxEntry&) = default;
};
// What reached the wire; on a message link one entry is one message.
struct TxEntry {
  std::uint32_t pipe = 0;
  Payload payload;
  friend bool operator==(const TxEntry&, const TxEntry&) = default;
};
struct UpEntry {
  Shape shape = Shape::stream;
  std::string address;
  Bytes descriptor;
  std::uint32_t usb_id = 0;  // vendor << 16 | product; 0 where there is none
  friend bool operator==(const UpEntry&, const UpEntry&) = default;
};
struct DownEntry {
  DownReason reason = DownReason::hang_up;
  std::string text;
  friend bool operator==(const DownEntry&, const DownEntry&) = default;
};
struct LinesEntry {
  bool cts = false;
  bool dsr = false;
  bool dcd = false;
  bool ri = false;
  friend bool operator==(const LinesEntry&, const LinesEntry&) = default;
};
// A request other than a write, when it ended.
struct RequestEntry {
  RequestKind kind = RequestKind::reset;
  Result result = Result::ok;
  std::uint32_t pipe = 0;
  std::uint32_t request_type = 0;
  std::uint32_t request = 0;
  std::uint32_t value = 0;
  std::uint32_t index = 0;
  Payload payload;  // what was given
  Payload reply;    // what came back
  friend bool operator==(const RequestEntry&, const RequestEntry&) = default;
};

struct RecordingEntry {
  std::chrono::nanoseconds at{0};
  std::variant<RxEntry, TxEntry, UpEntry, DownEntry, LinesEntry, RequestEntry> what;
  friend bool operator==(const RecordingEntry&, const RecordingEntry&) = default;
};

struct Recording {
  RecordingHeader header;
  std::vector<RecordingEntry> entries;  // `at` never goes back

  // Strict: unknown or missing keys, wrong types, a time that goes back, plain bytes in a redacted
  // recording are each an Error invalid_input `NAME:LINE: WHAT`. A last line without its end of
  // line is one that power or kill cut off, and is left out.
  static Recording parse(std::string_view text, const std::string& name);
  static Recording read(const std::filesystem::path& file);
};

// One line without the end of line. In a redacted recording no byte of a payload is written.
std::string to_line(const RecordingHeader& header);
std::string to_line(const RecordingEntry& entry, bool redacted);

// Appends entries to a new file. Keeps at most 64 KiB or 256 entries back; the destructor writes
// them. Used by one thread at a time.
class RecordingWriter {
 public:
  // Error conflict where the file exists, unavailable where it can not be made. Mode 0600.
  RecordingWriter(const std::filesystem::path& file, RecordingHeader header);
  ~RecordingWriter();
  RecordingWriter(const RecordingWriter&) = delete;
  RecordingWriter& operator=(const RecordingWriter&) = delete;

  // Error unavailable when the file can not be written (a full disk); nothing is written after it.
  void add(const RecordingEntry& entry);
  void flush();
  bool redacted() const { return header_.redacted; }

 private:
  std::filesystem::path file_;
  RecordingHeader header_;
  std::string kept_;
  std::size_t kept_entries_ = 0;
  int fd_ = -1;
};

}  // namespace cartwright::link
