#include "host/record.hpp"

#include <cartwright/abi/cartwright.h>
#include <cartwright/abi/draft/sink.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "host/decimal.hpp"
#include "host/record_json.hpp"
#include "host/record_schema.hpp"

namespace cartwright::host {
namespace {

using testing::HasSubstr;

std::string refusal(std::string_view command) {
  try {
    command_from_json(command);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_input);
    return error.what();
  }
  return "";
}

std::string json_of(const Record& record) {
  return record_to_json(record.header()).dump();
}

TEST(RecordJson, shows_a_label_as_decode_does) {
  RecordBuilder build(CW_SCANNER_DATA, sizeof(cw_scanner_data));
  build.span(offsetof(cw_scanner_data, data), as_bytes("4006381333931"));
  build.set(offsetof(cw_scanner_data, symbology), CW_SYMBOLOGY_EAN13);
  build.store(offsetof(cw_scanner_data, aim), "]E0", 4);
  EXPECT_EQ(json_of(build.take()),
            R"({"type":"scanner.data","data_hex":"34303036333831333333393331",)"
            R"("data":"4006381333931","symbology":"ean13","aim":"]E0"})");
}

TEST(RecordJson, shows_data_as_text_only_where_it_is_utf_8) {
  RecordBuilder build(CW_SCANNER_DATA, sizeof(cw_scanner_data));
  build.span(offsetof(cw_scanner_data, data), as_bytes("\xff\x01"));
  EXPECT_EQ(json_of(build.take()),
            R"({"type":"scanner.data","data_hex":"ff01","symbology":"unknown"})");
}

Record weight(std::int64_t mantissa, std::int32_t exponent, std::int64_t micrograms,
              std::uint32_t flags) {
  RecordBuilder build(CW_SCALE_WEIGHT, sizeof(cw_scale_weight));
  build.set(offsetof(cw_scale_weight, mantissa), mantissa);
  build.set(offsetof(cw_scale_weight, exponent), exponent);
  build.set(offsetof(cw_scale_weight, micrograms), micrograms);
  build.set(offsetof(cw_scale_weight, weight_unit), CW_UNIT_KILOGRAM);
  build.set(offsetof(cw_scale_weight, weight_flags), flags);
  return build.take();
}

