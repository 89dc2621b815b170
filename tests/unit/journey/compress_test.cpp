#include "journey/compress.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cartwright::journey {

RC_GTEST_PROP(Compress, comes_back_as_it_went, (const std::string& text)) {
  RC_ASSERT(decompress(compress(as_bytes(text)), text.size()) == to_bytes(text));
}

TEST(Compress, refuses_a_bomb_at_its_limit) {
  const Bytes bomb = compress(Bytes(64U << 20));
  ASSERT_LT(bomb.size(), 10'000U);
  EXPECT_FALSE(decompress(bomb, (64U << 20) - 1));
  EXPECT_FALSE(decompress(bomb, 1000));
  EXPECT_TRUE(decompress(bomb, 64U << 20));
}

TEST(Compress, refuses_every_cut_and_what_follows_a_frame) {
  const Bytes frame = compress(as_bytes("a frame that is long enough to be cut in many places"));
  for (std::size_t size = 0; size < frame.size(); ++size) {
    EXPECT_FALSE(decompress(ByteView(frame).first(size), 1000)) << size;
  }
  Bytes longer = frame;
  longer.push_back(std::byte{0});
  EXPECT_FALSE(decompress(longer, 1000));
  Bytes twice = frame;
  twice.insert(twice.end(), frame.begin(), frame.end());
  EXPECT_FALSE(decompress(twice, 1000));
}

}  // namespace cartwright::journey
