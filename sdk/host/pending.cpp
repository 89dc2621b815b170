#include "host/pending.hpp"

#include <algorithm>

namespace cartwright::host {
namespace {

constexpr std::size_t most_messages = 4096;  // of any length, also of none

}  // namespace

bool Pending::full() const {
  return tail_gap_ != 0 || bytes_.size() >= CW_PENDING_LIMIT || messages_.size() >= most_messages;
}

ByteView Pending::bytes(std::uint32_t count) const {
  if (is_stream()) return ByteView(bytes_).first(count);
  if (count == 0) return {};
  const cw_span& last = messages_[count - 1];
  return ByteView(bytes_).first(last.offset + last.length);
}

std::span<const cw_span> Pending::messages(std::uint32_t count) const {
  return is_stream() ? std::span<const cw_span>() : std::span(messages_).first(count);
}

void Pending::append(ByteView arrived) {
  if (is_stream() && arrived.empty()) return;
  const std::uint64_t units = is_stream() ? arrived.size() : 1;
  if (told_full_) {
    gap_ += size() + tail_gap_;
    dropped_ += size();
    tail_gap_ = 0;
    bytes_.clear();
    messages_.clear();
    told_full_ = false;
  }
  const std::size_t room = CW_PENDING_LIMIT - bytes_.size();
  std::size_t taken = std::min(arrived.size(), room);
  const bool whole = taken == arrived.size() && messages_.size() < most_messages;
  if (tail_gap_ != 0 || (!is_stream() && !whole)) taken = 0;
  if (!is_stream() && tail_gap_ == 0 && whole) {
    messages_.push_back(
        {static_cast<std::uint32_t>(bytes_.size()), static_cast<std::uint32_t>(arrived.size())});
    bytes_.insert(bytes_.end(), arrived.begin(), arrived.end());
    return;
  }
  bytes_.insert(bytes_.end(), arrived.begin(),
                arrived.begin() + static_cast<std::ptrdiff_t>(taken));
  tail_gap_ += units - taken;
  dropped_ += units - taken;
  close_gap();
}

void Pending::consume(std::uint32_t count) {
  std::size_t cut = count;
  if (!is_stream() && count != 0) {
    cut = messages_[count - 1].offset + messages_[count - 1].length;
    messages_.erase(messages_.begin(), messages_.begin() + count);
    for (cw_span& message : messages_) message.offset -= static_cast<std::uint32_t>(cut);
  }
  bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(cut));
  if (count != 0) told_full_ = false;
  close_gap();
}

void Pending::set_aside(std::uint32_t count) {
  consume(count);
  gap_ += count;
  dropped_ += count;
}

// Once nothing waits before it, the gap behind the last byte is the gap before the next one.
void Pending::close_gap() {
  if (size() != 0) return;
  gap_ += tail_gap_;
  tail_gap_ = 0;
}

}  // namespace cartwright::host