TEST(RecordJson, shows_a_weight_as_decode_does) {
  EXPECT_EQ(json_of(weight(1250, -3, 1'250'000'000, CW_WEIGHT_STABLE)),
            R"({"type":"scale.weight","indicated":"1.250","unit":"kg","micrograms":1250000000,)"
            R"("grams":1250,"stable":true,"net":false,"zero":false})");
}

TEST(RecordJson, shows_grams_only_where_they_are_whole) {
  EXPECT_FALSE(record_to_json(weight(12505, -4, 1'250'500'000, 0).header()).contains("grams"));
}

TEST(RecordJson, shows_what_a_terminal_told_and_nothing_else) {
  RecordBuilder build(CW_TERMINAL_STATUS, sizeof(cw_terminal_facts));
  build.set(offsetof(cw_terminal_facts, has),
            CW_HAS_RESULT | CW_HAS_AMOUNT | CW_HAS_CURRENCY | CW_HAS_TRACE);
  build.set(offsetof(cw_terminal_facts, amount_minor), std::int64_t{2500});
  build.set(offsetof(cw_terminal_facts, currency), std::uint32_t{978});
  build.set(offsetof(cw_terminal_facts, trace), std::uint32_t{975});
  build.span(offsetof(cw_terminal_facts, card), as_bytes("girocard"));
  EXPECT_EQ(json_of(build.take()),
            R"({"type":"terminal.status","result":"0","amount_minor":2500,"currency":"978",)"
            R"("trace":975,"card":"girocard"})");
}

TEST(RecordJson, shows_what_an_older_plugin_left_out_as_absent) {
  Record record = weight(1250, -3, 1'250'000'000, 0);
  record.header().fixed_size = offsetof(cw_scale_weight, exponent);
  EXPECT_EQ(json_of(record), R"({"type":"scale.weight","micrograms":1250000000,"grams":1250})");
}

TEST(RecordJson, reads_every_command_it_names) {
  for (const std::string_view text :
       {R"({"show":{"lines":["Total","3.50"]}})", R"({"clear":{}})",
        R"({"brightness":{"percent":50}})", R"({"beep":{"kind":"good"}})", R"({"read":{}})",
        R"({"zero":{}})", R"({"tare":{"indicated":"0.150","unit":"kg"}})",
        R"({"authorize":{"amount_minor":1000,"currency":"978"}})",
        R"({"refund":{"amount_minor":1000,"currency":"978","key":"k"}})",
        R"({"reverse":{"receipt":231}})", R"({"lookup":{"amount_minor":1000,"currency":978}})",
        R"({"baseline":{}})", R"({"check_health":{}})", R"({"enable":{"enabled":true}})",
        R"({"update":{"blob":1,"size":100}})"}) {
    const Record record = command_from_json(text);
    EXPECT_FALSE(check_record(record.bytes())) << text;
    EXPECT_EQ(record_kind(record.type()), CW_COMMAND) << text;
  }
}

TEST(RecordJson, brings_the_fields_of_a_command_over) {
  const Record record = command_from_json(R"({"show":{"lines":["Total","3.50"]}})");
  const auto& show = reinterpret_cast<const cw_display_show&>(record.header());
  EXPECT_EQ(as_text(span_bytes(record.header(), show.lines)), "Total\n3.50");
  const Record tare = command_from_json(R"({"tare":{"indicated":"0.150","unit":"kg"}})");
  EXPECT_EQ(reinterpret_cast<const cw_scale_tare&>(tare.header()).mantissa, 150);
  EXPECT_EQ(reinterpret_cast<const cw_scale_tare&>(tare.header()).exponent, -3);
  const Record digest =
      command_from_json(R"({"ask":{"digest":")" + std::string(64, 'a') + R"("}})");
  EXPECT_EQ(reinterpret_cast<const cw_sink_ask&>(digest.header()).digest[31], 0xaa);
}

TEST(RecordJson, names_what_is_wrong_with_a_command_and_the_nearest_right) {
  EXPECT_THAT(refusal("nonsense"), HasSubstr("is not JSON"));
  EXPECT_THAT(refusal(R"({"shwo":{}})"), HasSubstr(R"(did you mean "show")"));
  EXPECT_THAT(refusal(R"({"show":{"line":[]}})"), HasSubstr(R"(did you mean "lines")"));
  EXPECT_THAT(refusal(R"({"show":{}})"), HasSubstr(R"(needs "lines")"));
  EXPECT_THAT(refusal(R"({"beep":{"kind":"god"}})"), HasSubstr(R"(did you mean "good")"));
  EXPECT_THAT(refusal(R"({"brightness":{"percent":-1}})"), HasSubstr("whole number"));
  EXPECT_THAT(refusal(R"({"brightness":{"percent":1.5}})"), HasSubstr("whole number"));
  EXPECT_THAT(refusal(R"({"clear":{},"read":{}})"), HasSubstr("one key"));
  EXPECT_THAT(refusal(R"({"show":{"lines":["a\nb"]}})"), HasSubstr("single lines"));
}

TEST(Record, refuses_a_part_outside_of_it) {
  RecordBuilder build(CW_SCANNER_DATA, sizeof(cw_scanner_data));
  build.span(offsetof(cw_scanner_data, data), as_bytes("123"));
  Record record = build.take();
  reinterpret_cast<cw_scanner_data&>(record.header()).data.offset = 1 << 20;
  EXPECT_THAT(*check_record(record.bytes()), HasSubstr("\"data\""));
}

TEST(Record, refuses_sizes_that_do_not_fit_together) {
  const Record sound = weight(1, 0, 1, 0);
  for (const auto change :
       {+[](cw_record& r) { r.size = 8; }, +[](cw_record& r) { r.size += 1; },
        +[](cw_record& r) { r.fixed_size = 0; }, +[](cw_record& r) { r.fixed_size = r.size + 1; },
        +[](cw_record& r) { r.size = 0xffffffff; }}) {
    std::vector<std::uint64_t> words(sound.bytes().size() / 8);
    std::memcpy(words.data(), sound.bytes().data(), sound.bytes().size());
    change(*reinterpret_cast<cw_record*>(words.data()));
    EXPECT_TRUE(check_record(std::as_bytes(std::span(words))));
  }
}

TEST(Record, is_bounded) {
  RecordBuilder build(CW_DISPLAY_SHOW, sizeof(cw_display_show));
  EXPECT_THROW(build.span(offsetof(cw_display_show, lines), Bytes(CW_RECORD_LIMIT)), Error);
}

TEST(Schema, names_each_type_once) {
  for (const RecordSchema& one : record_schemas()) {
    for (const RecordSchema& other : record_schemas()) {
      if (&one == &other) continue;
      EXPECT_NE(one.type, other.type);
      EXPECT_NE(one.name, other.name);
    }
    for (const FieldSchema& field : one.fields) {
      EXPECT_LE(field.offset + field_width(field.kind), one.fixed_size) << one.name;
    }
  }
}

TEST(Schema, names_statuses_as_the_contract_does) {
  EXPECT_EQ(status_name(CW_OK), "ok");
  EXPECT_EQ(status_name(CW_UNKNOWN_OUTCOME), "unknown_outcome");
  EXPECT_EQ(status_name(CW_INTERNAL), "internal");
  EXPECT_EQ(status_name(-99), "internal");
  EXPECT_EQ(status_name(7), "internal");
}

TEST(Decimal, keeps_the_digits_that_were_indicated) {
  for (const std::string_view text : {"1.250", "0.005", "-0.005", "12000", "0.000", "0"}) {
    const auto number = read_decimal(text);
    ASSERT_TRUE(number) << text;
    EXPECT_EQ(decimal_text(number->mantissa, number->exponent), text);
  }
  EXPECT_EQ(decimal_text(12, 2), "1200");
  EXPECT_EQ(decimal_text(1, 40), "1e40");
  for (const std::string_view text : {"", "-", ".5", "1.", "1.2.3", "1e3", "1234567890123456789"}) {
    EXPECT_FALSE(read_decimal(text)) << text;
  }
}

}  // namespace
}  // namespace cartwright::host
