// The part of Session that holds what waits on the links: how much of it a call shows, and what the
// driver took of it.
#include <algorithm>

#include "host/session.hpp"

namespace cartwright::host {
namespace {

// Reading is held back while more than this waits on a pipe.
constexpr std::size_t comfortable_pending = CW_PENDING_LIMIT / 2;

}  // namespace

void Session::data(std::uint32_t link, std::uint32_t pipe, ByteView bytes) {
  Pipe& to = arrival_pipe(link, pipe);
  const std::uint64_t dropped = to.pending.dropped();
  to.pending.append(bytes);
  counters_.dropped += to.pending.dropped() - dropped;
  counters_.bytes += bytes.size();
  counters_.messages += to.pending.shape() == link::Shape::messages ? 1 : 0;
  to.unshown = true;
  queue_data(to, false);
}

Session::Pipe* Session::find_pipe(std::uint32_t link, std::uint32_t number, std::uint32_t epoch) {
  for (Pipe& pipe : pipes_) {
    if (pipe.link == link && pipe.number == number && pipe.epoch == epoch) return &pipe;
  }
  return nullptr;
}

Session::Pipe& Session::arrival_pipe(std::uint32_t link, std::uint32_t number) {
  const LinkState& state = links_.at(link);
  if (Pipe* const known = find_pipe(link, number, state.arriving)) return *known;
  pipes_.push_back({link, number, state.arriving, Pending(state.shape), {}, 0, false, false});
  return pipes_.back();
}

// The pipe whose pending span the entry's call shows: the oldest epoch that was not closed. An
// entry that names none shows pipe 0, or the first of its link: what comes from a USB device comes
// on an endpoint.
Session::Pipe* Session::shown_pipe(const Entry& entry) {
  if (entry.kind == CW_IN_DATA) return find_pipe(entry.link, entry.pipe, entry.epoch);
  Pipe* named = nullptr;
  Pipe* first = nullptr;
  for (Pipe& pipe : pipes_) {
    if (pipe.link != entry.link) continue;
    Pipe*& oldest = pipe.number == entry.pipe ? named : first;
    if (oldest == nullptr || pipe.epoch < oldest->epoch) oldest = &pipe;
  }
  return named != nullptr || entry.pipe != 0 ? named : first;
}

void Session::queue_data(Pipe& pipe, bool first) {
  if (pipe.queued) return;
  pipe.queued = true;
  Entry entry{.kind = CW_IN_DATA, .link = pipe.link, .pipe = pipe.number, .epoch = pipe.epoch};
  if (first) {
    queue_.push_front(std::move(entry));
  } else {
    queue_.push_back(std::move(entry));
  }
}

// How much of the pipe the entry's call shows.
std::uint32_t Session::extent(const Entry& entry, const Pipe& pipe) const {
  const std::uint32_t all = pipe.pending.size();
  if (entry.kind != CW_IN_DATA) {
    // Behind a gap lies what only DATA with its DISCONTINUITY may show, and before the driver knows
    // that a link is up it has no pending span.
    const bool up = links_.at(entry.link).told_up || entry.kind == CW_IN_LINK_UP;
    if (entry.hide || !up || entry.kind == CW_IN_LINK_DOWN || pipe.pending.gap() != 0) return 0;
    return pipe.probe ? std::min(all, pipe.probe->good) : all;
  }
  if (!pipe.probe) return all;
  if (pipe.probe->again) return std::min(all, pipe.probe->good);
  return std::min({all, pipe.probe->bad, pipe.probe->good + pipe.probe->step});
}

void Session::take_consumed(const Entry& entry, const cw_outcome& outcome) {
  if (entry.kind == init_entry) return;
  Pipe* const pipe = shown_pipe(entry);
  if (pipe == nullptr) return;
  const std::uint32_t consumed = std::min(outcome.consumed, shown_);
  const bool partly = entry.kind == CW_IN_DATA && shown_ < pipe->pending.size();
  if (shown_ != 0) {
    pipe->need = outcome.need;
    pipe->known = shown_ - consumed;
  }
  pipe->pending.consume(consumed);
  if (entry.kind == CW_IN_DATA) {
    pipe->pending.told_gap(entry.count);
    if ((entry.flags & CW_IN_FULL) != 0 && consumed == 0 && !pipe->probe) pipe->pending.told_full();
    if (pipe->probe) advance_probe(*pipe, shown_, consumed);
  } else if (pipe->probe) {
    pipe->probe->good -= consumed;
    pipe->probe->bad -= consumed;
  }
  const bool again = (consumed != 0 || pipe->probe || partly) && pipe->pending.size() != 0;
  if (again || pipe->unshown) {
    pipe->unshown = true;
    queue_data(*pipe, again);
  }
}

bool Session::wants_reading(std::uint32_t link) const {
  return std::none_of(pipes_.begin(), pipes_.end(), [link](const Pipe& pipe) {
    return pipe.link == link &&
           pipe.pending.bytes(pipe.pending.size()).size() > comfortable_pending;
  });
}

ByteView Session::waiting(std::uint32_t link, std::uint32_t pipe) const {
  for (const Pipe& one : pipes_) {
    if (one.link == link && one.number == pipe) return one.pending.bytes(one.pending.size());
  }
  return {};
}

}  // namespace cartwright::host
