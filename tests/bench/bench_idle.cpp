// What a cart uses while nobody does anything.

#include <chrono>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <thread>

#include "bench/figures.hpp"
#include "bench/process.hpp"
#include "bench/scratch.hpp"

namespace cartwright::bench {
namespace {

using std::chrono::seconds;
namespace fs = std::filesystem;

constexpr const char* kHelp =
    "`cartwright run` with a scanner, a scale and a display, each driver in a process of its own\n"
    "and each device simulated by another: CPU, wake-ups and memory while nothing happens, beside\n"
    "the limits that we aim at. Once with a scale that is silent until it is asked (live = "
    "false),\n"
    "once with the default, where it is asked for its weight every 200 ms.";
constexpr double kCpuAim = 0.5;    // percent of one processor
constexpr double kMemoryAim = 15;  // MB
constexpr int kDevices = 3;
// A poll is two calls of an isolated driver, for the timer and for the answer; each wakes the cart,
// then the driver, then the cart again.
constexpr double kPollWakeUps = 6 * 5;

// A simulated device on a line of its own.
std::unique_ptr<Process> simulate(const fs::path& folder, const std::string& protocol) {
  return std::make_unique<Process>(
      program_folder() / "cartwright",
      std::vector<std::string>{"simulate", protocol, "--json", "--link",
                               "pty:" + (folder / protocol).string()},
      folder / (protocol + ".log"));
}

void write_configuration(const fs::path& folder, bool live) {
  std::ofstream file(folder / "cart.toml");
  file << "[cart]\nid = \"cart-1\"\nstate = \"state\"\ncatalog = \"catalog\"\n"
       << "[store]\ngln = \"9521234000013\"\nzone = \"Europe/Berlin\"\ncurrency = \"EUR\"\n"
       << "[store.taxes]\nstandard = 1900\n";
  const auto device = [&](const char* name, const char* driver, const char* line) {
    file << "[[device]]\nname = \"" << name << "\"\ndriver = \"" << driver
         << "\"\nlink = \"pty:" << (folder / line).string() << "\"\nisolation = \"process\"\n";
  };
  device("scanner0", "scanner-serial", "serial");
  device("display0", "display-cd5220", "cd5220");
  device("scale0", "scale-toledo8217", "toledo8217");
  if (!live) file << "settings = { live = false }\n";
}

// A product, so that there is a catalog.
void write_catalog(const fs::path& folder) {
  std::ofstream(folder / "products.csv") << "product,gtins,name,sold_by,price_minor,tax\n"
                                            "pen,4006381333931,Pen,piece,250,standard\n";
  const Process import(program_folder() / "cartwright",
                       {"catalog", "--dir", folder / "catalog", "import", folder / "products.csv"},
                       folder / "import.log");
  for (int i = 0; i < 100 && !fs::exists(folder / "catalog" / "current"); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Waits until the cart says of every device that it is up.
void wait_until_up(const fs::path& log) {
  for (int i = 0; i < 200; ++i) {
    const std::string text = text_of(log);
    bool up = true;
    for (const char* device :
         {"scanner0\",\"driver\":\"scanner-serial", "scale0\",\"driver\":\"scale-toledo8217",
          "display0\",\"driver\":\"display-cd5220"}) {
      up = up && text.find(std::string(device) + "\",\"state\":\"up\"") != std::string::npos;
    }
    if (up) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  throw std::runtime_error("the devices do not come up: " + text_of(log));
}

struct Idle {
  double cpu_percent = 0;  // of one processor, cart and drivers
  double wake_ups = 0;     // a second, cart and drivers
  Memory cart;
  std::vector<Memory> drivers;
};

Idle watch(int cart, seconds settle, seconds time) {
  std::this_thread::sleep_for(settle);
  const std::vector<int> drivers = children_of(cart);
  if (drivers.size() != kDevices) throw std::runtime_error("a driver's process is missing");
  const auto all = [&] {
    Usage sum = usage_of(cart);
    for (const int driver : drivers) {
      const Usage one = usage_of(driver);
      sum.cpu_ns += one.cpu_ns;
      sum.wake_ups += one.wake_ups;
    }
    return sum;
  };
  const auto begin = Clock::now();
  const Usage before = all();
  std::this_thread::sleep_for(time);
  const Usage after = all();
  const double passed = std::chrono::duration<double>(Clock::now() - begin).count();
  Idle idle;
  idle.cpu_percent = static_cast<double>(after.cpu_ns - before.cpu_ns) / 1e9 / passed * 100;
  idle.wake_ups = static_cast<double>(after.wake_ups - before.wake_ups) / passed;
  idle.cart = memory_of(cart);
  for (const int driver : drivers) idle.drivers.push_back(memory_of(driver));
  return idle;
}

Idle run_cart(const Figures& figures, bool live) {
  const ScratchFolder scratch;
  const fs::path& folder = scratch.path();
  write_catalog(folder);
  write_configuration(folder, live);
  const auto scanner = simulate(folder, "serial");
  const auto scale = simulate(folder, "toledo8217");
  const auto display = simulate(folder, "cd5220");
  const Process cart(program_folder() / "cartwright",
                     {"run", "--json", "--config", folder / "cart.toml"}, folder / "cart.log");
  wait_until_up(folder / "cart.log");
  return watch(cart.pid(), seconds(figures.rounds(2, 0)), seconds(figures.rounds(20, 1)));
}

// A program that does nothing: what a process costs at the least.
Memory nothing() {
  const Process sleeper("sleep", {"60"}, "/dev/null");
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  return memory_of(sleeper.pid());
}

void measure(Figures& figures) {
  const Idle silent = run_cart(figures, false);
  const Idle live = run_cart(figures, true);
  const Memory least = nothing();
  figures.add({"idle.silent.cpu", silent.cpu_percent, "% of a CPU", "aim", kCpuAim});
  figures.add({"idle.live_scale.cpu", live.cpu_percent, "% of a CPU", "aim", kCpuAim});
  figures.add({"idle.silent.wake_ups", silent.wake_ups, "1/s", "one a second", 1});
  figures.add({"idle.live_scale.wake_ups", live.wake_ups, "1/s",
               "5 polls a second, 6 wake-ups each", kPollWakeUps});
  figures.add({"idle.cart.rss", silent.cart.rss, "MB", "aim", kMemoryAim});
  figures.add({"idle.cart.pss", silent.cart.pss, "MB", "aim", kMemoryAim});
  figures.add({"idle.cart.private", silent.cart.private_, "MB", "aim", kMemoryAim});
  double rss = 0;
  double pss = 0;
  for (const Memory& driver : silent.drivers) {
    rss += driver.rss / kDevices;
    pss += driver.pss / kDevices;
  }
  figures.add({"idle.driver_process.rss", rss, "MB", "sleep(1)", least.rss});
  figures.add({"idle.driver_process.pss", pss, "MB", "sleep(1)", least.pss});
}

}  // namespace
}  // namespace cartwright::bench

int main(int argc, char** argv) {
  using namespace cartwright::bench;
  return run_bench(argc, argv, kHelp, measure);
}
