#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/engine.hpp"
#include "host/loader.hpp"
#include "host/session.hpp"

namespace cartwright::test {

// A pure driver's binary in the host's session, in virtual time. The test is the rest of the world:
// the other end of each link, the clock, the trip that commits, the power that goes.
class Rig : private host::SessionSink, private host::EngineListener {
 public:
  struct Done {
    std::string status;     // "ok", "link_down", ...
    nlohmann::json result;  // null where the driver gave none
  };
  struct Write {
    std::uint32_t link = 0;
    std::uint32_t pipe = 0;
    std::string data;
    std::uint32_t kind = CW_IO_WRITE;  // or another request that is sent
  };
  // From the command's start; 0: never.
  struct Within {
    std::chrono::nanoseconds soft{0};
    std::chrono::nanoseconds hard{0};
  };

  // Loads the plugin of the build tree and starts it; links stay down. Error refused where its init
  // refuses the settings.
  explicit Rig(const std::string& plugin, const std::string& settings = "{}");
  ~Rig() override;

  // --- what happens to the driver
  // `usb_id`: vendor << 16 | product.
  void link_up(std::uint32_t link = 0, ByteView descriptor = {}, std::uint32_t usb_id = 0);
  void link_down(std::uint32_t link = 0, std::int32_t reason = CW_DOWN_UNPLUGGED);
  // A whole message of a message link, or bytes of a stream.
  void arrive(std::string_view bytes, std::uint32_t link = 0, std::uint32_t pipe = 0);
  void advance(std::chrono::nanoseconds by);
  // Gives a command as `cartwright decode --command` reads it and returns its op.
  std::uint64_t command(const std::string& json, Within within);
  std::uint64_t command(const std::string& json, std::uint32_t unit = 0);
  std::uint64_t command(host::Record record, std::uint32_t unit, Within within);
  void cancel(std::uint64_t op);
  std::uint64_t add_blob(std::string bytes);
  // What a CW_IO_FEATURE_GET of this report brings; without it the device refuses.
  void set_feature(std::uint32_t report_id, std::string report) {
    features_[report_id] = std::move(report);
  }

  // Writes of this link wait: the first is on the wire, the others in the queue.
  void hold_writes(std::uint32_t link = 0) { held_[link] = true; }
  // The write on the wire ends, after so many of its bytes.
  void finish_write(std::uint32_t link = 0, std::int32_t status = CW_OK,
                    std::optional<std::uint64_t> written = std::nullopt);
  // Until release_commits() the trip has committed nothing: AFTER_COMMIT writes wait.
  void hold_commits() { commits_held_ = true; }
  void release_commits();

  // The driver dies in its call of this number, counted from 0, before it has had an effect; a
  // fresh one goes on with the same state.
  void crash_in_call(std::uint64_t call) { crash_in_ = call; }

  // The cart died and starts again: a new state, the kept values, links down.
  void restart();

  // --- what the driver did
  std::vector<nlohmann::json> take_events() { return std::exchange(events_, {}); }
  std::vector<std::string> take_faults() { return std::exchange(faults_, {}); }
  std::vector<Write> take_wire() { return std::exchange(wire_, {}); }
  // How a command ended; Error not_found while it runs.
  Done done(std::uint64_t op) const;
  bool is_open(std::uint64_t op) const { return !dones_.contains(op); }
  std::string pending(std::uint32_t link = 0, std::uint32_t pipe = 0) const;
  // The driver's memory and what it keeps, as they stand.
  std::string state_bytes() const;
  std::string kept_content() const;
  std::size_t state_size() const { return session_->state().size(); }
  // The driver's whole memory.
  std::string state() const { return std::string(as_text(session_->state())); }
  std::vector<std::string> take_logs() { return std::exchange(logs_, {}); }
  std::size_t kept_bytes() const { return session_->kept().encode().size(); }
  const host::SessionCounters& counters() const { return session_->counters(); }

 private:
  struct Queued {
    cw_io io{};
    std::string data;
    std::uint64_t call = 0;  // whose effect it is
  };

  void begin(host::KeptValues kept);
  // Makes calls and serves what they ask for until nothing is left to do now.
  void settle();
  void serve(const Queued& request);
  void queue_write(Queued queued);
  void end_request(const Queued& queued, std::int32_t status, std::uint64_t written,
                   std::uint32_t flags = 0, std::string_view extra = {});
  link::Shape shape_of(std::uint32_t link) const;

  void on_event(const cw_record& event) override;
  void on_io(const cw_io& io, ByteView data) override;
  void on_done(std::uint64_t op, std::int32_t status, const cw_record* result) override;
  void on_blob_read(const host::BlobReadEffect& read) override;
  void on_fault(std::uint32_t unit, std::string_view text) override;
  void on_log(std::uint32_t, std::string_view text) override { logs_.emplace_back(text); }
  void engine_ready(std::uint32_t state_size) override { state_size_ = state_size; }
  void engine_replied(const host::CallReply&) override {}
  void engine_refused(const std::string&) override {}
  void engine_died(host::Loss, const std::string&) override {}

  host::Plugin plugin_;
  host::InstanceShape shape_;
  std::unique_ptr<host::Engine> engine_;
  std::unique_ptr<host::Session> session_;
  std::uint32_t state_size_ = 0;
  std::optional<std::uint64_t> crash_in_;
  std::uint64_t now_ns_ = 1'000'000'000;
  std::uint64_t next_blob_ = 1;
  bool commits_held_ = false;
  std::map<std::uint32_t, bool> held_;
  std::map<std::uint32_t, bool> up_;
  std::deque<Queued> asked_;
  std::deque<host::BlobReadEffect> blob_reads_;
  std::map<std::uint32_t, std::deque<Queued>> queues_;
  std::vector<Queued> after_commit_;
  std::map<std::uint64_t, std::string> blobs_;
  std::map<std::uint32_t, std::string> features_;
  std::vector<nlohmann::json> events_;
  std::vector<std::string> faults_;
  std::vector<std::string> logs_;
  std::vector<Write> wire_;
  std::map<std::uint64_t, Done> dones_;
};

// "ok" for CW_OK and so on.
std::string status_name(std::int32_t status);

}  // namespace cartwright::test
