#include "simulators/hid_keyboard.hpp"

#include <string_view>

#include "base/error.hpp"

namespace cartwright::simulators {
namespace {

constexpr std::uint8_t ctrl = 0x01;
constexpr std::uint8_t shift = 0x02;
constexpr std::uint8_t alt = 0x04;
constexpr std::uint8_t alt_gr = 0x40;

// Appendix B.1 of HID 1.11: modifiers, a reserved byte, five LEDs, six keys.
constexpr std::string_view keyboard_descriptor =
    "05010906a101050719e029e71500250175019508810295017508810195057501050819012905"
    "910295017503910195067508150025650507190029658100c0";

struct Key {
  char character;
  std::uint8_t modifiers;
  std::uint8_t usage;
};

// What is no letter or digit, by the keyboards of both countries.
constexpr Key us_keys[] = {
    {' ', 0, 0x2C},     {'!', shift, 0x1E}, {'"', shift, 0x34}, {'#', shift, 0x20},
    {'$', shift, 0x21}, {'%', shift, 0x22}, {'&', shift, 0x24}, {'\'', 0, 0x34},
    {'(', shift, 0x26}, {')', shift, 0x27}, {'*', shift, 0x25}, {'+', shift, 0x2E},
    {',', 0, 0x36},     {'-', 0, 0x2D},     {'.', 0, 0x37},     {'/', 0, 0x38},
    {':', shift, 0x33}, {';', 0, 0x33},     {'<', shift, 0x36}, {'=', 0, 0x2E},
    {'>', shift, 0x37}, {'?', shift, 0x38}, {'@', shift, 0x1F}, {'[', 0, 0x2F},
    {'\\', 0, 0x31},    {']', 0, 0x30},     {'^', shift, 0x23}, {'_', shift, 0x2D},
    {'`', 0, 0x35},     {'{', shift, 0x2F}, {'|', shift, 0x31}, {'}', shift, 0x30},
    {'~', shift, 0x35},
};
constexpr Key german_keys[] = {
    {' ', 0, 0x2C},       {'!', shift, 0x1E},  {'"', shift, 0x1F},  {'#', 0, 0x32},
    {'$', shift, 0x21},   {'%', shift, 0x22},  {'&', shift, 0x23},  {'\'', shift, 0x32},
    {'(', shift, 0x25},   {')', shift, 0x26},  {'*', shift, 0x30},  {'+', 0, 0x30},
    {',', 0, 0x36},       {'-', 0, 0x38},      {'.', 0, 0x37},      {'/', shift, 0x24},
    {':', shift, 0x37},   {';', shift, 0x36},  {'<', 0, 0x64},      {'=', shift, 0x27},
    {'>', shift, 0x64},   {'?', shift, 0x2D},  {'@', alt_gr, 0x14}, {'[', alt_gr, 0x25},
    {'\\', alt_gr, 0x2D}, {']', alt_gr, 0x26}, {'^', 0, 0x35},      {'_', shift, 0x38},
    {'`', shift, 0x2E},   {'{', alt_gr, 0x24}, {'|', alt_gr, 0x64}, {'}', alt_gr, 0x27},
    {'~', alt_gr, 0x30},
};

template <std::size_t N>
const Key* find(const Key (&keys)[N], char character) {
  for (const Key& key : keys) {
    if (key.character == character) return &key;
  }
  return nullptr;
}

// The dead keys of the German keyboard need a space to stand alone.
bool is_dead(char character) {
  return character == '^' || character == '`';
}

std::string_view identifier_of(std::string_view symbology) {
  if (symbology == "ean8") return "]E4";
  if (symbology == "gs1_128") return "]C1";
  if (symbology == "gs1_datamatrix") return "]d2";
  if (symbology == "gs1_qr") return "]Q3";
  if (symbology == "qr") return "]Q1";
  if (symbology == "code128") return "]C0";
  return "]E0";
}

}  // namespace

const std::vector<OptionHelp>& HidKeyboard::options() {
  static const std::vector<OptionHelp> known{
      {"layout", "us", "us or de: the country that it types for"},
      {"gs", "ctrl", "how it types a group separator: ctrl (Ctrl+]), alt029 or alt0029"},
      {"suffix", "enter", "enter, tab or none"},
      {"aim", "on", "on or off: type the AIM identifier before the label"},
  };
  return known;
}

HidKeyboard::HidKeyboard(const Options& options)
    : german_(options.choice("layout", {"us", "de"}) == "de"),
      aim_(options.choice("aim", {"on", "off"}) == "on"),
      separator_(Separator::ctrl),
      suffix_(0x28) {
  const std::string gs = options.choice("gs", {"ctrl", "alt029", "alt0029"});
  if (gs == "alt029") separator_ = Separator::alt3;
  if (gs == "alt0029") separator_ = Separator::alt4;
  const std::string suffix = options.choice("suffix", {"enter", "tab", "none"});
  if (suffix == "tab") suffix_ = 0x2B;
  if (suffix == "none") suffix_ = 0;
}

HidDevice::Identity HidKeyboard::identity() const {
  return {.vendor = 0x1209,
          .product = 0x0003,
          .subclass = 1,
          .protocol = 1,
          .maker = "Cartwright",
          .name = "Simulated keyboard scanner",
          .serial = {}};
}

Bytes HidKeyboard::descriptor() const {
  return *from_hex(keyboard_descriptor);
}

void HidKeyboard::act(const link::Happening& what, nanoseconds) {
  if (what.action != "scan") refuse_action(what, "keyboard scanner");
  std::string text;
  if (aim_) {
    text = identifier_of(what.args.size() > 1 ? std::string_view(what.args[1]) : "ean13");
  }
  for (const char character : text + what.args.at(0)) type(character);
  if (suffix_ != 0) press(0, suffix_);
}

void HidKeyboard::type(char character) {
  if (character == '\x1d') {
    if (separator_ == Separator::ctrl) return press(ctrl, 0x30);
    return alt_code(separator_ == Separator::alt3 ? "029" : "0029");
  }
  if (character >= '1' && character <= '9') {
    return press(0, static_cast<std::uint8_t>(0x1E + character - '1'));
  }
  if (character == '0') return press(0, 0x27);
  const bool upper = character >= 'A' && character <= 'Z';
  if (upper || (character >= 'a' && character <= 'z')) {
    char letter = upper ? static_cast<char>(character - 'A' + 'a') : character;
    if (german_ && (letter == 'y' || letter == 'z')) letter = letter == 'y' ? 'z' : 'y';
    return press(upper ? shift : std::uint8_t{0}, static_cast<std::uint8_t>(0x04 + letter - 'a'));
  }
  const Key* const key = german_ ? find(german_keys, character) : find(us_keys, character);
  if (key == nullptr) {
    throw Error(ErrorKind::invalid_input,
                "a simulated keyboard scanner can not type a label with other than ASCII and GS");
  }
  press(key->modifiers, key->usage);
  if (german_ && is_dead(character)) press(0, 0x2C);
}

void HidKeyboard::press(std::uint8_t modifiers, std::uint8_t key) {
  send({std::byte{modifiers}, std::byte{0}, std::byte{key}, std::byte{0}, std::byte{0},
        std::byte{0}, std::byte{0}, std::byte{0}});
  send(Bytes(8));
}

void HidKeyboard::alt_code(std::string_view digits) {
  for (const char digit : digits) {
    const int usage = digit == '0' ? 0x62 : 0x59 + digit - '1';
    for (const int key : {usage, 0}) {
      Bytes report(8);
      report[0] = std::byte{alt};
      report[2] = static_cast<std::byte>(key);
      send(report);
    }
  }
  send(Bytes(8));
}

bool HidKeyboard::set_report(ReportType type, ByteView report, nanoseconds) {
  return type == ReportType::output && report.size() == 1;  // the LEDs
}

std::optional<Bytes> HidKeyboard::get_report(ReportType type, std::uint8_t, nanoseconds) {
  return type == ReportType::input ? std::optional(Bytes(8)) : std::nullopt;
}

void HidKeyboard::reboot(nanoseconds) {
  forget_reports();
}

}  // namespace cartwright::simulators
