#include "trip/message_bytes.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/wire_format_lite.h>

#include <cstddef>
#include <limits>

#include "base/error.hpp"
#include "base/hex.hpp"

namespace cartwright::trip {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

// What messages call the bytes, and where they begin.
struct Source {
  std::string name;
  const char* front;
};

std::string below(const std::string& path, const std::string& field) {
  return path.empty() ? field : path + "." + field;
}

// The bytes of one message, taken from the front. Protobuf encoding, "Message structure": a tag of
// field number and wire type, then a varint or a length and so many bytes; the messages read here
// hold nothing else.
class Wire {
 public:
  Wire(std::string_view bytes, const Source& source)
      : bytes_(bytes),
        source_(source),
        in_(reinterpret_cast<const std::uint8_t*>(bytes.data()), static_cast<int>(bytes.size())) {}

  bool at_end() const { return position() == bytes_.size(); }

  // Names the field in hand by its place in the file.
  [[noreturn]] void refuse(const std::string& path, const std::string& why) const {
    const std::ptrdiff_t at = bytes_.data() - source_.front + static_cast<std::ptrdiff_t>(start_);
    throw Error(ErrorKind::invalid_input, source_.name + ": " + (path.empty() ? "" : path + ": ") +
                                              "byte " + std::to_string(at) + ": " + why);
  }

  // The field whose value comes next; `path` is that of the message.
  const FieldDescriptor& field(const Descriptor& of, const std::string& path) {
    start_ = position();
    const std::uint32_t tag = in_.ReadTag();
    const int number = WireFormatLite::GetTagFieldNumber(tag);
    if (number == 0 || position() - start_ > kMostOf32Bits)
      refuse(path, "no field of " + of.name() + " begins here");
    const FieldDescriptor* field = of.FindFieldByNumber(number);
    if (field == nullptr) refuse(path, of.name() + " has no field " + std::to_string(number));
    const auto type =
        WireFormatLite::WireTypeForFieldType(static_cast<WireFormatLite::FieldType>(field->type()));
    if (WireFormatLite::GetTagWireType(tag) != type)
      refuse(below(path, field->name()), "is not written as " + std::string(field->type_name()));
    return *field;
  }

  std::uint64_t varint(const std::string& path) {
    std::uint64_t value = 0;
    if (!in_.ReadVarint64(&value)) refuse(path, "its number does not end");
    return value;
  }

  std::string_view part(const std::string& path) {
    const std::size_t before = position();
    std::uint64_t size = 0;
    if (!in_.ReadVarint64(&size)) refuse(path, "its length does not end");
    const std::size_t from = position();
    if (from - before > kMostOf32Bits) refuse(path, "its length is longer than 32 bits");
    if (size > bytes_.size() - from)
      refuse(path, "is " + std::to_string(size) + " bytes long, and only " +
                       std::to_string(bytes_.size() - from) + " are left");
    in_.Skip(static_cast<int>(size));
    return bytes_.substr(from, size);
  }

 private:
  // Bytes of a varint of 32 bits, which tags and lengths are.
  static constexpr std::size_t kMostOf32Bits = 5;

  std::size_t position() const { return static_cast<std::size_t>(in_.CurrentPosition()); }

  std::string_view bytes_;
  const Source& source_;
  CodedInputStream in_;
  std::size_t start_ = 0;  // of the field in hand
};

void check_size(std::string_view bytes, const std::string& name) {
  if (bytes.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max())) return;
  throw Error(ErrorKind::invalid_input,
              name + ": " + std::to_string(bytes.size()) + " bytes; at most 2 GiB are read");
}

void read_message(std::string_view bytes, const Source& source, const std::string& path,
                  Message& message);

// One value into the field, or one more into its list.
void read_value(Wire& wire, const Source& source, const std::string& path, Message& message,
                const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  const bool list = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection.SetInt64(&message, &field, static_cast<std::int64_t>(wire.varint(path)));
    case FieldDescriptor::CPPTYPE_UINT64:
      return reflection.SetUInt64(&message, &field, wire.varint(path));
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.SetBool(&message, &field, wire.varint(path) != 0);
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string text(wire.part(path));
      if (!is_utf8(as_bytes(text))) wire.refuse(path, "is no UTF-8");
      if (list) return reflection.AddString(&message, &field, std::move(text));
      return reflection.SetString(&message, &field, std::move(text));
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return read_message(wire.part(path), source, path,
                          *(list ? reflection.AddMessage(&message, &field)
                                 : reflection.MutableMessage(&message, &field)));
    default:
      throw Error(ErrorKind::internal, "field " + field.full_name() + " has a type without a form");
  }
}

void read_message(std::string_view bytes, const Source& source, const std::string& path,
                  Message& message) {
  const Reflection& reflection = *message.GetReflection();
  Wire wire(bytes, source);
  while (!wire.at_end()) {
    const FieldDescriptor& field = wire.field(*message.GetDescriptor(), path);
    std::string at = below(path, field.name());
    if (field.is_repeated()) {
      at += "[" + std::to_string(reflection.FieldSize(message, &field)) + "]";
    } else if (reflection.HasField(message, &field)) {
      wire.refuse(at, "stands twice");
    }
    read_value(wire, source, at, message, field);
  }
}

}  // namespace

void read_bytes(std::string_view bytes, const std::string& name, Message& message) {
  message.Clear();
  check_size(bytes, name);
  read_message(bytes, {.name = name, .front = bytes.data()}, {}, message);
}

std::vector<std::string_view> split_entries(std::string_view bytes, const std::string& name,
                                            const Descriptor& list) {
  check_size(bytes, name);
  std::vector<std::string_view> entries;
  const Source source{.name = name, .front = bytes.data()};
  Wire wire(bytes, source);
  while (!wire.at_end()) {
    const std::string& field = wire.field(list, {}).name();
    entries.push_back(wire.part(field + "[" + std::to_string(entries.size()) + "]"));
  }
  return entries;
}

std::string bytes_of(const Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream out(&stream);
    out.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&out);
  }
  return bytes;
}

}  // namespace cartwright::trip
