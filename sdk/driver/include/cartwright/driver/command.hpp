#pragma once

// Commands as C++ types. Each is answered by exactly one fx.done(command.op, ...).

#include <cartwright/driver/record.hpp>

namespace cartwright::driver {

struct Command {
  std::uint64_t op = 0;
  std::uint32_t unit = 0;
};

struct CheckHealth : Command {};
struct Enable : Command {
  bool enabled = true;
};
struct Update : Command {
  std::uint64_t blob = 0;
  std::uint64_t size = 0;
};
struct Beep : Command {
  std::uint32_t kind = CW_BEEP_GOOD;
};
struct ReadWeight : Command {};
struct ZeroScale : Command {};
struct Tare : Command {
  std::int64_t mantissa = 0;
  std::int32_t exponent = 0;
  std::uint32_t weight_unit = 0;
};
struct TareLoad : Command {};
struct Show : Command {
  std::string_view lines;  // UTF-8, divided by LF
};
struct Clear : Command {};
struct Brightness : Command {
  std::uint32_t percent = 100;
};
struct TextAt : Command {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  std::string_view text;  // UTF-8 of one line
};
struct Cursor : Command {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  std::uint32_t shape = CW_CURSOR_NONE;
};
struct Scroll : Command {
  std::uint32_t row = 0;
  std::uint32_t step_ms = 0;
  std::string_view text;  // UTF-8 of one line
};
// The body of all commands that name money.
struct Order : Command {
  std::int64_t amount_minor = 0;
  std::uint32_t currency = 0;
  std::uint32_t receipt = 0;
  std::uint32_t trace = 0;
  std::string_view key;
};
struct Authorize : Order {};
struct Refund : Order {};
struct Reverse : Order {};
struct Lookup : Order {};
struct Baseline : Order {};
struct Preauthorize : Order {};
struct ReversePreauthorization : Order {};
struct EndOfDay : Command {};
struct Diagnose : Command {};
struct Enquire : Command {};
struct RepeatReceipt : Command {};
struct VendorCommand : Command {
  std::string_view id;
  ByteView data;
};

namespace detail {

template <typename T>
T order_of(const cw_record& record) {
  const auto body = read_fixed<cw_terminal_order>(record);
  T order;
  order.amount_minor = body.amount_minor;
  order.currency = body.currency;
  order.receipt = body.receipt;
  order.trace = body.trace;
  order.key = text_of(part_of(record, body.key));
  return order;
}

// Calls `then` with the command as its C++ type; false for a type that this face does not know.
template <typename Then>
bool with_command(const cw_record& record, Then&& then) {
  const auto as = [&](auto command) {
    command.op = record.op;
    command.unit = record.unit;
    return then(command);
  };
  switch (record.type) {
    case CW_DEVICE_CHECK_HEALTH:
      return as(CheckHealth{});
    case CW_DEVICE_ENABLE: {
      Enable command;
      command.enabled = read_fixed<cw_device_enable>(record).enabled != 0;
      return as(command);
    }
    case CW_DEVICE_UPDATE: {
      const auto body = read_fixed<cw_device_update>(record);
      Update command;
      command.blob = body.blob;
      command.size = body.size;
      return as(command);
    }
    case CW_VENDOR_COMMAND: {
      const auto body = read_fixed<cw_vendor_command>(record);
      VendorCommand command;
      command.id = text_of(part_of(record, body.id));
      command.data = part_of(record, body.data);
      return as(command);
    }
    case CW_SCANNER_BEEP: {
      Beep command;
      command.kind = read_fixed<cw_scanner_beep>(record).kind;
      return as(command);
    }
    case CW_SCALE_READ:
      return as(ReadWeight{});
    case CW_SCALE_ZERO:
      return as(ZeroScale{});
    case CW_SCALE_TARE: {
      const auto body = read_fixed<cw_scale_tare>(record);
      Tare command;
      command.mantissa = body.mantissa;
      command.exponent = body.exponent;
      command.weight_unit = body.weight_unit;
      return as(command);
    }
    case CW_SCALE_TARE_LOAD:
      return as(TareLoad{});
    case CW_DISPLAY_SHOW: {
      Show command;
      command.lines = text_of(part_of(record, read_fixed<cw_display_show>(record).lines));
      return as(command);
    }
    case CW_DISPLAY_CLEAR:
      return as(Clear{});
    case CW_DISPLAY_BRIGHTNESS: {
      Brightness command;
      command.percent = read_fixed<cw_display_brightness>(record).percent;
      return as(command);
    }
    case CW_DISPLAY_TEXT_AT: {
      const auto body = read_fixed<cw_display_text_at>(record);
      TextAt command;
      command.row = body.row;
      command.column = body.column;
      command.text = text_of(part_of(record, body.text));
      return as(command);
    }
    case CW_DISPLAY_CURSOR: {
      const auto body = read_fixed<cw_display_cursor>(record);
      Cursor command;
      command.row = body.row;
      command.column = body.column;
      command.shape = body.shape;
      return as(command);
    }
    case CW_DISPLAY_SCROLL: {
      const auto body = read_fixed<cw_display_scroll>(record);
      Scroll command;
      command.row = body.row;
      command.step_ms = body.step_ms;
      command.text = text_of(part_of(record, body.text));
      return as(command);
    }
    case CW_TERMINAL_AUTHORIZE:
      return as(order_of<Authorize>(record));
    case CW_TERMINAL_REFUND:
      return as(order_of<Refund>(record));
    case CW_TERMINAL_REVERSE:
      return as(order_of<Reverse>(record));
    case CW_TERMINAL_LOOKUP:
      return as(order_of<Lookup>(record));
    case CW_TERMINAL_BASELINE:
      return as(order_of<Baseline>(record));
    case CW_TERMINAL_PREAUTHORIZE:
      return as(order_of<Preauthorize>(record));
    case CW_TERMINAL_REVERSE_PREAUTHORIZATION:
      return as(order_of<ReversePreauthorization>(record));
    case CW_TERMINAL_END_OF_DAY:
      return as(EndOfDay{});
    case CW_TERMINAL_DIAGNOSE:
      return as(Diagnose{});
    case CW_TERMINAL_ENQUIRE:
      return as(Enquire{});
    case CW_TERMINAL_REPEAT_RECEIPT:
      return as(RepeatReceipt{});
    default:
      return false;
  }
}

}  // namespace detail
}  // namespace cartwright::driver
