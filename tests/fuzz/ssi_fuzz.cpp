#include <cartwright/driver/driver.hpp>

#include "../../drivers/scanner-ssi/commands.cpp"
#include "../../drivers/scanner-ssi/labels.cpp"
#include "../../drivers/scanner-ssi/scanner.cpp"
#include "driver_input.hpp"

namespace {

using Bytes = std::vector<std::uint8_t>;

// Puts the bytes of some arrivals into packets whose checksum fits, which chance seldom makes: the
// first two become opcode and status.
Bytes with_sound_packets(const std::uint8_t* data, std::size_t size) {
  Bytes steps;
  while (size >= 2) {
    const std::size_t length = data[1] < size - 2 ? data[1] : size - 2;
    Bytes body(data + 2, data + 2 + length);
    if (data[0] % 8 < 2 && length >= 2 && length <= 248) {
      Bytes packet{static_cast<std::uint8_t>(length + 2), body[0], 0, body[1]};
      packet.insert(packet.end(), body.begin() + 2, body.end());
      const std::uint16_t sum = cartwright::driver::sum_complement16(packet);
      packet.push_back(static_cast<std::uint8_t>(sum >> 8));
      packet.push_back(static_cast<std::uint8_t>(sum & 0xFF));
      body = packet;
    }
    steps.push_back(data[0]);
    steps.push_back(static_cast<std::uint8_t>(body.size()));
    steps.insert(steps.end(), body.begin(), body.end());
    data += 2 + length;
    size -= 2 + length;
  }
  return steps;
}

}  // namespace

// The first byte chooses the settings, the rest happens to the driver.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cartwright;
  if (size == 0) return 0;
  const std::uint8_t choice = data[0];
  static constexpr std::string_view handshakes[] = {"none", "wakeup", "rts_cts", "none"};
  static constexpr std::string_view acknowledges[] = {"each", "last", "none", "each"};
  fuzz::DriverInput input(
      driver::driver_table<ssi::Scanner>(),
      {fuzz::text_setting("data", (choice & 1) != 0 ? "raw" : "packets"),
       fuzz::text_setting("acknowledge", acknowledges[choice >> 1 & 3]),
       fuzz::text_setting("handshake", handshakes[choice >> 3 & 3]),
       fuzz::text_setting("aim", "auto"), fuzz::text_setting("no_read", "NR"),
       fuzz::text_setting("parameters", (choice & 32) != 0 ? "238=1,1082=0,318=1279" : ""),
       fuzz::integer_setting("keep_parameters", 1),
       fuzz::integer_setting("identify", (choice & 64) != 0 ? 1 : 0),
       fuzz::integer_setting("beep_good", 0), fuzz::integer_setting("beep_bad", 15),
       fuzz::integer_setting("led_good", 1), fuzz::integer_setting("led_bad", 2),
       fuzz::integer_setting("led_ms", 500), fuzz::integer_setting("answer_ms", 2000),
       fuzz::integer_setting("retries", 2), fuzz::integer_setting("gap_ms", 200)});
  const Bytes steps = with_sound_packets(data + 1, size - 1);
  input.run(steps.data(), steps.size());
  return 0;
}
