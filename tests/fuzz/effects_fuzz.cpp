// A block of effects from a plugin's process: whatever passes the check can be read to its last
// byte, record spans and JSON included.

#include "host/effects.hpp"

#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <vector>

#include "host/record.hpp"
#include "host/record_json.hpp"

using namespace cartwright;
using namespace cartwright::host;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr InstanceShape shape{2, 2};
  std::vector<std::uint64_t> words((size + 7) / 8);
  if (size != 0) std::memcpy(words.data(), data, size);
  const ByteView block(reinterpret_cast<const std::byte*>(words.data()), size);
  if (!check_record(block)) {
    record_to_json(*reinterpret_cast<const cw_record*>(block.data())).dump();
  }
  if (check_effects(block, shape)) return 0;
  EffectReader reader(block);
  while (const auto effect = reader.next()) {
    if (const auto* emit = std::get_if<EmitEffect>(&*effect)) {
      record_to_json(*emit->event).dump();
    } else if (const auto* done = std::get_if<DoneEffect>(&*effect)) {
      if (done->result != nullptr) record_to_json(*done->result).dump();
    } else if (const auto* io = std::get_if<IoEffect>(&*effect)) {
      to_hex(io->data);
    } else if (const auto* keep = std::get_if<KeepEffect>(&*effect)) {
      to_hex(keep->value);
    }
  }
  return 0;
}
