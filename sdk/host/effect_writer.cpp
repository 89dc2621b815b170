#include <algorithm>
#include <cstring>

#include "host/effect_layout.hpp"
#include "host/effects.hpp"
#include "host/record.hpp"
#include "host/record_schema.hpp"

namespace cartwright::host {
namespace {

using namespace layout;

constexpr std::uint32_t least_io_size = sizeof(cw_io);

bool sound_argument(const cw_record* record, std::uint32_t kind) {
  if (record == nullptr || reinterpret_cast<std::uintptr_t>(record) % 8 != 0) return false;
  if (record->size < sizeof(cw_record) || record->size > CW_RECORD_LIMIT) return false;
  return record_kind(record->type) == kind &&
         !check_record({reinterpret_cast<const std::byte*>(record), record->size});
}

}  // namespace

// Room for an entry, its padding zeroed; null where it does not fit.
std::byte* EffectWriter::append(std::uint32_t kind, std::size_t fixed, std::size_t variable) {
  const std::size_t size = sizeof(Entry) + fixed + padded(variable);
  if (size > capacity_ - size_) return nullptr;
  std::byte* const at = into_ + size_;
  const Entry head{static_cast<std::uint32_t>(size), kind};
  std::memcpy(at, &head, sizeof(head));
  if (variable % 8 != 0) std::memset(at + size - 8, 0, 8);
  size_ += size;
  return at + sizeof(Entry);
}

namespace {

template <typename T>
void put(std::byte* into, const T& head, const void* variable = nullptr, std::size_t size = 0) {
  std::memcpy(into, &head, sizeof(head));
  if (size != 0) std::memcpy(into + sizeof(head), variable, size);
}

constexpr std::uint32_t number(EffectKind kind) {
  return static_cast<std::uint32_t>(kind);
}

}  // namespace

std::int32_t EffectWriter::emit(const InstanceShape& shape, const cw_record* event,
                                std::uint64_t now_ns) {
  if (!sound_argument(event, CW_EVENT) || event->unit >= shape.units) return CW_INVALID;
  std::byte* const into = append(number(EffectKind::emit), 0, event->size);
  if (into == nullptr) return CW_NO_SPACE;
  std::memcpy(into, event, event->size);
  if (event->time_ns == 0) {
    std::memcpy(into + offsetof(cw_record, time_ns), &now_ns, sizeof(now_ns));
  }
  return CW_OK;
}

std::int32_t EffectWriter::io(const InstanceShape& shape, const cw_io* io,
                              const std::uint8_t* data) {
  if (io == nullptr || io->struct_size < least_io_size || io->link >= shape.links) {
    return CW_INVALID;
  }
  if (io->data_size != 0 && data == nullptr) return CW_INVALID;
  std::byte* const into = append(number(EffectKind::io), sizeof(cw_io), io->data_size);
  if (into == nullptr) return CW_NO_SPACE;
  cw_io copy = *io;
  copy.struct_size = sizeof(copy);
  put(into, copy, data, io->data_size);
  return CW_OK;
}

std::int32_t EffectWriter::timer(const InstanceShape& shape, std::uint32_t link, std::uint64_t id,
                                 std::uint64_t deadline_ns) {
  if (link >= shape.links) return CW_INVALID;
  std::byte* const into = append(number(EffectKind::timer), sizeof(Timer), 0);
  if (into == nullptr) return CW_NO_SPACE;
  put(into, Timer{id, deadline_ns, link, 0});
  return CW_OK;
}

std::int32_t EffectWriter::done(std::uint64_t op, std::int32_t status, const cw_record* result) {
  if (status > CW_OK || status < CW_INTERNAL) return CW_INVALID;
  if (result != nullptr && !sound_argument(result, CW_RESULT)) return CW_INVALID;
  const std::size_t size = result == nullptr ? 0 : result->size;
  std::byte* const into = append(number(EffectKind::done), sizeof(Done), size);
  if (into == nullptr) return CW_NO_SPACE;
  put(into, Done{op, status, result == nullptr ? 0u : 1u}, result, size);
  return CW_OK;
}

std::int32_t EffectWriter::keep(std::uint32_t key, std::uint32_t flags, const std::uint8_t* value,
                                std::uint32_t size) {
  if (size > CW_KEEP_LIMIT) return CW_NO_SPACE;
  if (size != 0 && value == nullptr) return CW_INVALID;
  std::byte* const into = append(number(EffectKind::keep), sizeof(Keep), size);
  if (into == nullptr) return CW_NO_SPACE;
  put(into, Keep{key, flags, size, 0}, value, size);
  return CW_OK;
}

std::int32_t EffectWriter::blob_read(std::uint64_t blob, std::uint64_t offset, std::uint32_t size,
                                     std::uint64_t token) {
  if (size == 0 || size > CW_BLOB_PIECE_LIMIT) return CW_INVALID;
  std::byte* const into = append(number(EffectKind::blob_read), sizeof(BlobRead), 0);
  if (into == nullptr) return CW_NO_SPACE;
  put(into, BlobRead{blob, offset, token, size, 0});
  return CW_OK;
}

std::int32_t EffectWriter::log(std::uint32_t level, const char* text, std::uint32_t size) {
  if (size != 0 && text == nullptr) return CW_INVALID;
  std::byte* const into = append(number(EffectKind::log), sizeof(Text), size);
  if (into == nullptr) return CW_NO_SPACE;
  put(into, Text{level, size}, text, size);
  return CW_OK;
}

std::int32_t EffectWriter::fault(const InstanceShape& shape, std::uint32_t unit, const char* text,
                                 std::uint32_t size) {
  if ((size != 0 && text == nullptr) || unit >= shape.units) return CW_INVALID;
  std::byte* const into = append(number(EffectKind::fault), sizeof(Text), size);
  if (into == nullptr) return CW_NO_SPACE;
  put(into, Text{unit, size}, text, size);
  return CW_OK;
}

std::int32_t EffectWriter::expect_replug(const InstanceShape& shape, std::uint32_t link,
                                         std::uint64_t within_ns) {
  if (link >= shape.links) return CW_INVALID;
  std::byte* const into = append(number(EffectKind::expect_replug), sizeof(Replug), 0);
  if (into == nullptr) return CW_NO_SPACE;
  put(into, Replug{within_ns, link, 0});
  return CW_OK;
}

std::int32_t EffectWriter::link_state(bool up) {
  std::byte* const into = append(number(EffectKind::link_state), sizeof(Number), 0);
  if (into == nullptr) return CW_NO_SPACE;
  put(into, Number{up ? 1u : 0u});
  return CW_OK;
}

std::int32_t EffectWriter::progress(std::uint64_t op) {
  std::byte* const into = append(number(EffectKind::progress), sizeof(Number), 0);
  if (into == nullptr) return CW_NO_SPACE;
  put(into, Number{op});
  return CW_OK;
}

// What the C table points to. Each finds its collector in fx->host.
struct CollectorCalls {
  static EffectCollector& of(const cw_fx* fx) { return *static_cast<EffectCollector*>(fx->host); }

