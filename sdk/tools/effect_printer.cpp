#include "tools/effect_printer.hpp"

#include <cartwright/abi/scanner.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <variant>

#include "base/hex.hpp"
#include "gs1/identify.hpp"
#include "host/record_json.hpp"
#include "host/record_schema.hpp"
#include "tools/output.hpp"

namespace cartwright::tools {
namespace {

using Json = nlohmann::ordered_json;

void print(const Json& json) {
  print_line(json_line(json));
}

void add_gtin(Json& json) {
  const auto data = from_hex(json.value("data_hex", ""));
  const auto identified =
      gs1::identify(as_text(*data), std::string_view(json.value("aim", std::string())));
  if (const auto* identity = std::get_if<gs1::Identity>(&identified)) {
    json["gtin"] = identity->gtin.text();
  }
}

std::string_view io_word(std::uint32_t kind) {
  switch (kind) {
    case CW_IO_FEATURE_GET:
      return "feature_get";
    case CW_IO_FEATURE_SET:
      return "feature_set";
    case CW_IO_CONTROL_IN:
      return "control_in";
    case CW_IO_CONTROL_OUT:
      return "control_out";
    case CW_IO_LINE_SETTINGS:
      return "line_settings";
    case CW_IO_MODEM_LINES:
      return "modem_lines";
    case CW_IO_BREAK:
      return "break";
    case CW_IO_CONNECT:
      return "connect";
    case CW_IO_CLOSE:
      return "close";
    case CW_IO_RESET:
      return "reset";
    default:
      return "unknown";
  }
}

}  // namespace

void EffectPrinter::on_event(const cw_record& event) {
  Json json = {{"effect", "event"}};
  json.update(host::record_to_json(event));
  if (event.type == CW_SCANNER_DATA) add_gtin(json);
  print(json);
}

void EffectPrinter::on_io(const cw_io& io, ByteView data) {
  if (io.kind == CW_IO_WRITE) {
    print({{"effect", "send"}, {"hex", to_hex(data)}});
    sent_.insert(sent_.end(), data.begin(), data.end());
    if (screen_ != nullptr) {
      screen_->bytes_in(data, {});
      drawn_ = true;
    }
    return;
  }
  Json json = {{"effect", "io"}, {"kind", io_word(io.kind)}};
  if (!data.empty()) json["hex"] = to_hex(data);
  print(json);
}

void EffectPrinter::on_done(std::uint64_t op, std::int32_t status, const cw_record* result) {
  Json json = {{"effect", "done"}, {"op", op}, {"status", host::status_name(status)}};
  if (result != nullptr) json["result"] = host::record_to_json(*result);
  print(json);
}

void EffectPrinter::on_keep(std::uint32_t key, std::uint32_t flags, ByteView value) {
  Json json = {{"effect", "keep"}, {"key", key}};
  if ((flags & CW_KEEP_SECRET) == 0) json["hex"] = to_hex(value);
  print(json);
}

void EffectPrinter::on_fault(std::uint32_t /*unit*/, std::string_view text) {
  print({{"effect", "fault"}, {"text", text}});
}

void EffectPrinter::on_log(std::uint32_t level, std::string_view text) {
  if (log_) print({{"effect", "log"}, {"level", level}, {"text", text}});
}

void EffectPrinter::draw() {
  if (!drawn_) return;
  drawn_ = false;
  print({{"screen", screen_->screen()}});
}

void EffectPrinter::pending(ByteView waiting, bool sensitive) {
  if (waiting.empty()) return;
  Json json = {{"effect", "pending"}};
  if (sensitive) {
    json["bytes"] = waiting.size();
  } else {
    json["hex"] = to_hex(waiting);
  }
  print(json);
}

bool is_sensitive(const host::Manifest& manifest) {
  return std::ranges::any_of(manifest.links, &host::ManifestLink::sensitive);
}

}  // namespace cartwright::tools
