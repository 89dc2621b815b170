#include "journey/compress.hpp"

#include <zstd.h>

#include <algorithm>
#include <memory>
#include <string>

#include "base/error.hpp"

namespace cartwright::journey {
namespace {

// A decoder's window is memory that the sender asks for; 8 MiB is zstd's own recommended limit
// (RFC 8878, 3.1.1.1.2).
constexpr int kLargestWindowLog = 23;
constexpr int kLevel = 3;

}  // namespace

Bytes compress(ByteView bytes) {
  Bytes frame(ZSTD_compressBound(bytes.size()));
  const std::size_t size =
      ZSTD_compress(frame.data(), frame.size(), bytes.data(), bytes.size(), kLevel);
  if (ZSTD_isError(size) != 0) {
    throw Error(ErrorKind::internal,
                std::string("zstd can not compress: ") + ZSTD_getErrorName(size));
  }
  frame.resize(size);
  return frame;
}

std::optional<Bytes> decompress(ByteView frame, std::size_t most) {
  const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(),
                                                                     &ZSTD_freeDCtx);
  if (!context) throw Error(ErrorKind::internal, "zstd can not start: out of memory");
  ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kLargestWindowLog);

  Bytes content;
  ZSTD_inBuffer in{frame.data(), frame.size(), 0};
  while (true) {
    // One byte over the limit is room enough to see that the limit is broken.
    const std::size_t step =
        std::min<std::size_t>(ZSTD_DStreamOutSize(), most + 1 - content.size());
    const std::size_t before = content.size();
    content.resize(before + step);
    ZSTD_outBuffer out{content.data() + before, step, 0};
    const std::size_t left = ZSTD_decompressStream(context.get(), &out, &in);
    content.resize(before + out.pos);
    if (ZSTD_isError(left) != 0 || content.size() > most) return std::nullopt;
    if (left == 0) return in.pos == in.size ? std::optional(std::move(content)) : std::nullopt;
    if (in.pos == in.size && out.pos < step) return std::nullopt;
  }
}

}  // namespace cartwright::journey
