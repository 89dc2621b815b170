#include <cartwright/driver/checksum.hpp>
#include <cartwright/driver/driver.hpp>
#include <cartwright/driver/fixed.hpp>

using namespace cartwright::driver;

// The scanner sends packets and repeats each until it is acknowledged:
//   length opcode flags data... checksum
// length counts all but the checksum, which is the two's complement of the sum of the rest in two
// bytes, high byte first. A label too long for one packet goes on in the next.
namespace {

constexpr std::uint8_t decode_data = 0xF3;
constexpr std::uint8_t ack = 0xD0;
constexpr std::uint8_t nak = 0xD1;
constexpr std::uint8_t repeated = 1;   // flags: the same packet once more
constexpr std::uint8_t continued = 2;  // flags: the label goes on
constexpr std::size_t shortest = 3;
constexpr std::uint64_t rest_timer = 1;

struct AckScanner {
  FixedString<1024> label;       // of the packets so far
  std::uint16_t last_check = 0;  // of the packet acknowledged last
  bool any_acknowledged = false;

  void on(Bytes in, Fx& fx) {
    while (in.size() >= shortest + 2) {
      const std::size_t length = in[0];
      if (length < shortest) {
        in.take(1);
        fx.fault("a packet can not be that short");
        continue;
      }
      if (in.size() < length + 2) return in.need(length + 2);
      const ByteView packet = in.take(length + 2);
      take(packet.first(length),
           static_cast<std::uint16_t>(packet[length] << 8 | packet[length + 1]), fx);
    }
  }

  // What was begun before a hang-up the scanner sends again from its start.
  void on(LinkDown, Fx&) { label.clear(); }
  void on(Timer, Fx& fx) {
    label.clear();
    fx.fault("the rest of a label never came");
  }

 private:
  void take(ByteView packet, std::uint16_t check, Fx& fx) {
    if (sum_complement16(packet) != check || packet[1] != decode_data) return answer(nak, fx);
    const bool known = any_acknowledged && check_without_repeat(packet) == last_check;
    if ((packet[2] & repeated) != 0 && known) return answer(ack, fx);
    if (!label.append(text_of(packet.subspan(3)))) {
      label.clear();
      fx.fault("a label is longer than 1024 bytes");
      return answer(ack, fx);
    }
    last_check = check_without_repeat(packet);
    any_acknowledged = true;
    if ((packet[2] & continued) != 0) {
      fx.timer(rest_timer, std::chrono::seconds(2));
    } else {
      fx.stop_timer(rest_timer);
      fx.scan(label);
      label.clear();
    }
    answer(ack, fx);
  }

  // A repeated packet differs from its first sending by that flag alone.
  static std::uint16_t check_without_repeat(ByteView packet) {
    return static_cast<std::uint16_t>(sum_complement16(packet) + (packet[2] & repeated));
  }

  // The scanner forgets a label when it is acknowledged: not before the trip has it.
  static void answer(std::uint8_t opcode, Fx& fx) {
    std::array<std::uint8_t, 5> packet{3, opcode, 0, 0, 0};
    const std::uint16_t check = sum_complement16(ByteView(packet).first(3));
    packet[3] = static_cast<std::uint8_t>(check >> 8);
    packet[4] = static_cast<std::uint8_t>(check & 0xFF);
    fx.write(ByteView(packet), {.after_commit = opcode == ack});
  }
};

}  // namespace

CARTWRIGHT_DRIVER(AckScanner, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
