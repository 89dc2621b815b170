#include <gtest/gtest.h>

#include <cstdio>
#include <exception>
#include <fstream>
#include <memory>

#include "stage.hpp"

// One boot for all tests; a failed one ends with what the guest's kernel last said.
namespace cartwright::hardware {
namespace {

std::unique_ptr<Stage> the_stage;

class TellGuest final : public testing::EmptyTestEventListener {
  void OnTestEnd(const testing::TestInfo& test) override {
    if (!test.result()->Failed()) return;
    std::printf("---- the guest's console ----\n%s\n----\n", the_stage->console_tail().c_str());
  }
};

}  // namespace

Stage& stage() {
  return *the_stage;
}

}  // namespace cartwright::hardware

int main(int argc, char** argv) {
  using namespace cartwright::hardware;
  testing::InitGoogleTest(&argc, argv);
  const auto begin = Clock::now();
  try {
    the_stage = std::make_unique<Stage>();
    the_stage->boot();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "hardware stage: %s\n", error.what());
    if (the_stage) std::fprintf(stderr, "%s\n", the_stage->console_tail().c_str());
    return 1;
  }
  testing::UnitTest::GetInstance()->listeners().Append(new TellGuest);
  const auto tests = Clock::now();
  const int result = RUN_ALL_TESTS();
  const std::string summary = "hardware stage: " + seconds(Clock::now() - begin) + " (" +
                              the_stage->times() + ", tests " + seconds(Clock::now() - tests) + ")";
  std::printf("%s\n", summary.c_str());
  std::ofstream(CARTWRIGHT_HARDWARE_FOLDER "/summary") << summary << "\n";
  the_stage.reset();
  return result;
}
