#include "host/record.hpp"

#include <cstring>

#include "base/error.hpp"
#include "host/record_schema.hpp"

namespace cartwright::host {
namespace {

constexpr std::size_t alignment = 8;

std::string number(std::uint64_t value) {
  return std::to_string(value);
}

std::optional<std::string> check_spans(const cw_record& record, const RecordSchema& schema) {
  for (const FieldSchema& field : schema.fields) {
    if (!is_span(field.kind) || !covers(record, field)) continue;
    const auto span = read_field<cw_span>(record, field);
    if (span.length == 0) continue;
    if (span.offset < sizeof(cw_record) || span.offset > record.size ||
        span.length > record.size - span.offset) {
      return std::string(schema.name) + ": the part \"" + std::string(field.name) + "\" (" +
             number(span.length) + " bytes at " + number(span.offset) +
             ") lies outside of the record of " + number(record.size) + " bytes";
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> check_record(ByteView block) {
  if (reinterpret_cast<std::uintptr_t>(block.data()) % alignment != 0) {
    return "the record is not aligned to 8";
  }
  if (block.size() < sizeof(cw_record)) return "the record is shorter than its header";
  const auto& record = *reinterpret_cast<const cw_record*>(block.data());
  if (record.size > CW_RECORD_LIMIT) {
    return "the record says " + number(record.size) + " bytes, more than " +
           number(CW_RECORD_LIMIT);
  }
  if (record.size > block.size()) return "the record's size is larger than what there is of it";
  if (record.fixed_size < sizeof(cw_record) || record.fixed_size > record.size) {
    return "the record's fixed size " + number(record.fixed_size) + " does not fit between its " +
           "header and its size " + number(record.size);
  }
  const RecordSchema* schema = find_schema(record.type);
  return schema == nullptr ? std::nullopt : check_spans(record, *schema);
}

ByteView span_bytes(const cw_record& record, const cw_span& span) {
  if (span.offset > record.size || span.length > record.size - span.offset) return {};
  return {reinterpret_cast<const std::byte*>(&record) + span.offset, span.length};
}

Record Record::copy(ByteView block) {
  Record record;
  record.words_.resize((block.size() + alignment - 1) / alignment);
  if (!block.empty()) std::memcpy(record.words_.data(), block.data(), block.size());
  const ByteView copied(reinterpret_cast<const std::byte*>(record.words_.data()), block.size());
  if (const auto wrong = check_record(copied)) throw Error(ErrorKind::invalid_input, *wrong);
  record.words_.resize((record.header().size + alignment - 1) / alignment);
  return record;
}

Record Record::copy(const cw_record& record) {
  return copy(ByteView(reinterpret_cast<const std::byte*>(&record), record.size));
}

RecordBuilder::RecordBuilder(std::uint32_t type, std::uint32_t fixed_size)
    : type_(type), fixed_size_(fixed_size), bytes_(fixed_size) {}

void RecordBuilder::store(std::size_t offset, const void* value, std::size_t size) {
  if (offset > fixed_size_ || size > fixed_size_ - offset) {
    throw Error(ErrorKind::internal, "a field lies outside of the record's fixed part");
  }
  std::memcpy(bytes_.data() + offset, value, size);
}

void RecordBuilder::span(std::size_t offset, ByteView content) {
  if (content.size() > CW_RECORD_LIMIT || bytes_.size() + content.size() > CW_RECORD_LIMIT) {
    throw Error(
        ErrorKind::invalid_input,
        "the record would be larger than " + number(CW_RECORD_LIMIT) + " bytes; shorten its texts");
  }
  set(offset, cw_span{static_cast<std::uint32_t>(bytes_.size()),
                      static_cast<std::uint32_t>(content.size())});
  bytes_.insert(bytes_.end(), content.begin(), content.end());
}

Record RecordBuilder::take() {
  cw_record header{};
  header.size = static_cast<std::uint32_t>(bytes_.size());
  header.type = type_;
  header.fixed_size = fixed_size_;
  std::memcpy(bytes_.data(), &header, sizeof(header));
  Record record;
  record.words_.resize((bytes_.size() + alignment - 1) / alignment);
  std::memcpy(record.words_.data(), bytes_.data(), bytes_.size());
  return record;
}

}  // namespace cartwright::host
