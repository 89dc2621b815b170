#include <cartwright/driver/hid.hpp>

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "unit/drivers/bytes.hpp"

namespace cartwright::test {
namespace {

namespace hid = driver::hid;

// What a visitor is shown, kept beyond the call.
struct Seen {
  hid::Field field;
  std::vector<hid::UsageRange> usages;
};

struct Result {
  hid::Verdict verdict;
  hid::DescriptorReader reader;
  std::vector<Seen> fields;
};

Result read(std::string_view bytes) {
  Result result;
  result.verdict = result.reader.read(driver::bytes_of(bytes), [&](const hid::Field& field) {
    result.fields.push_back({field, {field.usages.begin(), field.usages.end()}});
  });
  return result;
}

Result read_hex(std::string_view text) {
  return read(hex(text));
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

// The report of a boot keyboard (HID 1.11, appendix B.1).
constexpr auto keyboard =
    "05010906a101050719e029e71500250175019508810295017508810195057501050819012905"
    "910295017503910195067508150025650507190029658100c0";

TEST(HidDescriptor, lays_a_boot_keyboard_out_as_its_appendix_says) {
  const Result result = read_hex(keyboard);
  ASSERT_TRUE(result.verdict.sound()) << result.verdict.reason;
  ASSERT_EQ(result.fields.size(), 5U);
  const hid::Field& modifiers = result.fields[0].field;
  EXPECT_EQ(modifiers.offset, 0U);
  EXPECT_EQ(modifiers.count, 8U);
  EXPECT_TRUE(modifiers.is_variable());
  EXPECT_EQ(result.fields[0].usages, (std::vector<hid::UsageRange>{{0x700E0, 0x700E7}}));
  EXPECT_EQ(modifiers.application, hid::usage(1, 6));
  EXPECT_TRUE(result.fields[1].field.is_constant());
  EXPECT_EQ(result.fields[2].field.kind, hid::ReportKind::output);
  const hid::Field& keys = result.fields[4].field;
  EXPECT_FALSE(keys.is_variable());
  EXPECT_EQ(keys.offset, 16U);
  EXPECT_EQ(keys.element_offset(5), 56U);
  EXPECT_EQ(result.reader.report_bytes(hid::ReportKind::input, 0), 8U);
  EXPECT_EQ(result.reader.report_bytes(hid::ReportKind::output, 0), 1U);
  EXPECT_FALSE(result.reader.has_ids());
}

TEST(HidDescriptor, counts_the_report_id_and_keeps_reports_apart) {
  // Two input reports of two bytes, whose items alternate.
  const Result result = read_hex(
      "058d0920a101150026ff007508950185030940810285040940810285030941"
      "810285040941b102c0");
  ASSERT_TRUE(result.verdict.sound()) << result.verdict.reason;
  ASSERT_EQ(result.fields.size(), 4U);
  EXPECT_EQ(result.fields[0].field.offset, 8U);
  EXPECT_EQ(result.fields[1].field.offset, 8U);
  EXPECT_EQ(result.fields[2].field.offset, 16U);
  EXPECT_EQ(result.fields[3].field.offset, 8U) << "a feature report of its own";
  EXPECT_EQ(result.reader.report_bytes(hid::ReportKind::input, 3), 3U);
  EXPECT_EQ(result.reader.report_bytes(hid::ReportKind::input, 4), 2U);
  EXPECT_EQ(result.reader.report_bytes(hid::ReportKind::feature, 4), 2U);
  EXPECT_EQ(result.reader.report_bytes(hid::ReportKind::output, 4), 0U);
  EXPECT_TRUE(result.reader.has_ids());
}

TEST(HidDescriptor, gives_numbers_their_sign) {
  const Result result = read_hex(
      "050109300000"  // nothing yet: zero-size items of tag 0 do no harm
      "a1011581257f75089501094181021500"
      "25ff"
      "0942810216008026ff7f750f09438102c0");
  ASSERT_TRUE(result.verdict.sound()) << result.verdict.reason;
  ASSERT_EQ(result.fields.size(), 3U);
  EXPECT_EQ(result.fields[0].field.logical_min, -127);
  EXPECT_EQ(result.fields[0].field.logical_max, 127);
  EXPECT_EQ(result.fields[1].field.logical_max, 255) << "written in one byte by many devices";
  EXPECT_EQ(result.fields[2].field.logical_min, -32768);
  EXPECT_EQ(result.fields[2].field.logical_max, 32767);
}

TEST(HidDescriptor, reads_units_and_both_spellings_of_their_exponents) {
  const Result result = read_hex("a1017508950166010155fe090181025505090281025508090381020553c0");
  ASSERT_EQ(result.fields.size(), 3U);
  EXPECT_EQ(result.fields[0].field.unit, 0x0101U) << "SI linear, mass";
  EXPECT_EQ(result.fields[0].field.unit_exponent, -2);
  EXPECT_EQ(result.fields[1].field.unit_exponent, 5);
  EXPECT_EQ(result.fields[2].field.unit_exponent, -8);
}

TEST(HidDescriptor, keeps_globals_over_push_and_pop) {
  const Result result = read_hex(
      "058ca101750895040901a4750195020902"
      "8102b40903"
      "8102c0");
  ASSERT_TRUE(result.verdict.sound()) << result.verdict.reason;
  ASSERT_EQ(result.fields.size(), 2U);
  EXPECT_EQ(result.fields[0].field.bits, 1U);
  EXPECT_EQ(result.fields[1].field.bits, 8U);
  EXPECT_EQ(result.fields[1].field.count, 4U);
  EXPECT_EQ(result.fields[1].field.offset, 2U);
}

TEST(HidDescriptor, takes_usages_one_by_one_in_ranges_and_with_their_own_page) {
  const Result result = read_hex(
      "058ca101750195081901290309100b3b000100"
      "8102c0");
  ASSERT_EQ(result.fields.size(), 1U);
  const Seen& seen = result.fields[0];
  EXPECT_EQ(seen.usages, (std::vector<hid::UsageRange>{
                             {0x8C0001, 0x8C0003}, {0x8C0010, 0x8C0010}, {0x1003B, 0x1003B}}));
  hid::Field field = seen.field;
  field.usages = seen.usages;
  EXPECT_EQ(field.usage_at(2), 0x8C0003U);
  EXPECT_EQ(field.usage_at(3), 0x8C0010U);
  EXPECT_EQ(field.usage_at(7), 0x1003BU) << "the last serves the rest";
  EXPECT_EQ(field.element_of(0x8C0010), 3U);
  EXPECT_EQ(field.element_of(0x8C0011), std::nullopt);
}

TEST(HidDescriptor, names_what_an_array_says) {
  const Result result = read_hex(
      "058da101150125087508950119712978"
      "8100c0");
  ASSERT_EQ(result.fields.size(), 1U);
  hid::Field field = result.fields[0].field;
  field.usages = result.fields[0].usages;
  EXPECT_EQ(field.usage_of_value(4), hid::usage(0x8D, 0x74));
  EXPECT_EQ(field.usage_of_value(0), 0U);
  EXPECT_EQ(field.usage_of_value(9), 0U);
}

TEST(HidDescriptor, gives_a_page_behind_the_usages_to_them) {
  const Result result = read_hex(
      "0501a10175089501"
      "09fe058c8102c0");
  ASSERT_EQ(result.fields.size(), 1U);
  EXPECT_EQ(result.fields[0].usages[0].first, 0x8C00FEU);
}

TEST(HidDescriptor, prefers_the_first_of_alternative_usages) {
  const Result result = read_hex(
      "058ca10175089501a901090109"
      "02a9008102c0");
  ASSERT_EQ(result.fields.size(), 1U);
  EXPECT_EQ(result.fields[0].usages, (std::vector<hid::UsageRange>{{0x8C0001, 0x8C0001}}));
}

TEST(HidDescriptor, skips_long_items_and_reserved_tags) {
  const Result result = read_hex(
      "fe03f0aabbcc"
      "058ca1010d00"
      "75089501"
      "09fe8102"
      "f000"
      "c0");
  EXPECT_TRUE(result.verdict.sound()) << result.verdict.reason;
  EXPECT_EQ(result.fields.size(), 1U);
}

TEST(HidDescriptor, refuses_what_is_cut_off_with_its_place) {
  const std::string whole = hex(keyboard);
  for (std::size_t end = 0; end < whole.size(); ++end) {
    const Result result = read(std::string_view(whole).substr(0, end));
    EXPECT_FALSE(result.verdict.sound()) << end;
    EXPECT_LE(result.verdict.at, end);
  }
  EXPECT_THAT(std::string(read_hex("058ca1010926ff").verdict.reason),
              testing::HasSubstr("ends within an item"));
  EXPECT_EQ(read_hex("058ca10126ff").verdict.at, 4U);
  EXPECT_FALSE(read_hex("fe").verdict.sound());
  EXPECT_FALSE(read_hex("feff00aa").verdict.sound());
}

TEST(HidDescriptor, survives_a_thousand_collections_and_as_many_pushes) {
  const std::string field = hex("058c7508950109fe8102");
  const Result deep = read(repeated(hex("a102"), 1000) + field + repeated(hex("c0"), 1000));
  EXPECT_TRUE(deep.verdict.sound()) << deep.verdict.reason;
  EXPECT_EQ(deep.fields.size(), 1U);
  EXPECT_FALSE(
      read(repeated(hex("a102"), 1000) + field + repeated(hex("c0"), 999)).verdict.sound());
  EXPECT_FALSE(read(field + hex("c0")).verdict.sound());
  EXPECT_FALSE(read(repeated(hex("a4"), 1000)).verdict.sound());
  EXPECT_FALSE(read(hex("b4") + field).verdict.sound());
}

TEST(HidDescriptor, refuses_counts_and_sizes_that_no_report_has) {
  EXPECT_FALSE(read_hex("a10177ffffffff97ffffffff8102c0").verdict.sound());
  EXPECT_FALSE(read_hex("a101750897ffffff7f8102c0").verdict.sound());
  EXPECT_FALSE(read(hex("a10175ff95ff") + repeated(hex("8102"), 4000) + hex("c0")).verdict.sound());
  EXPECT_FALSE(read_hex("a1018500750895018102c0").verdict.sound()) << "report ID 0";
  EXPECT_FALSE(read_hex("a101860001750895018102c0").verdict.sound()) << "report ID 256";
  EXPECT_FALSE(read_hex("a10175089501810285018102c0").verdict.sound()) << "with and without ID";
  EXPECT_FALSE(
      read(hex("a101") + repeated(hex("0901"), 257) + hex("750895018102c0")).verdict.sound());
  EXPECT_FALSE(read_hex("a10119052904750895018102c0").verdict.sound()) << "a range backwards";
  EXPECT_FALSE(read(std::string(20'000, '\0')).verdict.sound());
  EXPECT_FALSE(read_hex("05010906a101c0").verdict.sound()) << "no report at all";
  EXPECT_FALSE(read("").verdict.sound());
}

TEST(HidDescriptor, reads_the_published_ones) {
  const auto vectors = published("hid_pos_scanner.json");
  if (!vectors) GTEST_SKIP() << "the vectors are not here";
  for (const auto& vector : *vectors) {
    if (vector.at("proto") != "hid_pos_descriptor") continue;
    const Result result = read_hex(vector.at("hex").get<std::string>());
    EXPECT_TRUE(result.verdict.sound()) << result.verdict.reason;
    const auto& expect = vector.at("expect");
    EXPECT_EQ(result.reader.report_bytes(hid::ReportKind::input, expect.at("report_id")),
              expect.at("report_len"));
    for (const Seen& seen : result.fields) {
      hid::Field field = seen.field;
      field.usages = seen.usages;
      if (field.element_of(0x8C00FF)) {
        EXPECT_EQ(field.offset, expect.at("continued_bit"));
      }
    }
  }
}

TEST(HidDescriptor, comes_to_an_end_with_anything) {
  rc::check("any bytes", [](const std::string& bytes) {
    const Result result = read(bytes);
    RC_ASSERT(result.verdict.sound() || result.verdict.at <= bytes.size());
    for (const Seen& seen : result.fields) {
      RC_ASSERT(std::uint64_t{seen.field.bits} * seen.field.count + seen.field.offset <=
                hid::most_report_bits + 8);
    }
  });
}

TEST(HidBits, reads_and_writes_at_any_offset) {
  rc::check("what was put is taken again", [](std::uint32_t value) {
    const auto bits = *rc::gen::inRange<std::uint32_t>(1, 33);
    const auto offset = *rc::gen::inRange<std::size_t>(0, 40);
    std::array<std::uint8_t, 9> report{};
    report.fill(0xA5);
    const auto before = report;
    RC_ASSERT(hid::put_bits(report, offset, bits, value));
    const std::uint64_t mask = (std::uint64_t{1} << bits) - 1;
    RC_ASSERT(*hid::take_bits(report, offset, bits) == (value & mask));
    for (std::size_t bit = 0; bit < 72; ++bit) {
      if (bit >= offset && bit < offset + bits) continue;
      RC_ASSERT(hid::take_bits(report, bit, 1) == hid::take_bits(before, bit, 1));
    }
  });
}

TEST(HidBits, gives_nothing_beyond_the_report) {
  std::array<std::uint8_t, 2> report{0xFF, 0x7F};
  EXPECT_EQ(hid::take_bits(report, 0, 16), 0x7FFFU);
  EXPECT_EQ(hid::take_bits(report, 1, 16), std::nullopt);
  EXPECT_EQ(hid::take_bits(report, 16, 1), std::nullopt);
  EXPECT_EQ(hid::take_bits(report, 1'000'000, 8), std::nullopt);
  EXPECT_EQ(hid::take_bits(report, 0, 0), std::nullopt);
  EXPECT_EQ(hid::take_bits(report, 0, 33), std::nullopt);
  EXPECT_FALSE(hid::put_bits(report, 9, 8, 1));
  EXPECT_EQ(hid::take_signed_bits(report, 4, 4), -1);
  EXPECT_EQ(hid::take_signed_bits(report, 8, 8), 127);
  EXPECT_EQ(hid::take_signed_bits(report, 1, 32), std::nullopt);
}

}  // namespace
}  // namespace cartwright::test
