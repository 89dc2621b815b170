// The smallest cart app: prints lines and the total as the shopper scans.
#include <cartwright/cart.hpp>
#include <cstdio>

using namespace cartwright;

int main(int argc, char** argv) try {
  Cart cart = Cart::open(argc > 1 ? argv[1] : "cart.toml");
  cart.on_event([](const Event& event) {
    if (const auto* added = std::get_if<LineAdded>(&event)) {
      std::printf("%-20s %6lld   total %lld %s\n", added->line.name.c_str(),
                  static_cast<long long>(added->line.net_minor),
                  static_cast<long long>(added->totals.total_minor),
                  added->totals.currency.c_str());
    } else if (const auto* refused = std::get_if<ScanRefused>(&event)) {
      std::printf("%s: %s\n", refused->code.c_str(), refused->text.c_str());
    }
  });
  cart.dispatch();  // takes up a trip that was running
  if (cart.trip().phase == Phase::none || cart.trip().phase == Phase::ended) cart.start_trip();
  for (int i = 2; i < argc; ++i) cart.scan(argv[i]);  // codes on the command line count as scans
  if (argc == 2) cart.run();
  std::printf("due: %lld\n", static_cast<long long>(cart.trip().due_minor));
} catch (const Error& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
