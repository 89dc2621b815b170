#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "link/recording.hpp"
#include "unit/drivers/bytes.hpp"
#include "unit/plugins/rig.hpp"

namespace cartwright::test {
namespace {

namespace fs = std::filesystem;

// What a driver did: all its events and all that it sent.
struct Story {
  std::vector<std::string> events;
  std::string sent;
  friend bool operator==(const Story&, const Story&) = default;
};

struct Recorded {
  std::string driver;
  std::string name;
  link::Recording recording;
};

std::vector<Recorded> all_recordings() {
  std::vector<Recorded> all;
  for (const char* driver : {"scanner-serial", "scale-toledo8217", "display-cd5220"}) {
    const fs::path folder = fs::path(CARTWRIGHT_SOURCE_DIR) / "drivers" / driver / "recordings";
    for (const auto& file : fs::directory_iterator(folder)) {
      all.push_back({driver, std::string(driver) + "/" + file.path().filename().string(),
                     link::Recording::read(file.path())});
    }
  }
  return all;
}

std::size_t received(const link::Recording& recording) {
  std::size_t count = 0;
  for (const auto& entry : recording.entries) {
    if (const auto* rx = std::get_if<link::RxEntry>(&entry.what)) count += rx->payload.length;
  }
  return count;
}

// Plays a recording; the arrival that holds byte `cut` comes in two. Nothing comes from `end` on.
Story play(const Recorded& recorded, std::size_t cut, std::size_t end) {
  Rig rig(recorded.driver);
  std::chrono::nanoseconds now{0};
  std::size_t at = 0;
  for (const auto& entry : recorded.recording.entries) {
    rig.advance(entry.at - now);
    now = entry.at;
    if (std::holds_alternative<link::UpEntry>(entry.what)) rig.link_up();
    const auto* const rx = std::get_if<link::RxEntry>(&entry.what);
    if (rx == nullptr) continue;
    const std::string bytes(as_text(rx->payload.bytes).substr(0, end - std::min(at, end)));
    const std::size_t head = std::min(cut - std::min(cut, at), bytes.size());
    if (head != 0) rig.arrive(bytes.substr(0, head));
    if (head != bytes.size()) rig.arrive(bytes.substr(head));
    at += bytes.size();
  }
  Story story;
  for (const auto& event : rig.take_events()) story.events.push_back(event.dump());
  for (const auto& write : rig.take_wire()) story.sent += write.data;
  EXPECT_EQ(rig.counters().rollbacks, 0U) << recorded.name;
  return story;
}

constexpr std::size_t all_bytes = 1'000'000;

TEST(DriverRecordings, tell_what_was_seen_at_the_device) {
  const std::map<std::string, std::vector<std::string>> expected{
      {"scale-toledo8217/weighing.jsonl",
       {"stable_zero", "in_motion", "1.250", "in_motion", "1.250", "stable_zero"}},
      {"scale-toledo8217/tare.jsonl",
       {"1.450", "1.250 net", "in_motion", "stable_zero", "under_zero"}},
      {"scale-toledo8217/forms.jsonl",
       {"1.234", "5", "500 net", "stable_zero", "2.500", "in_motion", "over_capacity"}},
      {"scale-toledo8217/noise.jsonl",
       {"1.250", "2.500", "over_capacity", "in_motion", "under_zero", "3.000"}},
      {"scanner-serial/aim.jsonl",
       {"]E0 4006381333931", "]E4 96385074",
        "]C1 010400638133393110ABC\x1d"
        "17271231",
        "]Q3 https://example.com/01/04006381333931", "4006381333931"}},
      {"scanner-serial/crlf.jsonl", {"4006381333931", "96385074", "012345678905"}},
      {"scanner-serial/noise.jsonl", {"]E0 4006381333931", "96385074", "]E0 4006381333931"}},
      {"display-cd5220/start.jsonl", {"2x20"}},
  };
  for (const Recorded& recorded : all_recordings()) {
    std::vector<std::string> told;
    for (const std::string& text : play(recorded, 0, all_bytes).events) {
      const auto event = nlohmann::json::parse(text);
      if (event.contains("status")) {
        told.push_back(event.at("status"));
      } else if (event.contains("indicated")) {
        told.push_back(event.at("indicated").get<std::string>() + (event.at("net") ? " net" : ""));
      } else if (event.contains("data")) {
        const std::string aim = event.value("aim", "");
        told.push_back((aim.empty() ? "" : aim + " ") + event.at("data").get<std::string>());
      } else {
        told.push_back(std::to_string(event.at("rows").get<int>()) + "x" +
                       std::to_string(event.at("columns").get<int>()));
      }
    }
    ASSERT_TRUE(expected.contains(recorded.name)) << recorded.name;
    EXPECT_EQ(told, expected.at(recorded.name)) << recorded.name;
  }
}

TEST(DriverRecordings, are_answered_with_the_recorded_bytes) {
  for (const Recorded& recorded : all_recordings()) {
    std::string sent;
    for (const auto& entry : recorded.recording.entries) {
      const auto* const tx = std::get_if<link::TxEntry>(&entry.what);
      if (tx != nullptr) sent += as_text(tx->payload.bytes);
    }
    EXPECT_EQ(to_hex_text(play(recorded, 0, all_bytes).sent), to_hex_text(sent)) << recorded.name;
  }
}

TEST(DriverRecordings, tell_the_same_wherever_the_bytes_are_split) {
  for (const Recorded& recorded : all_recordings()) {
    const Story whole = play(recorded, 0, all_bytes);
    for (std::size_t cut = 1; cut < received(recorded.recording); ++cut) {
      EXPECT_EQ(play(recorded, cut, all_bytes).events, whole.events) << recorded.name << " " << cut;
    }
  }
}

TEST(DriverRecordings, tell_only_the_beginning_wherever_the_bytes_end) {
  for (const Recorded& recorded : all_recordings()) {
    const Story whole = play(recorded, 0, all_bytes);
    for (std::size_t end = 0; end < received(recorded.recording); ++end) {
      auto cut = play(recorded, 0, end).events;
      // A scale that falls silent is told; nothing else may be told that was not.
      std::erase_if(
          cut, [](const std::string& text) { return text.find("not_ready") != std::string::npos; });
      ASSERT_LE(cut.size(), whole.events.size()) << recorded.name << " " << end;
      EXPECT_TRUE(std::equal(cut.begin(), cut.end(), whole.events.begin()))
          << recorded.name << " " << end;
    }
  }
}

}  // namespace
}  // namespace cartwright::test
