#include <cartwright/driver/driver.hpp>

using namespace cartwright::driver;

// Reads labels that end with a carriage return.
struct HelloScanner {
  void on(Bytes in, Fx& fx) {
    while (const auto line = in.until('\r')) fx.scan(*line);
    if (in.full()) fx.fault("no carriage return in sight"), in.take_all();
  }
};

CARTWRIGHT_DRIVER(HelloScanner, "hello-scanner", "1.0.0")
