#include "trip/message_bytes.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "cartwright/v1/offers.pb.h"
#include "trip/message_json.hpp"

namespace cartwright::trip {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

v1::BasketFile basket() {
  v1::BasketFile message;
  read_json(R"({"currency":"EUR","lines":[{"key":"1","product":"milk","units":2},
                {"key":"2","product":"apples","grams":512}],"member":true})",
            "a.json", message);
  return message;
}

std::string refusal(const std::string& bytes) {
  try {
    v1::BasketFile message;
    read_bytes(bytes, "a.binpb", message);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_input);
    return error.what();
  }
  return "nothing was refused";
}

// A tag and what follows it: wire type 0 is a number, 1 eight bytes, 2 a length.
std::string field(int number, int wire_type, const std::string& value) {
  return std::string(1, static_cast<char>(number << 3 | wire_type)) + value;
}

std::string text(int number, const std::string& value) {
  return field(number, 2, std::string(1, static_cast<char>(value.size())) + value);
}

TEST(MessageBytes, are_read_back) {
  v1::BasketFile message;
  message.set_store("what stood there before");
  read_bytes(bytes_of(basket()), "a.binpb", message);
  EXPECT_EQ(json_of(message), json_of(basket()));
  read_bytes("", "a.binpb", message);
  EXPECT_EQ(bytes_of(message), "");
}

TEST(MessageBytes, of_equal_maps_are_equal) {
  v1::ResultShare one;
  v1::ResultShare other;
  for (int i = 0; i < 20; ++i) (*one.mutable_funder())["f" + std::to_string(i)] = i;
  for (int i = 19; i >= 0; --i) (*other.mutable_funder())["f" + std::to_string(i)] = i;
  EXPECT_EQ(bytes_of(one), bytes_of(other));
  v1::ResultShare again;
  read_bytes(bytes_of(one), "a.binpb", again);
  EXPECT_EQ(bytes_of(again), bytes_of(one));
}

TEST(MessageBytes, wherever_they_are_cut_are_refused_or_fewer_fields) {
  const std::string whole = bytes_of(basket());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    v1::BasketFile message;
    try {
      read_bytes(whole.substr(0, size), "a.binpb", message);
      EXPECT_EQ(bytes_of(message), whole.substr(0, size));
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), HasSubstr("a.binpb: "));
    }
  }
}

TEST(MessageBytes, are_refused_by_file_field_and_byte) {
  EXPECT_THAT(refusal("\xFF\xFF"), HasSubstr("a.binpb: byte 0: no field of BasketFile begins"));
  EXPECT_THAT(refusal(std::string(1, '\0')), HasSubstr("no field of BasketFile begins"));
  EXPECT_THAT(refusal(text(1, "EUR") + text(15, "x")),
              HasSubstr("a.binpb: byte 5: BasketFile has no field 15"));
  const std::string line = text(3, text(1, "1"));
  EXPECT_THAT(refusal(line + text(3, text(1, "2") + text(3, "x"))),
              HasSubstr("a.binpb: lines[1].units: byte 10: is not written as int64"));
  EXPECT_THAT(refusal(text(3, text(1, "1") + text(1, "2"))),
              HasSubstr("lines[0].key: byte 5: stands twice"));
  EXPECT_THAT(refusal(text(1, "EUR").substr(0, 4)),
              HasSubstr("currency: byte 0: is 3 bytes long, and only 2 are left"));
  // A length of which the lower 32 bits alone would fit, and one of 0 that is written too long.
  EXPECT_THAT(refusal(field(1, 2, "\x80\x80\x80\x80\x80\x80\x80\x31")),
              HasSubstr("its length is longer than 32 bits"));
  EXPECT_THAT(refusal(field(1, 2, std::string("\x80\x80\x80\x80\x80\x00", 6))),
              HasSubstr("its length is longer than 32 bits"));
  EXPECT_THAT(refusal("\x8A\x80\x80\x80\x80\x80\x01"), HasSubstr("no field of BasketFile begins"));
  EXPECT_THAT(refusal(field(1, 2, "\xFF")), HasSubstr("currency: byte 0: its length does not end"));
  EXPECT_THAT(refusal(field(4, 0, "\xFF")), HasSubstr("member: byte 0: its number does not end"));
  EXPECT_THAT(refusal(text(1, "\xC3")), HasSubstr("currency: byte 0: is no UTF-8"));
}

TEST(MessageBytes, of_a_list_are_split_into_entries_that_are_judged_apart) {
  const auto& list = *v1::BasketList::descriptor();
  EXPECT_THAT(split_entries("", "a.binpb", list), IsEmpty());
  const std::string bytes = text(1, "one") + text(1, "") + text(1, "three");
  EXPECT_THAT(split_entries(bytes, "a.binpb", list), ElementsAre("one", "", "three"));
  try {
    split_entries(text(1, "one") + field(1, 2,
                                         "\x05"
                                         "ab"),
                  "a.binpb", list);
    FAIL() << "nothing was refused";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(),
                HasSubstr("a.binpb: baskets[1]: byte 5: is 5 bytes long, and only 2 are left"));
  }
  EXPECT_THROW(split_entries(text(2, "one"), "a.binpb", list), Error);
}

}  // namespace
}  // namespace cartwright::trip
