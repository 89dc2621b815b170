#pragma once

#include <cartwright/abi/driver.h>

#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <vector>

#include "host/engine.hpp"
#include "host/input_block.hpp"
#include "host/kept_values.hpp"
#include "host/operations.hpp"
#include "host/pending.hpp"

namespace cartwright::host {

// What an instance asks its owner for, in the order of its effects. Called inside Session::commit,
// Session::lost and Session::next_call; must not call the session. Views live as long as the call.
class SessionSink {
 public:
  virtual ~SessionSink() = default;
  virtual void on_event(const cw_record&) {}
  virtual void on_io(const cw_io&, ByteView /*data*/) {}
  // Exactly once for each accepted command, by the driver or by the host.
  virtual void on_done(std::uint64_t /*op*/, std::int32_t /*status*/, const cw_record* /*result*/) {
  }
  virtual void on_keep(std::uint32_t /*key*/, std::uint32_t /*flags*/, ByteView /*value*/) {}
  virtual void on_blob_read(const BlobReadEffect&) {}
  virtual void on_log(std::uint32_t /*level*/, std::string_view /*text*/) {}
  virtual void on_fault(std::uint32_t /*unit*/, std::string_view /*text*/) {}
  virtual void on_replug(std::uint32_t /*link*/, std::uint64_t /*within_ns*/) {}
  // The driver's state was dropped: close the link and open it again.
  virtual void on_link_restart(std::uint32_t /*link*/) {}
};

// Each is counted from the session's making and never goes back.
struct SessionCounters {
  std::uint64_t calls = 0;  // that came back, rolled back or not
  std::uint64_t bytes = 0;
  std::uint64_t messages = 0;
  std::uint64_t events = 0;
  std::uint64_t requests = 0;
  std::uint64_t faults = 0;
  std::uint64_t dropped = 0;  // bytes or messages that found no room
  std::uint64_t cleared = 0;  // bytes or messages that waited for more when their link went down
  std::uint64_t rollbacks = 0;
  std::uint64_t crashes = 0;
  std::uint64_t kills = 0;
  std::uint64_t incidents = 0;  // first losses; what follows until a call works belongs to it
  std::uint64_t states_lost = 0;
  std::uint64_t slices_aside = 0;   // poisonous inputs that were set aside
  std::uint64_t units_aside = 0;    // bytes or messages in them
  std::uint64_t refused_dones = 0;  // second, late or invented ones
  std::uint64_t host_dones = 0;     // commands that the host had to end
  std::uint64_t refused_keeps = 0;
};

// The core of one instance of a pure driver, without I/O, threads or a clock: it owns the state,
// what waits to be consumed, timers and open commands, decides which call comes next, and takes
// back what it came to. Its owner feeds it, runs its calls through an Engine and does what the sink
// is asked. Guarantees, whatever the driver does:
// - a call's effects happen once, all of them and in order, or none (commit or lost);
// - what is not consumed is shown again, in order, once for each arrival;
// - each accepted command ends exactly once, at its hard deadline at the latest;
// - after a loss the same input comes again in growing prefixes, at first none shorter than what
//   the state has seen, then with a fresh state, and only the slice that still fails is set aside,
//   counted and told as CW_IN_DISCONTINUITY.
class Session {
 public:
  Session(InstanceShape shape, std::uint32_t state_size, KeptValues kept, SessionSink& sink);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // What happened outside. `now` of a command is that of its deadlines.
  // `usb_id`: vendor << 16 | product, 0 where there is none.
  void link_up(std::uint32_t link, link::Shape shape, ByteView descriptor,
               std::uint32_t usb_id = 0);
  void link_down(std::uint32_t link, std::int32_t reason);  // CW_DOWN_*
  // One arrival of bytes of a stream, or one message. Stream arrivals of more than a few KiB should
  // come in pieces with calls between them: the pending span is bounded.
  void data(std::uint32_t link, std::uint32_t pipe, ByteView bytes);
  void line_state(std::uint32_t link, std::uint32_t lines);
  // `life` is life() at the time of the request; a request of a lost state is nobody's.
  void io_done(std::uint64_t life, std::uint32_t link, std::uint32_t pipe, std::uint64_t token,
               std::int32_t status, std::uint64_t written, ByteView extra, std::uint32_t flags);
  void blob(std::uint64_t life, std::uint64_t token, std::uint64_t offset, std::int32_t status,
            ByteView piece);
  CommandStart command(Record command, std::uint32_t unit, const Deadlines& deadlines);
  void cancel(std::uint64_t op);
  // The last input; stopped() once it has committed.
  void stop();

  // The call to make now, or null when nothing is to be done before next_deadline() or new input.
  // The request lives until commit() or lost(), one of which must follow. `now.monotonic_ns` never
  // goes back.
  const CallRequest* next_call(const cw_now& now);
  // The reply to the call. A negative status counts as a loss.
  void commit(const CallReply& reply);
  void lost(Loss loss);
  // When next_call is worth asking again without new input.
  std::optional<std::uint64_t> next_deadline() const;

  // Ends commands whose deadline has passed, also while a call is outstanding or none can be made;
  // next_call does it too.
  void expire_commands(std::uint64_t now_ns);

