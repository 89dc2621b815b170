#include "cart/unit_commands.hpp"

#include <cartwright/abi/cartwright.h>

#include <cstddef>
#include <utility>

#include "base/file.hpp"
#include "host/record_schema.hpp"

namespace cartwright::cart {
namespace {

using namespace std::chrono_literals;

// What a device does at its own pace: writing its memory, closing the day with the acquirer.
constexpr Deadlines slow{10min, 11min};

host::Record bare(std::uint32_t type) {
  return host::RecordBuilder(type, sizeof(cw_record)).take();
}

}  // namespace

void UnitCommands::give(const std::string& unit, host::Record record, Answer done,
                        Deadlines deadlines) {
  units_.command(unit, std::move(record), deadlines,
                 [done = std::move(done)](std::int32_t status, const host::Record&) {
                   if (done) done(std::string(host::status_name(status)));
                 });
}

void UnitCommands::check_health(const std::string& unit, Answer done) {
  give(unit, bare(CW_DEVICE_CHECK_HEALTH), std::move(done));
}

void UnitCommands::enable(const std::string& unit, bool enabled, Answer done) {
  host::RecordBuilder build(CW_DEVICE_ENABLE, sizeof(cw_device_enable));
  build.set(offsetof(cw_device_enable, enabled), std::uint32_t{enabled ? 1u : 0u});
  give(unit, build.take(), std::move(done));
}

void UnitCommands::vendor_command(const std::string& unit, std::string_view id, ByteView data,
                                  Answer done) {
  host::RecordBuilder build(CW_VENDOR_COMMAND, sizeof(cw_vendor_command));
  build.span(offsetof(cw_vendor_command, id), as_bytes(id));
  build.span(offsetof(cw_vendor_command, data), data);
  give(unit, build.take(), std::move(done));
}

void UnitCommands::update_firmware(const std::string& unit, const std::filesystem::path& image,
                                   Answer done) {
  const std::string content = read_file(image);
  host::RecordBuilder build(CW_DEVICE_UPDATE, sizeof(cw_device_update));
  const std::uint64_t blob =
      units_.add_blob(unit, Bytes(as_bytes(content).begin(), as_bytes(content).end()));
  build.set(offsetof(cw_device_update, blob), blob);
  build.set(offsetof(cw_device_update, size), std::uint64_t{content.size()});
  Units& units = units_;
  give(
      unit, build.take(),
      [&units, unit, blob, done = std::move(done)](const std::string& status) {
        units.remove_blob(unit, blob);
        if (done) done(status);
      },
      slow);
}

void UnitCommands::beep(const std::string& scanner, bool good, Answer done) {
  host::RecordBuilder build(CW_SCANNER_BEEP, sizeof(cw_scanner_beep));
  build.set(offsetof(cw_scanner_beep, kind), good ? CW_BEEP_GOOD : CW_BEEP_BAD);
  give(scanner, build.take(), std::move(done));
}

void UnitCommands::zero_scale(const std::string& scale, Answer done) {
  give(scale, bare(CW_SCALE_ZERO), std::move(done));
}

void UnitCommands::tare_scale(const std::string& scale, std::int64_t grams, Answer done) {
  host::RecordBuilder build(CW_SCALE_TARE, sizeof(cw_scale_tare));
  build.set(offsetof(cw_scale_tare, mantissa), grams);
  build.set(offsetof(cw_scale_tare, exponent), std::int32_t{0});
  build.set(offsetof(cw_scale_tare, weight_unit), CW_UNIT_GRAM);
  give(scale, build.take(), std::move(done));
}

void UnitCommands::set_brightness(const std::string& display, std::uint32_t percent, Answer done) {
  host::RecordBuilder build(CW_DISPLAY_BRIGHTNESS, sizeof(cw_display_brightness));
  build.set(offsetof(cw_display_brightness, percent), percent);
  give(display, build.take(), std::move(done));
}

void UnitCommands::end_of_day(const std::string& terminal, Answer done) {
  give(terminal, bare(CW_TERMINAL_END_OF_DAY), std::move(done), slow);
}

void UnitCommands::diagnose(const std::string& terminal, Answer done) {
  give(terminal, bare(CW_TERMINAL_DIAGNOSE), std::move(done), slow);
}

void UnitCommands::repeat_receipt(const std::string& terminal, Answer done) {
  give(terminal, bare(CW_TERMINAL_REPEAT_RECEIPT), std::move(done), slow);
}

}  // namespace cartwright::cart
