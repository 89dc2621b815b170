#include "host/virtual_device.hpp"

#include <algorithm>
#include <deque>

#include "base/error.hpp"

namespace cartwright::host {
namespace {

InstanceShape shape_of(const Manifest& manifest) {
  return {static_cast<std::uint32_t>(std::max<std::size_t>(1, manifest.units.size())),
          static_cast<std::uint32_t>(std::max<std::size_t>(1, manifest.links.size()))};
}

std::vector<link::Shape> shapes_of(const Manifest& manifest) {
  std::vector<link::Shape> shapes;
  for (const ManifestLink& entry : manifest.links) shapes.push_back(entry.shape);
  if (shapes.empty()) shapes.push_back(link::Shape::stream);
  return shapes;
}

// A seed of its own would make two runs differ.
constexpr InitBlock::Seed kSeed{};

std::int32_t status_of(const cw_io& io) {
  switch (io.kind) {
    case CW_IO_FEATURE_GET:
    case CW_IO_CONTROL_IN:
      return CW_UNSUPPORTED;  // there is nobody to answer
    default:
      return CW_OK;
  }
}

}  // namespace

// Passes everything on and remembers which requests want to be told that they are done.
class VirtualDevice::Wire final : public SessionSink {
 public:
  struct Finished {
    cw_io io;
    std::uint64_t written;
  };

  explicit Wire(SessionSink& next) : next_(next) {}

  void on_event(const cw_record& event) override { next_.on_event(event); }
  void on_io(const cw_io& io, ByteView data) override {
    next_.on_io(io, data);
    if (io.token != 0) finished.push_back({io, data.size()});
  }
  void on_done(std::uint64_t op, std::int32_t status, const cw_record* result) override {
    next_.on_done(op, status, result);
  }
  void on_keep(std::uint32_t key, std::uint32_t flags, ByteView value) override {
    next_.on_keep(key, flags, value);
  }
  void on_blob_read(const BlobReadEffect& read) override { next_.on_blob_read(read); }
  void on_log(std::uint32_t level, std::string_view text) override { next_.on_log(level, text); }
  void on_fault(std::uint32_t unit, std::string_view text) override { next_.on_fault(unit, text); }
  void on_replug(std::uint32_t link, std::uint64_t within_ns) override {
    next_.on_replug(link, within_ns);
  }
  void on_link_restart(std::uint32_t link) override { next_.on_link_restart(link); }

  std::deque<Finished> finished;

 private:
  SessionSink& next_;
};

VirtualDevice::VirtualDevice(const cw_driver& driver, const Manifest& manifest,
                             std::string_view settings, SessionSink& sink)
    : shapes_(shapes_of(manifest)),
      wire_(std::make_unique<Wire>(sink)),
      engine_(driver,
              InitBlock(check_settings(manifest, settings, "settings"), shape_of(manifest), kSeed)),
      session_(shape_of(manifest), driver.state_size, KeptValues(), *wire_) {}

VirtualDevice::~VirtualDevice() = default;

void VirtualDevice::start(ByteView descriptor, std::uint32_t usb_id) {
  settle();
  for (std::uint32_t link = 0; link < shapes_.size(); ++link) {
    link_up(link == 0 ? descriptor : ByteView{}, link, link == 0 ? usb_id : 0);
  }
}

void VirtualDevice::link_up(ByteView descriptor, std::uint32_t link, std::uint32_t usb_id) {
  session_.link_up(link, shapes_[link], descriptor, usb_id);
  settle();
}

void VirtualDevice::link_down(std::int32_t reason, std::uint32_t link) {
  session_.link_down(link, reason);
  settle();
}

void VirtualDevice::data(ByteView bytes, std::uint32_t link, std::uint32_t pipe) {
  // The pending span is bounded: a large arrival on a stream comes as a real line would bring it.
  constexpr std::size_t piece = 4096;
  if (shapes_[link] == link::Shape::messages || bytes.size() <= piece) {
    session_.data(link, pipe, bytes);
    return settle();
  }
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    session_.data(link, pipe, bytes.subspan(at, std::min(piece, bytes.size() - at)));
    settle();
  }
}

void VirtualDevice::advance(std::chrono::nanoseconds time) {
  const std::uint64_t until = now_ns_ + static_cast<std::uint64_t>(time.count());
  for (auto due = session_.next_deadline(); due && *due <= until; due = session_.next_deadline()) {
    now_ns_ = std::max(now_ns_, *due);
    settle();
  }
  now_ns_ = until;
  settle();
}

CommandStart VirtualDevice::command(Record command, std::uint32_t unit,
                                    std::chrono::nanoseconds soft, std::chrono::nanoseconds hard) {
  const auto from_now = [this](std::chrono::nanoseconds time) {
    return time.count() == 0 ? 0 : now_ns_ + static_cast<std::uint64_t>(time.count());
  };
  const CommandStart start =
      session_.command(std::move(command), unit, {from_now(soft), from_now(hard)});
  settle();
  return start;
}

void VirtualDevice::cancel(std::uint64_t op) {
  session_.cancel(op);
  settle();
}

ByteView VirtualDevice::waiting(std::uint32_t link, std::uint32_t pipe) const {
  return session_.waiting(link, pipe);
}

const SessionCounters& VirtualDevice::counters() const {
  return session_.counters();
}

void VirtualDevice::settle() {
  cw_now now{};
  now.struct_size = sizeof now;
  for (;;) {
    now.monotonic_ns = now_ns_;
    while (const CallRequest* request = session_.next_call(now)) {
      const bool starts = request->kind == CallKind::init;
      const auto reply = engine_.call(*request);
      if (starts && reply->status < 0) {
        throw Error(ErrorKind::invalid_input,
                    "settings: the driver refuses them: " + std::string(reply->text));
      }
      session_.commit(*reply);
    }
    if (wire_->finished.empty()) return;
    const Wire::Finished done = wire_->finished.front();
    wire_->finished.pop_front();
    const std::int32_t status = status_of(done.io);
    session_.io_done(session_.life(), done.io.link, done.io.pipe, done.io.token, status,
                     status == CW_OK ? done.written : 0, {}, 0);
  }
}

}  // namespace cartwright::host
