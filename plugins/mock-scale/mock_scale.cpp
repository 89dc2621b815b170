#include "../mock-common/words.hpp"

using namespace cartwright::driver;
using cartwright::mock::Words;

namespace {

std::optional<std::uint32_t> unit_named(std::string_view name) {
  if (name == "kg") return CW_UNIT_KILOGRAM;
  if (name == "g") return CW_UNIT_GRAM;
  if (name == "lb") return CW_UNIT_POUND;
  if (name == "oz") return CW_UNIT_OUNCE;
  return std::nullopt;
}

// The same value with a smaller exponent; nothing where it does not fit.
std::optional<std::int64_t> at_exponent(Decimal value, std::int32_t exponent) {
  if (value.mantissa == 0) return 0;
  for (; value.exponent > exponent; --value.exponent) {
    if (__builtin_mul_overflow(value.mantissa, std::int64_t{10}, &value.mantissa)) {
      return std::nullopt;
    }
  }
  return value.mantissa;
}

// The exponent in which the digits of both can be shown; those of a zero do not count.
std::int32_t finest(std::int32_t exponent, Decimal also) {
  return also.mantissa != 0 && also.exponent < exponent ? also.exponent : exponent;
}

// What the scale shows. `status` 0: a weight, and `net` and `tare` are in `exponent`.
struct Indication {
  std::uint32_t status = 0;
  std::int64_t net = 0;
  std::int64_t tare = 0;
  std::int32_t exponent = 0;
};

enum class Condition : std::uint8_t { settled, in_motion, overloaded, broken };

// A command that waits until the load settles.
struct Waiting {
  std::uint64_t op = 0;
  std::uint32_t zero = 0;  // 1: ZeroScale, 0: ReadWeight
  std::uint32_t reserved = 0;
};

struct MockScale {
  Decimal load{0, -3};
  Decimal tare{0, -3};
  Decimal zero{0, -3};  // the load that was there at the last zeroing
  std::uint32_t weight_unit = CW_UNIT_KILOGRAM;
  Condition condition = Condition::settled;
  bool up = false;
  bool enabled = true;
  FixedVector<Waiting, 8> waiting;

  void on(LinkUp, Fx& fx) {
    up = true;
    show(fx);
  }
  void on(LinkDown, Fx& fx) {
    up = false;
    end_all(CW_LINK_DOWN, fx);
  }

  void on(const Message& message, Fx& fx) {
    const auto words = Words::read(message.data);
    if (!words) return cartwright::mock::garbage(fx, "unreadable message", message.data);
    if (!happens(*words, fx)) {
      cartwright::mock::garbage(fx, "no happening of this scale", message.data);
    }
  }

  void on(ReadWeight command, Fx& fx) { begin({command.op, 0, 0}, fx); }
  void on(ZeroScale command, Fx& fx) { begin({command.op, 1, 0}, fx); }
  void on(Tare command, Fx& fx) {
    if (!up) return fx.done(command.op, CW_LINK_DOWN);
    fx.done(command.op, set_tare({command.mantissa, command.exponent}, command.weight_unit, fx)
                            ? CW_OK
                            : CW_INVALID);
  }
  void on(Enable command, Fx& fx) {
    enabled = command.enabled;
    fx.done(command.op);
  }
  void on(CheckHealth command, Fx& fx) {
    fx.done(command.op, !up                              ? CW_LINK_DOWN
                        : condition == Condition::broken ? CW_DEVICE_ERROR
                                                         : CW_OK);
  }
  // A deadline that passes while a command waits means that the load never settled.
  void on(Cancel cancel, Fx& fx) {
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      if (waiting[i].op != cancel.op) continue;
      waiting[i] = waiting[waiting.size() - 1];
      FixedVector<Waiting, 8> left;
      left.append(waiting.view().first(waiting.size() - 1));
      waiting = left;
      return fx.done(cancel.op, cancel.timed_out ? CW_MOTION : CW_CANCELLED);
    }
  }

 private:
  bool happens(const Words& words, Fx& fx) {
    if (words.is("place", 2)) return place(words, fx);
    if (words.is("tare", 2)) {
      const auto weight = parse_decimal(words.arg(0));
      const auto unit = unit_named(words.arg(1));
      return weight && unit && set_tare(*weight, *unit, fx);
    }
    if (words.args() != 0) return false;
    if (words.action() == "remove") {
      load.mantissa = 0;
      return become(Condition::settled, fx);
    }
    if (words.action() == "zero") {
      condition = Condition::settled;
      set_zero(fx);
      answer_all(fx);
      return true;
    }
    if (words.action() == "motion") return become(Condition::in_motion, fx);
    if (words.action() == "overload") return become(Condition::overloaded, fx);
    if (words.action() == "error") return become(Condition::broken, fx);
    return false;
  }

