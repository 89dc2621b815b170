#pragma once

// What a driver may do, as C++: each call adds one effect, which happens when the driver's function
// returns. A call that the host refuses (too much in one call) makes the whole call roll back.

#include <cartwright/driver/aim.hpp>
#include <cartwright/driver/decimal.hpp>
#include <cartwright/driver/record.hpp>

#include <chrono>
#include <string_view>

namespace cartwright::driver {

// How a write goes out; see CW_IO_* in effects.h.
struct WriteOptions {
  std::uint32_t link = 0;
  std::uint32_t pipe = 0;
  std::uint64_t token = 0;  // 0: no on(IoDone)
  std::chrono::nanoseconds timeout{0};
  bool after_commit = false;
  bool replace_queued = false;
  bool sensitive = false;
};

// What a device says that it is.
struct DeviceInfo {
  std::string_view maker;
  std::string_view model;
  std::string_view firmware;
  std::string_view serial;
};

class Fx {
 public:
  Fx(const cw_fx& fx, const cw_now& now, const cw_input& in, cw_outcome& outcome)
      : fx_(&fx), now_(&now), in_(&in), outcome_(&outcome) {}

  // --- events

  template <typename Record, std::size_t Capacity>
  void emit(RecordBuilder<Record, Capacity>& event) {
    if (event.overflowed()) return note(CW_NO_SPACE);
    note(fx_->emit(fx_, event.finish()));
  }

  // One label. `aim` is its identifier or "".
  void scan(std::string_view data, std::uint32_t symbology = CW_SYMBOLOGY_UNKNOWN,
            std::string_view aim = {}, std::uint32_t unit = 0) {
    RecordBuilder<cw_scanner_data> event(CW_SCANNER_DATA, unit);
    event.value.data = event.put(data);
    event.value.symbology = symbology;
    for (std::size_t i = 0; i < aim.size() && i < 3; ++i) {
      event.value.aim[i] = static_cast<std::uint8_t>(aim[i]);
    }
    emit(event);
  }

  // A weight as indicated. False, and nothing emitted, where the unit is unknown or it is too
  // large.
  bool weight(Decimal indicated, std::uint32_t weight_unit, std::uint32_t flags,
              std::uint32_t unit = 0) {
    const auto record = weight_record(CW_SCALE_WEIGHT, indicated, weight_unit, flags, unit);
    if (!record) return false;
    auto event = *record;
    emit(event);
    return true;
  }

  void scale_status(std::uint32_t status, std::uint32_t unit = 0) {
    RecordBuilder<cw_scale_status, 8> event(CW_SCALE_STATUS, unit);
    event.value.status = status;
    emit(event);
  }

  // What the device says that it is; what it does not say stays empty. At most 1 KiB in all.
  void device_info(const DeviceInfo& info, std::uint32_t unit = 0) {
    RecordBuilder<cw_device_info, 1024> event(CW_DEVICE_INFO, unit);
    event.value.maker = event.put(info.maker);
    event.value.model = event.put(info.model);
    event.value.firmware = event.put(info.firmware);
    event.value.serial = event.put(info.serial);
    emit(event);
  }

  // How far an update is, in bytes.
  void progress(std::uint64_t taken, std::uint64_t size, std::uint32_t unit = 0) {
    RecordBuilder<cw_device_progress, 8> event(CW_DEVICE_PROGRESS, unit);
    event.value.done = taken;
    event.value.size = size;
    emit(event);
  }

  // What the scale can weigh; `division` in steps of the capacity's last digit, 0 where not known.
  void scale_range(Decimal capacity, std::int64_t division, std::uint32_t weight_unit,
                   std::uint32_t unit = 0) {
    RecordBuilder<cw_scale_range, 8> event(CW_SCALE_RANGE, unit);
    event.value.capacity = capacity.mantissa;
    event.value.division = division;
    event.value.exponent = capacity.exponent;
    event.value.weight_unit = weight_unit;
    emit(event);
  }

  // --- ends of commands

  void done(std::uint64_t op, std::int32_t status = CW_OK) {
    note(fx_->done(fx_, op, status, nullptr));
  }
  template <typename Record, std::size_t Capacity>
  void done(std::uint64_t op, std::int32_t status, RecordBuilder<Record, Capacity>& result) {
    if (result.overflowed()) return note(CW_NO_SPACE);
    result.value.header.op = op;
    note(fx_->done(fx_, op, status, result.finish()));
  }
  // Ends a ReadWeight with its weight.
  void done_weight(std::uint64_t op, Decimal indicated, std::uint32_t weight_unit,
                   std::uint32_t flags, std::uint32_t unit = 0) {
    auto result = weight_record(CW_SCALE_READ_RESULT, indicated, weight_unit, flags, unit);
    if (!result) return done(op, CW_OUT_OF_RANGE);
    done(op, CW_OK, *result);
  }

  // --- the link

