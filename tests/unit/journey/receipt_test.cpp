#include "journey/receipt.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace cartwright::journey {
namespace {

const SigningKey kHub = SigningKey::generate();
const Digest kBatch = sha256(as_bytes("a batch"));

bool is_refused(ByteView bytes, const PublicKey& hub) {
  try {
    check_receipt(bytes, hub);
    return false;
  } catch (const Error& error) {
    return error.kind() == ErrorKind::refused;
  }
}

}  // namespace

TEST(Receipt, says_what_was_signed) {
  const auto checked = check_receipt(sign_receipt(kBatch, 4711, v1::RECEIPT_STATUS_DUPLICATE, kHub),
                                     kHub.public_key());
  EXPECT_EQ(checked.batch, kBatch);
  EXPECT_EQ(checked.stored_ms, 4711U);
  EXPECT_EQ(checked.status, v1::RECEIPT_STATUS_DUPLICATE);
}

TEST(Receipt, of_another_hub_is_refused) {
  const Bytes receipt = sign_receipt(kBatch, 1, v1::RECEIPT_STATUS_STORED, SigningKey::generate());
  EXPECT_TRUE(is_refused(receipt, kHub.public_key()));
}

TEST(Receipt, cut_anywhere_is_refused) {
  const Bytes receipt = sign_receipt(kBatch, 1, v1::RECEIPT_STATUS_STORED, kHub);
  for (std::size_t size = 0; size < receipt.size(); ++size) {
    EXPECT_TRUE(is_refused(ByteView(receipt).first(size), kHub.public_key())) << size;
  }
}

TEST(Receipt, with_a_flipped_bit_never_says_anything_else) {
  const Bytes receipt = sign_receipt(kBatch, 1, v1::RECEIPT_STATUS_STORED, kHub);
  for (std::size_t bit = 0; bit < receipt.size() * 8; ++bit) {
    Bytes bad = receipt;
    bad[bit / 8] ^= std::byte{1} << static_cast<int>(bit % 8);
    EXPECT_TRUE(is_refused(bad, kHub.public_key())) << "bit " << bit;
  }
}

TEST(Receipt, is_no_captive_portals_page) {
  EXPECT_TRUE(
      is_refused(as_bytes("<html><body>Accept our terms</body></html>"), kHub.public_key()));
  EXPECT_TRUE(is_refused({}, kHub.public_key()));
}

TEST(Receipt, without_the_word_stored_is_refused) {
  EXPECT_TRUE(
      is_refused(sign_receipt(kBatch, 1, v1::RECEIPT_STATUS_UNSPECIFIED, kHub), kHub.public_key()));
}

}  // namespace cartwright::journey
