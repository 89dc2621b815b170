#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>

namespace cartwright::trip {

// Between the messages of offers.proto and the JSON of docs/offers.md and docs/formats/catalog.md,
// whose keys are the fields' names: what one form says the other says too. Unlike Protobuf's own
// JSON, integers are numbers and lists marked always_written stand there even when empty.

// One line, keys in the order of the fields' numbers.
std::string json_of(const google::protobuf::Message& message);

// Replaces what the message says. Error invalid_input `NAME: lines[2].units: ...` for text that is
// no JSON, a key that the message does not have (with the nearest), and a value of another type.
void read_json(std::string_view text, const std::string& name, google::protobuf::Message& message);

}  // namespace cartwright::trip
