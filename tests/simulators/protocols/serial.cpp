#include <algorithm>
#include <array>
#include <utility>

#include "base/error.hpp"
#include "simulators/registry.hpp"

namespace cartwright::simulators {
namespace {

using Identifier = std::pair<std::string_view, std::string_view>;

// ISO/IEC 15424, table 1: the identifiers that readers send with their usual options.
constexpr std::array<Identifier, 21> identifiers{{
    {"ean8", "]E4"},      {"ean13", "]E0"},   {"upca", "]E0"},       {"upce", "]E0"},
    {"itf14", "]I1"},     {"itf", "]I0"},     {"code39", "]A0"},     {"code93", "]G0"},
    {"code128", "]C0"},   {"gs1_128", "]C1"}, {"databar", "]e0"},    {"databar_expanded", "]e0"},
    {"qr", "]Q1"},        {"gs1_qr", "]Q3"},  {"datamatrix", "]d1"}, {"gs1_datamatrix", "]d2"},
    {"pdf417", "]L0"},    {"aztec", "]z0"},   {"dotcode", "]J0"},    {"codabar", "]F0"},
    {"composite", "]e1"},
}};

// What a label of digits alone most likely is.
std::string_view guess(std::string_view label) {
  const bool digits = label.find_first_not_of("0123456789") == std::string_view::npos;
  if (digits && label.size() == 8) return "ean8";
  if (digits && label.size() == 12) return "upca";
  if (digits && label.size() == 13) return "ean13";
  if (digits && label.size() == 14) return "itf14";
  return "code128";
}

class SerialScanner final : public Simulator {
 public:
  explicit SerialScanner(const Options& options)
      : prefix_(options.bytes("prefix")),
        suffix_(options.bytes("suffix")),
        aim_(options.choice("aim", {"on", "off"}) == "on") {}

  Bytes bytes_in(ByteView, nanoseconds) override { return {}; }

  Bytes happen(const link::Happening& what, nanoseconds) override {
    if (what.action != "scan" || what.args.empty()) refuse_action(what, "scanner");
    const std::string& label = what.args[0];
    const std::string_view symbology = what.args.size() > 1 ? what.args[1] : guess(label);
    return to_bytes(prefix_ + (aim_ ? identifier(symbology) : "") + label + suffix_);
  }

  void reboot(nanoseconds) override {}

 private:
  static std::string identifier(std::string_view symbology) {
    const auto* const found =
        std::find_if(identifiers.begin(), identifiers.end(),
                     [&](const Identifier& one) { return one.first == symbology; });
    if (found != identifiers.end()) return std::string(found->second);
    throw Error(ErrorKind::invalid_input,
                "no AIM identifier is known for the symbology " + std::string(symbology));
  }

  std::string prefix_;
  std::string suffix_;
  bool aim_;
};

const std::vector<OptionHelp>& options_help() {
  static const std::vector<OptionHelp> options{
      {"prefix", "", "what stands before each label; \\r \\n \\t \\\\ \\xHH stand for bytes"},
      {"suffix", "\\r", "what ends each label"},
      {"aim", "on", "on or off: send the AIM identifier (]E0) before the label"},
  };
  return options;
}

std::unique_ptr<Simulator> make(const OptionValues& options) {
  return std::make_unique<SerialScanner>(Options(options, options_help()));
}

}  // namespace

// A scanner that sends each label as text: prefix, AIM identifier, label, suffix. It hears nothing.
Protocol serial_protocol() {
  return {
      "serial",
      "scanner-serial",
      "scanner",
      "a scanner that sends labels as text",
      "Sends [prefix] [AIM identifier] label suffix for each `scan LABEL [SYMBOLOGY]`. It hears "
      "nothing.",
      &options_help,
      &make};
}

}  // namespace cartwright::simulators
