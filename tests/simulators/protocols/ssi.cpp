#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <utility>

#include "base/error.hpp"
#include "simulators/registry.hpp"

namespace cartwright::simulators {
namespace {

using namespace std::chrono_literals;

// Simple Serial Interface Programmer's Guide, 72E-40451: opcodes, and causes of CMD_NAK.
constexpr unsigned kRequestRevision = 0xA3;
constexpr unsigned kReplyRevision = 0xA4;
constexpr unsigned kParamSend = 0xC6;
constexpr unsigned kAck = 0xD0;
constexpr unsigned kNak = 0xD1;
constexpr unsigned kFlushQueue = 0xD2;
constexpr unsigned kCapabilitiesRequest = 0xD3;
constexpr unsigned kCapabilitiesReply = 0xD4;
constexpr unsigned kStartSession = 0xE4;
constexpr unsigned kStopSession = 0xE5;
constexpr unsigned kBeep = 0xE6;
constexpr unsigned kLedOn = 0xE7;
constexpr unsigned kLedOff = 0xE8;
constexpr unsigned kScanEnable = 0xE9;
constexpr unsigned kScanDisable = 0xEA;
constexpr unsigned kDecodeData = 0xF3;
constexpr unsigned kEvent = 0xF6;
constexpr unsigned kResend = 1;
constexpr unsigned kBadContext = 2;
constexpr unsigned kDenied = 6;

constexpr unsigned kPacketedData = 0xEE;  // parameter: 0 raw, 1 packets
constexpr auto kBetweenBytes = 150ms;     // a longer silence ends a message of the host
constexpr auto kRestart = 2s;

using Type = std::pair<std::string_view, unsigned>;

// DECODE_DATA, table of code types.
constexpr std::array<Type, 21> kTypes{{
    {"ean8", 0x0A},    {"ean13", 0x0B},   {"upca", 0x08},           {"upce", 0x09},
    {"itf14", 0x06},   {"itf", 0x06},     {"code39", 0x01},         {"code93", 0x07},
    {"code128", 0x03}, {"gs1_128", 0x0F}, {"databar", 0x30},        {"databar_expanded", 0x32},
    {"qr", 0x1C},      {"gs1_qr", 0xC2},  {"gs1_datamatrix", 0xC1}, {"datamatrix", 0x1B},
    {"pdf417", 0x11},  {"aztec", 0x2D},   {"codabar", 0x02},        {"composite", 0x51},
    {"unknown", 0x00},
}};

unsigned type_of(const link::Happening& what) {
  const std::string& label = what.args[0];
  std::string_view name = what.args.size() > 1 ? std::string_view(what.args[1]) : "";
  if (name.empty()) {
    const bool digits = label.find_first_not_of("0123456789") == std::string::npos;
    name = digits && label.size() == 13  ? "ean13"
           : digits && label.size() == 8 ? "ean8"
                                         : "code128";
  }
  const auto* const found = std::find_if(kTypes.begin(), kTypes.end(),
                                         [&](const Type& type) { return type.first == name; });
  if (found != kTypes.end()) return found->second;
  throw Error(ErrorKind::invalid_input,
              "SSI has no code type for the symbology " + std::string(name));
}

std::string byte(unsigned value) {
  return {static_cast<char>(value)};
}

unsigned at(std::string_view text, std::size_t index) {
  return static_cast<unsigned char>(text[index]);
}

std::string checked(std::string packet) {
  unsigned sum = 0;
  for (const char c : packet) sum += static_cast<unsigned char>(c);
  const unsigned check = 0x10000U - (sum & 0xFFFFU);
  return packet + byte(check >> 8 & 0xFF) + byte(check & 0xFF);
}

std::string packet(unsigned code, unsigned status, const std::string& data) {
  return checked(byte(static_cast<unsigned>(data.size()) + 4) + byte(code) + byte(0) +
                 byte(status) + data);
}

class SsiScanner final : public Simulator {
 public:
  explicit SsiScanner(const Options& options)
      : revision_(options.text("revision")),
        raw_at_start_(options.choice("data", {"packets", "raw"}) == "raw"),
        ack_each_(options.choice("acknowledge", {"each", "last"}) == "each"),
        events_(options.choice("events", {"on", "off"}) == "on"),
        wait_(std::chrono::milliseconds(options.number("response_ms", 10, 9900))),
        room_(static_cast<std::size_t>(options.number("packet", 6, 255)) - 5),
        raw_(raw_at_start_) {}

