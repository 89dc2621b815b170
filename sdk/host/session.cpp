#include "host/session.hpp"

#include <algorithm>

namespace cartwright::host {

Session::Session(InstanceShape shape, std::uint32_t state_size, KeptValues kept, SessionSink& sink)
    : shape_(shape),
      state_size_(state_size),
      state_((state_size + 7) / 8),
      kept_(std::move(kept)),
      sink_(sink),
      links_(shape.links) {
  push_start(0);
}

void Session::push_start(std::uint32_t flags) {
  queue_.push_front({.kind = CW_IN_START, .flags = flags});
  queue_.push_front({.kind = init_entry});
}

void Session::link_up(std::uint32_t link, link::Shape shape, ByteView descriptor,
                      std::uint32_t usb_id) {
  LinkState& state = links_.at(link);
  state.shape = shape;
  state.descriptor.assign(descriptor.begin(), descriptor.end());
  state.usb_id = usb_id;
  queue_.push_back(
      {.kind = CW_IN_LINK_UP, .link = link, .token = usb_id, .extra = state.descriptor});
}

void Session::link_down(std::uint32_t link, std::int32_t reason) {
  LinkState& state = links_.at(link);
  queue_.push_back(
      {.kind = CW_IN_LINK_DOWN, .link = link, .epoch = state.arriving++, .status = reason});
}

void Session::line_state(std::uint32_t link, std::uint32_t lines) {
  queue_.push_back({.kind = CW_IN_LINE_STATE, .link = link, .count = lines});
}

void Session::io_done(std::uint64_t life, std::uint32_t link, std::uint32_t pipe,
                      std::uint64_t token, std::int32_t status, std::uint64_t written,
                      ByteView extra, std::uint32_t flags) {
  if (life != life_ || token == 0) return;
  queue_.push_back({.kind = CW_IN_IO_DONE,
                    .link = link,
                    .pipe = pipe,
                    .epoch = links_.at(link).arriving,
                    .status = status,
                    .flags = flags,
                    .token = token,
                    .count = written,
                    .extra = {extra.begin(), extra.end()}});
}

void Session::blob(std::uint64_t life, std::uint64_t token, std::uint64_t offset,
                   std::int32_t status, ByteView piece) {
  if (life != life_) return;
  queue_.push_back({.kind = CW_IN_BLOB,
                    .status = status,
                    .token = token,
                    .count = offset,
                    .extra = {piece.begin(), piece.end()}});
}

CommandStart Session::command(Record command, std::uint32_t unit, const Deadlines& deadlines) {
  if (stopped_ || unit >= shape_.units) return {0, CW_INVALID};
  const CommandStart start = operations_.begin(command, unit, deadlines);
  if (start.status == CW_OK) {
    queue_.push_back({.kind = CW_IN_COMMAND, .token = start.op, .command = std::move(command)});
  }
  return start;
}

void Session::cancel(std::uint64_t op) {
  Operations::Open* const open = operations_.find(op);
  if (open == nullptr || open->cancelled) return;
  open->cancelled = true;
  queue_.push_back({.kind = CW_IN_CANCEL, .status = CW_CANCELLED, .token = op});
}

void Session::stop() {
  queue_.push_back({.kind = CW_IN_STOP});
}

bool Session::wanted(const Entry& entry) {
  switch (entry.kind) {
    case CW_IN_DATA: {
      const Pipe* const pipe = shown_pipe(entry);
      if (pipe == nullptr || !pipe->unshown || pipe->pending.size() == 0) return false;
      return pipe->probe.has_value() || pipe->pending.full() ||
             pipe->pending.size() >= std::min(pipe->need, CW_PENDING_LIMIT);
    }
    case CW_IN_TIMER: {
      const Timer* const timer = find_timer(entry.link, entry.token);
      return timer != nullptr && timer->due;
    }
    case CW_IN_COMMAND:
    case CW_IN_CANCEL:
      return operations_.find(entry.token) != nullptr;
    default:
      return true;
  }
}

const CallRequest* Session::next_call(const cw_now& now) {
  if (outstanding_ || stopped_ || hopeless_) return nullptr;
  now_ns_ = now.monotonic_ns;
  expire_commands(now_ns_);
  fire_timers(now_ns_);
  while (!queue_.empty()) {
    Entry& entry = queue_.front();
    if (wanted(entry)) return prepare(entry, now);
    if (entry.kind == CW_IN_DATA) {
      if (Pipe* const pipe = shown_pipe(entry)) pipe->queued = false;
    }
    queue_.pop_front();
  }
  return nullptr;
}

void Session::before_call(Entry& entry) {
  if (entry.kind == CW_IN_LINK_DOWN) {
    std::erase_if(pipes_, [&](const Pipe& pipe) {
      if (pipe.link != entry.link || pipe.epoch > entry.epoch) return false;
      counters_.cleared += pipe.pending.size();
      return true;
    });
  } else if (entry.kind == CW_IN_START) {
    entry.extra = kept_.encode();
  }
}

const CallRequest* Session::prepare(Entry& entry, const cw_now& now) {
  before_call(entry);
  outstanding_ = true;
  shown_ = 0;
  ++request_.number;
  request_.state = {reinterpret_cast<std::byte*>(state_.data()), state_size_};
  request_.kind = entry.kind == init_entry ? CallKind::init : CallKind::input;
  request_.input = {};
  if (entry.kind == init_entry) return &request_;

  InputParts parts;
  parts.kind = entry.kind;
  parts.link = entry.link;
  parts.pipe = entry.pipe;
  parts.token = entry.token;
  parts.count = entry.count;
  parts.status = entry.status;
  parts.flags = entry.flags;
  parts.extra = entry.extra;
  parts.command = entry.command.bytes();
  parts.message_link = links_.at(entry.link).shape == link::Shape::messages;
  if (Pipe* const pipe = shown_pipe(entry)) {
    entry.pipe = parts.pipe = pipe->number;  // the same when the call comes back
    shown_ = extent(entry, *pipe);
    parts.pending = pipe->pending.bytes(shown_);
    parts.messages = pipe->pending.messages(shown_);
    parts.message_link = pipe->pending.shape() == link::Shape::messages;
    if (entry.kind == CW_IN_DATA) {
      pipe->queued = false;
      pipe->unshown = false;
      entry.count = pipe->pending.gap();
      parts.count = entry.count;
      parts.flags |= entry.count != 0 ? CW_IN_DISCONTINUITY : 0;
      parts.flags |= pipe->pending.full() ? CW_IN_FULL : 0;
      entry.flags = parts.flags & CW_IN_FULL;
    }
  }
  write_input(block_, now, parts);
  request_.input = std::as_bytes(std::span(block_));
  return &request_;
}

void Session::commit(const CallReply& reply) {
  ++counters_.calls;
  if (reply.status < 0) {
    if (!reply.text.empty()) warn("the call was rolled back: " + std::string(reply.text));
    ++counters_.rollbacks;
    lost(Loss::crashed);
    return;
  }
  outstanding_ = false;
  kills_in_row_ = 0;
  ++request_.state_serial;
  const Entry entry = std::move(queue_.front());
  queue_.pop_front();
  after_commit(entry);
  take_consumed(entry, reply.outcome);
  apply(reply.effects);
  end_incident_if_over();
}

void Session::after_commit(const Entry& entry) {
  switch (entry.kind) {
    case CW_IN_TIMER:
      std::erase_if(timers_, [&](const Timer& timer) {
        return timer.due && timer.link == entry.link && timer.id == entry.token;
      });
      break;
    case CW_IN_COMMAND:
      if (Operations::Open* const open = operations_.find(entry.token)) open->sent = true;
      break;
    case CW_IN_LINK_UP:
      links_.at(entry.link).told_up = true;
      break;
    case CW_IN_LINK_DOWN:
      links_.at(entry.link).told_up = false;
      break;
    case CW_IN_STOP:
      stopped_ = true;
      break;
    default:
      break;
  }
}

void Session::apply(ByteView effects) {
  EffectReader reader(effects);
  while (const auto effect = reader.next()) apply(*effect);
}

void Session::apply(const Effect& effect) {
  if (const auto* event = std::get_if<EmitEffect>(&effect)) {
    ++counters_.events;
    sink_.on_event(*event->event);
  } else if (const auto* io = std::get_if<IoEffect>(&effect)) {
    ++counters_.requests;
    sink_.on_io(*io->io, io->data);
  } else if (const auto* timer = std::get_if<TimerEffect>(&effect)) {
    set_timer(*timer);
  } else if (const auto* done = std::get_if<DoneEffect>(&effect)) {
    driver_done(*done);
  } else if (const auto* kept = std::get_if<KeepEffect>(&effect)) {
    keep(*kept);
  } else if (const auto* read = std::get_if<BlobReadEffect>(&effect)) {
    sink_.on_blob_read(*read);
  } else if (const auto* log = std::get_if<LogEffect>(&effect)) {
    sink_.on_log(log->level, log->text);
  } else if (const auto* fault = std::get_if<FaultEffect>(&effect)) {
    ++counters_.faults;
    sink_.on_fault(fault->unit, fault->text);
  } else if (const auto* replug = std::get_if<ReplugEffect>(&effect)) {
    sink_.on_replug(replug->link, replug->within_ns);
  }
}

void Session::warn(const std::string& text) {
  sink_.on_log(CW_LOG_WARNING, text);
}

}  // namespace cartwright::host
