// kill -9 at random instants: what was acknowledged is there once, and the trip goes on.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <map>
#include <random>
#include <thread>

#include "base/error.hpp"
#include "trip/trip.hpp"
#include "trip/verify.hpp"
#include "unit/trip/small_store.hpp"

namespace cartwright::trip {
namespace {

using namespace testing;

// The shopper in the child: adds item after item and tells the parent of each that was shown. After
// a restart she goes on behind the last line that she sees, so she scans again what has no line.
[[noreturn]] void shop(const std::filesystem::path& file, int acknowledge) {
  try {
    Database database(file);
    ManualClock clock(morning());
    Trip trip(database, clock);
    if (!trip.running()) trip.start(start_info());
    for (;;) {
      const auto next = static_cast<std::uint32_t>(trip.state().basket().lines().size() + 1);
      trip.add_item(product("item-" + std::to_string(next), 7), pieces(1));
      if (::write(acknowledge, &next, sizeof next) != sizeof next) ::_exit(1);
    }
  } catch (...) {
    ::_exit(2);
  }
}

// Lets a child shop for some time, kills it, and returns what it acknowledged.
std::vector<std::uint32_t> shop_and_kill(const std::filesystem::path& file,
                                         std::chrono::microseconds after) {
  int ends[2];
  if (::pipe(ends) != 0) throw Error(ErrorKind::unavailable, "no pipe");
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    shop(file, ends[1]);
  }
  ::close(ends[1]);
  std::vector<std::uint32_t> acknowledged;
  // Time runs from the first line on, so that every round gets somewhere.
  std::uint32_t number = 0;
  if (::read(ends[0], &number, sizeof number) == sizeof number) acknowledged.push_back(number);
  std::this_thread::sleep_for(after);
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the shopper gave up with " << WEXITSTATUS(status);
  while (::read(ends[0], &number, sizeof number) == sizeof number) acknowledged.push_back(number);
  ::close(ends[0]);
  return acknowledged;
}

TEST(TripKill, loses_no_acknowledged_line_and_doubles_none) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  RecordProperty("seed", std::to_string(seed));
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> delay(0, 30'000);
  ScratchFolder folder;
  const auto file = folder.file("trips.db");

  std::map<std::uint32_t, int> acknowledged;
  for (int round = 0; round < 25; ++round) {
    for (const std::uint32_t number : shop_and_kill(file, std::chrono::microseconds(delay(random))))
      ++acknowledged[number];
  }

  Database database(file);
  ManualClock clock(morning());
  Trip trip(database, clock);
  ASSERT_TRUE(trip.resumed());
  std::map<std::uint32_t, int> kept;
  for (const offers::Line& line : trip.state().basket().lines())
    ++kept[static_cast<std::uint32_t>(std::stoul(line.product->id.substr(5)))];

  int lost = 0;
  for (const auto& [number, times] : acknowledged) {
    EXPECT_EQ(times, 1) << "line " << number << " was acknowledged " << times << " times";
    lost += kept[number] == 0;
  }
  int doubled = 0;
  for (const auto& [number, times] : kept) doubled += times > 1;
  EXPECT_EQ(lost, 0);
  EXPECT_EQ(doubled, 0);
  EXPECT_GE(acknowledged.size(), 25U);
  EXPECT_EQ(trip.state().totals().total.minor(), 7 * static_cast<std::int64_t>(kept.size()));
  EXPECT_TRUE(verify_all(trip.log()).empty());
}

}  // namespace
}  // namespace cartwright::trip
