#include "journey/upload_schedule.hpp"

#include <algorithm>

namespace cartwright::journey {
namespace {

// SplitMix64 (Steele, Lea, Flood 2014): small, seeded, the same on every machine.
std::uint64_t next_random(std::uint64_t& state) {
  state += 0x9E3779B97F4A7C15U;
  std::uint64_t z = state;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

}  // namespace

UploadAnswer answer_of_http(int status, bool has_receipt, bool asked_for_receipt) {
  if (has_receipt) return UploadAnswer::receipt;
  switch (status) {
    case 404:
      return asked_for_receipt ? UploadAnswer::receipt_unknown : UploadAnswer::no_answer;
    case 409:  // what a relay or a broker says of a batch that it has seen
      return asked_for_receipt ? UploadAnswer::no_answer : UploadAnswer::duplicate;
    case 429:
    case 503:
      return UploadAnswer::busy;
    case 400:
    case 413:
      return UploadAnswer::refused;
    default:
      return UploadAnswer::no_answer;
  }
}

UploadSchedule::UploadSchedule(Settings settings) : settings_(settings), random_(settings.seed) {}

// Doubles with each failure; the actual wait lies between half and all of that, so that a store's
// carts do not come back in one wave.
std::uint64_t UploadSchedule::back_off() {
  const unsigned doublings = std::min(failures_, 20U);
  ++failures_;
  const std::uint64_t whole =
      std::min(settings_.first_retry_ms << doublings, settings_.longest_retry_ms);
  const std::uint64_t half = whole / 2;
  return half + next_random(random_) % (whole - half + 1);
}

UploadSchedule::Step UploadSchedule::next(std::uint64_t now_ms, std::span<const Digest> pending) {
  std::erase_if(aside_, [&](const auto& entry) {
    return std::find(pending.begin(), pending.end(), entry.first) == pending.end();
  });
  if (pending.empty()) return {};
  if (now_ms < not_before_ms_) return {Do::wait, {}, not_before_ms_};
  std::optional<std::uint64_t> earliest;
  for (const Digest& batch : pending) {
    const auto aside = aside_.find(batch);
    if (aside == aside_.end()) return {Do::send, batch, now_ms};
    if (aside->second.until_ms <= now_ms) {
      return {aside->second.ask ? Do::ask_receipt : Do::send, batch, now_ms};
    }
    earliest = std::min(earliest.value_or(aside->second.until_ms), aside->second.until_ms);
  }
  return {Do::wait, {}, *earliest};
}

void UploadSchedule::answered(std::uint64_t now_ms, const Digest& batch, UploadAnswer answer,
                              std::optional<std::uint64_t> retry_after_ms) {
  switch (answer) {
    case UploadAnswer::receipt:
      failures_ = 0;
      aside_.erase(batch);
      return;
    case UploadAnswer::duplicate:
      failures_ = 0;
      aside_[batch] = {true, now_ms};
      return;
    case UploadAnswer::receipt_unknown:
      // A wait in between, or a server that says both would be asked without end.
      aside_.erase(batch);
      not_before_ms_ = now_ms + back_off();
      return;
    case UploadAnswer::busy:
      not_before_ms_ = now_ms + std::max(back_off(), std::min(retry_after_ms.value_or(0),
                                                              settings_.longest_retry_after_ms));
      return;
    case UploadAnswer::no_answer:
      not_before_ms_ = now_ms + back_off();
      return;
    case UploadAnswer::refused:
      failures_ = 0;
      aside_[batch] = {false, now_ms + settings_.refused_retry_ms};
      return;
  }
}

void UploadSchedule::wake() {
  failures_ = 0;
  not_before_ms_ = 0;
}

}  // namespace cartwright::journey
