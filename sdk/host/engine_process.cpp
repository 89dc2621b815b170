#include "host/engine_process.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "host/child_watch.hpp"
#include "host/input_block.hpp"

namespace cartwright::host {

using wire::MessageKind;

class ProcessEngine::Run final : public ChildWatch::Owner,
                                 public std::enable_shared_from_this<Run> {
 public:
  Run(boost::asio::any_io_executor executor, std::filesystem::path plugin, InitBlock init,
      const ProcessLimits& limits)
      : executor_(std::move(executor)),
        plugin_(std::move(plugin)),
        init_(std::move(init)),
        limits_(limits) {}

  void start(EngineListener& listener) {
    stop();
    listener_ = &listener;
    ready_ = false;
    outstanding_ = nullptr;
    known_serial_.reset();
    try {
      child_ = std::make_shared<ChildWatch>(executor_, find_plugin_host(), plugin_, ++generation_,
                                            *this);
    } catch (const Error& error) {
      listener.engine_refused(error.what());
      return;
    }
    child_->start();
    child_->expect(limits_.start, "the start of the plugin's process");
    const Bytes init = init_.encode();
    const wire::Setup setup{static_cast<std::uint32_t>(init.size()), 0};
    wire::Outgoing(MessageKind::setup, generation_, 0)
        .body(setup)
        .part(init)
        .send(child_->socket(), false);
  }

  void stop() {
    listener_ = nullptr;
    if (child_) child_->stop();
    child_.reset();
  }

  void call(const CallRequest& request) {
    outstanding_ = &request;
    // A process that died meanwhile shows soon as its end; the call has had no effect then.
    if (!child_) return;
    const bool has_state = request.kind == CallKind::init || known_serial_ == request.state_serial;
    const wire::Call call{static_cast<std::uint32_t>(request.kind),
                          has_state ? 0 : static_cast<std::uint32_t>(request.state.size()),
                          static_cast<std::uint32_t>(request.input.size()), 0};
    child_->expect(limits_.call, "a call");
    wire::Outgoing message(MessageKind::call, generation_, request.number);
    message.body(call);
    if (!has_state) message.part(request.state);
    const int failed = message.part(request.input).send(child_->socket(), false);
    known_serial_ = request.state_serial;
    if (failed == EMSGSIZE || failed == EAGAIN) {
      child_->kill(Loss::overdue, "its socket took no call");
    }
  }

  int pid() const { return child_ ? child_->pid() : 0; }

 private:
  bool child_sent(const wire::Incoming& message) override {
    switch (message.kind) {
      case MessageKind::ready:
        return take_ready(message.body);
      case MessageKind::refused:
        take_refusal(message.body);
        return true;
      case MessageKind::reply:
        return take_reply(message);
      default:
        return false;
    }
  }

  bool take_ready(ByteView body) {
    const auto* ready = wire::take<wire::Ready>(body);
    if (ready == nullptr || ready_ || ready->state_size == 0 ||
        ready->state_size > CW_STATE_LIMIT) {
      return false;
    }
    ready_ = true;
    child_->satisfied();
    listener_->engine_ready(ready->state_size);
    return true;
  }

  void take_refusal(ByteView body) {
    EngineListener* const listener = listener_;
    const std::string text(as_text(body));
    stop();
    listener->engine_refused(text.substr(0, text.find('\0')));
  }

  bool take_reply(const wire::Incoming& message) {
    if (outstanding_ == nullptr || message.number != outstanding_->number) return false;
    const CallRequest& request = *outstanding_;
    const auto view = read_input(request.input);
    const auto reply =
        wire::read_reply(message.body, init_.shape(), request.state.size(), view ? view->shown : 0);
    if (!reply) return false;
    if (reply->reply.status >= 0) {
      if (request.kind == CallKind::init) {
        std::fill(request.state.begin(), request.state.end(), std::byte{0});
      }
      if (!wire::apply_runs(reply->runs, request.state)) return false;
      known_serial_ = request.state_serial + 1;
    } else if (request.kind == CallKind::init) {
      known_serial_.reset();
    }
    outstanding_ = nullptr;
    child_->satisfied();
    listener_->engine_replied(reply->reply);
    return true;
  }

  void child_ended(const ProcessEnd& end) override {
    EngineListener* const listener = listener_;
    const auto self = shared_from_this();
    child_.reset();
    outstanding_ = nullptr;
    if (listener != nullptr) listener->engine_died(end.loss, end.text);
  }

  boost::asio::any_io_executor executor_;
  std::filesystem::path plugin_;
  InitBlock init_;
  ProcessLimits limits_;
  EngineListener* listener_ = nullptr;
  std::shared_ptr<ChildWatch> child_;
  std::uint64_t generation_ = 0;
  const CallRequest* outstanding_ = nullptr;
  std::optional<std::uint64_t> known_serial_;  // of the state that the process has
  bool ready_ = false;
};

ProcessEngine::ProcessEngine(boost::asio::any_io_executor executor, std::filesystem::path plugin,
                             InitBlock init, const ProcessLimits& limits)
    : run_(std::make_shared<Run>(std::move(executor), std::move(plugin), std::move(init), limits)) {
}

ProcessEngine::~ProcessEngine() {
  run_->stop();
}

void ProcessEngine::start(EngineListener& listener) {
  run_->start(listener);
}

std::optional<CallReply> ProcessEngine::call(const CallRequest& request) {
  run_->call(request);
  return std::nullopt;
}

void ProcessEngine::stop() {
  run_->stop();
}

int ProcessEngine::pid() const {
  return run_->pid();
}

}  // namespace cartwright::host
