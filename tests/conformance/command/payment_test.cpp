// The whole way of a payment: cart, driver in its process, pseudo-terminal, simulated terminal.

#include <algorithm>
#include <filesystem>

#include "base/hex.hpp"
#include "cart.hpp"

namespace cartwright::conformance {
namespace {

// A card number that the simulated terminal tells in every form, and its middle, which no masked
// form shows.
constexpr const char* kPan = "4111119876543210";
constexpr const char* kMiddle = "987654";

// As text, in the text's hexadecimal, and in BCD from either half of a byte.
bool holds_card_number(const std::string& content) {
  const auto bcd = [](const char* digits) { return std::string(as_text(*from_hex(digits))); };
  const std::string needles[] = {kMiddle, "393837363534", bcd("119876543210"), bcd("19876543")};
  return std::ranges::any_of(needles, [&](const std::string& needle) {
    return content.find(needle) != std::string::npos;
  });
}

std::string terminal(const Store& store) {
  return device("terminal0", "terminal-zvt", "pty:" + store.file("terminal"),
                "settings = { transport = \"serial\", exclusive = true }\n");
}

TEST(Payment, is_made_at_a_serial_zvt_terminal_and_ends_the_trip) {
  const Store store;
  store.scratch.write("cart.toml", content_of(store.configuration()) + terminal(store));
  Device zvt(store, "zvt", "terminal",
             {"--device", "transport=serial", "--device", "card_ms=20", "--device", "host_ms=20"});
  RunningCart cart(store);
  cart.reply("start");
  cart.event("device_changed", {{"name", "terminal0"}, {"state", "up"}});
  cart.say(kPen);
  cart.event("line_added");
  zvt.happen("decline \"limit used up\"");
  cart.say("pay");
  cart.event("payment_changed", {{"text", "Not paid: limit used up"}});
  cart.say("pay");
  cart.event("payment_changed", {{"state", "settled"}});
  cart.event("trip_ended", {{"cause", "paid"}});
  EXPECT_EQ(cart.end(), 0);
}

TEST(Payment, leaves_a_card_number_in_no_log_recording_database_or_output) {
  const Store store;
  store.scratch.write("cart.toml", content_of(store.configuration()) + terminal(store) +
                                       "record = \"" + store.file("terminal.rec") + "\"\n");
  Device zvt(store, "zvt", "terminal",
             {"--device", "transport=serial", "--device", "card_ms=20", "--device", "host_ms=20",
              "--device", "masks=no", "--device", std::string("pan=") + kPan});
  RunningCart cart(store);
  cart.reply("start");
  cart.event("device_changed", {{"name", "terminal0"}, {"state", "up"}});
  cart.say(kPen);
  cart.event("line_added");
  cart.say("pay");
  cart.event("trip_ended", {{"cause", "paid"}});
  cart.say("reprint terminal0");
  cart.until("the answer to reprint", [](const Json& line) { return line.contains("status"); });
  EXPECT_EQ(cart.end(), 0);
  // The terminal did tell it, so what is sought here could be found.
  EXPECT_TRUE(holds_card_number(std::string(as_text(*from_hex("22f008411111987654321000")))));
  EXPECT_FALSE(holds_card_number(cart.process.output())) << cart.process.output();
  EXPECT_FALSE(holds_card_number(cart.process.errors())) << cart.process.errors();
  std::size_t files = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(
           std::filesystem::path(store.configuration()).parent_path())) {
    if (!file.is_regular_file()) continue;
    ++files;
    EXPECT_FALSE(holds_card_number(content_of(file.path()))) << file.path();
  }
  EXPECT_GT(files, 3U);
  EXPECT_NE(content_of(store.file("terminal.rec")).find("\"redacted\":true"), std::string::npos);
}

}  // namespace
}  // namespace cartwright::conformance