  Bytes bytes_in(ByteView bytes, nanoseconds now) override {
    if (now - last_byte_ > kBetweenBytes) heard_.clear();
    last_byte_ = now;
    heard_ += as_text(bytes);
    std::string said;
    for (;;) {
      // WAKEUP is a byte 0; no message begins so.
      heard_.erase(0, std::min(heard_.find_first_not_of('\0'), heard_.size()));
      if (heard_.empty()) break;
      const std::size_t size = at(heard_, 0) + 2;
      if (heard_.size() < size) break;
      said += message(heard_.substr(0, size), now);
      heard_.erase(0, size);
    }
    return to_bytes(said + due_text(now));
  }

  Bytes happen(const link::Happening& what, nanoseconds now) override {
    if (what.action == "nak") {
      naks_ = std::stoul(what.args.at(0));
      return {};
    }
    if (what.action != "scan" || what.args.empty()) refuse_action(what, "scanner");
    if (!enabled_) return {};
    const unsigned type = type_of(what);
    if (raw_) return to_bytes(what.args[0] + "\r");
    queue(type, what.args[0]);
    return to_bytes(due_text(now));
  }

  std::optional<nanoseconds> next_due() const override {
    std::optional<nanoseconds> next;
    if (!waiting_.empty()) next = again_at_;
    if (boot_at_ && (!next || *boot_at_ < *next)) next = boot_at_;
    return next;
  }
  Bytes due(nanoseconds now) override { return to_bytes(due_text(now)); }

  void reboot(nanoseconds now) override {
    heard_.clear();
    waiting_.clear();
    sendings_ = 0;
    enabled_ = true;
    raw_ = raw_at_start_;
    naks_ = 0;
    if (events_) boot_at_ = now + kRestart;
  }

 private:
  // The next packet of the queue, again after each response time-out, three times at most.
  std::string due_text(nanoseconds now) {
    std::string said;
    if (boot_at_ && *boot_at_ <= now) {
      boot_at_.reset();
      said += packet(kEvent, 0, byte(3));
    }
    if (waiting_.empty() || (sendings_ != 0 && now < again_at_)) return said;
    if (sendings_ == 3) {  // a transmit error: the whole label is lost
      drop_label();
      if (waiting_.empty()) return said;
    }
    return said + send_front(now);
  }

  std::string send_front(nanoseconds now) {
    std::string said;
    // Packets that wait for no acknowledge of their own go out together.
    std::size_t count = 1;
    while (!ack_each_ && waiting_[count - 1].continued) ++count;
    for (std::size_t i = 0; i < count; ++i) {
      const unsigned status = (waiting_[i].continued ? 2U : 0U) | (sendings_ != 0 ? 1U : 0U);
      said += packet(kDecodeData, status, waiting_[i].data);
    }
    ++sendings_;
    again_at_ = now + wait_;
    return said;
  }

  void drop_label() {
    bool more = true;
    while (more && !waiting_.empty()) {
      more = waiting_.front().continued;
      waiting_.pop_front();
    }
    sendings_ = 0;
  }

  void queue(unsigned type, std::string_view label) {
    do {
      const std::string_view part = label.substr(0, room_);
      label.remove_prefix(part.size());
      waiting_.push_back({byte(type) + std::string(part), !label.empty()});
    } while (!label.empty());
  }

  std::string message(const std::string& text, nanoseconds now) {
    const std::string body = text.substr(0, text.size() - 2);
    const bool sound = body.size() >= 4 && checked(body) == text && at(body, 2) == 4;
    const unsigned code = body.size() > 1 ? at(body, 1) : 0;
    if (code == kAck || code == kNak) {
      if (sound) answered(code == kAck, now);
      return {};
    }
    if (!sound || naks_ != 0) {
      if (naks_ != 0) --naks_;
      return packet(kNak, 0, byte(kResend));
    }
    return obey(code, body.substr(4));
  }

  void answered(bool well, nanoseconds now) {
    if (waiting_.empty() || sendings_ == 0) return;
    if (!well) {
      again_at_ = now;  // at once, with the bit "repeated"
      return;
    }
    if (!ack_each_) return drop_label();
    waiting_.pop_front();
    sendings_ = 0;
  }

