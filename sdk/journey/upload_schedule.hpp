#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>

#include "base/crypto.hpp"

namespace cartwright::journey {

// What became of one try, told by whoever did the I/O.
enum class UploadAnswer : std::uint8_t {
  receipt,          // a valid receipt, already accepted by the outbox
  duplicate,        // the other side has the batch but sent no receipt: ask for it
  receipt_unknown,  // asked for a receipt, there is none: send the batch again
  busy,             // 429 or 503, with Retry-After where given
  no_answer,        // no connection, cut, a captive portal's page, 401, 403, 5xx
  refused           // this very batch is not taken (400, 413)
};

// The answer that an HTTP status and body mean. `has_receipt` says that the outbox accepted the
// body. A status of 0 is no connection. A 200 without a receipt is somebody else's page.
UploadAnswer answer_of_http(int status, bool has_receipt, bool asked_for_receipt);

// When to send what: a state machine without I/O and without a clock of its own. The same seed and
// the same calls give the same steps. Never gives up and forgets nothing: what is not receipted
// stays pending. Times are milliseconds of any clock that does not go back.
class UploadSchedule {
 public:
  struct Settings {
    std::uint64_t first_retry_ms = 1'000;
    std::uint64_t longest_retry_ms = 300'000;
    // A batch that was refused lets others pass and is tried again after this.
    std::uint64_t refused_retry_ms = 900'000;
    // What a Retry-After is cut to: nobody else decides that a cart stays silent for days.
    std::uint64_t longest_retry_after_ms = 3'600'000;
    std::uint64_t seed = 1;
  };

  enum class Do : std::uint8_t {
    idle,         // nothing is pending
    wait,         // until at_ms
    send,         // POST the batch
    ask_receipt,  // GET its receipt
  };
  struct Step {
    Do action = Do::idle;
    Digest batch{};
    std::uint64_t at_ms = 0;
  };

  explicit UploadSchedule(Settings settings);

  // What to do now, given the pending batches in their order. One step is under way at a time: call
  // answered() before the next one.
  Step next(std::uint64_t now_ms, std::span<const Digest> pending);
  void answered(std::uint64_t now_ms, const Digest& batch, UploadAnswer answer,
                std::optional<std::uint64_t> retry_after_ms = std::nullopt);
  // The network came back: the waiting time is over. Refused batches keep theirs.
  void wake();

 private:
  struct Aside {
    bool ask = false;            // its receipt is asked for instead of sending it
    std::uint64_t until_ms = 0;  // not before
  };

  std::uint64_t back_off();

  Settings settings_;
  std::uint64_t random_;
  unsigned failures_ = 0;
  std::uint64_t not_before_ms_ = 0;
  std::map<Digest, Aside> aside_;
};

}  // namespace cartwright::journey
