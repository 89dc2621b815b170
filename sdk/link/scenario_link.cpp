#include "link/scenario_link.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <system_error>

#include "base/error.hpp"
#include "link/numbers.hpp"
#include "link/played_link.hpp"
#include "link/scenario.hpp"
#include "link/scenario_words.hpp"

namespace cartwright::link {
namespace {

using std::chrono::nanoseconds;

constexpr std::chrono::seconds reboot_time{2};

// The time zero that the links on one file share. Links may run on different threads.
class SharedStart {
 public:
  static std::shared_ptr<SharedStart> of(const std::filesystem::path& file) {
    static std::mutex mutex;
    static std::map<std::string, std::weak_ptr<SharedStart>> starts;
    std::error_code error;
    const std::string key = std::filesystem::canonical(file, error).string();
    const std::lock_guard lock(mutex);
    std::erase_if(starts, [](const auto& entry) { return entry.second.expired(); });
    auto start = starts[key].lock();
    if (!start) {
      start = std::make_shared<SharedStart>();
      starts[key] = start;
    }
    return start;
  }

  Play::Start begin(const std::string& unit) {
    const std::lock_guard lock(mutex_);
    if (!zero_) {
      zero_ = std::chrono::steady_clock::now();
    }
    return {*zero_, !started_.insert(unit).second};
  }

 private:
  std::mutex mutex_;
  std::optional<std::chrono::steady_clock::time_point> zero_;
  std::set<std::string> started_;
};

// Turns the happenings of one unit, in their order, into what its link does.
class Steps {
 public:
  Steps(std::string file, std::string_view device_class)
      : file_(std::move(file)), class_(device_class) {}

  void add(const Happening& happening) {
    if (!acts_on_link(class_, happening.action)) {
      message(happening.at, to_bytes(message_text(happening)));
    } else if (happening.action == "garbage") {
      message(happening.at, happening.bytes);
    } else if (happening.action == "noise") {
      noise_.insert(noise_.end(), happening.bytes.begin(), happening.bytes.end());
    } else if (happening.action == "lose") {
      lose_ = count(happening);
    } else if (happening.action == "double") {
      double_ = count(happening);
    } else if (happening.action == "spoil") {
      spoil_ = count(happening);
    } else if (happening.action == "slow" || happening.action == "nak") {
      return;  // a message comes at once, and none is answered
    } else if (happening.action == "delay") {
      delay_ += duration(happening);
    } else if (happening.action == "silence") {
      silent_until_ = happening.at + duration(happening);
    } else if (happening.action == "plug") {
      plug(happening.at, happening.at);
    } else if (happening.action == "reboot") {
      unplug(happening, DownReason::hang_up, " reboots");
      plug(happening.at, happening.at + reboot_time);
    } else {
      unplug(happening, DownReason::unplugged, " was unplugged");
      if (!happening.args.empty()) {
        plug(happening.at, happening.at + duration(happening));
      }
    }
  }

  std::vector<PlayStep> take() {
    std::stable_sort(steps_.begin(), steps_.end(),
                     [](const PlayStep& a, const PlayStep& b) { return a.at < b.at; });
    return std::move(steps_);
  }

 private:
  static nanoseconds duration(const Happening& happening) {
    return read_duration(happening.args.front()).value_or(nanoseconds(0));
  }

  static std::size_t count(const Happening& happening) {
    return static_cast<std::size_t>(read_unsigned(happening.args.front(), UINT64_MAX).value_or(0));
  }

  void message(nanoseconds at, Bytes bytes) {
    if (at < silent_until_) {
      return;
    }
    bytes.insert(bytes.begin(), noise_.begin(), noise_.end());
    noise_.clear();
    spoil(bytes);
    if (bytes.empty()) {
      return;
    }
    steps_.push_back({at + std::exchange(delay_, nanoseconds(0)), PlayData{0, std::move(bytes)}});
  }

  // lose and double count bytes, spoil counts messages.
  void spoil(Bytes& bytes) {
    if (spoil_ != 0 && !bytes.empty()) {
      --spoil_;
      bytes.back() ^= std::byte{1};
    }
    const std::size_t lost = std::min(lose_, bytes.size());
    lose_ -= lost;
    bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(lost));
    for (std::size_t i = 0; double_ != 0 && i < bytes.size(); i += 2, --double_) {
      bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(i), bytes[i]);
    }
  }

  // A later word on the plug takes the place of an earlier one.
  void forget_plugs_after(nanoseconds at) {
    std::erase_if(steps_, [at](const PlayStep& step) {
      return step.at > at && std::holds_alternative<PlayUp>(step.what);
    });
  }

  void unplug(const Happening& happening, DownReason reason, const std::string& what) {
    forget_plugs_after(happening.at);
    steps_.push_back({happening.at, PlayDown{reason, happening.unit + what + " by line " +
                                                         std::to_string(happening.line) +
                                                         " of the scenario " + file_}});
  }

  void plug(nanoseconds now, nanoseconds at) {
    forget_plugs_after(now);
    steps_.push_back({at, PlayUp{}});
  }

  std::string file_;
  std::string_view class_;
  std::vector<PlayStep> steps_;
  Bytes noise_;
  std::size_t lose_ = 0;
  std::size_t double_ = 0;
  std::size_t spoil_ = 0;
  nanoseconds delay_{0};
  nanoseconds silent_until_{0};
};

std::optional<std::uint64_t> seed_of(const Uri& uri) {
  const auto text = uri.value("seed");
  if (!text) {
    return std::nullopt;
  }
  const auto seed = read_unsigned(*text, UINT64_MAX);
  if (!seed) {
    refuse_value(uri, "seed", "is no whole number");
  }
  return seed;
}

}  // namespace

std::unique_ptr<Link> make_scenario_link(const Uri& uri, boost::asio::any_io_executor executor) {
  const std::string unit(uri.value("unit").value_or(""));
  const auto device_class = class_of(unit);
  if (!device_class) {
    refuse_value(uri, "unit",
                 "names no unit: a scenario link needs unit=scanner0, or scale, display, terminal, "
                 "locator and a number");
  }
  const Scenario scenario = Scenario::read(uri.path, seed_of(uri));
  Steps steps(uri.path, *device_class);
  for (const Happening& happening : scenario.happenings) {
    if (happening.unit == unit) {
      steps.add(happening);
    }
  }
  Play play;
  play.up = {Shape::messages, to_text(uri), {}};
  play.steps = steps.take();
  play.begin = [start = SharedStart::of(uri.path), unit] { return start->begin(unit); };
  return std::make_unique<PlayedLink>(std::move(play), std::move(executor));
}

}  // namespace cartwright::link
