#include "host/probe.hpp"

#include <cartwright/abi/device.h>
#include <cartwright/abi/effects.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/error.hpp"
#include "host/record_schema.hpp"

namespace cartwright::host {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds pause{100};  // between two questions

class Prober final : public DeviceListener {
 public:
  Prober(DeviceSetup setup, milliseconds limit) : limit_(limit), wait_(context_), end_(context_) {
    setup.record.clear();
    device_ = make_device(std::move(setup), *this, context_.get_executor());
  }

  ProbeResult run() {
    end_.expires_after(limit_);
    end_.async_wait([this](boost::system::error_code error) {
      if (!error) finish();
    });
    device_->start();
    context_.run();
    return result_;
  }

 private:
  void device_events(Device&, std::vector<Record>, std::function<void()>) override {}

  void device_changed(Device&, DeviceState state, const std::string& reason) override {
    if (ended_) return;
    if (state == DeviceState::up) return ask();
    wait_.cancel();
    result_.why = std::string(to_text(state)) + (reason.empty() ? "" : ": " + reason);
    if (state == DeviceState::failed || state == DeviceState::quarantined) finish();
  }

  void ask() {
    RecordBuilder build(CW_DEVICE_CHECK_HEALTH, sizeof(cw_record));
    device_->command(0, build.take(), limit_, limit_,
                     [this](std::int32_t status, const Record&) { answered(status); });
  }

  void answered(std::int32_t status) {
    if (ended_) return;
    result_.well = status == CW_OK;
    if (result_.well || status == CW_UNSUPPORTED) {
      result_.why = result_.well ? "" : "its driver can not ask the device for its health";
      return finish();
    }
    result_.why = "check_health ended " + std::string(status_name(status));
    wait_.expires_after(pause);
    wait_.async_wait([this](boost::system::error_code error) {
      if (!error && !ended_) ask();
    });
  }

  // Lets the driver say its last word, then leaves run().
  void finish() {
    if (ended_) return;
    ended_ = true;
    wait_.cancel();
    end_.cancel();
    device_->stop([this] { context_.stop(); });
  }

  milliseconds limit_;
  boost::asio::io_context context_{1};
  boost::asio::steady_timer wait_;
  boost::asio::steady_timer end_;
  std::shared_ptr<Device> device_;
  ProbeResult result_;
  bool ended_ = false;
};

}  // namespace

ProbeResult probe(DeviceSetup setup, milliseconds limit) {
  try {
    return Prober(std::move(setup), limit).run();
  } catch (const Error& error) {
    return {false, error.what()};
  }
}

}  // namespace cartwright::host
