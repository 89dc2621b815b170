#include "cart/uploader.hpp"

#include <cartwright/abi/draft/sink.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstring>

#include "base/error.hpp"

namespace cartwright::cart {
namespace {

using std::chrono::milliseconds;

constexpr Deadlines kDelivery{milliseconds(30'000), milliseconds(40'000)};
// How soon after a commit the outbox is looked at; many commits share one look.
constexpr milliseconds kSoon(2'000);
// When what is not due yet is looked at again: events wait for a minute, counters for their hour.
constexpr milliseconds kEventsWait(30'000);
constexpr milliseconds kCountersWait(900'000);
constexpr milliseconds kAfterTrouble(10'000);

// Milliseconds of a clock that does not go back.
std::uint64_t steady_ms() {
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
          .count());
}

journey::UploadSchedule::Settings settings_with_seed() {
  journey::UploadSchedule::Settings settings;
  const Bytes seed = random_bytes(sizeof settings.seed);
  std::memcpy(&settings.seed, seed.data(), seed.size());
  return settings;
}

host::Record send_command(std::uint64_t blob, std::uint64_t size, const Digest& digest) {
  host::RecordBuilder build(CW_SINK_SEND, sizeof(cw_sink_send));
  build.set(offsetof(cw_sink_send, blob), blob);
  build.set(offsetof(cw_sink_send, size), size);
  build.store(offsetof(cw_sink_send, digest), digest.data(), digest.size());
  return build.take();
}

host::Record ask_command(const Digest& digest) {
  host::RecordBuilder build(CW_SINK_ASK, sizeof(cw_sink_ask));
  build.store(offsetof(cw_sink_ask, digest), digest.data(), digest.size());
  return build.take();
}

cw_sink_result result_of(const host::Record& record) {
  cw_sink_result result{};
  if (!record.empty() && record.type() == CW_SINK_RESULT) {
    const std::size_t known = std::min<std::size_t>(record.header().fixed_size, sizeof result);
    std::memcpy(&result, record.bytes().data(), known);
  }
  return result;
}

}  // namespace

Uploader::Uploader(Loop& loop, journey::Outbox& outbox, trip::Clock& clock, Units& units,
                   std::string sink, Tell tell)
    : loop_(loop),
      outbox_(outbox),
      clock_(clock),
      units_(units),
      sink_(std::move(sink)),
      tell_(std::move(tell)),
      schedule_(settings_with_seed()) {
  poke();
}

Uploader::~Uploader() {
  if (timer_) loop_.cancel(*timer_);
}

void Uploader::poke() {
  if (!timer_) later(kSoon);
}

void Uploader::later(milliseconds delay) {
  if (timer_) loop_.cancel(*timer_);
  timer_ = loop_.after(delay, [this] {
    timer_.reset();
    look();
  });
}

void Uploader::flush() {
  guarded([this] {
    outbox_.cut(static_cast<std::uint64_t>(clock_.now().utc_ms), journey::Outbox::Cut::all);
  });
  schedule_.wake();
  look();
}

void Uploader::sink_up() {
  schedule_.wake();
  look();
}

void Uploader::trip_ended() {
  look();
}

void Uploader::look() {
  if (under_way_) return;
  guarded([this] {
    const trip::Time now = clock_.now();
    const auto utc_ms = static_cast<std::uint64_t>(now.utc_ms);
    outbox_.cut(utc_ms);
    outbox_.enforce_bounds(utc_ms, now.synchronised);
    if (sink_.empty()) return;
    const auto step = schedule_.next(steady_ms(), outbox_.pending());
    switch (step.action) {
      case journey::UploadSchedule::Do::idle:
        return later(outbox_.stats().rows > 0 ? kEventsWait : kCountersWait);
      case journey::UploadSchedule::Do::wait: {
        const std::uint64_t until = step.at_ms;
        const std::uint64_t from = steady_ms();
        return later(milliseconds(until > from ? until - from : 1));
      }
      case journey::UploadSchedule::Do::send:
      case journey::UploadSchedule::Do::ask_receipt:
        return send(step);
    }
  });
}

void Uploader::guarded(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    trouble_ = error.what();
    tell();
    later(kAfterTrouble);
  }
}

void Uploader::send(const journey::UploadSchedule::Step& step) {
  if (step.action == journey::UploadSchedule::Do::ask_receipt) {
    under_way_ = true;
    units_.command(sink_, ask_command(step.batch), kDelivery,
                   [this, batch = step.batch](std::int32_t status, const host::Record& result) {
                     answered(batch, true, status, result);
                   });
    return;
  }
  std::optional<Bytes> bytes = outbox_.batch(step.batch);
  if (!bytes) return poke();  // withdrawn between two looks
  under_way_ = true;
  const std::uint64_t size = bytes->size();
  const std::uint64_t blob = units_.add_blob(sink_, std::move(*bytes));
  units_.command(sink_, send_command(blob, size, step.batch), kDelivery,
                 [this, blob, batch = step.batch](std::int32_t status, const host::Record& result) {
                   units_.remove_blob(sink_, blob);
                   answered(batch, false, status, result);
                 });
}

void Uploader::answered(const Digest& batch, bool asked, std::int32_t status,
                        const host::Record& result) {
  under_way_ = false;
  const std::uint32_t wait_s = result_of(result).retry_after_s;
  const journey::UploadAnswer answer = judge(batch, asked, status, result);
  schedule_.answered(steady_ms(), batch, answer,
                     wait_s == 0 ? std::nullopt : std::optional<std::uint64_t>(wait_s * 1000ULL));
  if (answer == journey::UploadAnswer::receipt) {
    ++delivered_;
    trouble_.clear();
  }
  // First the next step, then the news: an app's exception must not stop the uploads.
  look();
  tell();
}

journey::UploadAnswer Uploader::judge(const Digest& batch, bool asked, std::int32_t status,
                                      const host::Record& result) {
  using journey::UploadAnswer;
  const cw_sink_result facts = result_of(result);
  const std::string code = facts.code == 0 ? "" : " (HTTP " + std::to_string(facts.code) + ")";
  // An answer that is no receipt may be a damaged one: it is asked for once, then the hub has time.
  const UploadAnswer no_receipt = asked ? UploadAnswer::no_answer : UploadAnswer::duplicate;
  switch (status) {
    case CW_OK:
      if (facts.receipt.length == 0) break;
      try {
        const auto receipt =
            outbox_.accept_receipt(host::span_bytes(result.header(), facts.receipt));
        if (receipt.batch == batch) return UploadAnswer::receipt;
        trouble_ = "the hub answered with the receipt of another batch";
        return no_receipt;
      } catch (const Error& error) {
        trouble_ = error.what();
        return error.kind() == ErrorKind::refused ? no_receipt : UploadAnswer::no_answer;
      }
    case CW_DUPLICATE:
      return no_receipt;
    case CW_BUSY:
      trouble_ = "the hub is busy" + code;
      return UploadAnswer::busy;
    case CW_NOT_FOUND:
      return UploadAnswer::receipt_unknown;
    case CW_DEVICE_ERROR:
      trouble_ = "what answers is no hub that takes this cart's batches" + code;
      return journey::answer_of_http(static_cast<int>(facts.code), false, asked);
    default:
      break;
  }
  trouble_ = "the hub does not answer";
  return UploadAnswer::no_answer;
}

void Uploader::tell() {
  try {
    const journey::OutboxStats stats = outbox_.stats();
    waiting_ = stats.batches;
    dropped_ = stats.dropped;
  } catch (const Error& error) {
    trouble_ = error.what();
  }
  tell_(JourneyChanged{waiting_, delivered_, dropped_, trouble_});
}

}  // namespace cartwright::cart
