#pragma once

#include <cartwright/abi/driver.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/hex.hpp"
#include "host/effects.hpp"

namespace cartwright::host {

enum class CallKind : std::uint8_t { init, input };

// One call of a pure driver.
struct CallRequest {
  CallKind kind = CallKind::input;
  std::uint64_t number = 0;        // grows with each call, also with a repeated one
  std::uint64_t state_serial = 0;  // another number: the state has changed since the last call
  // The engine brings it to the new value when the call commits and leaves it alone otherwise.
  std::span<std::byte> state;
  ByteView input;  // input_block.hpp; empty for init
};

// How a call came back. Views live until the engine's next call.
struct CallReply {
  // Negative: rolled back, nothing has happened. An outcome that does not fit the input and effects
  // beyond their bound were made negative by the engine.
  std::int32_t status = CW_OK;
  cw_outcome outcome{};
  ByteView effects;       // sound; empty where the status is negative
  std::string_view text;  // why, where the host itself rolled back
};

// Why a call never came back.
enum class Loss : std::uint8_t {
  crashed,  // the driver died by its own hand, or answered what no driver answers
  killed,   // from outside: no sign against the driver
  overdue   // by the host because it took too long: no sign against the input, unless repeated
};

// What an engine tells between calls.
class EngineListener {
 public:
  virtual ~EngineListener() = default;
  // The driver can be called. Told once after start() and after each restart().
  virtual void engine_ready(std::uint32_t state_size) = 0;
  // The plugin can not run in this host; starting again does not help. `text` says why.
  virtual void engine_refused(const std::string& text) = 0;
  // The answer to the one outstanding call.
  virtual void engine_replied(const CallReply& reply) = 0;
  // The driver is gone; the outstanding call, if there is one, has had no effect. `text` says for
  // people how it died.
  virtual void engine_died(Loss loss, const std::string& text) = 0;
};

// Where a pure driver runs. At most one call is outstanding. Everything happens on the executor
// that the engine was made with.
class Engine {
 public:
  virtual ~Engine() = default;
  // Starts or, after engine_died, starts again. One of engine_ready, engine_refused and engine_died
  // follows, perhaps inside this call.
  virtual void start(EngineListener& listener) = 0;
  // The reply where it came back at once; else it comes as engine_replied or engine_died. Calls
  // only after engine_ready.
  virtual std::optional<CallReply> call(const CallRequest& request) = 0;
  // No listener call after it returns.
  virtual void stop() = 0;
};

}  // namespace cartwright::host
