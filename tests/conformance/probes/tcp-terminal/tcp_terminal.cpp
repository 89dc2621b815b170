#include <cartwright/driver/driver.hpp>
#include <cartwright/driver/fixed.hpp>

#include <charconv>
#include <utility>

using namespace cartwright::driver;

// Lines of text over TCP. The terminal knows no keys and takes one order at a time:
//   cart: REG | AUTH AMOUNT CURRENCY | ABORT | LAST
//   terminal: REG-OK TRACE RECEIPT | INT TEXT | OK TRACE RECEIPT | DECL TRACE | ABORTED
//             LAST TRACE RECEIPT AMOUNT RESULT   (of its last transaction)
namespace {

constexpr std::uint32_t baseline_key = 1;
constexpr std::uint64_t registration_timer = 1;
constexpr std::uint64_t authorize_token = 1;
constexpr std::chrono::seconds registration_time{5};

struct Standing {
  std::uint32_t trace = 0;
  std::uint32_t receipt = 0;
};

// Kept before the order's first byte leaves, so that a cart that crashed knows what came before.
struct Open {
  std::int64_t amount_minor = 0;
  std::uint32_t currency = 0;
  Standing before;
  std::uint32_t reserved = 0;
};
static_assert(std::has_unique_object_representations_v<Open>);

// The next number of a line, which is taken off.
std::uint64_t number(std::string_view& line) {
  while (line.starts_with(' ')) line.remove_prefix(1);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
  line.remove_prefix(static_cast<std::size_t>(end - line.data()));
  return error == std::errc() ? value : 0;
}
std::uint32_t number32(std::string_view& line) {
  return static_cast<std::uint32_t>(number(line));
}

struct TcpTerminal {
  bool registered = false;
  std::uint64_t authorizing = 0;  // op
  std::uint64_t looking_up = 0;   // op
  Standing standing;
  Open open;  // amount 0: none
  Open asked;

  void on(Start start, Fx&) {
    const auto kept = start.value(baseline_key);
    if (kept && kept->size() == sizeof open) std::memcpy(&open, kept->data(), sizeof open);
  }
  void on(LinkUp, Fx& fx) {
    fx.write("REG\n");
    fx.timer(registration_timer, registration_time);
  }
  void on(LinkDown, Fx& fx) {
    registered = false;
    fx.stop_timer(registration_timer);
    end_order(CW_UNKNOWN_OUTCOME, fx);
    end_lookup(CW_LINK_DOWN, fx);
  }
  // A terminal that takes the connection and says nothing is called again.
  void on(Timer, Fx& fx) {
    fx.fault("the terminal does not answer the registration");
    fx.close();
    fx.connect();
  }

  void on(Bytes in, Fx& fx) {
    while (const auto line = in.until('\n')) take(*line, fx);
    if (in.full()) fx.fault("a line without an end"), in.take_all();
  }

  void on(Authorize order, Fx& fx) {
    if (!registered) return fx.done(order.op, CW_LINK_DOWN);
    if (authorizing != 0 || looking_up != 0) return fx.done(order.op, CW_BUSY);
    authorizing = order.op;
    open = {order.amount_minor, order.currency, standing, 0};
    keep_open(fx);
    FixedString<64> line;
    line.append("AUTH ");
    append(line, order.amount_minor);
    line.push_back(' ');
    append(line, order.currency);
    line.push_back('\n');
    fx.write(line.view(), {.token = authorize_token, .after_commit = true, .sensitive = true});
  }

  // None of the order's bytes left: no money can have moved.
  void on(IoDone io, Fx& fx) {
    if (io.token != authorize_token || io.status == CW_OK || io.written != 0) return;
    open = {};
    keep_open(fx);
    end_order(CW_LINK_DOWN, fx);
  }

  void on(Cancel cancel, Fx& fx) {
    if (cancel.op == looking_up) return end_lookup(CW_TIMEOUT, fx);
    if (cancel.op != authorizing) return;
    fx.write("ABORT\n");
  }

  void on(Baseline order, Fx& fx) {
    if (!registered) return fx.done(order.op, CW_LINK_DOWN);
    RecordBuilder<cw_terminal_facts> result(CW_TERMINAL_RESULT);
    result.value.has = CW_HAS_TRACE | CW_HAS_RECEIPT;
    result.value.trace = standing.trace;
    result.value.receipt = standing.receipt;
    fx.done(order.op, CW_OK, result);
  }

