#include "host/pure_device.hpp"

#include <algorithm>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>

#include "host/engine_inline.hpp"
#include "host/engine_process.hpp"
#include "host/loader.hpp"
#include "host/make_port.hpp"

namespace cartwright::host {
namespace {

// A driver that always finds something to do gives others their turn after this many calls.
constexpr int calls_in_a_row = 64;

}  // namespace

PureDevice::PureDevice(DeviceSetup setup, DeviceListener& listener,
                       boost::asio::any_io_executor executor)
    : DeviceBase(std::move(setup), listener, std::move(executor)),
      timer_(executor_),
      pause_timer_(executor_),
      stop_timer_(executor_),
      plan_(setup_.policy) {}

PureDevice::~PureDevice() {
  if (engine_) engine_->stop();
  for (const auto& port : ports_) port->stop();
}

void PureDevice::open_ports() {
  for (std::uint32_t i = 0; i < setup_.links.size(); ++i) {
    ports_.push_back(make_port(setup_, i, executor_, weak_port_owner()));
  }
}

void PureDevice::start() {
  try {
    if (ports_.empty()) open_ports();
    if (setup_.isolation == Isolation::process) {
      const ProcessLimits limits{setup_.policy.start_limit, setup_.policy.call_limit};
      engine_ = std::make_unique<ProcessEngine>(executor_, setup_.plugin, make_init(), limits);
    } else {
      plugin_ = std::make_unique<Plugin>(Plugin::load(setup_.plugin));
      engine_ = std::make_unique<InlineEngine>(*plugin_->driver(), make_init());
    }
  } catch (const Error& error) {
    fail(error.what());
    return;
  }
  engine_->start(*this);
}

std::shared_ptr<LinkPort::Owner> PureDevice::self() {
  return std::static_pointer_cast<PureDevice>(shared_from_this());
}

std::weak_ptr<LinkPort::Owner> PureDevice::weak_port_owner() {
  return self();
}

void PureDevice::engine_replied(const CallReply& reply) {
  const auto keep = shared_from_this();
  finish_call(reply);
  pump();
}

void PureDevice::finish_call(const CallReply& reply) {
  const bool was_init = request_ != nullptr && request_->kind == CallKind::init;
  const std::uint64_t incidents = session_->counters().incidents;
  const std::int32_t status = reply.status;
  const std::string refusal = std::string(reply.text.empty() ? status_name(status) : reply.text);
  if (setup_.on_call && request_ != nullptr) setup_.on_call(*request_, reply);
  request_ = nullptr;
  session_->commit(reply);
  if (status >= 0) plan_.worked();
  if (status >= 0 && !was_init && restarting_) {
    restarting_ = false;
    update_state();
  }
  deliver();
  if (was_init && status < 0 && status != CW_INTERNAL) {
    fail("the driver refused its settings: " + refusal);
  } else if (session_->counters().incidents != incidents && plan_.too_many(now().monotonic_ns)) {
    quarantine("a call was rolled back");
  }
}

void PureDevice::pump() {
  if (pumping_ || !session_) return;
  const auto keep = shared_from_this();
  pumping_ = true;
  int calls = 0;
  while (engine_ready_ && !session_->call_outstanding()) {
    if (++calls > calls_in_a_row) {
      boost::asio::post(executor_, later([](PureDevice& device) { device.pump(); }));
      break;
    }
    request_ = session_->next_call(now());
    deliver();  // commands that ended at their deadline
    if (request_ == nullptr) break;
    const auto reply = engine_->call(*request_);
    if (!reply) break;
    finish_call(*reply);
  }
  if (!session_->stopped()) session_->expire_commands(now().monotonic_ns);
  deliver();
  pumping_ = false;
  rest();
}

// What is to be done when no call is.
void PureDevice::rest() {
  for (std::uint32_t i = 0; i < ports_.size(); ++i)
    ports_[i]->set_reading(session_->wants_reading(i));
  if (engine_ready_ && session_->hopeless()) {
    quarantine("it can not even start");
    return;
  }
  if (stopping_ && session_->stopped() && ports_idle()) {
    finish_stop();
    return;
  }
  // A driver that is back and has nothing to do proves it by no call.
  if (restarting_ && engine_ready_ && !session_->call_outstanding()) {
    restarting_ = false;
    update_state();
  }
  // While no call can be made only the ends of commands are due.
  const bool can_call = engine_ready_ && !session_->call_outstanding();
  const auto next = can_call ? session_->next_deadline() : session_->operations().next_deadline();
  // An earlier alarm may stand: it is cheaper to wake once too often than to move it at each call.
  const bool stands = !can_call && armed_ && (!next || *armed_ <= *next);
  if (next == armed_ || stands) return;
  armed_ = next;
  timer_.cancel();
  if (!next) return;
  const std::uint64_t now_ns = now().monotonic_ns;
  timer_.expires_after(std::chrono::nanoseconds(*next > now_ns ? *next - now_ns : 0));
  timer_.async_wait([weak = std::weak_ptr<DeviceBase>(shared_from_this())](auto error) {
    const auto alive = weak.lock();
    if (error || !alive) return;
    auto& device = static_cast<PureDevice&>(*alive);
    device.armed_.reset();
    device.pump();
  });
}

// Hands out what the session asked for: events first, then the requests that follow from them, then
// the ends of commands.
void PureDevice::deliver() {
  if (!events_.empty()) {
    const std::uint64_t batch = next_batch_++;
    uncommitted_.insert(batch);
    std::vector<Record> events = std::move(events_);
    events_.clear();
    auto executor = executor_;
    auto arrived = later([batch](PureDevice& device) { device.committed(batch); });
    listener_.device_events(*this, std::move(events),
                            [executor, arrived] { boost::asio::dispatch(executor, arrived); });
  } else if (batch_used_) {
    ++next_batch_;  // requests that wait for no event need not wait
  }
  batch_used_ = false;
  flush_ports();
  tell_session();
  while (!ends_.empty()) {
    const End end = std::move(ends_.front());
    ends_.pop_front();
    tell_done(end.op, end.status, end.result);
  }
}

void PureDevice::flush_ports() {
  for (const auto& port : ports_) {
    port->flush([this](std::uint64_t batch) { return uncommitted_.contains(batch); });
  }
}

// What came up inside a commit and goes back into the session.
void PureDevice::tell_session() {
  for (auto& [link, finished] : std::exchange(replaced_, {})) {
    session_->io_done(finished.life, link, finished.pipe, finished.token, finished.status, 0, {},
                      finished.flags);
  }
  for (const BlobReadEffect& read : std::exchange(blob_reads_, {})) {
    const auto piece = read_blob(read.blob, read.offset, read.size);
    session_->blob(session_->life(), read.token, read.offset, piece ? CW_OK : CW_NOT_FOUND,
                   piece ? ByteView(*piece) : ByteView());
  }
}

void PureDevice::committed(std::uint64_t batch) {
  uncommitted_.erase(batch);
  flush_ports();
}

void PureDevice::on_event(const cw_record& event) {
  events_.push_back(Record::copy(event));
}

void PureDevice::on_io(const cw_io& io, ByteView data) {
  batch_used_ = true;
  std::vector<LinkPort::Finished> replaced;
  if (io.link >= ports_.size()) return;
  ports_[io.link]->add(io, data, session_->life(), next_batch_, replaced);
  for (auto& one : replaced) replaced_.emplace_back(io.link, std::move(one));
}

void PureDevice::on_done(std::uint64_t op, std::int32_t status, const cw_record* result) {
  ends_.push_back({op, status, result == nullptr ? Record() : Record::copy(*result)});
}

void PureDevice::on_keep(std::uint32_t key, std::uint32_t flags, ByteView value) {
  listener_.device_keeps(*this, key, flags, value);
}

void PureDevice::on_blob_read(const BlobReadEffect& read) {
  blob_reads_.push_back(read);
}

void PureDevice::on_log(std::uint32_t level, std::string_view text) {
  listener_.device_log(*this, level, text);
}

void PureDevice::on_fault(std::uint32_t unit, std::string_view text) {
  listener_.device_fault(*this, unit, text);
}

void PureDevice::on_replug(std::uint32_t link, std::uint64_t within_ns) {
  constexpr std::uint64_t longest_ns = 3'600'000'000'000;
  if (link >= ports_.size()) return;
  ports_[link]->expect_replug(std::chrono::nanoseconds(std::min(within_ns, longest_ns)));
}

void PureDevice::on_link_restart(std::uint32_t link) {
  if (link < ports_.size() && ports_[link]->up()) ports_[link]->reopen();
}

void PureDevice::port_up(std::uint32_t link, const link::UpInfo& info) {
  session_->link_up(link, info.shape, info.descriptor, info.usb_id);
  update_state();
  pump();
}

void PureDevice::port_down(std::uint32_t link, link::DownReason reason) {
  session_->link_down(link, down_status(reason));
  update_state();
  pump();
}

void PureDevice::port_data(std::uint32_t link, std::uint32_t pipe, ByteView bytes) {
  session_->data(link, pipe, bytes);
  pump();
}

void PureDevice::port_lines(std::uint32_t link, std::uint32_t lines) {
  session_->line_state(link, lines);
  pump();
}

void PureDevice::port_finished(std::uint32_t link, const LinkPort::Finished& finished) {
  session_->io_done(finished.life, link, finished.pipe, finished.token, finished.status,
                    finished.written, finished.data, finished.flags);
  flush_ports();
  pump();
}

void PureDevice::update_state() {
  if (state() == DeviceState::quarantined || ended()) return;
  if (restarting_) {
    set_state(DeviceState::restarting, restart_reason_);
    return;
  }
  for (const auto& port : ports_) {
    if (port->up()) continue;
    // Before the first answer of a link it is not known to be away.
    const bool early = state() == DeviceState::starting && port->reason() == "not opened yet";
    set_state(early ? DeviceState::starting : DeviceState::link_down, port->reason());
    return;
  }
  set_state(DeviceState::up, "");
}

std::uint64_t PureDevice::command(std::uint32_t unit, Record command, std::chrono::nanoseconds soft,
                                  std::chrono::nanoseconds hard, CommandDone done) {
  if (stopping_ || ended() || state() == DeviceState::quarantined) {
    return started({0, CW_LINK_DOWN}, std::move(done));
  }
  Early wanted{unit, std::move(command), deadlines(soft, hard), std::move(done)};
  if (session_) return begin(std::move(wanted));
  early_commands_.push_back(std::move(wanted));
  return 0;
}

std::uint64_t PureDevice::begin(Early wanted) {
  const CommandStart start =
      session_->command(std::move(wanted.command), wanted.unit, wanted.deadlines);
  const std::uint64_t op = started(start, std::move(wanted.done));
  boost::asio::post(executor_, later([](PureDevice& device) { device.pump(); }));
  return op;
}

void PureDevice::end_early(std::int32_t status) {
  for (Early& early : std::exchange(early_commands_, {})) {
    started({0, status}, std::move(early.done));
  }
}

void PureDevice::cancel(std::uint64_t op) {
  if (!session_) return;
  session_->cancel(op);
  pump();
}

DeviceStatus PureDevice::status() const {
  DeviceStatus status = base_status();
  for (const auto& port : ports_) status.links.push_back(port->status());
  if (session_) {
    status.counters = session_->counters();
    status.open_commands = session_->operations().open().size();
  }
  status.restarts = restarts_;
  status.quarantines = quarantines_;
  status.uncommitted = uncommitted_.size();
  if (const auto* process = dynamic_cast<const ProcessEngine*>(engine_.get())) {
    status.pid = process->pid();
  }
  return status;
}

std::shared_ptr<Device> make_pure_device(DeviceSetup setup, DeviceListener& listener,
                                         boost::asio::any_io_executor executor) {
  auto device = std::make_shared<PureDevice>(std::move(setup), listener, std::move(executor));
  device->open_ports();
  return device;
}

}  // namespace cartwright::host
