// How much of a core each driver needs to read its device.

#include <algorithm>
#include <memory>
#include <variant>

#include "base/file.hpp"
#include "bench/figures.hpp"
#include "bench/scratch.hpp"
#include "host/loader.hpp"
#include "host/virtual_device.hpp"
#include "link/recording.hpp"

namespace cartwright::bench {
namespace {

namespace fs = std::filesystem;

constexpr const char* kHelp =
    "Plays the recordings of each driver through it, in virtual time and again and again: what it\n"
    "reads in a second, in bytes and in messages (arrivals that it consumed), beside ten times "
    "what\n"
    "the fastest real line of its kind brings: 115200 baud for devices on serial lines, a report "
    "of\n"
    "64 bytes each millisecond for HID, 3 Mbaud for a Bluetooth controller. The share of a core "
    "is\n"
    "what that line would take at ten times its rate.";

// Bytes a second.
double fastest_line(const std::string& driver, link::Shape shape) {
  if (driver == "locator-ble") return 300'000;
  return shape == link::Shape::messages ? 64'000 : 11'520;
}

class Counter final : public host::SessionSink {
 public:
  void on_event(const cw_record&) override { ++events; }
  std::uint64_t events = 0;
};

// One driver with one of its recordings.
class Played {
 public:
  Played(const host::Plugin& plugin, const fs::path& file)
      : recording_(link::Recording::read(file)),
        shape_(plugin.manifest().links.front().shape),
        device_(*plugin.driver(), plugin.manifest(), settings_beside(file), counter_) {
    Bytes descriptor;
    for (const auto& entry : recording_.entries) {
      const auto* up = std::get_if<link::UpEntry>(&entry.what);
      if (up != nullptr) descriptor = up->descriptor;
      const auto* rx = std::get_if<link::RxEntry>(&entry.what);
      if (rx != nullptr) bytes_ += rx->payload.bytes.size();
    }
    device_.start(descriptor);
  }

  // From its begin to its end, once.
  void play() {
    std::chrono::nanoseconds at{0};
    for (const auto& entry : recording_.entries) {
      const auto* rx = std::get_if<link::RxEntry>(&entry.what);
      if (rx == nullptr) continue;
      device_.advance(entry.at - at);
      at = entry.at;
      device_.data(rx->payload.bytes, 0, rx->pipe);
      ++arrivals_;
    }
    device_.advance(std::chrono::seconds(2));
  }

  std::uint64_t bytes() const { return bytes_; }
  std::uint64_t arrivals() const { return arrivals_; }
  std::uint64_t events() const { return counter_.events; }
  link::Shape shape() const { return shape_; }

 private:
  static std::string settings_beside(const fs::path& file) {
    fs::path beside = file;
    beside.replace_extension(".settings.json");
    return fs::exists(beside) ? read_file(beside) : "{}";
  }

  link::Recording recording_;
  link::Shape shape_;
  Counter counter_;
  host::VirtualDevice device_;
  std::uint64_t bytes_ = 0;
  std::uint64_t arrivals_ = 0;
};

std::vector<fs::path> recordings_of(const std::string& driver) {
  std::vector<fs::path> files;
  const fs::path folder = fs::path(CARTWRIGHT_SOURCE_DIR) / "drivers" / driver / "recordings";
  if (!fs::is_directory(folder)) return files;
  for (const auto& file : fs::directory_iterator(folder)) {
    if (file.path().extension() == ".jsonl") files.push_back(file.path());
  }
  std::ranges::sort(files);
  return files;
}

void measure_driver(Figures& figures, const std::string& driver) {
  const host::Plugin plugin =
      host::Plugin::load(program_folder() / "../lib/cartwright/plugins" / (driver + ".so"));
  std::vector<std::unique_ptr<Played>> all;
  std::uint64_t bytes = 0;
  for (const fs::path& file : recordings_of(driver)) {
    auto played = std::make_unique<Played>(plugin, file);
    if (played->bytes() == 0) continue;  // of a device that only listens
    bytes += played->bytes();
    all.push_back(std::move(played));
  }
  if (all.empty()) return;
  Samples bytes_a_second;
  Samples messages_a_second;
  std::uint64_t before = 0;
  for (int round = 0; round < figures.rounds(400, 2); ++round) {
    const auto begin = Clock::now();
    for (const auto& played : all) played->play();
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    std::uint64_t arrivals = 0;
    for (const auto& played : all) arrivals += played->arrivals();
    bytes_a_second.add(static_cast<double>(bytes) / seconds);
    messages_a_second.add(static_cast<double>(arrivals - before) / seconds);
    before = arrivals;
  }
  for (const auto& played : all) {
    if (played->events() == 0) throw std::runtime_error(driver + " tells nothing");
  }
  const double line = 10 * fastest_line(driver, all.front()->shape());
  const std::string rival = "ten times the fastest line of its kind";
  figures.add({"decode." + driver + ".bytes", bytes_a_second.median(), "B/s", rival, line});
  figures.add({"decode." + driver + ".messages", messages_a_second.median(), "1/s",
               "the same at ten times that line",
               messages_a_second.median() * line / bytes_a_second.median()});
  // The slowest hundredth of the rounds counts here.
  figures.add({"decode." + driver + ".core", 100 * line / bytes_a_second.quantile(0.01), "%",
               "a core", 100});
}

void measure(Figures& figures) {
  std::vector<std::string> drivers;
  for (const auto& folder : fs::directory_iterator(fs::path(CARTWRIGHT_SOURCE_DIR) / "drivers")) {
    if (fs::exists(folder.path() / "manifest.json")) drivers.push_back(folder.path().filename());
  }
  std::ranges::sort(drivers);
  for (const std::string& driver : drivers) measure_driver(figures, driver);
}

}  // namespace
}  // namespace cartwright::bench

int main(int argc, char** argv) {
  using namespace cartwright::bench;
  return run_bench(argc, argv, kHelp, measure);
}
