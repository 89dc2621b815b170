#pragma once

#include "host/manifest.hpp"
#include "host/session.hpp"
#include "simulators/simulator.hpp"

namespace cartwright::tools {

// Prints each effect of a driver as one JSON object a line on standard output; the forms are in
// docs/abi.md.
class EffectPrinter final : public host::SessionSink {
 public:
  // `screen`: the device side that reads what is sent, where it has a screen; may be null.
  // `log`: print the driver's log lines too.
  EffectPrinter(simulators::Simulator* screen, bool log) : screen_(screen), log_(log) {}

  void on_event(const cw_record& event) override;
  void on_io(const cw_io& io, ByteView data) override;
  void on_done(std::uint64_t op, std::int32_t status, const cw_record* result) override;
  void on_keep(std::uint32_t key, std::uint32_t flags, ByteView value) override;
  void on_fault(std::uint32_t unit, std::string_view text) override;
  void on_log(std::uint32_t level, std::string_view text) override;

  // The screen as it is now, if something was sent to it since the last time.
  void draw();
  // What was sent until now is not worth a screen of its own.
  void skip_draw() { drawn_ = false; }
  // Bytes that wait for more; nothing for none. Of a `sensitive` link how many alone: they may be
  // the beginning of a card number.
  void pending(ByteView waiting, bool sensitive);
  // All that was sent.
  const Bytes& sent() const { return sent_; }

 private:
  simulators::Simulator* screen_;
  bool log_;
  bool drawn_ = false;
  Bytes sent_;
};

// Whether what comes over one of its links must not be shown.
bool is_sensitive(const host::Manifest& manifest);

}  // namespace cartwright::tools
