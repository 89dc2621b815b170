#include "host/link_port.hpp"

#include <array>

namespace cartwright::host {
namespace {

constexpr std::array<link::RequestKind, 11> request_kinds{
    link::RequestKind::write,       link::RequestKind::feature_get,
    link::RequestKind::feature_set, link::RequestKind::control_in,
    link::RequestKind::control_out, link::RequestKind::line_settings,
    link::RequestKind::modem_lines, link::RequestKind::send_break,
    link::RequestKind::connect,     link::RequestKind::close,
    link::RequestKind::reset};
static_assert(CW_IO_WRITE == 1 && CW_IO_RESET == request_kinds.size());

std::int32_t status_of(link::Result result) {
  switch (result) {
    case link::Result::ok:
      return CW_OK;
    case link::Result::timeout:
      return CW_TIMEOUT;
    case link::Result::link_down:
      return CW_LINK_DOWN;
    case link::Result::cancelled:
      return CW_CANCELLED;
    case link::Result::unsupported:
      return CW_UNSUPPORTED;
    case link::Result::error:
      return CW_DEVICE_ERROR;
  }
  return CW_DEVICE_ERROR;
}

}  // namespace

LinkPort::LinkPort(std::uint32_t index, std::string name, std::string uri,
                   std::unique_ptr<link::Link> link, std::weak_ptr<Owner> owner)
    : index_(index),
      name_(std::move(name)),
      uri_(std::move(uri)),
      link_(std::move(link)),
      owner_(std::move(owner)) {}

void LinkPort::stop() {
  queue_.clear();
  owner_.reset();
  link_->stop();
  up_ = false;
}

void LinkPort::add(const cw_io& io, ByteView data, std::uint64_t life, std::uint64_t batch,
                   std::vector<Finished>& replaced) {
  if (io.kind < CW_IO_WRITE || io.kind > CW_IO_RESET) {
    replaced.push_back({life, io.pipe, io.token, CW_UNSUPPORTED, 0, {}, 0});
    return;
  }
  Waiting waiting{{}, io.token, life, 0, false};
  waiting.request.kind = request_kinds[io.kind - CW_IO_WRITE];
  waiting.request.pipe = io.pipe;
  waiting.request.timeout = std::chrono::nanoseconds(io.timeout_ns);
  waiting.request.request_type = io.request_type;
  waiting.request.request = io.request;
  waiting.request.value = io.value;
  waiting.request.index = io.index;
  waiting.request.data.assign(data.begin(), data.end());
  waiting.request.sensitive = (io.flags & CW_IO_SENSITIVE) != 0;
  waiting.batch = (io.flags & CW_IO_AFTER_COMMIT) != 0 ? batch : 0;
  waiting.replaceable = io.kind == CW_IO_WRITE && (io.flags & CW_IO_REPLACE_QUEUED) != 0;
  waiting.call = batch;
  if (waiting.replaceable) {
    std::erase_if(queue_, [&](const Waiting& old) {
      if (!old.replaceable || old.request.pipe != io.pipe || old.call == batch) return false;
      replaced.push_back(
          {old.life, old.request.pipe, old.token, CW_CANCELLED, 0, {}, CW_IN_REPLACED});
      return true;
    });
  }
  queue_.push_back(std::move(waiting));
}

void LinkPort::expect_replug(std::chrono::nanoseconds within) {
  Waiting waiting{{}, 0, 0, 0, false};
  waiting.request.kind = link::RequestKind::expect_replug;
  waiting.request.timeout = within;
  queue_.push_back(std::move(waiting));
}

void LinkPort::reopen() {
  Waiting up{{}, 0, 0, 0, false};
  up.request.kind = link::RequestKind::connect;
  Waiting down{{}, 0, 0, 0, false};
  down.request.kind = link::RequestKind::close;
  queue_.push_front(std::move(up));
  queue_.push_front(std::move(down));
}

void LinkPort::flush(const std::function<bool(std::uint64_t)>& held) {
  if (in_flight_ || queue_.empty()) return;
  if (queue_.front().batch != 0 && held(queue_.front().batch)) return;
  Waiting next = std::move(queue_.front());
  queue_.pop_front();
  submit(std::move(next));
}

void LinkPort::submit(Waiting waiting) {
  in_flight_ = true;
  const Finished about{waiting.life, waiting.request.pipe, waiting.token, 0, 0, {}, 0};
  // The owner keeps the port alive; once it is gone nobody is told.
  link_->submit(std::move(waiting.request),
                [this, about, owner = owner_](const link::Completion& completion) {
                  const auto alive = owner.lock();
                  if (!alive) return;
                  in_flight_ = false;
                  Finished finished = about;
                  finished.status = status_of(completion.result);
                  finished.written = completion.written;
                  finished.data = completion.data;
                  alive->port_finished(index_, finished);
                });
}

void LinkPort::set_reading(bool wanted) {
  if (wanted == reading_) return;
  reading_ = wanted;
  link_->set_reading(wanted);
}

LinkStatus LinkPort::status() const {
  return {name_, uri_, up_, reason_, link_->counters()};
}

void LinkPort::link_up(const link::UpInfo& info) {
  up_ = true;
  reason_.clear();
  if (const auto owner = owner_.lock()) owner->port_up(index_, info);
}

void LinkPort::link_data(std::uint32_t pipe, ByteView bytes) {
  if (const auto owner = owner_.lock()) owner->port_data(index_, pipe, bytes);
}

void LinkPort::link_lines(const link::ModemLines& lines) {
  const std::uint32_t bits = (lines.cts ? CW_LINE_CTS : 0) | (lines.dsr ? CW_LINE_DSR : 0) |
                             (lines.dcd ? CW_LINE_DCD : 0) | (lines.ri ? CW_LINE_RI : 0);
  if (const auto owner = owner_.lock()) owner->port_lines(index_, bits);
}

void LinkPort::link_down(link::DownReason reason, const std::string& text) {
  up_ = false;
  reason_ = text;
  if (const auto owner = owner_.lock()) owner->port_down(index_, reason);
}

std::int32_t down_status(link::DownReason reason) {
  switch (reason) {
    case link::DownReason::hang_up:
      return CW_DOWN_HANG_UP;
    case link::DownReason::unplugged:
      return CW_DOWN_UNPLUGGED;
    case link::DownReason::not_there:
      return CW_DOWN_NOT_THERE;
    case link::DownReason::in_use:
      return CW_DOWN_IN_USE;
    case link::DownReason::refused:
      return CW_DOWN_REFUSED;
    case link::DownReason::closed:
      return CW_DOWN_CLOSED;
    case link::DownReason::error:
      return CW_DOWN_ERROR;
  }
  return CW_DOWN_ERROR;
}

}  // namespace cartwright::host
