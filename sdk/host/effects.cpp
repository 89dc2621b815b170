#include "host/effects.hpp"

#include <algorithm>

#include "host/effect_layout.hpp"
#include "host/record.hpp"
#include "host/record_schema.hpp"

namespace cartwright::host {
namespace {

using namespace layout;

struct Parts {
  EffectKind kind;
  ByteView body;
};

// The first entry of `rest`; nothing where its head does not fit.
std::optional<Parts> first_entry(ByteView rest) {
  if (rest.size() < sizeof(Entry)) return std::nullopt;
  const auto& entry = *reinterpret_cast<const Entry*>(rest.data());
  if (entry.size < sizeof(Entry) || entry.size % 8 != 0 || entry.size > rest.size()) {
    return std::nullopt;
  }
  return Parts{EffectKind{entry.kind}, rest.subspan(sizeof(Entry), entry.size - sizeof(Entry))};
}

template <typename T>
const T& body_as(ByteView body) {
  return *reinterpret_cast<const T*>(body.data());
}

// True if the body is a T, then `variable` bytes, then zeros up to the next multiple of 8.
template <typename T>
bool holds(ByteView body, std::size_t variable) {
  if (body.size() != sizeof(T) + padded(variable)) return false;
  const ByteView tail = body.subspan(sizeof(T) + variable);
  return std::all_of(tail.begin(), tail.end(), [](std::byte b) { return b == std::byte{0}; });
}

bool sound_record(ByteView block, std::uint32_t kind) {
  if (check_record(block)) return false;
  const auto& record = body_as<cw_record>(block);
  return record_kind(record.type) == kind && padded(record.size) == block.size();
}

std::string_view text_of(ByteView body) {
  const auto& text = body_as<Text>(body);
  return as_text(body.subspan(sizeof(Text), text.size));
}

bool sound_io(ByteView body, const InstanceShape& shape) {
  if (body.size() < sizeof(cw_io)) return false;
  const auto& io = body_as<cw_io>(body);
  return io.struct_size == sizeof(cw_io) && io.link < shape.links &&
         io.data_size <= CW_EFFECTS_LIMIT && holds<cw_io>(body, io.data_size);
}

bool sound_done(ByteView body) {
  if (body.size() < sizeof(Done)) return false;
  const auto& done = body_as<Done>(body);
  if (done.status > CW_OK || done.status < CW_INTERNAL) return false;
  if (done.has_result == 0) return body.size() == sizeof(Done);
  return done.has_result == 1 && sound_record(body.subspan(sizeof(Done)), CW_RESULT);
}

bool sound_keep(ByteView body) {
  if (body.size() < sizeof(Keep)) return false;
  const auto& keep = body_as<Keep>(body);
  return keep.reserved == 0 && keep.size <= CW_KEEP_LIMIT && holds<Keep>(body, keep.size);
}

bool sound_blob_read(ByteView body) {
  if (!holds<BlobRead>(body, 0)) return false;
  const auto& read = body_as<BlobRead>(body);
  return read.reserved == 0 && read.size <= CW_BLOB_PIECE_LIMIT;
}

bool sound_text(ByteView body) {
  if (body.size() < sizeof(Text)) return false;
  const auto& text = body_as<Text>(body);
  return text.size <= CW_EFFECTS_LIMIT && holds<Text>(body, text.size);
}

bool sound_emit(ByteView body, const InstanceShape& shape) {
  return sound_record(body, CW_EVENT) && body_as<cw_record>(body).unit < shape.units;
}

bool sound_timer(ByteView body, const InstanceShape& shape) {
  return holds<Timer>(body, 0) && body_as<Timer>(body).link < shape.links &&
         body_as<Timer>(body).reserved == 0;
}

bool sound_replug(ByteView body, const InstanceShape& shape) {
  return holds<Replug>(body, 0) && body_as<Replug>(body).link < shape.links &&
         body_as<Replug>(body).reserved == 0;
}

bool sound(const Parts& entry, const InstanceShape& shape) {
  switch (entry.kind) {
    case EffectKind::emit:
      return sound_emit(entry.body, shape);
    case EffectKind::io:
      return sound_io(entry.body, shape);
    case EffectKind::timer:
      return sound_timer(entry.body, shape);
    case EffectKind::done:
      return sound_done(entry.body);
    case EffectKind::keep:
      return sound_keep(entry.body);
    case EffectKind::blob_read:
      return sound_blob_read(entry.body);
    case EffectKind::log:
      return sound_text(entry.body);
    case EffectKind::fault:
      return sound_text(entry.body) && body_as<Text>(entry.body).number < shape.units;
    case EffectKind::expect_replug:
      return sound_replug(entry.body, shape);
    case EffectKind::link_state:
      return holds<Number>(entry.body, 0) && body_as<Number>(entry.body).value <= 1;
    case EffectKind::progress:
      return holds<Number>(entry.body, 0);
  }
  return false;
}

Effect read_done(ByteView body) {
  const auto& done = body_as<Done>(body);
  return DoneEffect{
      done.op, done.status,
      done.has_result == 0 ? nullptr : &body_as<cw_record>(body.subspan(sizeof(Done)))};
}

Effect read_entry(const Parts& entry) {
  const ByteView body = entry.body;
  switch (entry.kind) {
    case EffectKind::emit:
      return EmitEffect{&body_as<cw_record>(body)};
    case EffectKind::io:
      return IoEffect{&body_as<cw_io>(body),
                      body.subspan(sizeof(cw_io), body_as<cw_io>(body).data_size)};
    case EffectKind::timer: {
      const auto& timer = body_as<Timer>(body);
      return TimerEffect{timer.link, timer.id, timer.deadline_ns};
    }
    case EffectKind::done:
      return read_done(body);
    case EffectKind::keep: {
      const auto& keep = body_as<Keep>(body);
      return KeepEffect{keep.key, keep.flags, body.subspan(sizeof(Keep), keep.size)};
    }
    case EffectKind::blob_read: {
      const auto& read = body_as<BlobRead>(body);
      return BlobReadEffect{read.blob, read.offset, read.size, read.token};
    }
    case EffectKind::log:
      return LogEffect{body_as<Text>(body).number, text_of(body)};
    case EffectKind::fault:
      return FaultEffect{body_as<Text>(body).number, text_of(body)};
    case EffectKind::expect_replug:
      return ReplugEffect{body_as<Replug>(body).link, body_as<Replug>(body).within_ns};
    case EffectKind::link_state:
      return LinkStateEffect{body_as<Number>(body).value != 0};
    case EffectKind::progress:
      return ProgressEffect{body_as<Number>(body).value};
  }
  return ProgressEffect{0};  // not reached: the block was checked
}

}  // namespace

std::optional<Effect> EffectReader::next() {
  if (rest_.empty()) return std::nullopt;
  const auto entry = first_entry(rest_);
  if (!entry) return std::nullopt;
  rest_ = rest_.subspan(sizeof(Entry) + entry->body.size());
  return read_entry(*entry);
}

std::optional<std::string> check_effects(ByteView block, const InstanceShape& shape) {
  if (reinterpret_cast<std::uintptr_t>(block.data()) % 8 != 0) return "effects are not aligned";
  if (block.size() > CW_EFFECTS_LIMIT) return "effects are larger than the ABI's bound";
  for (ByteView rest = block; !rest.empty();) {
    const auto entry = first_entry(rest);
    if (!entry || !sound(*entry, shape)) {
      return "the effect at byte " + std::to_string(block.size() - rest.size()) + " is malformed";
    }
    rest = rest.subspan(sizeof(Entry) + entry->body.size());
  }
  return std::nullopt;
}

}  // namespace cartwright::host