  void write(ByteView data, const WriteOptions& options = {}) {
    cw_io io{};
    io.struct_size = sizeof io;
    io.kind = CW_IO_WRITE;
    io.link = options.link;
    io.pipe = options.pipe;
    io.token = options.token;
    io.timeout_ns = static_cast<std::uint64_t>(options.timeout.count());
    io.flags = (options.after_commit ? CW_IO_AFTER_COMMIT : 0) |
               (options.replace_queued ? CW_IO_REPLACE_QUEUED : 0) |
               (options.sensitive ? CW_IO_SENSITIVE : 0);
    request(io, data);
  }
  void write(std::string_view data, const WriteOptions& options = {}) {
    write(bytes_of(data), options);
  }
  // Any request of effects.h; struct_size and data_size are filled in.
  void request(cw_io io, ByteView data = {}) {
    io.struct_size = sizeof io;
    io.data_size = static_cast<std::uint32_t>(data.size());
    note(fx_->io(fx_, &io, data.data()));
  }
  // HID feature reports, as on the wire. The one that was asked for comes in on(IoDone).
  void feature_set(std::uint8_t report_id, ByteView report, std::uint64_t token = 0,
                   std::uint32_t link = 0) {
    feature(CW_IO_FEATURE_SET, report_id, report, token, link);
  }
  void feature_get(std::uint8_t report_id, std::uint64_t token, std::uint32_t link = 0) {
    feature(CW_IO_FEATURE_GET, report_id, {}, token, link);
  }
  void connect(std::uint32_t link = 0) { simple_request(CW_IO_CONNECT, link); }
  void close(std::uint32_t link = 0) { simple_request(CW_IO_CLOSE, link); }

  // --- time

  Now now() const {
    Now now;
    now.monotonic = std::chrono::nanoseconds(now_->monotonic_ns);
    if ((now_->flags & CW_NOW_UTC_VALID) != 0) now.utc = std::chrono::nanoseconds(now_->utc_ns);
    if ((now_->flags & CW_NOW_OFFSET_VALID) != 0) {
      now.utc_offset = std::chrono::seconds(now_->utc_offset_s);
    }
    return now;
  }
  // Sets timer `id` to fire once after `delay`, or moves it.
  void timer(std::uint64_t id, std::chrono::nanoseconds delay, std::uint32_t link = 0) {
    note(fx_->timer(
        fx_, link, id,
        now_->monotonic_ns + static_cast<std::uint64_t>(delay.count() > 0 ? delay.count() : 1)));
  }
  void stop_timer(std::uint64_t id, std::uint32_t link = 0) { note(fx_->timer(fx_, link, id, 0)); }

  // --- the rest

  // What waits on the stream that this input shows.
  Bytes pending() { return {*in_, *outcome_}; }

  void keep(std::uint32_t key, ByteView value, bool secret = false) {
    note(fx_->keep(fx_, key, secret ? CW_KEEP_SECRET : 0, value.data(),
                   static_cast<std::uint32_t>(value.size())));
  }
  void forget(std::uint32_t key) { keep(key, {}); }
  void read_blob(std::uint64_t blob, std::uint64_t offset, std::uint32_t size,
                 std::uint64_t token) {
    note(fx_->blob_read(fx_, blob, offset, size, token));
  }
  void log(std::string_view text, std::uint32_t level = CW_LOG_INFO) {
    note(fx_->log(fx_, level, text.data(), static_cast<std::uint32_t>(text.size())));
  }
  // The device broke its protocol or said that it is in trouble.
  void fault(std::string_view text, std::uint32_t unit = 0) {
    note(fx_->fault(fx_, unit, text.data(), static_cast<std::uint32_t>(text.size())));
  }
  void expect_replug(std::chrono::nanoseconds within, std::uint32_t link = 0) {
    note(fx_->expect_replug(fx_, link, static_cast<std::uint64_t>(within.count())));
  }

  // CW_OK, or the first refusal of this call.
  std::int32_t status() const { return status_; }

 private:
  void note(std::int32_t status) {
    if (status < 0 && status_ == CW_OK) status_ = status;
  }
  void feature(std::uint32_t kind, std::uint8_t report_id, ByteView report, std::uint64_t token,
               std::uint32_t link) {
    cw_io io{};
    io.kind = kind;
    io.link = link;
    io.token = token;
    io.value = report_id;
    request(io, report);
  }
  void simple_request(std::uint32_t kind, std::uint32_t link) {
    cw_io io{};
    io.kind = kind;
    io.link = link;
    request(io);
  }
  static std::optional<RecordBuilder<cw_scale_weight, 8>> weight_record(std::uint32_t type,
                                                                        Decimal indicated,
                                                                        std::uint32_t weight_unit,
                                                                        std::uint32_t flags,
                                                                        std::uint32_t unit) {
    const auto micrograms = to_micrograms(indicated, weight_unit);
    if (!micrograms) return std::nullopt;
    RecordBuilder<cw_scale_weight, 8> record(type, unit);
    record.value.mantissa = indicated.mantissa;
    record.value.exponent = indicated.exponent;
    record.value.micrograms = *micrograms;
    record.value.weight_unit = weight_unit;
    record.value.weight_flags = flags;
    return record;
  }

  const cw_fx* fx_;
  const cw_now* now_;
  const cw_input* in_;
  cw_outcome* outcome_;
  std::int32_t status_ = CW_OK;
};

}  // namespace cartwright::driver
