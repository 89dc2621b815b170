#include "host/kept_text.hpp"

#include <cartwright/abi/effects.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace cartwright::host {
namespace {

SealKey key_of(std::byte fill) {
  SealKey key;
  key.fill(fill);
  return key;
}
SealKey key() {
  return key_of(std::byte{7});
}
SealKey no_key() {
  throw std::logic_error("no secret value, and yet a key is asked for");
}

std::optional<KeptValues> read(const std::string& values) {
  return read_kept_text(R"({"device":"scale0","values":[)" + values + "]}", no_key);
}

TEST(KeptText, brings_back_open_and_secret_values) {
  KeptValues values;
  values.set(0xFFFFFFFF, 0, as_bytes("receipt 231"));
  values.set(7, CW_KEEP_SECRET, as_bytes("pairing key"));
  const std::string text = kept_text("terminal0", values, key);
  ASSERT_TRUE(read_kept_text(text, key));
  EXPECT_EQ(read_kept_text(text, key)->values(), values.values());
  EXPECT_FALSE(read_kept_text(text, [] { return key_of(std::byte{8}); }));
}

TEST(KeptText, seals_the_same_value_never_the_same_way) {
  KeptValues values;
  values.set(7, CW_KEEP_SECRET, as_bytes("pairing key"));
  EXPECT_NE(kept_text("terminal0", values, key), kept_text("terminal0", values, key));
}

TEST(KeptText, takes_a_device_name_that_is_no_text) {
  EXPECT_TRUE(read_kept_text(kept_text("\xff\"", {}, no_key), no_key));
}

TEST(KeptText, refuses_what_it_does_not_write) {
  EXPECT_TRUE(read(R"({"key":4294967295,"hex":"00ff"})"));
  EXPECT_FALSE(read(R"({"key":4294967296,"hex":"00ff"})"));
  EXPECT_FALSE(read(R"({"key":-1,"hex":"00ff"})"));
  EXPECT_FALSE(read(R"({"key":1,"hex":""})"));
  EXPECT_FALSE(read(R"({"key":1,"hex":"0"})"));
  EXPECT_FALSE(read(R"({"key":1})"));
  EXPECT_FALSE(read(R"({"key":1,"hex":"00"},{"key":1,"hex":"01"})"));
  EXPECT_FALSE(read(R"({"key":1,"hex":")" + std::string(2 * (CW_KEEP_LIMIT + 1), '0') + "\"}"));
  EXPECT_FALSE(read_kept_text("{}", no_key));
  EXPECT_FALSE(read_kept_text(R"({"values":[],"values":[]})", no_key));
}

}  // namespace
}  // namespace cartwright::host
