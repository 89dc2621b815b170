#include "link/recording_link.hpp"

#include <boost/asio/steady_timer.hpp>
#include <ctime>
#include <utility>

#include "base/error.hpp"
#include "link/recording.hpp"

namespace cartwright::link {
namespace {

using Clock = std::chrono::steady_clock;

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  char text[32];
  const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text, length};
}

// The file and its clock. Shared with requests that end after the link has gone.
struct Tape : std::enable_shared_from_this<Tape> {
  Tape(const RecordingOptions& options, boost::asio::any_io_executor executor)
      : writer(options.file, {options.uri, utc_now(), options.sensitive}),
        failed(options.failed),
        timer(std::move(executor)) {
    writer.flush();
  }

  template <typename Entry>
  void add(Entry entry) {
    guard([&] { writer.add({Clock::now() - started, std::move(entry)}); });
    if (!flush_due && !broken) {
      flush_due = true;
      timer.expires_after(std::chrono::seconds(1));
      timer.async_wait([tape = weak_from_this()](boost::system::error_code error) {
        if (const auto self = tape.lock(); self && !error) {
          self->flush_due = false;
          self->guard([&] { self->writer.flush(); });
        }
      });
    }
  }

  void finish() {
    timer.cancel();
    flush_due = false;
    guard([&] { writer.flush(); });
  }

  template <typename Step>
  void guard(Step step) {
    try {
      step();
    } catch (const Error& error) {
      broken = true;
      if (const auto tell = std::exchange(failed, nullptr)) {
        tell(error.what());
      }
    }
  }

  RecordingWriter writer;
  std::function<void(const std::string&)> failed;
  boost::asio::steady_timer timer;
  Clock::time_point started = Clock::now();
  bool flush_due = false;
  bool broken = false;
};

Payload payload(ByteView bytes, bool sensitive) {
  return sensitive ? Payload::redact(bytes.size()) : Payload::plain(bytes);
}

void record_end(Tape& tape, const Request& request, const Completion& completion) {
  if (request.kind != RequestKind::write) {
    tape.add(RequestEntry{request.kind, completion.result, request.pipe, request.request_type,
                          request.request, request.value, request.index,
                          payload(request.data, request.sensitive),
                          payload(completion.data, request.sensitive)});
  } else if (completion.written > 0) {
    const ByteView sent(request.data);
    tape.add(TxEntry{request.pipe, payload(sent.first(completion.written), request.sensitive)});
  }
}

class RecordingLink final : public Link, private Listener {
 public:
  RecordingLink(std::unique_ptr<Link> inner, std::shared_ptr<Tape> tape)
      : tape_(std::move(tape)), inner_(std::move(inner)) {}
  ~RecordingLink() override { RecordingLink::stop(); }

  void start(Listener& listener) override {
    listener_ = &listener;
    inner_->start(*this);
  }
  void stop() override {
    inner_->stop();
    tape_->finish();
  }
  void submit(Request request, Done done) override {
    auto kept = std::make_shared<Request>(request);
    inner_->submit(std::move(request), [tape = tape_, kept = std::move(kept),
                                        done = std::move(done)](const Completion& completion) {
      record_end(*tape, *kept, completion);
      done(completion);
    });
  }
  void set_reading(bool wanted) override { inner_->set_reading(wanted); }
  const Counters& counters() const override { return inner_->counters(); }

 private:
  void link_up(const UpInfo& info) override {
    tape_->add(UpEntry{info.shape, info.address, info.descriptor, info.usb_id});
    listener_->link_up(info);
  }
  void link_data(std::uint32_t pipe, ByteView bytes) override {
    tape_->add(RxEntry{pipe, Payload::plain(bytes)});
    listener_->link_data(pipe, bytes);
  }
  void link_lines(const ModemLines& lines) override {
    tape_->add(LinesEntry{lines.cts, lines.dsr, lines.dcd, lines.ri});
    listener_->link_lines(lines);
  }
  void link_down(DownReason reason, const std::string& text) override {
    tape_->add(DownEntry{reason, text});
    listener_->link_down(reason, text);
  }

  std::shared_ptr<Tape> tape_;
  std::unique_ptr<Link> inner_;
  Listener* listener_ = nullptr;
};

}  // namespace

std::unique_ptr<Link> record_link(std::unique_ptr<Link> inner, RecordingOptions options,
                                  boost::asio::any_io_executor executor) {
  auto tape = std::make_shared<Tape>(options, std::move(executor));
  return std::make_unique<RecordingLink>(std::move(inner), std::move(tape));
}

}  // namespace cartwright::link
