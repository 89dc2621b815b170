#include <nlohmann/json.hpp>

#include "link/names.hpp"
#include "link/recording.hpp"

namespace cartwright::link {
namespace {

using Json = nlohmann::ordered_json;

// Bytes that are no UTF-8 in a text are replaced: a recording stays readable.
std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void put_payload(Json& json, const Payload& payload, bool redacted, const std::string& before) {
  if (redacted || payload.redacted) {
    json[before + "redacted"] = payload.length;
  } else {
    json[before + "hex"] = to_hex(payload.bytes);
  }
}

struct Writer {
  Json& json;
  bool redacted;

  void operator()(const RxEntry& rx) const { transfer("rx", rx.pipe, rx.payload); }
  void operator()(const TxEntry& tx) const { transfer("tx", tx.pipe, tx.payload); }
  void operator()(const UpEntry& up) const {
    json["dir"] = "up";
    json["shape"] = to_text(up.shape);
    json["address"] = up.address;
    if (!up.descriptor.empty()) {
      json["descriptor"] = to_hex(up.descriptor);
    }
    if (up.usb_id != 0) json["usb"] = usb_id_text(up.usb_id);
  }
  void operator()(const DownEntry& down) const {
    json["dir"] = "down";
    json["reason"] = to_text(down.reason);
    json["text"] = down.text;
  }
  void operator()(const LinesEntry& lines) const {
    json["dir"] = "lines";
    json["cts"] = lines.cts;
    json["dsr"] = lines.dsr;
    json["dcd"] = lines.dcd;
    json["ri"] = lines.ri;
  }
  void operator()(const RequestEntry& entry) const {
    json["dir"] = "request";
    json["kind"] = to_text(entry.kind);
    json["result"] = to_text(entry.result);
    put_number("pipe", entry.pipe);
    put_number("request_type", entry.request_type);
    put_number("request", entry.request);
    put_number("value", entry.value);
    put_number("index", entry.index);
    put_payload(json, entry.payload, redacted, "");
    put_payload(json, entry.reply, redacted, "reply_");
  }

 private:
  void transfer(const char* direction, std::uint32_t pipe, const Payload& payload) const {
    json["dir"] = direction;
    json["pipe"] = pipe;
    put_payload(json, payload, redacted, "");
  }
  void put_number(const char* key, std::uint32_t number) const {
    if (number != 0) {
      json[key] = number;
    }
  }
};

}  // namespace

std::string to_line(const RecordingHeader& header) {
  Json json;
  json["cartwright_recording"] = 1;
  json["link"] = header.link;
  json["started"] = header.started;
  json["redacted"] = header.redacted;
  return dumped(json);
}

std::string to_line(const RecordingEntry& entry, bool redacted) {
  Json json;
  json["t"] = entry.at.count();
  std::visit(Writer{json, redacted}, entry.what);
  return dumped(json);
}

}  // namespace cartwright::link
