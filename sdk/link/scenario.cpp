#include "link/scenario.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/nearest.hpp"
#include "link/numbers.hpp"
#include "link/random.hpp"
#include "link/scenario_words.hpp"

namespace cartwright::link {
namespace {

using std::chrono::nanoseconds;

constexpr std::size_t longest_line = 4096;
constexpr std::size_t most_lines = 1'000'000;

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

// Reads one word in quotes; `text` begins after the opening quote and ends after the closing one.
std::optional<std::string> read_quoted(std::string_view& text) {
  std::string word;
  while (!text.empty()) {
    const char c = text.front();
    text.remove_prefix(1);
    if (c == '"') {
      return word;
    }
    if (is_control(c)) {
      return std::nullopt;
    }
    if (c != '\\') {
      word += c;
    } else if (text.starts_with('"') || text.starts_with('\\')) {
      word += text.front();
      text.remove_prefix(1);
    } else {
      const auto byte =
          text.size() >= 3 && text[0] == 'x' ? from_hex(text.substr(1, 2)) : std::nullopt;
      if (!byte || byte->size() != 1) {
        return std::nullopt;
      }
      word += static_cast<char>(byte->front());
      text.remove_prefix(3);
    }
  }
  return std::nullopt;
}

std::string quoted(const std::string& word) {
  const auto needs = [](char c) { return is_blank(c) || c == '"' || c == '#' || is_control(c); };
  if (!word.empty() && std::none_of(word.begin(), word.end(), needs)) {
    return word;
  }
  std::string text = "\"";
  for (const char c : word) {
    if (is_control(c)) {
      text += "\\x" + to_hex(as_bytes(std::string_view(&c, 1)));
    } else {
      text += (c == '"' || c == '\\' ? "\\" : "") + std::string(1, c);
    }
  }
  return text + "\"";
}

// Reads the lines of one scenario in order.
class Reader {
 public:
  Reader(const std::string& name, std::optional<std::uint64_t> seed)
      : name_(name), seed_given_(seed.has_value()), random_(seed.value_or(0)) {
    scenario_.seed = seed.value_or(0);
  }

  void line(std::string_view text) {
    if (++line_ > most_lines) {
      fail("more than " + std::to_string(most_lines) + " lines");
    }
    if (text.size() > longest_line) {
      fail("longer than " + std::to_string(longest_line) + " bytes");
    }
    const auto words = read_words(text);
    if (!words) {
      fail("a quote is open, or stands beside a word, or an escape is none of \\\", \\\\, \\xHH");
    }
    if (words->empty()) {
      return;
    }
    if (words->front() == "seed") {
      take_seed(*words);
    } else {
      take_happening(*words);
    }
  }

  Scenario finish() {
    std::stable_sort(scenario_.happenings.begin(), scenario_.happenings.end(),
                     [](const Happening& a, const Happening& b) { return a.at < b.at; });
    return std::move(scenario_);
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw Error(ErrorKind::invalid_input, name_ + ":" + std::to_string(line_) + ": " + what);
  }

  void take_seed(const std::vector<std::string>& words) {
    if (seed_line_ || !scenario_.happenings.empty()) {
      fail("seed must stand once, before the first happening");
    }
    const auto seed = words.size() == 2 ? read_unsigned(words[1], UINT64_MAX) : std::nullopt;
    if (!seed) {
      fail("seed needs one whole number, write: seed 7");
    }
    seed_line_ = true;
    if (!seed_given_) {
      scenario_.seed = *seed;
      random_ = SplitMix64(*seed);
    }
  }

  void take_happening(const std::vector<std::string>& words) {
    Happening happening;
    happening.line = line_;
    happening.at = last_ = time(words[0]);
    if (words.size() < 3) {
      fail("a line needs TIME UNIT ACTION, as in: 0.5s scanner0 scan 4006381333931");
    }
    happening.unit = words[1];
    happening.action = words[2];
    happening.args.assign(words.begin() + 3, words.end());
    const auto device_class = class_of(happening.unit);
    if (!device_class) {
      fail_unit(happening.unit);
    }
    check_action(happening, *device_class);
    if (happening.action == "garbage" || happening.action == "noise") {
      happening.bytes = random_.bytes(read_unsigned(happening.args[0], 4096).value_or(0));
    }
    scenario_.happenings.push_back(std::move(happening));
  }

