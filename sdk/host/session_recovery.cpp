// The part of Session that follows a call without a reply: what is shown again, and when the state
// or a slice of the input is given up.

#include <algorithm>

#include "host/session.hpp"

namespace cartwright::host {
namespace {

// A kill says nothing about the input, but one that is repeated for the same call does.
constexpr std::uint32_t patient_kills = 3;
// Losses of one call that shows no pending span: the same again, then with a fresh state.
constexpr std::uint32_t losses_to_drop_state = 2;
constexpr std::uint32_t losses_to_give_up = 3;

}  // namespace

void Session::lost(Loss loss) {
  outstanding_ = false;
  Entry& entry = queue_.front();
  if (entry.kind == CW_IN_DATA) {
    if (Pipe* const pipe = shown_pipe(entry)) {
      pipe->unshown = true;
      pipe->queued = true;
    }
  }
  if (!incident_) {
    incident_ = true;
    ++counters_.incidents;
  }
  ++(loss == Loss::crashed ? counters_.crashes : counters_.kills);
  const bool patient = loss == Loss::killed || (loss == Loss::overdue && !suspected_);
  if (patient && ++kills_in_row_ < patient_kills) return;
  kills_in_row_ = 0;
  suspected_ = true;
  if (entry.kind == CW_IN_DATA) {
    data_lost();
  } else {
    input_lost();
  }
}

// A driver that has been shown a part of a frame may count on it, so the prefixes begin behind that
// part; but one that takes a frame a call has been shown what it has not read.
Session::Probe Session::first_probe(const Pipe& pipe) const {
  if (pipe.known == 0 || pipe.known >= shown_) return {.bad = shown_};
  return {.good = pipe.known, .bad = shown_, .from_known = true};
}

// Order of mercy for bytes: growing prefixes on the same state until the slice that fails is one
// unit long, then that slice on a fresh state, then without it.
void Session::data_lost() {
  Pipe& pipe = *shown_pipe(queue_.front());
  if (!pipe.probe) {
    pipe.probe = first_probe(pipe);
    return;
  }
  Probe& probe = *pipe.probe;
  if (!probe.fresh && shown_ - probe.good > 1) {
    probe.bad = shown_;
    probe.narrowed = true;
    probe.step = std::max(1u, (probe.bad - probe.good) / 2);
  } else if (probe.from_known) {
    probe = {.bad = shown_};
  } else if (!probe.fresh && !state_dropped_) {
    probe = {.bad = shown_, .step = shown_, .fresh = true};
    drop_state();
  } else {
    ++counters_.slices_aside;
    counters_.units_aside += shown_;
    warn(std::to_string(shown_) +
         (pipe.pending.shape() == link::Shape::stream ? " bytes" : " messages") +
         " that crash the driver were set aside");
    pipe.pending.set_aside(shown_);
    pipe.known = 0;
    pipe.probe.reset();
  }
}

// And for every other input: the same again without the pending span, then on a fresh state.
void Session::input_lost() {
  Pipe* const pipe = shown_ != 0 ? shown_pipe(queue_.front()) : nullptr;
  if (pipe != nullptr && !pipe->probe) {
    pipe->probe = first_probe(*pipe);
    pipe->unshown = true;
    if (!pipe->queued) {
      pipe->queued = true;
      queue_.insert(
          queue_.begin() + 1,
          {.kind = CW_IN_DATA, .link = pipe->link, .pipe = pipe->number, .epoch = pipe->epoch});
    }
  }
  Entry& entry = queue_.front();
  entry.hide = true;
  ++entry.losses;
  if (entry.losses < losses_to_drop_state) return;
  const bool starts =
      entry.kind == CW_IN_START || entry.kind == CW_IN_LINK_UP || entry.kind == init_entry;
  if (entry.losses >= losses_to_give_up || entry.kind == init_entry) {
    if (starts) {
      hopeless_ = true;
      return;
    }
    ++counters_.slices_aside;
    warn("an input of kind " + std::to_string(entry.kind) +
         " that crashes the driver was set aside");
    queue_.pop_front();
    return;
  }
  drop_state();
}

void Session::drop_state() {
  ++counters_.states_lost;
  ++life_;
  state_dropped_ = true;
  std::fill(state_.begin(), state_.end(), 0);
  ++request_.state_serial;
  timers_.clear();
  for (Pipe& pipe : pipes_) pipe.known = 0;
  const std::vector<Operations::Open> open = operations_.open();
  for (const Operations::Open& one : open) {
    const bool in_call =
        !queue_.empty() && queue_.front().kind == CW_IN_COMMAND && queue_.front().token == one.op;
    if (!one.sent && !in_call) continue;
    Operations::Open seen = one;
    seen.sent = true;  // the driver was called with it and may have acted before it died
    host_done(one.op, host_end_status(seen, CW_INTERNAL));
  }
  std::uint32_t losses = 0;
  std::erase_if(queue_, [&](const Entry& entry) {
    if (entry.kind == CW_IN_START || entry.kind == init_entry)
      losses = std::max(losses, entry.losses);
    return entry.kind == CW_IN_START || entry.kind == init_entry || entry.kind == CW_IN_TIMER ||
           entry.kind == CW_IN_IO_DONE || entry.kind == CW_IN_BLOB || entry.kind == CW_IN_CANCEL;
  });
  for (std::uint32_t link = 0; link < links_.size(); ++link) {
    if (!links_[link].told_up) continue;
    links_[link].told_up = false;
    queue_.push_front({.kind = CW_IN_LINK_UP,
                       .link = link,
                       .token = links_[link].usb_id,
                       .extra = links_[link].descriptor});
    sink_.on_link_restart(link);
  }
  push_start(CW_IN_STATE_LOST);
  queue_[1].losses = losses;
}

void Session::start_over() {
  hopeless_ = false;
  kills_in_row_ = 0;
  for (Entry& entry : queue_) entry.losses = 0;
  drop_state();
  incident_ = false;
  suspected_ = false;
  state_dropped_ = false;
}

// A driver may take one frame a call: before more is shown it has taken all it can of what was, so
// that a slice which is set aside holds no whole frame.
void Session::advance_probe(Pipe& pipe, std::uint32_t shown, std::uint32_t consumed) {
  Probe& probe = *pipe.probe;
  const bool grew = !probe.again;
  probe.good = shown - consumed;
  probe.bad -= consumed;
  probe.again = consumed != 0 && probe.good != 0;
  if (probe.good >= probe.bad) {
    pipe.probe.reset();
  } else if (probe.narrowed) {
    probe.step = std::max(1u, (probe.bad - probe.good) / 2);
  } else if (grew) {
    probe.step *= 2;
  }
}

// An incident ends when a call has worked and nothing is shown in prefixes any more.
void Session::end_incident_if_over() {
  if (!incident_) return;
  const bool probing = std::any_of(pipes_.begin(), pipes_.end(),
                                   [](const Pipe& pipe) { return pipe.probe.has_value(); });
  const bool trying = !queue_.empty() && queue_.front().losses != 0;
  const bool starting = !queue_.empty() && (queue_.front().kind == CW_IN_START ||
                                            queue_.front().kind == CW_IN_LINK_UP);
  if (probing || trying || starting) return;
  incident_ = false;
  suspected_ = false;
  state_dropped_ = false;
}

}  // namespace cartwright::host
