#include "simulators/line_faults.hpp"

#include <array>

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "link/numbers.hpp"

namespace cartwright::simulators {
namespace {

constexpr std::array<std::string_view, 5> names{"lose", "double", "flip", "slow", "seed"};

[[noreturn]] void refuse(const std::string& text, const std::string& wrong) {
  throw Error(ErrorKind::invalid_input, "--fault \"" + text + "\" " + wrong);
}

// One in how many; 1 would leave nothing of the line.
std::uint32_t one_in(const std::string& text, std::string_view value) {
  const auto number = link::read_unsigned(value, 1'000'000);
  if (!number || *number < 2) {
    refuse(text, "needs a whole number from 2 to 1000000: one byte in so many");
  }
  return static_cast<std::uint32_t>(*number);
}

void read(const std::string& text, LineFaults& faults) {
  const std::size_t at = text.find('=');
  if (at == std::string::npos) refuse(text, "is not NAME=VALUE");
  const std::string name = text.substr(0, at);
  const std::string value = text.substr(at + 1);
  if (name == "lose") {
    faults.lose_every = one_in(text, value);
  } else if (name == "double") {
    faults.double_every = one_in(text, value);
  } else if (name == "flip") {
    faults.flip_every = one_in(text, value);
  } else if (name == "slow") {
    const auto gap = link::read_duration(value);
    if (!gap || *gap > std::chrono::seconds(10)) refuse(text, "needs a duration up to 10s");
    faults.byte_gap = *gap;
  } else if (name == "seed") {
    const auto seed = link::read_unsigned(value, UINT64_MAX);
    if (!seed) refuse(text, "needs a whole number");
    faults.seed = *seed;
  } else {
    const std::string guess = did_you_mean(name, names);
    refuse(text, "is no fault of a line" +
                     (guess.empty() ? ", known are lose, double, flip, slow and seed" : guess));
  }
}

}  // namespace

LineFaults read_line_faults(const std::vector<std::string>& texts) {
  LineFaults faults;
  for (const std::string& text : texts) read(text, faults);
  return faults;
}

Bytes BadLine::pass(ByteView bytes) {
  Bytes passed;
  passed.reserve(bytes.size());
  for (std::byte byte : bytes) {
    if (happens(faults_.lose_every)) continue;
    if (happens(faults_.flip_every)) byte ^= std::byte{0x80};
    passed.push_back(byte);
    if (happens(faults_.double_every)) passed.push_back(byte);
  }
  return passed;
}

}  // namespace cartwright::simulators
