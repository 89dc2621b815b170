#pragma once

#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "host/device_base.hpp"
#include "host/link_port.hpp"
#include "host/loader.hpp"
#include "host/record_schema.hpp"

namespace cartwright::host {

// A pure driver with real links: session, engine and ports on one executor. It pumps: as long as
// the session knows a next call it is made; what a call asked for is handed out right after its
// commit.
class PureDevice final : public DeviceBase,
                         private SessionSink,
                         private EngineListener,
                         public LinkPort::Owner {
 public:
  PureDevice(DeviceSetup setup, DeviceListener& listener, boost::asio::any_io_executor executor);
  ~PureDevice() override;

  // Makes the links, opens none. Once. Error for one that can not be.
  void open_ports();

  void start() override;
  void stop(std::function<void()> done) override;
  std::uint64_t command(std::uint32_t unit, Record command, std::chrono::nanoseconds soft,
                        std::chrono::nanoseconds hard, CommandDone done) override;
  void cancel(std::uint64_t op) override;
  DeviceStatus status() const override;

 private:
  struct End {
    std::uint64_t op;
    std::int32_t status;
    Record result;
  };
  // A command that came before the driver was ready.
  struct Early {
    std::uint32_t unit;
    Record command;
    Deadlines deadlines;
    CommandDone done;
  };

  void engine_ready(std::uint32_t state_size) override;
  void engine_refused(const std::string& text) override;
  void engine_replied(const CallReply& reply) override;
  void engine_died(Loss loss, const std::string& text) override;

  void on_event(const cw_record& event) override;
  void on_io(const cw_io& io, ByteView data) override;
  void on_done(std::uint64_t op, std::int32_t status, const cw_record* result) override;
  void on_keep(std::uint32_t key, std::uint32_t flags, ByteView value) override;
  void on_blob_read(const BlobReadEffect& read) override;
  void on_log(std::uint32_t level, std::string_view text) override;
  void on_fault(std::uint32_t unit, std::string_view text) override;
  void on_replug(std::uint32_t link, std::uint64_t within_ns) override;
  void on_link_restart(std::uint32_t link) override;

  void port_up(std::uint32_t link, const link::UpInfo& info) override;
  void port_down(std::uint32_t link, link::DownReason reason) override;
  void port_data(std::uint32_t link, std::uint32_t pipe, ByteView bytes) override;
  void port_lines(std::uint32_t link, std::uint32_t lines) override;
  void port_finished(std::uint32_t link, const LinkPort::Finished& finished) override;

  std::shared_ptr<LinkPort::Owner> self();
  std::weak_ptr<LinkPort::Owner> weak_port_owner();
  template <typename Action>
  auto later(Action action);

  void pump();
  void rest();
  void finish_call(const CallReply& reply);
  void deliver();
  void flush_ports();
  void tell_session();
  void committed(std::uint64_t batch);
  void update_state();
  std::uint64_t begin(Early wanted);
  void end_early(std::int32_t status);
  void restart(const std::string& why);
  void quarantine(const std::string& why);
  void leave_quarantine();
  void fail(const std::string& why);
  void finish_stop();
  bool ports_idle() const;
  bool ended() const;

  std::unique_ptr<Plugin> plugin_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<Session> session_;
  std::vector<std::unique_ptr<LinkPort>> ports_;
  boost::asio::steady_timer timer_;        // the session's next deadline
  boost::asio::steady_timer pause_timer_;  // before a restart
  boost::asio::steady_timer stop_timer_;
  std::optional<std::uint64_t> armed_;

  // What the session asked for in the commit at hand.
  std::vector<Record> events_;
  std::deque<End> ends_;
  std::vector<BlobReadEffect> blob_reads_;
  std::vector<std::pair<std::uint32_t, LinkPort::Finished>> replaced_;
  bool batch_used_ = false;

  std::uint64_t next_batch_ = 1;
  std::set<std::uint64_t> uncommitted_;
  std::vector<Early> early_commands_;
  std::vector<std::function<void()>> stopped_told_;
  const CallRequest* request_ = nullptr;
  RestartPlan plan_;
  std::string restart_reason_;
  std::uint32_t state_size_ = 0;
  std::uint64_t restarts_ = 0;
  std::uint64_t quarantines_ = 0;
  bool engine_ready_ = false;
  bool restarting_ = false;
  bool pumping_ = false;
  bool stopping_ = false;
};

// Runs `action` on the executor if the device still stands.
template <typename Action>
auto PureDevice::later(Action action) {
  return [weak = std::weak_ptr<DeviceBase>(shared_from_this()),
          action = std::move(action)](auto&&...) {
    if (const auto alive = weak.lock()) action(static_cast<PureDevice&>(*alive));
  };
}

}  // namespace cartwright::host