  std::string obey(unsigned code, const std::string& data) {
    const std::string ack = packet(kAck, 0, "");
    switch (code) {
      case kRequestRevision:
        return packet(kReplyRevision, 0, revision_);
      case kCapabilitiesRequest: {
        std::string known("\x00\x3F\x00\x01", 4);  // 300 to 9600 baud, packets of more than one
        for (const unsigned one :
             {kRequestRevision, kParamSend, kAck, kNak, kFlushQueue, kCapabilitiesRequest,
              kStartSession, kStopSession, kBeep, kLedOn, kLedOff, kScanEnable, kScanDisable}) {
          known += byte(one);
        }
        return packet(kCapabilitiesReply, 0, known);
      }
      case kBeep:
        return !data.empty() && at(data, 0) <= 0x19 ? ack : packet(kNak, 0, byte(kDenied));
      case kParamSend:
        return set_parameters(data) ? ack : packet(kNak, 0, byte(kDenied));
      case kScanEnable:
      case kScanDisable:
        enabled_ = code == kScanEnable;
        return ack;
      case kFlushQueue:
        waiting_.clear();
        sendings_ = 0;
        return ack;
      case kStartSession:
      case kStopSession:
      case kLedOn:
      case kLedOff:
        return ack;
      default:
        return packet(kNak, 0, byte(kBadContext));
    }
  }

  // A beep code, then numbers of one, two or three bytes with a value of one, behind F4 of two.
  bool set_parameters(const std::string& data) {
    std::size_t i = 1;
    while (i < data.size()) {
      const bool word = at(data, i) == 0xF4;
      if (word) ++i;
      if (i >= data.size()) return false;
      std::size_t length = 1;
      if (at(data, i) >= 0xF0 && at(data, i) <= 0xF2) length = 2;
      if (at(data, i) == 0xF8) length = 3;
      const std::size_t value = i + length;
      if (value + (word ? 2 : 1) > data.size()) return false;
      if (length == 1 && at(data, i) == kPacketedData) raw_ = at(data, value) == 0;
      i = value + (word ? 2 : 1);
    }
    return data.size() > 2;
  }

  struct Part {
    std::string data;  // type and text
    bool continued;
  };

  std::string revision_;
  bool raw_at_start_;
  bool ack_each_;
  bool events_;
  nanoseconds wait_;
  std::size_t room_;  // of a packet, for text

  bool raw_;
  bool enabled_ = true;
  unsigned long naks_ = 0;
  std::string heard_;
  nanoseconds last_byte_{0};
  std::deque<Part> waiting_;
  unsigned sendings_ = 0;  // of the front
  nanoseconds again_at_{0};
  std::optional<nanoseconds> boot_at_;
};

const std::vector<OptionHelp>& options_help() {
  static const std::vector<OptionHelp> options{
      {"revision", "PAABLS00-001-R03 0 1 0", "what it answers to REQUEST_REVISION"},
      {"data", "packets", "packets or raw: how labels are sent until parameter 238 says otherwise"},
      {"acknowledge", "each", "each or last: which packets of a long label wait for an ACK"},
      {"packet", "255", "longest packet, from 6 to 255 bytes without its checksum"},
      {"response_ms", "2000", "how long it waits for an ACK before it repeats, in milliseconds"},
      {"events", "on", "on or off: say so after a start"},
  };
  return options;
}

std::unique_ptr<Simulator> make(const OptionValues& options) {
  return std::make_unique<SsiScanner>(Options(options, options_help()));
}

}  // namespace

// A Zebra scanner with the Simple Serial Interface.
Protocol ssi_protocol() {
  return {
      "ssi",
      "scanner-ssi",
      "scanner",
      "a scanner that speaks Zebra's Simple Serial Interface",
      "Sends each `scan LABEL [SYMBOLOGY]` in DECODE_DATA packets, repeats each until it is "
      "acknowledged, three sendings at most, and obeys revision, capabilities, parameters, beep, "
      "lamps, enable and disable. `nak N` refuses the next N messages of the cart. A line "
      "with RTS and CTS it does not have.",
      &options_help,
      &make};
}

}  // namespace cartwright::simulators
