#include <cartwright/driver/hid.hpp>

#include <cstdlib>

// Two bytes say where the descriptor ends; a report follows it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cartwright::driver;
  if (size < 2) return 0;
  const std::size_t most = size - 2;
  const std::size_t wanted = data[0] | std::size_t{data[1]} << 8;
  const ByteView descriptor(data + 2, wanted < most ? wanted : most);
  const ByteView report(data + 2 + descriptor.size(), most - descriptor.size());
  hid::DescriptorReader reader;
  std::uint64_t sum = 0;
  const hid::Verdict verdict = reader.read(descriptor, [&](const hid::Field& field) {
    if (field.offset + std::uint64_t{field.bits} * field.count > hid::most_report_bits + 8) {
      std::abort();
    }
    for (std::uint32_t i = 0; i < field.count && i < 64; ++i) {
      const std::uint32_t usage = field.usage_at(i);
      if (!field.usages.empty() && !field.has_usage(usage)) std::abort();
      sum += usage + field.usage_of_value(i) + field.element_of(usage).value_or(0);
      sum += hid::take_bits(report, field.element_offset(i), field.bits).value_or(0);
      sum += static_cast<std::uint64_t>(
          hid::take_signed_bits(report, field.element_offset(i), field.bits).value_or(0));
    }
  });
  if (!verdict.sound() && verdict.at > descriptor.size()) std::abort();
  for (unsigned id = 0; id < 256; ++id) {
    sum += reader.report_bytes(hid::ReportKind::input, static_cast<std::uint8_t>(id));
  }
  return sum == 1 ? 1 : 0;
}
