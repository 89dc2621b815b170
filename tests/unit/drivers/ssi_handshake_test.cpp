#include <gmock/gmock.h>

#include "../../../drivers/scanner-ssi/commands.cpp"
#include "base/hex.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* scan_enable = "04e90400ff0f";
constexpr const char* ack = "04d00400ff28";

// A sender on a line with RTS and CTS, and the host's side of one call: what it asked for, as "up"
// and "down" of RTS, "!" in front where it waits for the commit, and what it sent.
class SsiHandshake : public ::testing::Test {
 protected:
  SsiHandshake() {
    sender_.configure({.handshake = ssi::Handshake::rts_cts, .answer = 2000ms, .retries = 1});
    fx_.struct_size = sizeof fx_;
    fx_.host = this;
    fx_.io = [](const cw_fx* fx, const cw_io* io, const std::uint8_t* data) {
      return static_cast<SsiHandshake*>(fx->host)->io(*io, data);
    };
    fx_.timer = [](const cw_fx*, std::uint32_t, std::uint64_t, std::uint64_t) { return CW_OK; };
    fx_.done = [](const cw_fx*, std::uint64_t, std::int32_t, const cw_record*) { return CW_OK; };
    fx_.fault = [](const cw_fx*, std::uint32_t, const char*, std::uint32_t) { return CW_OK; };
  }

  template <typename Call>
  std::vector<std::string> does(Call call) {
    cw_now now{};
    cw_input in{};
    cw_outcome outcome{};
    driver::Fx fx(fx_, now, in, outcome);
    call(fx);
    return std::exchange(done_, {});
  }
  std::vector<std::string> lines(std::uint32_t lines) {
    return does([&](driver::Fx& fx) { sender_.on_lines(lines, fx); });
  }
  // What was asked for last has happened.
  std::vector<std::string> io_done() {
    driver::IoDone done;
    done.token = token_;
    return does([&](driver::Fx& fx) { sender_.on_io_done(done, fx); });
  }
  std::vector<std::string> passes(std::uint64_t timer) {
    return does([&](driver::Fx& fx) { sender_.on_timer(timer, fx); });
  }
  void begin() {
    does([&](driver::Fx& fx) {
      sender_.link_up(fx);
      sender_.add({.code = ssi::opcode::scan_enable}, fx);
    });
    io_done();
    lines(CW_LINE_CTS);
    io_done();
    lines(0);
    does([&](driver::Fx& fx) { sender_.got_ack(fx); });
  }

  ssi::Sender sender_;

 private:
  std::int32_t io(const cw_io& io, const std::uint8_t* data) {
    if (io.token != 0) token_ = io.token;
    std::string text = to_hex(ByteView(reinterpret_cast<const std::byte*>(data), io.data_size));
    if (io.kind == CW_IO_MODEM_LINES) {
      EXPECT_EQ(io.index, 2U) << "DTR is not touched";
      text = io.value == 2 ? "up" : "down";
    }
    done_.push_back(((io.flags & CW_IO_AFTER_COMMIT) != 0 ? "!" : "") + text);
    return CW_OK;
  }

  cw_fx fx_{};
  std::uint64_t token_ = 0;
  std::vector<std::string> done_;
};

TEST_F(SsiHandshake, raises_rts_and_sends_when_cts_allows) {
  EXPECT_THAT(does([&](driver::Fx& fx) {
                sender_.link_up(fx);
                sender_.add({.code = ssi::opcode::scan_enable}, fx);
              }),
              ElementsAre("down", "up"));
  EXPECT_THAT(io_done(), IsEmpty()) << "no CTS yet";
  EXPECT_THAT(lines(CW_LINE_CTS), ElementsAre(scan_enable));
  EXPECT_THAT(io_done(), ElementsAre("down"));
}

TEST_F(SsiHandshake, sends_at_once_where_cts_comes_before_rts_is_told_up) {
  does([&](driver::Fx& fx) {
    sender_.link_up(fx);
    sender_.add({.code = ssi::opcode::scan_enable}, fx);
  });
  EXPECT_THAT(lines(CW_LINE_CTS), IsEmpty());
  EXPECT_THAT(io_done(), ElementsAre(scan_enable));
}

TEST_F(SsiHandshake, raises_rts_for_an_acknowledge_when_the_trip_has_the_label) {
  begin();
  EXPECT_THAT(does([&](driver::Fx& fx) { sender_.acknowledge(fx); }), ElementsAre("!up"));
  EXPECT_THAT(does([&](driver::Fx& fx) {
                sender_.add({.code = ssi::opcode::beep, .value = 0, .has_value = true}, fx);
              }),
              IsEmpty());
  io_done();
  EXPECT_THAT(lines(CW_LINE_CTS), ElementsAre(std::string("!") + ack));
  lines(0);
  EXPECT_THAT(io_done(), ElementsAre("down", "up")) << "the answer first, then the command";
  io_done();
  EXPECT_THAT(lines(CW_LINE_CTS), ElementsAre("05e6040000ff11"));
}

TEST_F(SsiHandshake, gives_up_where_cts_never_comes) {
  does([&](driver::Fx& fx) {
    sender_.link_up(fx);
    sender_.add({.code = ssi::opcode::scan_enable}, fx);
  });
  constexpr std::uint64_t timer_line = 3;
  io_done();
  EXPECT_THAT(passes(timer_line), ElementsAre("down", "up"));
  io_done();
  EXPECT_FALSE(sender_.silent());
  EXPECT_THAT(passes(timer_line), ElementsAre("down"));
  EXPECT_TRUE(sender_.silent());
}

}  // namespace
}  // namespace cartwright::test
