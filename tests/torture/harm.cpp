#include "harm.hpp"

#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace cartwright::torture {
namespace {

using shopping::Clock;
using shopping::Failure;
using std::chrono::milliseconds;

// How long the hub stays away.
constexpr milliseconds kHubAway{300};
constexpr const char* kHubBack = "hub back";

// Whether the cart tells of a fact that is on its disk now.
bool committed(const Json& line) {
  if (line.value("reply", "") == "consent") return line.at("ok") == true;
  const std::string event = line.value("event", "");
  if (event == "trip_started") return line.at("resumed") == false;
  return event.starts_with("line_") || event == "scan_refused" || event == "payment_changed" ||
         event == "trip_ended";
}

}  // namespace

Harm::Harm(Store& store) : store_(store), inotify_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
  const std::string folder = store.database().parent_path();
  if (inotify_ < 0 || ::inotify_add_watch(inotify_, folder.c_str(), IN_MODIFY) < 0) {
    throw Failure("can not watch " + folder + ": " + std::strerror(errno));
  }
}

Harm::~Harm() {
  ::close(inotify_);
}

void Harm::begin(std::vector<Blow> blows) {
  blows_ = std::move(blows);
  due_.clear();
  lines_ = 0;
  writes_ = 0;
  story_.clear();
  for (const Blow& blow : blows_) {
    if (blow.when == Blow::When::time) due_.push_back({Clock::now() + blow.delay, blow.whom});
  }
}

void Harm::end() {
  blows_.clear();
  for (const Due& due : std::exchange(due_, {})) {
    if (due.whom == kHubBack) store_.start_hub();
  }
}

void Harm::saw(Cart& cart, const Json& line) {
  if (committed(line)) count(cart, Blow::When::line, ++lines_);
  if (line.value("event", "") == "trip_ended") count(cart, Blow::When::end, 0);
}

// Each blow is dealt once.
void Harm::count(Cart& cart, Blow::When when, std::size_t n) {
  const auto meant = [&](const Blow& blow) { return blow.when == when && blow.n == n; };
  while (true) {
    const auto found = std::ranges::find_if(blows_, meant);
    if (found == blows_.end()) return;
    const Blow blow = *found;
    blows_.erase(found);
    if (blow.delay.count() == 0) {
      strike(cart, blow.whom);
    } else {
      due_.push_back({Clock::now() + blow.delay, blow.whom});
    }
  }
}

std::optional<Time> Harm::next() const {
  if (due_.empty()) return std::nullopt;
  return std::ranges::min_element(due_, {}, &Due::at)->at;
}

void Harm::due(Cart& cart) {
  read_writes(cart);
  while (const auto at = next()) {
    if (*at > Clock::now()) return;
    const auto first = std::ranges::min_element(due_, {}, &Due::at);
    const std::string whom = first->whom;
    due_.erase(first);
    strike(cart, whom);
  }
}

void Harm::read_writes(Cart& cart) {
  alignas(inotify_event) char buffer[4096];
  const ssize_t size = ::read(inotify_, buffer, sizeof buffer);
  for (ssize_t at = 0; at < size;) {
    const auto* event = reinterpret_cast<const inotify_event*>(buffer + at);
    at += static_cast<ssize_t>(sizeof *event + event->len);
    if (event->len == 0 || std::strcmp(event->name, "cart.db-wal") != 0) continue;
    count(cart, Blow::When::write, ++writes_);
  }
}

void Harm::strike(Cart& cart, const std::string& whom) {
  const std::string after = " after step " + std::to_string(lines_);
  if (whom == kHubBack) {
    store_.start_hub();
  } else if (whom == "hub") {
    store_.kill_hub();
    due_.push_back({Clock::now() + kHubAway, kHubBack});
    ++hubs_;
    story_ += "; hub" + after;
  } else if (whom.empty()) {
    if (!cart.running()) return;
    cart.kill();
    ++carts_;
    story_ += "; cart" + after;
  } else if (cart.kill_driver(whom)) {
    ++drivers_;
    story_ += "; " + whom + after;
  }
}

}  // namespace cartwright::torture
