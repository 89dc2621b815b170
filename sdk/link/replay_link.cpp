#include "link/replay_link.hpp"

#include "base/error.hpp"
#include "link/numbers.hpp"
#include "link/played_link.hpp"
#include "link/recording.hpp"

namespace cartwright::link {
namespace {

// Others the played link does by itself.
bool reaches_device(RequestKind kind) {
  switch (kind) {
    case RequestKind::feature_get:
    case RequestKind::feature_set:
    case RequestKind::control_in:
    case RequestKind::control_out:
    case RequestKind::reset:
    case RequestKind::expect_replug:
      return true;
    default:
      return false;
  }
}

struct ToStep {
  Play& play;
  const std::string& file;
  std::chrono::nanoseconds at;

  void operator()(const RxEntry& rx) const {
    require_plain(rx.payload);
    add(PlayData{rx.pipe, rx.payload.bytes});
  }
  void operator()(const TxEntry& tx) const {
    require_plain(tx.payload);
    add(PlayExpect{tx.payload.bytes});
  }
  void operator()(const UpEntry& up) const {
    play.up = {up.shape, up.address, up.descriptor, up.usb_id};
    add(PlayUp{});
  }
  void operator()(const DownEntry& down) const { add(PlayDown{down.reason, down.text}); }
  void operator()(const LinesEntry& lines) const {
    add(ModemLines{lines.cts, lines.dsr, lines.dcd, lines.ri});
  }
  // What the device itself ended; of lengths alone there is nothing to answer with.
  void operator()(const RequestEntry& entry) const {
    if (!reaches_device(entry.kind) || entry.payload.redacted || entry.reply.redacted) return;
    if (entry.result == Result::link_down || entry.result == Result::cancelled) return;
    Request asked;
    asked.kind = entry.kind;
    asked.pipe = entry.pipe;
    asked.request_type = entry.request_type;
    asked.request = entry.request;
    asked.value = entry.value;
    asked.index = entry.index;
    const bool sent =
        entry.kind == RequestKind::feature_set || entry.kind == RequestKind::control_out;
    const std::uint64_t written = sent && entry.result == Result::ok ? entry.payload.length : 0;
    add(PlayAnswer{play.answers.size()});
    play.answers.push_back({asked, {entry.result, written, entry.reply.bytes}});
  }

 private:
  void require_plain(const Payload& payload) const {
    if (payload.redacted) {
      throw Error(ErrorKind::invalid_input,
                  "recording " + file +
                      " is redacted: it holds lengths and times only and can not be replayed");
    }
  }
  template <typename What>
  void add(What what) const {
    play.steps.push_back({at, std::move(what)});
  }
};

bool tells_state_first(const Recording& recording) {
  return !recording.entries.empty() &&
         (std::holds_alternative<UpEntry>(recording.entries.front().what) ||
          std::holds_alternative<DownEntry>(recording.entries.front().what));
}

}  // namespace

std::unique_ptr<Link> make_replay_link(const Uri& uri, boost::asio::any_io_executor executor) {
  Play play;
  play.compares = true;
  play.end_text = "the recording " + uri.path + " has ended";
  if (const auto speed = uri.value("speed")) {
    const auto times = read_unsigned(*speed, 1000);
    if (*speed != "max" && times.value_or(0) == 0) {
      refuse_value(uri, "speed", "is neither max nor a whole number from 1 to 1000");
    }
    play.waits = *speed != "max";
    play.speed = static_cast<unsigned>(times.value_or(1));
  }
  const Recording recording = Recording::read(uri.path);
  play.up.address = to_text(uri);
  play.starts_up = !tells_state_first(recording);
  for (const RecordingEntry& entry : recording.entries) {
    std::visit(ToStep{play, uri.path, entry.at}, entry.what);
  }
  return std::make_unique<PlayedLink>(std::move(play), std::move(executor));
}

}  // namespace cartwright::link
