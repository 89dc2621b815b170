// How long it takes to read a barcode's data.

#include <functional>
#include <optional>
#include <regex>
#include <string>
#include <variant>

#include "base/error.hpp"
#include "bench/figures.hpp"
#include "gs1/gtin.hpp"
#include "gs1/reading.hpp"

namespace cartwright::bench {
namespace {

constexpr const char* kHelp =
    "Nanoseconds to read what a scanner sends, checks of digits, dates, companions and code lists\n"
    "included: an EAN-13, a GS1 DataMatrix with four elements, a GS1 Digital Link with four. "
    "Beside\n"
    "what applications write in their place: a regular expression (std::regex, compiled once) "
    "that\n"
    "takes the same fields apart, and the check digit of the article number, nothing else.";

struct Kind {
  const char* name;
  std::string data;
  const char* pattern;  // its first group is the article number
};

const Kind kKinds[] = {
    {"ean13", "]E04006381333931", R"(\]E0(\d{13}))"},
    {"datamatrix",
     "]d20109521234543213"
     "1727013110A1B2\x1d"
     "21S12345",
     "\\]d201(\\d{14})17(\\d{6})10([^\x1d]{1,20})\x1d"
     "21([^\x1d]{1,20})"},
    {"digital_link", "https://example.org/01/09521234543213/10/A1B2/21/S12345?17=270131",
     R"(https?://[^/]+/01/(\d{14})/10/([^/?]{1,20})/21/([^/?]{1,20})\?17=(\d{6}))"},
};

// Nanoseconds a call, of so many in a row. Aborts where a call fails: what is fast and wrong is no
// figure.
double time_of(int calls, const std::function<bool()>& call) {
  const auto begin = Clock::now();
  for (int i = 0; i < calls; ++i) {
    if (!call()) throw Error(ErrorKind::invalid_input, "a sample was not read");
  }
  return std::chrono::duration<double, std::nano>(Clock::now() - begin).count() / calls;
}

void measure(Figures& figures) {
  gs1::ReadOptions options;
  options.surroundings.current_year = 2026;
  for (const Kind& kind : kKinds) {
    const std::regex pattern(kind.pattern);
    const auto ours = [&] {
      const auto result = gs1::read_scan(kind.data, std::string_view(), options);
      const auto* reading = std::get_if<gs1::Reading>(&result);
      return reading != nullptr && reading->gtin.has_value();
    };
    const auto theirs = [&] {
      std::smatch match;
      return std::regex_match(kind.data, match, pattern) &&
             gs1::has_valid_check_digit(match[1].str());
    };
    Samples our_times;
    Samples their_times;
    const int calls = figures.rounds(2'000, 10);
    for (int round = 0; round < figures.rounds(300, 3); ++round) {
      our_times.add(time_of(calls, ours));
      their_times.add(time_of(figures.rounds(200, 5), theirs));
    }
    figures.add(std::string("gs1.") + kind.name, our_times, "ns", "std::regex and check digit",
                their_times);
  }
}

}  // namespace
}  // namespace cartwright::bench

int main(int argc, char** argv) {
  using namespace cartwright::bench;
  return run_bench(argc, argv, kHelp, measure);
}
