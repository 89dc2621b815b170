#pragma once

#include <cartwright/driver/driver.hpp>

#include <cstdlib>
#include <vector>

namespace cartwright::fuzz {

// Feeds a pure driver's table with what the fuzzer makes up: arrivals, commands, cancels, time, the
// line going down and up, ends of writes. Aborts where the driver breaks a rule of the ABI.
class DriverInput {
 public:
  DriverInput(const cw_driver& driver, std::vector<cw_setting> settings, std::uint32_t units = 1)
      : driver_(driver), units_(units), state_((driver.state_size + 7) / 8) {
    cw_init init{};
    init.struct_size = sizeof init;
    init.setting_count = static_cast<std::uint32_t>(settings.size());
    init.link_count = 1;
    init.unit_count = units;
    init.settings = settings.data();
    started_ = driver.init(state_.data(), &init) >= 0;
    fx_.struct_size = sizeof fx_;
    fx_.host = this;
    fx_.emit = [](const cw_fx* fx, const cw_record* event) { return self(fx).spend(event->size); };
    fx_.io = [](const cw_fx* fx, const cw_io* io, const std::uint8_t*) {
      if (io->token != 0) self(fx).tokens_.push_back(io->token);
      return self(fx).spend(sizeof *io + io->data_size);
    };
    fx_.timer = [](const cw_fx* fx, std::uint32_t, std::uint64_t id, std::uint64_t) {
      self(fx).timer_ = id;
      return self(fx).spend(32);
    };
    fx_.done = [](const cw_fx* fx, std::uint64_t op, std::int32_t, const cw_record* result) {
      self(fx).end(op);
      return self(fx).spend(32 + (result != nullptr ? result->size : 0));
    };
    fx_.keep = [](const cw_fx* fx, std::uint32_t, std::uint32_t, const std::uint8_t*,
                  std::uint32_t size) { return self(fx).spend(32 + size); };
    fx_.log = [](const cw_fx* fx, std::uint32_t, const char*, std::uint32_t size) {
      return self(fx).spend(32 + size);
    };
    fx_.fault = fx_.log;
  }

  // The link carries whole reports; the device has these ids and this descriptor.
  void be_hid(std::uint32_t usb_id, std::vector<std::uint8_t> descriptor) {
    in_messages_ = true;
    usb_id_ = usb_id;
    descriptor_ = std::move(descriptor);
  }

  void run(const std::uint8_t* data, std::size_t size) {
    if (!started_) return;
    call(input(CW_IN_START));
    come_up();
    while (size >= 2) {
      const std::uint8_t what = data[0];
      const std::size_t length = data[1] < size - 2 ? data[1] : size - 2;
      step(what, data + 2, length);
      data += 2 + length;
      size -= 2 + length;
    }
  }

 private:
  static DriverInput& self(const cw_fx* fx) { return *static_cast<DriverInput*>(fx->host); }

  std::int32_t spend(std::size_t size) {
    effects_ += size + 32;
    return effects_ <= CW_EFFECTS_LIMIT ? CW_OK : CW_NO_SPACE;
  }

  void end(std::uint64_t op) {
    if (std::erase(open_, op) != 1) std::abort();  // ended twice, or never begun
  }

  static cw_input input(std::uint32_t kind) {
    cw_input in{};
    in.struct_size = sizeof in;
    in.kind = kind;
    return in;
  }

  void step(std::uint8_t what, const std::uint8_t* bytes, std::size_t size) {
    now_ += 1'000'000ull << (what >> 4);
    switch (what % 8) {
      case 0:
      case 1:
      case 2:
        return arrive(bytes, size);
      case 3: {
        cw_input timer = input(CW_IN_TIMER);
        timer.token = timer_;
        return call(timer);
      }
      case 4:
        return command(bytes, size);
      case 5: {
        cw_input cancel = input(CW_IN_CANCEL);
        cancel.token = open_.empty() ? 7 : open_.front();
        cancel.status = size != 0 ? CW_TIMEOUT : CW_CANCELLED;
        return call(cancel);
      }
      case 6: {
        if (tokens_.empty()) return;
        cw_input done = input(CW_IN_IO_DONE);
        done.token = tokens_.front();
        done.flags = size != 0 ? CW_IN_REPLACED : 0;
        tokens_.erase(tokens_.begin());
        return call(done);
      }
      default:
        pending_.clear();
        messages_.clear();
        call(input(CW_IN_LINK_DOWN));
        return come_up();
    }
  }

  void come_up() {
    cw_input up = input(CW_IN_LINK_UP);
    up.token = usb_id_;
    up.extra = descriptor_.data();
    up.extra_size = static_cast<std::uint32_t>(descriptor_.size());
    call(up);
  }

  // A message link that is full drops all that waits and says so, as the host does.
  void arrive(const std::uint8_t* bytes, std::size_t size) {
    cw_input in = input(CW_IN_DATA);
    if (in_messages_ && (pending_.size() + size > CW_PENDING_LIMIT || messages_.size() >= 4096)) {
      in.flags = CW_IN_DISCONTINUITY;
      in.count = messages_.size();
      pending_.clear();
      messages_.clear();
    }
    if (in_messages_) {
      messages_.push_back(
          {static_cast<std::uint32_t>(pending_.size()), static_cast<std::uint32_t>(size)});
    }
    pending_.insert(pending_.end(), bytes, bytes + size);
    call(in);
  }

