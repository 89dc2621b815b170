#include "loop.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>

namespace cartwright::hardware {
namespace {

// A guest without hardware acceleration on a machine under load; never the time a thing takes.
constexpr std::chrono::seconds kPatience{60};

}  // namespace

std::string seconds(Clock::duration time) {
  const auto tenths = std::chrono::duration_cast<std::chrono::milliseconds>(time).count() / 100;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%lld.%lld s", static_cast<long long>(tenths / 10),
                static_cast<long long>(tenths % 10));
  return text.data();
}

void Loop::until(const std::string& what, const std::function<bool()>& done) {
  const auto begin = Clock::now();
  const auto deadline = std::min(begin + kPatience, end_);
  while (!done()) {
    if (io_.stopped()) io_.restart();
    if (io_.run_one_until(deadline) == 0 && Clock::now() >= deadline) {
      throw std::runtime_error("waited " + seconds(Clock::now() - begin) + " in vain for " + what);
    }
  }
}

}  // namespace cartwright::hardware
