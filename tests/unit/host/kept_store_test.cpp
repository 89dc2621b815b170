#include "host/kept_store.hpp"

#include <cartwright/abi/effects.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "broken_plugin.hpp"

namespace cartwright::host {
namespace {

using testing::HasSubstr;
using testing::Not;

KeptValues sample() {
  KeptValues values;
  values.set(1, 0, as_bytes("receipt 231"));
  values.set(7, CW_KEEP_SECRET, as_bytes("pairing key"));
  return values;
}

TEST(KeptStore, brings_back_what_a_device_kept) {
  const ScratchFolder scratch;
  KeptStore(scratch.path() / "kept").save("terminal0", sample());
  const KeptStore again(scratch.path() / "kept");
  EXPECT_EQ(again.load("terminal0").values(), sample().values());
  EXPECT_TRUE(again.load("another").values().empty());
}

TEST(KeptStore, shows_no_secret_in_its_file) {
  const ScratchFolder scratch;
  KeptStore(scratch.path()).save("terminal0", sample());
  const std::string text = read_file(scratch.path() / "terminal0.json");
  EXPECT_THAT(text, HasSubstr(to_hex(as_bytes("receipt 231"))));
  EXPECT_THAT(text, Not(HasSubstr(to_hex(as_bytes("pairing key")))));
}

TEST(KeptStore, refuses_a_file_that_was_changed) {
  const ScratchFolder scratch;
  const KeptStore store(scratch.path());
  store.save("terminal0", sample());
  std::string text = read_file(scratch.path() / "terminal0.json");
  const std::size_t sealed = text.find("sealed\": \"") + 20;
  text[sealed] = text[sealed] == '0' ? '1' : '0';
  write_file_durably(scratch.path() / "terminal0.json", as_bytes(text));
  EXPECT_THROW(store.load("terminal0"), Error);
  write_file_durably(scratch.path() / "terminal0.json", as_bytes("{"));
  EXPECT_THROW(store.load("terminal0"), Error);
}

TEST(KeptStore, takes_any_device_name) {
  const ScratchFolder scratch;
  const KeptStore store(scratch.path());
  store.save("../odd name", sample());
  EXPECT_EQ(store.load("../odd name").values().size(), 2u);
}

TEST(KeptValues, are_bounded) {
  KeptValues values;
  EXPECT_TRUE(values.set(1, 0, Bytes(CW_KEEP_LIMIT)));
  EXPECT_FALSE(values.set(2, 0, Bytes(1)));
  EXPECT_TRUE(values.set(1, 0, {}));
  EXPECT_TRUE(values.set(2, 0, Bytes(1)));
}

}  // namespace
}  // namespace cartwright::host