  void consume(std::uint32_t count) {
    if (!in_messages_) {
      if (count > pending_.size()) std::abort();
      pending_.erase(pending_.begin(), pending_.begin() + count);
      return;
    }
    if (count > messages_.size()) std::abort();
    if (count == 0) return;
    const std::uint32_t cut = messages_[count - 1].offset + messages_[count - 1].length;
    messages_.erase(messages_.begin(), messages_.begin() + count);
    for (cw_span& message : messages_) message.offset -= cut;
    pending_.erase(pending_.begin(), pending_.begin() + cut);
  }

  // A command of the fuzzer's choice; its body is the fuzzer's bytes.
  void command(const std::uint8_t* bytes, std::size_t size) {
    static constexpr std::uint32_t types[] = {
        CW_SCALE_READ,          CW_SCALE_ZERO,        CW_SCALE_TARE,
        CW_DEVICE_CHECK_HEALTH, CW_DISPLAY_SHOW,      CW_DISPLAY_CLEAR,
        CW_DISPLAY_BRIGHTNESS,  CW_SCANNER_BEEP,      CW_DEVICE_ENABLE,
        CW_DISPLAY_TEXT_AT,     CW_DISPLAY_CURSOR,    CW_DISPLAY_SCROLL,
        CW_TERMINAL_AUTHORIZE,  CW_TERMINAL_REFUND,   CW_TERMINAL_REVERSE,
        CW_TERMINAL_LOOKUP,     CW_TERMINAL_BASELINE, CW_TERMINAL_PREAUTHORIZE,
        CW_TERMINAL_END_OF_DAY, CW_TERMINAL_ENQUIRE,  CW_TERMINAL_REPEAT_RECEIPT};
    if (size == 0) return;
    std::vector<std::uint64_t> block((sizeof(cw_record) + 16 + size + 7) / 8);
    auto* const body = reinterpret_cast<std::uint8_t*>(block.data());
    std::copy(bytes + 1, bytes + size, body + sizeof(cw_record));
    auto& record = *reinterpret_cast<cw_record*>(body);
    record.size = static_cast<std::uint32_t>(block.size() * 8);
    record.type = types[bytes[0] % std::size(types)];
    record.fixed_size = sizeof(cw_record) + 16;
    record.op = ++last_op_;
    record.unit = (bytes[0] >> 6) % units_;
    if (record.type == CW_DISPLAY_SHOW) {
      auto& show = *reinterpret_cast<cw_display_show*>(body);
      show.lines = {sizeof(cw_display_show), record.size - 48u};
    }
    if (record.type == CW_DISPLAY_TEXT_AT || record.type == CW_DISPLAY_SCROLL) {
      // Their text is the last field of the fixed part, at the same place.
      static_assert(offsetof(cw_display_text_at, text) == offsetof(cw_display_scroll, text));
      auto& text_at = *reinterpret_cast<cw_display_text_at*>(body);
      text_at.row %= 4;
      text_at.column %= 128;
      text_at.text = {sizeof(cw_display_text_at), record.size - 56u};
    }
    open_.push_back(record.op);
    cw_input in = input(CW_IN_COMMAND);
    in.command = &record;
    call(in);
  }

  void call(cw_input in) {
    in.pending = pending_.data();
    in.pending_size = static_cast<std::uint32_t>(pending_.size());
    in.messages = messages_.data();
    in.message_count = static_cast<std::uint32_t>(messages_.size());
    cw_now now{};
    now.struct_size = sizeof now;
    now.monotonic_ns = now_;
    cw_outcome outcome{};
    outcome.struct_size = sizeof outcome;
    effects_ = 0;
    if (driver_.input(state_.data(), &now, &in, &fx_, &outcome) < 0) std::abort();
    consume(outcome.consumed);
    if (pending_.size() > CW_PENDING_LIMIT) std::abort();  // it waits for what never ends
  }

  const cw_driver& driver_;
  std::uint32_t units_;
  std::vector<std::uint64_t> state_;
  cw_fx fx_{};
  bool started_ = false;
  std::size_t effects_ = 0;
  std::uint64_t now_ = 1;
  std::uint64_t timer_ = 1;
  std::uint64_t last_op_ = 0;
  std::vector<std::uint8_t> pending_;
  std::vector<cw_span> messages_;
  bool in_messages_ = false;
  std::uint32_t usb_id_ = 0;
  std::vector<std::uint8_t> descriptor_;
  std::vector<std::uint64_t> open_;
  std::vector<std::uint64_t> tokens_;
};

inline cw_setting text_setting(const char* key, std::string_view text) {
  return {0, CW_SETTING_TEXT, static_cast<std::uint32_t>(text.size()), key, text.data()};
}
inline cw_setting integer_setting(const char* key, std::int64_t number) {
  return {number, CW_SETTING_INTEGER, 0, key, nullptr};
}

}  // namespace cartwright::fuzz
