#include "unit/drivers/recorded.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ostream>

namespace cartwright::test {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> lines_of(const fs::path& file) {
  std::ifstream in(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

Recorded read_recorded(const std::string& driver, const fs::path& file) {
  fs::path stem = file;
  stem.replace_extension();
  const auto beside = [&](const char* extension) { return fs::path(stem.string() + extension); };
  Recorded recorded{
      driver, driver + "/" + stem.filename().string(), link::Recording::read(file), {}, "{}", {}};
  EXPECT_TRUE(fs::exists(beside(".events"))) << recorded.name << " has no .events beside it";
  for (const std::string& line : lines_of(beside(".events"))) {
    recorded.events.push_back(nlohmann::json::parse(line).dump());
  }
  if (fs::exists(beside(".settings.json"))) {
    recorded.settings.clear();
    for (const std::string& line : lines_of(beside(".settings.json"))) recorded.settings += line;
  }
  for (const std::string& line : lines_of(beside(".commands"))) {
    const auto given = nlohmann::json::parse(line);
    recorded.commands.push_back({std::chrono::nanoseconds(given.at("t").get<std::int64_t>()),
                                 given.value("unit", 0U), given.at("command").dump()});
  }
  return recorded;
}

// Plays one recording; counts the places and arrivals that went by.
class Player {
 public:
  Player(const Recorded& recorded, const Mishaps& mishaps)
      : recorded_(recorded), mishaps_(mishaps), rig_(recorded.driver, recorded.settings) {
    if (mishaps.crash) rig_.crash_in_call(*mishaps.crash);
  }

  Story run() {
    for (const auto& entry : recorded_.recording.entries) {
      give_commands(entry.at);
      wait_until(entry.at);
      if (const auto* up = std::get_if<link::UpEntry>(&entry.what)) {
        rig_.link_up(0, up->descriptor, up->usb_id);
      } else if (std::holds_alternative<link::DownEntry>(entry.what)) {
        rig_.link_down();
      } else if (const auto* rx = std::get_if<link::RxEntry>(&entry.what)) {
        arrive(rx->pipe, as_text(rx->payload.bytes));
      }
    }
    give_commands(std::chrono::nanoseconds::max());
    Story story;
    for (const auto& event : rig_.take_events()) story.events.push_back(event.dump());
    for (const auto& write : rig_.take_wire()) story.sent += write.data;
    EXPECT_EQ(rig_.counters().rollbacks, 0U) << recorded_.name;
    return story;
  }

  std::uint64_t calls() const { return rig_.counters().calls; }

 private:
  void wait_until(std::chrono::nanoseconds at) {
    rig_.advance(at - now_);
    now_ = at;
  }

  void give_commands(std::chrono::nanoseconds until) {
    for (; next_ < recorded_.commands.size() && recorded_.commands[next_].at <= until; ++next_) {
      const GivenCommand& given = recorded_.commands[next_];
      wait_until(given.at);
      rig_.command(given.json, given.unit);
    }
  }

  void arrive(std::uint32_t pipe, std::string_view bytes) {
    if (mishaps_.garbage == arrivals_++) rig_.arrive(mishaps_.garbage_bytes, 0, pipe);
    const std::size_t end = mishaps_.end.value_or(recorded_.places());
    if (recorded_.in_messages()) {
      if (place_++ < end) rig_.arrive(bytes, 0, pipe);
      return;
    }
    const std::size_t begin = place_;
    place_ += bytes.size();
    bytes = bytes.substr(0, end - std::min(begin, end));
    while (!bytes.empty()) {
      const bool cut = mishaps_.split && *mishaps_.split > begin &&
                       *mishaps_.split - begin < bytes.size() && place_ != 0;
      const std::size_t size = mishaps_.trickle                        ? 1
                               : cut && !std::exchange(was_cut_, true) ? *mishaps_.split - begin
                                                                       : bytes.size();
      rig_.arrive(bytes.substr(0, size), 0, pipe);
      bytes.remove_prefix(size);
    }
  }

  const Recorded& recorded_;
  const Mishaps& mishaps_;
  Rig rig_;
  std::chrono::nanoseconds now_{0};
  std::size_t next_ = 0;
  std::size_t place_ = 0;
  std::size_t arrivals_ = 0;
  bool was_cut_ = false;
};

}  // namespace

bool Recorded::in_messages() const {
  return std::ranges::any_of(recording.entries, [](const auto& entry) {
    const auto* up = std::get_if<link::UpEntry>(&entry.what);
    return up != nullptr && up->shape == link::Shape::messages;
  });
}

std::size_t Recorded::places() const {
  std::size_t count = 0;
  for (const auto& entry : recording.entries) {
    const auto* rx = std::get_if<link::RxEntry>(&entry.what);
    if (rx != nullptr) count += in_messages() ? 1 : rx->payload.length;
  }
  return count;
}

void PrintTo(const Story& story, std::ostream* out) {
  for (const std::string& event : story.events) *out << "\n  " << event;
  *out << "\n  sent " << to_hex(as_bytes(story.sent));
}

void PrintTo(const Recorded& recorded, std::ostream* out) {
  *out << recorded.name;
}

std::vector<Recorded> all_recordings() {
  std::vector<Recorded> all;
  for (const auto& driver : fs::directory_iterator(fs::path(CARTWRIGHT_SOURCE_DIR) / "drivers")) {
    if (!fs::is_directory(driver.path() / "recordings")) continue;
    for (const auto& file : fs::directory_iterator(driver.path() / "recordings")) {
      if (file.path().extension() != ".jsonl") continue;
      all.push_back(read_recorded(driver.path().filename().string(), file.path()));
    }
  }
  std::ranges::sort(all, {}, &Recorded::name);
  return all;
}

Story play(const Recorded& recorded, const Mishaps& mishaps) {
  return Player(recorded, mishaps).run();
}

std::uint64_t calls_of(const Recorded& recorded) {
  const Mishaps none;
  Player player(recorded, none);
  player.run();
  return player.calls();
}

}  // namespace cartwright::test
