#include "shopping/cart.hpp"

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <sstream>

namespace cartwright::shopping {
namespace {

namespace fs = std::filesystem;

constexpr milliseconds kComesUp{60'000};
constexpr milliseconds kAnswers{30'000};
constexpr std::size_t kDevices = 5;

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// Of /proc/PID/stat: the field after the name in brackets and the state.
int parent_of(const fs::path& process) {
  const std::string stat = text_of(process / "stat");
  const std::size_t name_end = stat.rfind(')');
  if (name_end == std::string::npos || name_end + 4 > stat.size()) return -1;
  return std::atoi(stat.c_str() + name_end + 4);
}

}  // namespace

bool is_event(const Json& line, const std::string& name) {
  return line.value("event", "") == name;
}

bool Cart::start() {
  devices_.clear();
  grams_.reset();
  process_ = std::make_unique<Process>(
      store_.program(),
      std::vector<std::string>{"run", "--json", "--config", store_.configuration()},
      store_.log("cart"));
  const Time deadline = Clock::now() + kComesUp;
  while (!all_up()) {
    if (next(deadline)) continue;
    if (!running()) return false;
    std::string states;
    for (const auto& [name, state] : devices_) states += " " + name + " is " + state;
    throw Failure("the cart's devices do not come up:" + states + "\n" +
                  tail_of(store_.log("cart")));
  }
  return true;
}

bool Cart::running() {
  return process_ && process_->running();
}

void Cart::quit() {
  say("quit");
  const Time deadline = Clock::now() + kAnswers;
  while (next(deadline)) {
  }
  const auto code = process_->wait(deadline);
  if (code == 0) return;
  throw Failure((code ? "the cart ended with " + std::to_string(*code) : "the cart did not end") +
                "\n" + tail_of(store_.log("cart")));
}

void Cart::say(const std::string& word) {
  process_->say(word);
}

std::optional<Json> Cart::next(Time deadline) {
  while (true) {
    if (const auto text = process_->take_line()) {
      Json line = Json::parse(*text, nullptr, false);
      if (!line.is_object()) throw Failure("the cart printed what is no JSON object: " + *text);
      note(line);
      onlooker_.saw(*this, line);
      return line;
    }
    const Time now = Clock::now();
    const auto moment = onlooker_.next();
    if (moment && *moment <= now) onlooker_.due(*this);
    if (!running()) {
      if (auto text = process_->take_line()) return Json::parse(*text, nullptr, false);
      return std::nullopt;
    }
    if (now >= deadline) return std::nullopt;
    const Time until = moment && *moment > now ? std::min(*moment, deadline) : deadline;
    const int other = onlooker_.descriptor();
    wait_readable({process_->output(), other}, until);
    if (other >= 0 && wait_readable({other}, Clock::now())) onlooker_.due(*this);
  }
}

std::optional<Json> Cart::await(const std::function<bool(const Json&)>& fits, Time deadline) {
  while (auto line = next(deadline)) {
    if (fits(*line)) return line;
  }
  return std::nullopt;
}

std::optional<Json> Cart::ask(const std::string& word,
                              const std::function<void(const Json&)>& line) {
  say(word);
  const std::string name = word.substr(0, word.find(' '));
  const auto reply = await(
      [&](const Json& one) {
        if (one.value("reply", "") == name) return true;
        if (line) line(one);
        return false;
      },
      Clock::now() + kAnswers);
  if (!reply && running()) {
    throw Failure("the cart does not answer to \"" + word + "\"\n" + tail_of(store_.log("cart")));
  }
  return reply;
}

std::optional<Json> Cart::trip() {
  std::optional<Json> shown;
  const auto reply = ask("trip", [&](const Json& line) {
    if (line.contains("phase")) shown = line;
  });
  return reply ? shown : std::nullopt;
}

void Cart::kill() {
  process_->kill();
}

std::optional<int> Cart::driver_pid(const std::string& driver) const {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator("/proc", error)) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    if (parent_of(entry.path()) != process_->pid()) continue;
    if (text_of(entry.path() / "cmdline").find("/" + driver + ".so") != std::string::npos) {
      return std::stoi(name);
    }
  }
  return std::nullopt;
}

bool Cart::kill_driver(const std::string& driver) {
  if (!running()) return false;
  const std::optional<int> pid = driver_pid(driver);
  if (!pid) return false;
  // Held, then looked at again: a number may have gone to a stranger meanwhile.
  const int held = static_cast<int>(::syscall(SYS_pidfd_open, *pid, 0));
  const bool killed = held >= 0 && driver_pid(driver) == pid &&
                      ::syscall(SYS_pidfd_send_signal, held, SIGKILL, nullptr, 0) == 0;
  if (held >= 0) ::close(held);
  return killed;
}

bool Cart::all_up() const {
  return devices_.size() == kDevices &&
         std::ranges::all_of(devices_, [](const auto& device) { return device.second == "up"; });
}

void Cart::note(const Json& line) {
  if (is_event(line, "device_changed")) {
    devices_[line.at("name")] = line.at("state");
    device_change_ = Clock::now();
  }
  if (is_event(line, "weight_changed")) {
    const bool empty = line.at("status") == "stable_zero";
    grams_.reset();
    if (empty) grams_ = 0;
    if (line.at("stable") == true) grams_ = line.at("grams").get<std::int64_t>();
  }
}

}  // namespace cartwright::shopping
