#pragma once

#include <cartwright/driver/driver.hpp>

#include "../../drivers/terminal-zvt/dialogue.cpp"
#include "../../drivers/terminal-zvt/line.cpp"
#include "../../drivers/terminal-zvt/money.cpp"
#include "../../drivers/terminal-zvt/questions.cpp"
#include "../../drivers/terminal-zvt/status.cpp"
#include "../../drivers/terminal-zvt/terminal.cpp"
#include "driver_input.hpp"

namespace cartwright::fuzz {

inline int run_zvt(std::string_view transport, const std::uint8_t* data, std::size_t size) {
  DriverInput input(
      driver::driver_table<zvt::Terminal>(),
      {text_setting("transport", transport), integer_setting("password", 0),
       integer_setting("currency", 978), integer_setting("exclusive", size % 2 != 0),
       text_setting("receipts", "cart"), text_setting("charset", size % 3 == 0 ? "utf8" : "cp437"),
       integer_setting("ack_ms", 2000), integer_setting("answer_ms", 5000),
       integer_setting("abort_ms", 10000), integer_setting("idle_ms", 180000)});
  input.run(data, size);
  return 0;
}

}  // namespace cartwright::fuzz
