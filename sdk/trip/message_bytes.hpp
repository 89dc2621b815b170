#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <vector>

namespace cartwright::trip {

// The wire form of messages that come from outside, as strict as read_json: what one form refuses
// the other refuses too.

// Replaces what the message says. Error invalid_input `NAME: lines[2].units: byte 17: ...` for
// bytes that are none of this message, a field that it does not have, a field of another wire type,
// a text that is no UTF-8, and a field that stands twice where there is one value.
void read_bytes(std::string_view bytes, const std::string& name,
                google::protobuf::Message& message);

// The bytes of each entry of `list`, a message whose one field is a list of messages: an entry
// that is wrong in itself is found by whoever reads it. Views into `bytes`. Error invalid_input
// `NAME: byte 17: ...` for bytes that hold anything else.
std::vector<std::string_view> split_entries(std::string_view bytes, const std::string& name,
                                            const google::protobuf::Descriptor& list);

// Equal for equal content, maps included.
std::string bytes_of(const google::protobuf::Message& message);

}  // namespace cartwright::trip
