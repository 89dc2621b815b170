#include "simulators/runner.hpp"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <utility>

#include "base/error.hpp"
#include "link/scenario_words.hpp"
#include "simulators/endpoint.hpp"
#include "simulators/registry.hpp"

namespace cartwright::simulators {
namespace {

using Clock = std::chrono::steady_clock;

// `scale0` for the unit `scanner0` of a device that is both; "" where it is one thing.
std::string second_unit(const std::string& unit, const Protocol& protocol) {
  if (protocol.second_class.empty()) return {};
  return std::string(protocol.second_class) + unit.substr(protocol.device_class.size());
}

// The happenings of this device alone.
std::vector<link::Happening> select(const RunOptions& options, const Protocol& protocol) {
  if (!options.unit.empty() && link::class_of(options.unit) != protocol.device_class) {
    throw Error(ErrorKind::invalid_input,
                "unit " + options.unit + " is no " + std::string(protocol.device_class) +
                    ", which is what " + std::string(protocol.name) + " simulates");
  }
  std::vector<link::Happening> selected;
  if (!options.scenario) return selected;
  for (const link::Happening& what : options.scenario->happenings) {
    const auto kind = link::class_of(what.unit);
    const bool of_class = kind == protocol.device_class ||
                          (!protocol.second_class.empty() && kind == protocol.second_class);
    const bool meant = options.unit.empty() ? of_class
                                            : what.unit == options.unit ||
                                                  what.unit == second_unit(options.unit, protocol);
    if (meant) selected.push_back(what);
  }
  return selected;
}

}  // namespace

class Runner::State : public std::enable_shared_from_this<Runner::State> {
 public:
  State(const boost::asio::any_io_executor& executor, const RunOptions& options,
        RunListener listener)
      : protocol_(find_protocol(options.protocol)),
        listener_(std::move(listener)),
        line_(protocol_.make(options.options), options.faults),
        endpoint_(make_endpoint(options.listen, executor)),
        happenings_(select(options, protocol_)),
        has_scenario_(options.scenario.has_value()),
        timer_(executor) {}

  void start() {
    if (!line_.device().descriptor().empty()) {
      throw Error(ErrorKind::invalid_input,
                  std::string(protocol_.name) +
                      " is a USB device: its reports can not be served on a pty or over tcp. "
                      "`cartwright decode " +
                      std::string(protocol_.driver) + "` reads single reports");
    }
    started_ = Clock::now();
    running_ = true;
    follow_plug();
    show();
    wait();
  }

  void stop() {
    running_ = false;
    timer_.cancel();
    endpoint_->close();
  }

  void happen(const link::Happening& what) {
    line_.happen(what, now());
    if (listener_.happened) listener_.happened(what);
    step();
  }

  std::string address() const { return endpoint_->address(); }
  const Simulator& device() const { return line_.device(); }

 private:
  nanoseconds now() const { return Clock::now() - started_; }

  void received(ByteView bytes) {
    if (!running_) return;
    if (listener_.received) listener_.received(bytes);
    line_.bytes_in(bytes, now());
    step();
  }

  // All that is due, then sleep until there is more.
  void step() {
    const Bytes bytes = line_.due(now());
    follow_plug();
    if (!bytes.empty()) {
      if (listener_.sent) listener_.sent(bytes);
      endpoint_->write(bytes);
    }
    show();
    wait();
  }

  void follow_plug() {
    if (plugged_ == line_.plugged()) return;
    plugged_ = line_.plugged();
    if (!plugged_) {
      endpoint_->close();
      if (listener_.cut) listener_.cut();
      return;
    }
    endpoint_->open([weak = weak_from_this()](ByteView bytes) {
      if (const auto self = weak.lock()) self->received(bytes);
    });
    if (listener_.ready) listener_.ready(endpoint_->address());
  }

  void show() {
    auto lines = line_.device().screen();
    if (lines == screen_) return;
    screen_ = std::move(lines);
    if (listener_.screen) listener_.screen(screen_);
  }

  void wait() {
    std::optional<nanoseconds> next = line_.next_due();
    if (next_happening_ < happenings_.size()) {
      const nanoseconds at = happenings_[next_happening_].at;
      next = next ? std::min(*next, at) : at;
    } else if (has_scenario_ && !std::exchange(told_over_, true)) {
      if (listener_.scenario_over) listener_.scenario_over();
    }
    if (!next) return;
    timer_.expires_at(started_ + *next);
    timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
      const auto self = weak.lock();
      if (!error && self && self->running_) self->wake();
    });
  }

  void wake() {
    while (next_happening_ < happenings_.size() && happenings_[next_happening_].at <= now()) {
      const link::Happening& what = happenings_[next_happening_++];
      line_.happen(what, now());
      follow_plug();
      if (listener_.happened) listener_.happened(what);
    }
    step();
  }

  const Protocol& protocol_;
  RunListener listener_;
  SimulatedLine line_;
  std::unique_ptr<Endpoint> endpoint_;
  std::vector<link::Happening> happenings_;
  bool has_scenario_;
  boost::asio::steady_timer timer_;
  Clock::time_point started_;
  std::size_t next_happening_ = 0;
  bool running_ = false;
  bool plugged_ = false;
  bool told_over_ = false;
  std::vector<std::string> screen_;
};

Runner::Runner(boost::asio::any_io_executor executor, RunOptions options, RunListener listener)
    : state_(std::make_shared<State>(executor, options, std::move(listener))) {}

Runner::~Runner() {
  state_->stop();
}

void Runner::start() {
  state_->start();
}
void Runner::happen(const link::Happening& what) {
  state_->happen(what);
}
void Runner::stop() {
  state_->stop();
}
std::string Runner::address() const {
  return state_->address();
}
const Simulator& Runner::device() const {
  return state_->device();
}

std::vector<std::string> render(std::string_view protocol, const OptionValues& options,
                                ByteView bytes) {
  const auto device = find_protocol(protocol).make(options);
  device->bytes_in(bytes, nanoseconds{0});
  auto screen = device->screen();
  if (screen.empty()) {
    throw Error(ErrorKind::invalid_input,
                "a simulated " + std::string(protocol) + " has no screen to show");
  }
  return screen;
}

}  // namespace cartwright::simulators
