#include "bench/figures.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>

namespace cartwright::bench {
namespace {

// Four digits: more would say more than was measured.
double rounded(double value) {
  if (value == 0 || !std::isfinite(value)) return 0;
  const double scale = std::pow(10.0, 3 - std::floor(std::log10(std::fabs(value))));
  return std::round(value * scale) / scale;
}

double ratio(const Figure& figure) {
  return figure.rival_value == 0 ? 0 : figure.value / figure.rival_value;
}

std::string shown(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", std::fabs(value) < 10 ? 3 : 1, value);
  return text;
}

}  // namespace

void Figures::add(const std::string& name, const Samples& ours, const std::string& unit,
                  const std::string& rival, const Samples& theirs) {
  add({name + ".median", ours.median(), unit, rival, theirs.median()});
  add({name + ".p99", ours.p99(), unit, rival, theirs.p99()});
}

void Figures::print() const {
  std::size_t name = 4;
  std::size_t unit = 4;
  for (const Figure& figure : figures_) {
    name = std::max(name, figure.name.size());
    unit = std::max(unit, figure.unit.size());
  }
  const auto row = [&](const std::string& first, const std::string& value, const std::string& of,
                       const std::string& theirs, const std::string& times,
                       const std::string& rival) {
    std::printf("%-*s %10s %-*s %10s %9s  %s\n", static_cast<int>(name), first.c_str(),
                value.c_str(), static_cast<int>(unit), of.c_str(), theirs.c_str(), times.c_str(),
                rival.c_str());
  };
  row("NAME", "VALUE", "UNIT", "RIVAL'S", "RATIO", "RIVAL");
  for (const Figure& figure : figures_) {
    row(figure.name, shown(figure.value), figure.unit, shown(figure.rival_value),
        shown(ratio(figure)), figure.rival);
  }
}

void Figures::append_json() const {
  std::ofstream file(json_, std::ios::app);
  for (const Figure& figure : figures_) {
    file << nlohmann::ordered_json{{"name", figure.name},
                                   {"value", rounded(figure.value)},
                                   {"unit", figure.unit},
                                   {"rival", figure.rival},
                                   {"rival_value", rounded(figure.rival_value)},
                                   {"ratio", rounded(ratio(figure))}}
                .dump()
         << "\n";
  }
  if (!file.flush()) throw std::runtime_error(json_.string() + " can not be written");
}

int run_bench(int argc, char** argv, const char* help,
              const std::function<void(Figures&)>& measure) {
  Figures figures;
  for (int i = 1; i < argc; ++i) {
    const std::string_view option = argv[i];
    if (option == "--quick") {
      figures.quick_ = true;
    } else if (option == "--json" && i + 1 < argc) {
      figures.json_ = argv[++i];
    } else {
      const bool asked = option == "--help";
      std::fprintf(asked ? stdout : stderr, "%s\n%s [--quick] [--json FILE]\n", help, argv[0]);
      return asked ? 0 : 2;
    }
  }
  try {
    measure(figures);
    figures.print();
    if (!figures.json_.empty()) figures.append_json();
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", argv[0], error.what());
    return 1;
  }
}

}  // namespace cartwright::bench
