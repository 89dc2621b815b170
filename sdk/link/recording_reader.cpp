#include <nlohmann/json.hpp>
#include <set>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/nearest.hpp"
#include "link/names.hpp"
#include "link/recording.hpp"

namespace cartwright::link {
namespace {

using Json = nlohmann::json;

constexpr std::size_t longest_line = 4U << 20;

[[noreturn]] void wrong(const std::string& what) {
  throw Error(ErrorKind::invalid_input, what);
}

// One JSON object read strictly: each key is asked for, finish() refuses the others.
class Object {
 public:
  explicit Object(std::string_view line) : json_(Json::parse(line, nullptr, false)) {
    if (!json_.is_object()) {
      wrong("is no JSON object");
    }
  }

  bool has(const std::string& key) const { return json_.contains(key); }

  std::string text(const std::string& key) {
    const Json& value = at(key);
    if (!value.is_string()) {
      wrong("\"" + key + "\" must be a text");
    }
    return value.get<std::string>();
  }
  bool boolean(const std::string& key) {
    const Json& value = at(key);
    if (!value.is_boolean()) {
      wrong("\"" + key + "\" must be true or false");
    }
    return value.get<bool>();
  }
  std::uint64_t number(const std::string& key, std::uint64_t most) {
    const Json& value = at(key);
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > most) {
      wrong("\"" + key + "\" must be a whole number from 0 to " + std::to_string(most));
    }
    return value.get<std::uint64_t>();
  }
  std::uint32_t number_or_0(const std::string& key) {
    return has(key) ? static_cast<std::uint32_t>(number(key, UINT32_MAX)) : 0;
  }
  Bytes hex(const std::string& key) {
    auto bytes = from_hex(text(key));
    if (!bytes) {
      wrong("\"" + key + "\" is no hexadecimal text");
    }
    return std::move(*bytes);
  }
  Payload payload(const std::string& before, bool redacted) {
    if (has(before + "redacted")) {
      return {{}, number(before + "redacted", UINT32_MAX), true};
    }
    if (redacted && has(before + "hex")) {
      wrong("plain bytes in a redacted recording");
    }
    return Payload::plain(hex(before + "hex"));
  }
  template <typename Value>
  Value named(const std::string& key, std::optional<Value> (*read)(std::string_view)) {
    const std::string name = text(key);
    const auto value = read(name);
    if (!value) {
      wrong("unknown " + key + " \"" + name + "\"");
    }
    return *value;
  }

  void finish() const {
    const std::vector<std::string_view> known(asked_.begin(), asked_.end());
    for (const auto& [key, value] : json_.items()) {
      if (asked_.count(key) == 0) {
        wrong("unknown key \"" + key + "\"" + did_you_mean(key, known));
      }
    }
  }

 private:
  const Json& at(const std::string& key) {
    asked_.insert(key);
    const auto found = json_.find(key);
    if (found == json_.end()) {
      for (const auto& [other, value] : json_.items()) {
        const std::string_view candidates[] = {key};
        if (asked_.count(other) == 0 && !nearest(other, candidates).empty()) {
          wrong("unknown key \"" + other + "\"" + did_you_mean(other, candidates));
        }
      }
      wrong("\"" + key + "\" is missing");
    }
    return *found;
  }

  Json json_;
  std::set<std::string> asked_;
};

RecordingHeader read_header(std::string_view line) {
  Object object(line);
  if (!object.has("cartwright_recording")) {
    wrong("is no recording: its first line must be the header with \"cartwright_recording\":1");
  }
  if (object.number("cartwright_recording", UINT32_MAX) != 1) {
    wrong("has a format newer than 1: read it with a newer Cartwright");
  }
  RecordingHeader header;
  header.link = object.text("link");
  header.started = object.text("started");
  header.redacted = object.boolean("redacted");
  object.finish();
  return header;
}

std::uint32_t pipe_of(Object& object) {
  return static_cast<std::uint32_t>(object.number("pipe", UINT32_MAX));
}

RequestEntry read_request(Object& object, bool redacted) {
  RequestEntry entry;
  entry.kind = object.named("kind", read_request_kind);
  entry.result = object.named("result", read_result);
  entry.pipe = object.number_or_0("pipe");
  entry.request_type = object.number_or_0("request_type");
  entry.request = object.number_or_0("request");
  entry.value = object.number_or_0("value");
  entry.index = object.number_or_0("index");
  entry.payload = object.payload("", redacted);
  entry.reply = object.payload("reply_", redacted);
  return entry;
}

RecordingEntry read_entry(std::string_view line, bool redacted) {
  Object object(line);
  RecordingEntry entry;
  entry.at = std::chrono::nanoseconds(object.number("t", INT64_MAX));
  const std::string direction = object.text("dir");
  if (direction == "rx") {
    const std::uint32_t pipe = pipe_of(object);
    entry.what = RxEntry{pipe, object.payload("", redacted)};
  } else if (direction == "tx") {
    const std::uint32_t pipe = pipe_of(object);
    entry.what = TxEntry{pipe, object.payload("", redacted)};
  } else if (direction == "up") {
    UpEntry up;
    up.shape = object.named("shape", read_shape);
    up.address = object.text("address");
    if (object.has("descriptor")) {
      up.descriptor = object.hex("descriptor");
    }
    if (object.has("usb")) up.usb_id = object.named("usb", read_usb_id);
    entry.what = std::move(up);
  } else if (direction == "down") {
    const DownReason reason = object.named("reason", read_down_reason);
    entry.what = DownEntry{reason, object.text("text")};
  } else if (direction == "lines") {
    LinesEntry lines;
    lines.cts = object.boolean("cts");
    lines.dsr = object.boolean("dsr");
    lines.dcd = object.boolean("dcd");
    lines.ri = object.boolean("ri");
    entry.what = lines;
  } else if (direction == "request") {
    entry.what = read_request(object, redacted);
  } else {
    const std::string_view known[] = {"rx", "tx", "up", "down", "lines", "request"};
    wrong("unknown dir \"" + direction + "\"" + did_you_mean(direction, known));
  }
  object.finish();
  return entry;
}

}  // namespace

Recording Recording::parse(std::string_view text, const std::string& name) {
  Recording recording;
  std::size_t number = 0;
  try {
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
      const std::string_view line = text.substr(0, end);
      text.remove_prefix(end + 1);
      ++number;
      if (line.size() > longest_line) {
        wrong("longer than " + std::to_string(longest_line) + " bytes");
      }
      if (number == 1) {
        recording.header = read_header(line);
        continue;
      }
      RecordingEntry entry = read_entry(line, recording.header.redacted);
      if (!recording.entries.empty() && entry.at < recording.entries.back().at) {
        wrong("\"t\" goes back");
      }
      recording.entries.push_back(std::move(entry));
    }
    if (number == 0) {
      number = 1;
      wrong("is no recording: the header line is missing");
    }
  } catch (const Error& error) {
    throw Error(error.kind(), name + ":" + std::to_string(number) + ": " + error.what());
  }
  return recording;
}

Recording Recording::read(const std::filesystem::path& file) {
  return parse(read_file(file), file.string());
}

}  // namespace cartwright::link