  // `1.5s`, `+300ms`, `+300ms~50ms`
  nanoseconds time(std::string_view text) {
    const bool relative = text.starts_with('+');
    const std::string_view steps = text.substr(relative ? 1 : 0);
    const std::size_t tilde = steps.find('~');
    const auto step = read_duration(steps.substr(0, tilde));
    const auto jitter =
        tilde == std::string_view::npos ? nanoseconds(0) : read_duration(steps.substr(tilde + 1));
    if (!step || !jitter) {
      fail("bad time \"" + std::string(text) +
           "\", write 1.5s or 250ms from the start, +300ms from the line before, or with a jitter "
           "+300ms~50ms");
    }
    if (*jitter > *step) {
      fail("the jitter in \"" + std::string(text) + "\" is larger than the time itself");
    }
    nanoseconds at = *step + (relative ? last_ : nanoseconds(0)) - *jitter;
    if (jitter->count() > 0) {
      const auto span = static_cast<std::uint64_t>(2 * jitter->count() + 1);
      at += nanoseconds(static_cast<std::int64_t>(random_.below(span)));
    }
    if (at > std::chrono::hours(240)) {
      fail("a scenario ends after ten days at the latest");
    }
    return at;
  }

  [[noreturn]] void fail_unit(const std::string& unit) const {
    const std::string_view letters =
        std::string_view(unit).substr(0, unit.find_first_of("0123456789"));
    std::string guess = nearest(letters, device_classes());
    if (!guess.empty()) {
      const std::string number = unit.substr(letters.size());
      guess = ", did you mean \"" + guess + (read_unsigned(number, 999) ? number : "0") + "\"?";
    }
    fail("unknown unit \"" + unit + "\"" +
         (guess.empty() ? ", a unit is scanner, scale, display, terminal or locator and a number "
                          "up to 999"
                        : guess));
  }

  void check_action(const Happening& happening, std::string_view device_class) const {
    const std::vector<Action> actions = actions_of(device_class);
    const auto action = std::find_if(actions.begin(), actions.end(), [&](const Action& known) {
      return known.name == happening.action;
    });
    if (action == actions.end()) {
      std::vector<std::string_view> names;
      std::string list;
      for (const Action& known : actions) {
        names.push_back(known.name);
        list += (list.empty() ? ", known are " : ", ") + std::string(known.name);
      }
      const std::string guess = did_you_mean(happening.action, names);
      fail("unknown action \"" + happening.action + "\" for " + happening.unit +
           (guess.empty() ? list : guess));
    }
    const std::size_t count = happening.args.size();
    if (count < action->required || count > action->words.size()) {
      fail(happening.unit + " takes: " + usage(*action));
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (const auto wrong = wrong_word(action->words[i], happening.args[i])) {
        fail("\"" + happening.args[i] + "\" after " + happening.action + " " + *wrong);
      }
    }
  }

  const std::string& name_;
  bool seed_given_;
  bool seed_line_ = false;
  SplitMix64 random_;
  std::size_t line_ = 0;
  nanoseconds last_{0};
  Scenario scenario_;
};

}  // namespace

std::optional<std::vector<std::string>> read_words(std::string_view text) {
  std::vector<std::string> words;
  while (true) {
    while (!text.empty() && is_blank(text.front())) {
      text.remove_prefix(1);
    }
    if (text.empty() || text.front() == '#') {
      return words;
    }
    if (text.front() == '"') {
      text.remove_prefix(1);
      auto word = read_quoted(text);
      if (!word || !(text.empty() || is_blank(text.front()) || text.front() == '#')) {
        return std::nullopt;
      }
      words.push_back(std::move(*word));
      continue;
    }
    std::size_t length = 0;
    while (length < text.size() && !is_blank(text[length]) && text[length] != '#') {
      if (text[length] == '"' || is_control(text[length])) {
        return std::nullopt;
      }
      ++length;
    }
    words.emplace_back(text.substr(0, length));
    text.remove_prefix(length);
  }
}

Scenario Scenario::parse(std::string_view text, const std::string& name,
                         std::optional<std::uint64_t> seed) {
  Reader reader(name, seed);
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    reader.line(line);
  }
  return reader.finish();
}

Scenario Scenario::read(const std::filesystem::path& file, std::optional<std::uint64_t> seed) {
  return parse(read_file(file), file.string(), seed);
}

std::string message_text(const Happening& happening) {
  std::string text = happening.action;
  for (const std::string& arg : happening.args) {
    text += " " + quoted(arg);
  }
  return text;
}

}  // namespace cartwright::link