  // A tare or a zero taken in one unit can not be subtracted exactly from a load in another.
  bool place(const Words& words, Fx& fx) {
    const auto weight = parse_decimal(words.arg(0));
    const auto unit = unit_named(words.arg(1));
    if (!weight || !unit || !to_micrograms(*weight, *unit)) return false;
    if (*unit != weight_unit && (tare.mantissa != 0 || zero.mantissa != 0)) return false;
    load = *weight;
    weight_unit = *unit;
    return become(Condition::settled, fx);
  }

  bool become(Condition next, Fx& fx) {
    condition = next;
    show(fx);
    answer_all(fx);
    return true;
  }

  bool set_tare(Decimal value, std::uint32_t unit, Fx& fx) {
    if (value.mantissa < 0 || (value.mantissa != 0 && unit != weight_unit)) return false;
    if (value.mantissa != 0 && !to_micrograms(value, unit)) return false;
    tare = value.mantissa == 0 ? Decimal{0, load.exponent} : value;
    show(fx);
    return true;
  }

  void set_zero(Fx& fx) {
    zero = load;
    tare = {0, load.exponent};
    show(fx);
  }

  // The status stands for what shows no weight: an empty platform is a stable zero with or without
  // a tare, and what would be negative is under zero.
  Indication indication() const {
    Indication shown;
    switch (condition) {
      case Condition::in_motion:
        shown.status = CW_SCALE_IN_MOTION;
        return shown;
      case Condition::overloaded:
        shown.status = CW_SCALE_OVER_CAPACITY;
        return shown;
      case Condition::broken:
        shown.status = CW_SCALE_FAULT;
        return shown;
      case Condition::settled:
        break;
    }
    shown.exponent = finest(finest(load.exponent, tare), zero);
    const auto on_platform = at_exponent(load, shown.exponent);
    const auto offset = at_exponent(zero, shown.exponent);
    const auto tared = at_exponent(tare, shown.exponent);
    std::int64_t gross = 0;
    if (!on_platform || !offset || !tared ||
        __builtin_sub_overflow(*on_platform, *offset, &gross) ||
        __builtin_sub_overflow(gross, *tared, &shown.net)) {
      shown.status = CW_SCALE_OVER_CAPACITY;
      return shown;
    }
    shown.tare = *tared;
    if (gross == 0) {
      shown.status = CW_SCALE_STABLE_ZERO;
    } else if (shown.net < 0) {
      shown.status = CW_SCALE_UNDER_ZERO;
    }
    return shown;
  }

  std::optional<RecordBuilder<cw_scale_weight, 8>> weight(std::uint32_t type,
                                                          const Indication& shown) const {
    const auto micrograms = to_micrograms({shown.net, shown.exponent}, weight_unit);
    if (!micrograms) return std::nullopt;
    RecordBuilder<cw_scale_weight, 8> record(type);
    record.value.mantissa = shown.net;
    record.value.exponent = shown.exponent;
    record.value.micrograms = *micrograms;
    record.value.weight_unit = weight_unit;
    record.value.tare = shown.tare;
    record.value.weight_flags = CW_WEIGHT_STABLE | (shown.tare != 0 ? CW_WEIGHT_NET : 0) |
                                (shown.status == CW_SCALE_STABLE_ZERO ? CW_WEIGHT_ZERO : 0);
    return record;
  }

  void show(Fx& fx) {
    if (!enabled || !up) return;
    const Indication shown = indication();
    if (shown.status != 0) return fx.scale_status(shown.status);
    auto event = weight(CW_SCALE_WEIGHT, shown);
    if (!event) return fx.scale_status(CW_SCALE_OVER_CAPACITY);
    fx.emit(*event);
  }

  void begin(Waiting command, Fx& fx) {
    if (!up) return fx.done(command.op, CW_LINK_DOWN);
    if (condition != Condition::in_motion) return answer(command, fx);
    if (!waiting.push_back(command)) fx.done(command.op, CW_BUSY);
  }

  void answer(const Waiting& command, Fx& fx) {
    if (condition == Condition::broken) return fx.done(command.op, CW_DEVICE_ERROR);
    if (condition == Condition::overloaded) return fx.done(command.op, CW_OUT_OF_RANGE);
    if (command.zero != 0) {
      set_zero(fx);
      return fx.done(command.op);
    }
    Indication shown = indication();
    if (shown.status == CW_SCALE_STABLE_ZERO) shown.net = 0;
    const bool readable = shown.status == 0 || shown.status == CW_SCALE_STABLE_ZERO;
    auto result = readable ? weight(CW_SCALE_READ_RESULT, shown) : std::nullopt;
    if (!result) return fx.done(command.op, CW_OUT_OF_RANGE);
    fx.done(command.op, CW_OK, *result);
  }

  void answer_all(Fx& fx) {
    if (condition == Condition::in_motion) return;
    const auto commands = waiting;
    waiting.clear();
    for (const Waiting& command : commands) answer(command, fx);
  }

  void end_all(std::int32_t status, Fx& fx) {
    for (const Waiting& command : waiting) fx.done(command.op, status);
    waiting.clear();
  }
};

}  // namespace

CARTWRIGHT_DRIVER(MockScale, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
