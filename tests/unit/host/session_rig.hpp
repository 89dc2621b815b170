#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/engine_inline.hpp"
#include "host/loader.hpp"
#include "host/record_json.hpp"
#include "host/record_schema.hpp"
#include "host/session.hpp"

namespace cartwright::host::test {

inline const Plugin& line_plugin() {
  static const Plugin plugin = Plugin::load(CARTWRIGHT_TEST_DRIVERS "/test-line.so");
  return plugin;
}

// Settings of test-line in its manifest's order.
struct LineSettings {
  bool greedy = false;
  std::int64_t tick_ms = 0;
  std::int64_t need = 0;
  bool deaf = false;

  InitBlock init() const {
    return InitBlock({{"greedy", greedy}, {"tick_ms", tick_ms}, {"need", need}, {"deaf", deaf}},
                     {1, 1}, {});
  }
};

// What a session asked for, one line each: "label 4006", "write A", "done 1 ok".
class Transcript : public SessionSink {
 public:
  std::vector<std::string> lines;
  std::vector<std::string> labels;

  void on_event(const cw_record& event) override {
    const auto json = record_to_json(event);
    if (json["type"] == "scanner.data") {
      labels.push_back(json["data"].get<std::string>());
      lines.push_back("label " + labels.back());
    } else if (json.contains("maker")) {
      lines.push_back("info " + json["maker"].get<std::string>());
    } else if (json.contains("done")) {
      lines.push_back("tick " + std::to_string(json["done"].get<int>()));
    }
  }
  void on_io(const cw_io&, ByteView data) override {
    lines.push_back("write " + std::string(as_text(data)));
  }
  void on_done(std::uint64_t op, std::int32_t status, const cw_record*) override {
    lines.push_back("done " + std::to_string(op) + " " + std::string(status_name(status)));
  }
  void on_keep(std::uint32_t key, std::uint32_t, ByteView value) override {
    lines.push_back("keep " + std::to_string(key) + " " + to_hex(value));
  }
  void on_blob_read(const BlobReadEffect& read) override {
    lines.push_back("blob " + std::to_string(read.blob) + " at " + std::to_string(read.offset));
  }
  void on_log(std::uint32_t level, std::string_view text) override {
    if (level == CW_LOG_INFO) lines.push_back("log " + std::string(text));
  }
  void on_link_restart(std::uint32_t link) override {
    lines.push_back("restart " + std::to_string(link));
  }
};

// A session on the inline engine in virtual time. Bytes 16 to 19 stand for a crash of the whole
// process, which the rig answers as the process engine would: 16 always crashes, 17 only while the
// state is not the first after a start, 18 is killed twice and then works, 19 always is killed.
class Rig {
 public:
  explicit Rig(const LineSettings& settings = {}, KeptValues kept = {})
      : engine(*line_plugin().driver(), settings.init()),
        session({1, 1}, line_plugin().driver()->state_size, std::move(kept), out) {
    session.link_up(0, link::Shape::stream, {});
    run();
    out.lines.clear();
  }

  void feed(std::string_view text) {
    session.data(0, 0, as_bytes(text));
    run();
  }

  void run() {
    while (const CallRequest* request = session.next_call(now())) {
      ++calls;
      if (calls > 100000) throw std::runtime_error("the session never comes to rest");
      if (const auto loss = loss_of(*request)) {
        session.lost(*loss);
        continue;
      }
      session.commit(*engine.call(*request));
    }
  }

  // Lets time pass, stopping at each deadline.
  void advance(std::uint64_t ms) {
    const std::uint64_t end = now_ns + ms * 1'000'000;
    while (const auto next = session.next_deadline()) {
      if (*next > end) break;
      now_ns = std::max(now_ns, *next);
      run();
    }
    now_ns = end;
    run();
  }

  std::uint64_t command(std::string_view json, std::uint64_t soft_ms = 0,
                        std::uint64_t hard_ms = 0) {
    const auto at = [&](std::uint64_t ms) { return ms == 0 ? 0 : now_ns + ms * 1'000'000; };
    const CommandStart start =
        session.command(command_from_json(json), 0, {at(soft_ms), at(hard_ms)});
    if (start.status != CW_OK) {
      out.lines.push_back("refused " + std::string(status_name(start.status)));
    }
    run();
    return start.op;
  }

  cw_now now() const { return {sizeof(cw_now), 0, now_ns, 0, 0, 0}; }

  Transcript out;
  InlineEngine engine;
  Session session;
  std::uint64_t now_ns = 1'000'000'000;
  std::size_t calls = 0;
  bool state_is_first = true;
  int kills_left = 2;

 private:
  std::optional<Loss> loss_of(const CallRequest& request) {
    const auto view = read_input(request.input);
    if (!view) return std::nullopt;
    if (view->input.flags & CW_IN_STATE_LOST) state_is_first = false;
    for (std::uint32_t i = 0; i < view->input.pending_size; ++i) {
      const std::uint8_t byte = view->input.pending[i];
      if (byte == 16) return Loss::crashed;
      if (byte == 17 && state_is_first) return Loss::crashed;
      if (byte == 18 && kills_left-- > 0) return Loss::killed;
      if (byte == 19) return Loss::killed;
    }
    return std::nullopt;
  }
};

}  // namespace cartwright::host::test
