#include "host/effects.hpp"

#include <cartwright/abi/cartwright.h>
#include <gtest/gtest.h>

#include <cstring>

#include "host/record.hpp"

namespace cartwright::host {
namespace {

constexpr InstanceShape shape{2, 1};

Record label(std::string_view text) {
  RecordBuilder build(CW_SCANNER_DATA, sizeof(cw_scanner_data));
  build.span(offsetof(cw_scanner_data, data), as_bytes(text));
  return build.take();
}

cw_io write_of(std::uint32_t size) {
  cw_io io{};
  io.struct_size = sizeof(io);
  io.kind = CW_IO_WRITE;
  io.data_size = size;
  return io;
}

// One effect of each kind, through the C table and the writer of plugins with own I/O.
std::vector<std::uint64_t> every_kind() {
  EffectCollector collector(shape);
  const cw_fx* const fx = collector.begin(77);
  const Record event = label("4006381333931");
  const cw_io io = write_of(3);
  const std::uint8_t data[] = {1, 2, 3};
  RecordBuilder result(CW_SCALE_READ_RESULT, sizeof(cw_scale_weight));
  const Record weight = result.take();
  EXPECT_EQ(fx->emit(fx, &event.header()), CW_OK);
  EXPECT_EQ(fx->io(fx, &io, data), CW_OK);
  EXPECT_EQ(fx->timer(fx, 0, 7, 1000), CW_OK);
  EXPECT_EQ(fx->done(fx, 3, CW_OK, &weight.header()), CW_OK);
  EXPECT_EQ(fx->done(fx, 4, CW_TIMEOUT, nullptr), CW_OK);
  EXPECT_EQ(fx->keep(fx, 1, CW_KEEP_SECRET, data, 3), CW_OK);
  EXPECT_EQ(fx->blob_read(fx, 9, 4096, 100, 5), CW_OK);
  EXPECT_EQ(fx->log(fx, CW_LOG_INFO, "text", 4), CW_OK);
  EXPECT_EQ(fx->fault(fx, 1, "why", 3), CW_OK);
  EXPECT_EQ(fx->expect_replug(fx, 0, 500), CW_OK);
  alignas(8) std::byte more[64];
  EffectWriter writer(more, sizeof(more));
  EXPECT_EQ(writer.link_state(true), CW_OK);
  EXPECT_EQ(writer.progress(3), CW_OK);
  std::vector<std::uint64_t> words((collector.block().size() + writer.block().size()) / 8);
  std::memcpy(words.data(), collector.block().data(), collector.block().size());
  std::memcpy(reinterpret_cast<std::byte*>(words.data()) + collector.block().size(), more,
              writer.block().size());
  return words;
}

ByteView view(const std::vector<std::uint64_t>& words) {
  return std::as_bytes(std::span(words));
}

// Reads every part of every effect, so that sanitizers see a bad one.
std::size_t read_all(ByteView block) {
  std::size_t sum = 0;
  EffectReader reader(block);
  while (const auto effect = reader.next()) {
    if (const auto* emit = std::get_if<EmitEffect>(&*effect)) {
      sum += to_hex({reinterpret_cast<const std::byte*>(emit->event), emit->event->size}).size();
    } else if (const auto* io = std::get_if<IoEffect>(&*effect)) {
      sum += to_hex(io->data).size();
    } else if (const auto* kept = std::get_if<KeepEffect>(&*effect)) {
      sum += to_hex(kept->value).size();
    } else if (const auto* log = std::get_if<LogEffect>(&*effect)) {
      sum += std::string(log->text).size();
    } else if (const auto* fault = std::get_if<FaultEffect>(&*effect)) {
      sum += std::string(fault->text).size();
    } else if (const auto* done = std::get_if<DoneEffect>(&*effect)) {
      sum += done->result == nullptr ? 0 : done->result->size;
    }
    ++sum;
  }
  return sum;
}

TEST(Effects, come_back_as_they_were_given) {
  const auto words = every_kind();
  ASSERT_FALSE(check_effects(view(words), shape));
  EffectReader reader(view(words));
  const auto first = reader.next();
  ASSERT_TRUE(first && std::holds_alternative<EmitEffect>(*first));
  EXPECT_EQ(std::get<EmitEffect>(*first).event->time_ns, 77u) << "0 lets the host write the time";
  std::size_t count = 1;
  while (reader.next()) ++count;
  EXPECT_EQ(count, 12u);
}

TEST(Effects, are_refused_or_sound_with_any_one_byte_changed) {
  const auto sound = every_kind();
  for (std::size_t at = 0; at < sound.size() * 8; ++at) {
    for (const int value : {0x00, 0x01, 0x08, 0x7f, 0x80, 0xff}) {
      auto words = sound;
      reinterpret_cast<std::byte*>(words.data())[at] = static_cast<std::byte>(value);
      if (!check_effects(view(words), shape)) read_all(view(words));
    }
  }
}

TEST(Effects, are_refused_when_they_are_cut) {
  const auto words = every_kind();
  for (std::size_t length = 8; length < words.size() * 8; length += 8) {
    const ByteView part = view(words).first(length);
    if (!check_effects(part, shape)) read_all(part);
    const ByteView odd = view(words).first(length - 3);
    EXPECT_TRUE(check_effects(odd, shape)) << length;
  }
}

TEST(Effects, refuse_units_and_links_that_are_not_there) {
  EffectCollector collector(shape);
  const cw_fx* const fx = collector.begin(1);
  Record event = label("1");
  event.header().unit = 2;
  EXPECT_EQ(fx->emit(fx, &event.header()), CW_INVALID);
  EXPECT_EQ(fx->timer(fx, 1, 7, 1000), CW_INVALID);
  EXPECT_EQ(fx->fault(fx, 2, "", 0), CW_INVALID);
  EXPECT_EQ(fx->expect_replug(fx, 9, 1), CW_INVALID);
  EXPECT_TRUE(collector.block().empty());
}

TEST(Effects, refuse_malformed_records) {
  EffectCollector collector(shape);
  const cw_fx* const fx = collector.begin(1);
  Record event = label("123");
  reinterpret_cast<cw_scanner_data&>(event.header()).data.length = 4000;
  EXPECT_EQ(fx->emit(fx, &event.header()), CW_INVALID);
  EXPECT_EQ(fx->emit(fx, nullptr), CW_INVALID);
  EXPECT_EQ(fx->done(fx, 1, CW_OK, &label("1").header()), CW_INVALID) << "an event is no result";
  EXPECT_EQ(fx->done(fx, 1, 5, nullptr), CW_INVALID);
}

TEST(Effects, are_bounded_and_say_so) {
  EffectCollector collector(shape);
  const cw_fx* const fx = collector.begin(1);
  std::int32_t status = CW_OK;
  while (status == CW_OK) status = fx->log(fx, CW_LOG_INFO, "sixteen letters.", 16);
  EXPECT_EQ(status, CW_NO_SPACE);
  EXPECT_TRUE(collector.overflowed());
  EXPECT_LE(collector.block().size(), CW_EFFECTS_LIMIT);
  EXPECT_FALSE(check_effects(collector.block(), shape));
  collector.begin(2);
  EXPECT_FALSE(collector.overflowed());
}

}  // namespace
}  // namespace cartwright::host