  void on(Lookup order, Fx& fx) {
    if (!registered) return fx.done(order.op, CW_LINK_DOWN);
    if (authorizing != 0 || looking_up != 0) return fx.done(order.op, CW_BUSY);
    looking_up = order.op;
    asked = {order.amount_minor, order.currency, {order.trace, order.receipt}, 0};
    // A cart that lost its own baseline in the crash is helped by the one kept here.
    if (order.trace == 0 && open.amount_minor == order.amount_minor) asked.before = open.before;
    fx.write("LAST\n");
  }

 private:
  void take(std::string_view line, Fx& fx) {
    const std::size_t space = line.find(' ');
    const std::string_view word = line.substr(0, space);
    std::string_view rest = space == std::string_view::npos ? "" : line.substr(space + 1);
    if (word == "REG-OK") {
      fx.stop_timer(registration_timer);
      registered = true;
      standing = {number32(rest), 0};
      standing.receipt = number32(rest);
    } else if (word == "INT") {
      RecordBuilder<cw_terminal_notice, 256> notice(CW_TERMINAL_INTERMEDIATE);
      notice.value.text = notice.put(rest.substr(0, 200));
      fx.emit(notice);
    } else if (word == "OK" || word == "DECL") {
      settled(word == "OK", rest, fx);
    } else if (word == "ABORTED") {
      open = {};
      keep_open(fx);
      end_order(CW_CANCELLED, fx);
    } else if (word == "LAST") {
      answered(rest, fx);
    } else {
      fx.fault("the terminal says what it may not");
    }
  }

  void settled(bool approved, std::string_view rest, Fx& fx) {
    standing.trace = number32(rest);
    if (approved) standing.receipt = number32(rest);
    const bool late = authorizing == 0;
    RecordBuilder<cw_terminal_facts> facts(late ? CW_TERMINAL_LATE_RESULT : CW_TERMINAL_RESULT);
    facts.value.has = CW_HAS_RESULT | CW_HAS_TRACE | (approved ? CW_HAS_RECEIPT : 0);
    facts.value.result = approved ? 0 : 5;
    facts.value.trace = standing.trace;
    facts.value.receipt = approved ? standing.receipt : 0;
    open = {};
    keep_open(fx);
    if (late) return fx.emit(facts);
    fx.done(std::exchange(authorizing, 0), approved ? CW_OK : CW_DECLINED, facts);
  }

  void answered(std::string_view rest, Fx& fx) {
    RecordBuilder<cw_terminal_facts> facts(CW_TERMINAL_RESULT);
    facts.value.has = CW_HAS_RESULT | CW_HAS_TRACE | CW_HAS_RECEIPT | CW_HAS_AMOUNT;
    facts.value.trace = number32(rest);
    facts.value.receipt = number32(rest);
    facts.value.amount_minor = static_cast<std::int64_t>(number(rest));
    facts.value.result = number32(rest);
    if (looking_up == 0) return;
    if (facts.value.trace <= asked.before.trace) return end_lookup(CW_NOT_FOUND, fx);
    if (facts.value.amount_minor != asked.amount_minor) return end_lookup(CW_UNKNOWN_OUTCOME, fx);
    open = {};
    keep_open(fx);
    fx.done(std::exchange(looking_up, 0), facts.value.result == 0 ? CW_OK : CW_DECLINED, facts);
  }

  void end_order(std::int32_t status, Fx& fx) {
    if (authorizing != 0) fx.done(std::exchange(authorizing, 0), status);
  }
  void end_lookup(std::int32_t status, Fx& fx) {
    if (looking_up != 0) fx.done(std::exchange(looking_up, 0), status);
  }

  void keep_open(Fx& fx) const {
    if (open.amount_minor == 0) return fx.forget(baseline_key);
    std::array<std::uint8_t, sizeof open> bytes{};
    std::memcpy(bytes.data(), &open, sizeof open);
    fx.keep(baseline_key, bytes);
  }

  template <std::size_t N, typename Number>
  static void append(FixedString<N>& text, Number value) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    text.append({digits.data(), static_cast<std::size_t>(end - digits.data())});
  }
};

}  // namespace

CARTWRIGHT_DRIVER(TcpTerminal, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
