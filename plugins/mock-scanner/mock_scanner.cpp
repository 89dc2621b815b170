#include <utility>

#include "../mock-common/words.hpp"

using namespace cartwright::driver;
using cartwright::mock::Words;

namespace {

struct Symbology {
  std::string_view name;
  std::uint32_t number;
};

// The closed list of docs/abi.md.
constexpr Symbology symbologies[] = {
    {"unknown", CW_SYMBOLOGY_UNKNOWN},
    {"ean8", CW_SYMBOLOGY_EAN8},
    {"ean13", CW_SYMBOLOGY_EAN13},
    {"upca", CW_SYMBOLOGY_UPCA},
    {"upce", CW_SYMBOLOGY_UPCE},
    {"itf14", CW_SYMBOLOGY_ITF14},
    {"itf", CW_SYMBOLOGY_ITF},
    {"code39", CW_SYMBOLOGY_CODE39},
    {"code93", CW_SYMBOLOGY_CODE93},
    {"code128", CW_SYMBOLOGY_CODE128},
    {"gs1_128", CW_SYMBOLOGY_GS1_128},
    {"databar", CW_SYMBOLOGY_DATABAR},
    {"databar_expanded", CW_SYMBOLOGY_DATABAR_EXPANDED},
    {"qr", CW_SYMBOLOGY_QR},
    {"gs1_qr", CW_SYMBOLOGY_GS1_QR},
    {"datamatrix", CW_SYMBOLOGY_DATAMATRIX},
    {"gs1_datamatrix", CW_SYMBOLOGY_GS1_DATAMATRIX},
    {"pdf417", CW_SYMBOLOGY_PDF417},
    {"aztec", CW_SYMBOLOGY_AZTEC},
    {"dotcode", CW_SYMBOLOGY_DOTCODE},
    {"codabar", CW_SYMBOLOGY_CODABAR},
    {"composite", CW_SYMBOLOGY_COMPOSITE},
    {"gs1_digital_link", CW_SYMBOLOGY_GS1_DIGITAL_LINK},
};

std::optional<std::uint32_t> symbology_named(std::string_view name) {
  for (const Symbology& symbology : symbologies) {
    if (symbology.name == name) return symbology.number;
  }
  return std::nullopt;
}

struct MockScanner {
  bool up = false;
  bool enabled = true;
  Update update{};  // runs while its op is not 0
  std::uint64_t taken = 0;
  FixedString<64> first_line{};

  void on(LinkUp, Fx&) { up = true; }
  void on(LinkDown, Fx& fx) {
    up = false;
    end_update(CW_LINK_DOWN, fx);
  }

  void on(const Message& message, Fx& fx) {
    const auto words = Words::read(message.data);
    if (!words) return cartwright::mock::garbage(fx, "unreadable message", message.data);
    if (words->action() != "scan" || words->args() < 1 || words->args() > 2) {
      return cartwright::mock::garbage(fx, "no happening of a scanner", message.data);
    }
    const auto symbology =
        words->args() == 2 ? symbology_named(words->arg(1)) : std::optional(CW_SYMBOLOGY_UNKNOWN);
    if (!symbology) return cartwright::mock::garbage(fx, "unknown symbology", message.data);
    if (enabled) fx.scan(words->arg(0), *symbology);
  }

  void on(Beep command, Fx& fx) {
    const bool known = command.kind == CW_BEEP_GOOD || command.kind == CW_BEEP_BAD;
    fx.done(command.op, !up ? CW_LINK_DOWN : known ? CW_OK : CW_INVALID);
  }
  void on(Enable command, Fx& fx) {
    enabled = command.enabled;
    fx.done(command.op);
  }
  void on(CheckHealth command, Fx& fx) { fx.done(command.op, up ? CW_OK : CW_LINK_DOWN); }

  // Any image will do: its first line is the version that the scanner has then.
  void on(Update command, Fx& fx) {
    if (!up) return fx.done(command.op, CW_LINK_DOWN);
    if (update.op != 0) return fx.done(command.op, CW_BUSY);
    if (command.size == 0) return fx.done(command.op, CW_INVALID);
    update = command;
    taken = 0;
    first_line.clear();
    fx.read_blob(update.blob, 0, CW_BLOB_PIECE_LIMIT, update.op);
  }
  void on(Blob piece, Fx& fx) {
    if (update.op == 0 || piece.token != update.op || piece.offset != taken) return;
    if (piece.status != CW_OK || piece.data.empty()) return end_update(CW_DEVICE_ERROR, fx);
    if (taken == 0) {
      const std::string_view text = text_of(piece.data);
      first_line.append(text.substr(0, std::min<std::size_t>(text.find('\n'), 64)));
    }
    taken += piece.data.size();
    fx.progress(taken, update.size);
    if (taken < update.size) {
      return fx.read_blob(update.blob, taken, CW_BLOB_PIECE_LIMIT, update.op);
    }
    end_update(CW_OK, fx);
    fx.device_info(
        {.maker = {}, .model = "mock-scanner", .firmware = first_line.view(), .serial = {}});
  }
  void on(Cancel cancel, Fx& fx) {
    if (cancel.op == update.op) end_update(cancel.timed_out ? CW_TIMEOUT : CW_CANCELLED, fx);
  }

 private:
  void end_update(std::int32_t status, Fx& fx) {
    if (update.op != 0) fx.done(std::exchange(update.op, 0), status);
  }
};

}  // namespace

CARTWRIGHT_DRIVER(MockScanner, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