  static std::int32_t note(EffectCollector& fx, std::int32_t status) {
    if (status == CW_NO_SPACE) fx.overflowed_ = true;
    return status;
  }

  static std::int32_t CW_CALL emit(const cw_fx* fx, const cw_record* event) {
    EffectCollector& c = of(fx);
    return note(c, c.writer_.emit(c.shape_, event, c.now_ns_));
  }
  static std::int32_t CW_CALL io(const cw_fx* fx, const cw_io* io, const std::uint8_t* data) {
    EffectCollector& c = of(fx);
    return note(c, c.writer_.io(c.shape_, io, data));
  }
  static std::int32_t CW_CALL timer(const cw_fx* fx, std::uint32_t link, std::uint64_t id,
                                    std::uint64_t deadline_ns) {
    EffectCollector& c = of(fx);
    return note(c, c.writer_.timer(c.shape_, link, id, deadline_ns));
  }
  static std::int32_t CW_CALL done(const cw_fx* fx, std::uint64_t op, std::int32_t status,
                                   const cw_record* result) {
    EffectCollector& c = of(fx);
    return note(c, c.writer_.done(op, status, result));
  }
  static std::int32_t CW_CALL keep(const cw_fx* fx, std::uint32_t key, std::uint32_t flags,
                                   const std::uint8_t* value, std::uint32_t size) {
    EffectCollector& c = of(fx);
    return note(c, c.writer_.keep(key, flags, value, size));
  }
  static std::int32_t CW_CALL blob_read(const cw_fx* fx, std::uint64_t blob, std::uint64_t offset,
                                        std::uint32_t size, std::uint64_t token) {
    EffectCollector& c = of(fx);
    return note(c, c.writer_.blob_read(blob, offset, size, token));
  }
  static std::int32_t CW_CALL log(const cw_fx* fx, std::uint32_t level, const char* text,
                                  std::uint32_t size) {
    EffectCollector& c = of(fx);
    return note(c, c.writer_.log(level, text, size));
  }
  static std::int32_t CW_CALL fault(const cw_fx* fx, std::uint32_t unit, const char* text,
                                    std::uint32_t size) {
    EffectCollector& c = of(fx);
    return note(c, c.writer_.fault(c.shape_, unit, text, size));
  }
  static std::int32_t CW_CALL expect_replug(const cw_fx* fx, std::uint32_t link,
                                            std::uint64_t within_ns) {
    EffectCollector& c = of(fx);
    return note(c, c.writer_.expect_replug(c.shape_, link, within_ns));
  }
};

EffectCollector::EffectCollector(const InstanceShape& shape)
    : writer_(bytes_.data(), bytes_.size()), shape_(shape) {
  table_.struct_size = sizeof(table_);
  table_.host = this;
  table_.emit = CollectorCalls::emit;
  table_.io = CollectorCalls::io;
  table_.timer = CollectorCalls::timer;
  table_.done = CollectorCalls::done;
  table_.keep = CollectorCalls::keep;
  table_.blob_read = CollectorCalls::blob_read;
  table_.log = CollectorCalls::log;
  table_.fault = CollectorCalls::fault;
  table_.expect_replug = CollectorCalls::expect_replug;
}

const cw_fx* EffectCollector::begin(std::uint64_t now_ns) {
  writer_.clear();
  overflowed_ = false;
  now_ns_ = now_ns;
  return &table_;
}

}  // namespace cartwright::host
