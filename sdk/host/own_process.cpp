#include "host/own_process.hpp"

#include "base/error.hpp"
#include "host/child_watch.hpp"

namespace cartwright::host {

using wire::MessageKind;

class OwnProcess::Run final : public ChildWatch::Owner, public std::enable_shared_from_this<Run> {
 public:
  Run(boost::asio::any_io_executor executor, std::filesystem::path plugin, InitBlock init,
      const ProcessLimits& limits)
      : executor_(std::move(executor)),
        plugin_(std::move(plugin)),
        init_(std::move(init)),
        limits_(limits) {}

  void start(OwnListener& listener, ByteView kept) {
    stop();
    listener_ = &listener;
    ready_ = false;
    destroying_ = false;
    try {
      child_ = std::make_shared<ChildWatch>(executor_, find_plugin_host(), plugin_, ++generation_,
                                            *this);
    } catch (const Error& error) {
      listener.own_refused(error.what());
      return;
    }
    child_->start();
    child_->expect(limits_.start, "the start of the plugin");
    const Bytes init = init_.encode();
    const wire::Setup setup{static_cast<std::uint32_t>(init.size()),
                            static_cast<std::uint32_t>(kept.size())};
    wire::Outgoing message(MessageKind::setup, generation_, 0);
    send(message.body(setup).part(init).part(kept));
  }

  void stop() {
    listener_ = nullptr;
    if (child_) child_->stop();
    child_.reset();
  }

  void tell(MessageKind kind, std::uint64_t number, ByteView body) {
    wire::Outgoing message(kind, generation_, number);
    send(message.part(body));
  }

  void blob_answer(std::uint64_t request, std::int32_t status, ByteView piece) {
    const wire::BlobAnswer answer{status, static_cast<std::uint32_t>(piece.size())};
    wire::Outgoing message(MessageKind::blob_answer, generation_, request);
    send(message.body(answer).part(piece));
  }

  void destroy() {
    destroying_ = true;
    if (child_) child_->expect(limits_.start, "the end of the plugin");
    tell(MessageKind::destroy, 0, {});
  }

  void kill(const std::string& why) {
    if (child_) child_->kill(Loss::overdue, why);
  }

  int pid() const { return child_ ? child_->pid() : 0; }

 private:
  void send(wire::Outgoing& message) {
    if (!child_) return;
    const int failed = message.send(child_->socket(), false);
    if (failed == EAGAIN || failed == EMSGSIZE) {
      child_->kill(Loss::overdue, "it has not taken its commands for too long");
    }
  }

  bool child_sent(const wire::Incoming& message) override {
    switch (message.kind) {
      case MessageKind::ready:
        if (ready_) return false;
        ready_ = true;
        child_->satisfied();
        listener_->own_ready();
        return true;
      case MessageKind::refused:
        take_refusal(message.body);
        return true;
      case MessageKind::post:
        return take_post(message.body);
      case MessageKind::blob_ask:
        return take_ask(message);
      default:
        return false;
    }
  }

  void take_refusal(ByteView body) {
    OwnListener* const listener = listener_;
    const std::string text(as_text(body));
    stop();
    listener->own_refused(text.substr(0, text.find('\0')));
  }

  bool take_post(ByteView body) {
    if (check_effects(body, init_.shape())) return false;
    EffectReader reader(body);
    while (listener_ != nullptr) {
      const auto effect = reader.next();
      if (!effect) break;
      const bool allowed = !std::holds_alternative<IoEffect>(*effect) &&
                           !std::holds_alternative<TimerEffect>(*effect) &&
                           !std::holds_alternative<BlobReadEffect>(*effect) &&
                           !std::holds_alternative<ReplugEffect>(*effect);
      if (!allowed) return false;
      listener_->own_effect(*effect);
    }
    return true;
  }

  bool take_ask(const wire::Incoming& message) {
    ByteView body = message.body;
    const auto* ask = wire::take<wire::BlobAsk>(body);
    if (ask == nullptr || ask->size > CW_BLOB_PIECE_LIMIT) return false;
    listener_->own_blob_ask(message.number, ask->blob, ask->offset, ask->size);
    return true;
  }

  void child_ended(const ProcessEnd& end) override {
    OwnListener* const listener = listener_;
    const auto self = shared_from_this();
    child_.reset();
    if (listener == nullptr) return;
    if (destroying_) {
      listener->own_ended();
    } else {
      listener->own_died(end.loss, end.text);
    }
  }

  boost::asio::any_io_executor executor_;
  std::filesystem::path plugin_;
  InitBlock init_;
  ProcessLimits limits_;
  OwnListener* listener_ = nullptr;
  std::shared_ptr<ChildWatch> child_;
  std::uint64_t generation_ = 0;
  bool ready_ = false;
  bool destroying_ = false;
};

OwnProcess::OwnProcess(boost::asio::any_io_executor executor, std::filesystem::path plugin,
                       InitBlock init, const ProcessLimits& limits)
    : run_(std::make_shared<Run>(std::move(executor), std::move(plugin), std::move(init), limits)) {
}

OwnProcess::~OwnProcess() {
  run_->stop();
}

void OwnProcess::start(OwnListener& listener, ByteView kept) {
  run_->start(listener, kept);
}
void OwnProcess::command(const Record& command) {
  run_->tell(MessageKind::command, command.header().op, command.bytes());
}
void OwnProcess::cancel(std::uint64_t op) {
  run_->tell(MessageKind::cancel, op, {});
}
void OwnProcess::blob_answer(std::uint64_t request, std::int32_t status, ByteView piece) {
  run_->blob_answer(request, status, piece);
}
void OwnProcess::destroy() {
  run_->destroy();
}
void OwnProcess::kill(const std::string& why) {
  run_->kill(why);
}
void OwnProcess::stop() {
  run_->stop();
}
int OwnProcess::pid() const {
  return run_->pid();
}

}  // namespace cartwright::host