  // Drops the state as after crashes: commands end, timers stop, START is told STATE_LOST.
  void start_over();
  // Ends every open command by the host, for a device that will not come back soon.
  void end_commands(std::int32_t status);

  bool call_outstanding() const { return outstanding_; }
  bool stopped() const { return stopped_; }
  // The driver can not even start: only start_over() leads on.
  bool hopeless() const { return hopeless_; }
  // False asks to hold reading of this link back.
  bool wants_reading(std::uint32_t link) const;
  std::uint64_t life() const { return life_; }
  const KeptValues& kept() const { return kept_; }
  const Operations& operations() const { return operations_; }
  const SessionCounters& counters() const { return counters_; }
  ByteView state() const { return state_bytes(); }
  // What waits on a pipe for more to come; empty where nothing does.
  ByteView waiting(std::uint32_t link, std::uint32_t pipe) const;

 private:
  // Kind of the queue entry that is no input: the driver's init.
  static constexpr std::uint32_t init_entry = 0;

  struct LinkState {
    link::Shape shape = link::Shape::stream;
    Bytes descriptor;
    std::uint32_t usb_id = 0;
    std::uint32_t arriving = 0;  // epoch of what arrives; grows with each down
    bool told_up = false;
  };
  // How a pipe is shown after a loss: `good` was shown without one, `bad` was not.
  struct Probe {
    std::uint32_t good = 0;
    std::uint32_t bad = 0;
    std::uint32_t step = 1;
    bool again = false;       // `good` was not exhausted: it is shown again before more is
    bool narrowed = false;    // it has failed since: halves instead of doubling
    bool from_known = false;  // it began behind what the state had seen
    bool fresh = false;       // the state was dropped: the next failure sets the slice aside
  };
  struct Pipe {
    std::uint32_t link;
    std::uint32_t number;
    std::uint32_t epoch;
    Pending pending;
    std::optional<Probe> probe;
    std::uint32_t need = 0;
    std::uint32_t known = 0;  // the state has been shown so many of what waits, and left them
    bool unshown = false;     // something came that no DATA has shown
    bool queued = false;      // a DATA entry stands in the queue
  };
  struct Entry {
    std::uint32_t kind;
    std::uint32_t link = 0;
    std::uint32_t pipe = 0;
    std::uint32_t epoch = 0;
    std::int32_t status = 0;
    std::uint32_t flags = 0;
    std::uint64_t token = 0;
    std::uint64_t count = 0;
    Bytes extra = {};
    Record command = {};
    std::uint32_t losses = 0;
    bool hide = false;  // show no pending span: it may be what crashed the call
  };
  struct Timer {
    std::uint32_t link;
    std::uint64_t id;
    std::uint64_t deadline_ns;
    bool due = false;  // stands in the queue
  };

  ByteView state_bytes() const {
    return {reinterpret_cast<const std::byte*>(state_.data()), state_size_};
  }
  void push_start(std::uint32_t flags);
  Pipe* find_pipe(std::uint32_t link, std::uint32_t number, std::uint32_t epoch);
  Pipe* shown_pipe(const Entry& entry);
  Pipe& arrival_pipe(std::uint32_t link, std::uint32_t number);
  void queue_data(Pipe& pipe, bool first);
  std::uint32_t extent(const Entry& entry, const Pipe& pipe) const;

  bool seen(const Operations::Open& open) const;
  void fire_timers(std::uint64_t now_ns);
  bool wanted(const Entry& entry);
  const CallRequest* prepare(Entry& entry, const cw_now& now);
  void before_call(Entry& entry);
  void after_commit(const Entry& entry);
  void take_consumed(const Entry& entry, const cw_outcome& outcome);
  void advance_probe(Pipe& pipe, std::uint32_t shown, std::uint32_t consumed);
  void apply(ByteView effects);
  void apply(const Effect& effect);
  void set_timer(const TimerEffect& effect);
  void driver_done(const DoneEffect& effect);
  void keep(const KeepEffect& effect);
  void host_done(std::uint64_t op, std::int32_t status);
  Timer* find_timer(std::uint32_t link, std::uint64_t id);

  Probe first_probe(const Pipe& pipe) const;
  void data_lost();
  void input_lost();
  void drop_state();
  void end_incident_if_over();
  void warn(const std::string& text);

  InstanceShape shape_;
  std::uint32_t state_size_;
  std::vector<std::uint64_t> state_;
  KeptValues kept_;
  SessionSink& sink_;

  std::vector<LinkState> links_;
  std::vector<Pipe> pipes_;
  std::deque<Entry> queue_;  // front: the outstanding call, if there is one
  std::vector<Timer> timers_;
  Operations operations_;

  std::vector<std::uint64_t> block_;  // of the outstanding call's input
  CallRequest request_;
  std::uint32_t shown_ = 0;
  std::uint64_t now_ns_ = 0;
  std::uint64_t life_ = 1;
  std::uint32_t kills_in_row_ = 0;
  bool outstanding_ = false;
  bool incident_ = false;
  bool suspected_ = false;      // in this incident the input itself is tried
  bool state_dropped_ = false;  // in this incident
  bool stopped_ = false;
  bool hopeless_ = false;
  SessionCounters counters_;
};

}  // namespace cartwright::host
