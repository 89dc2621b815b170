#include "simulators/protocols/zvt.hpp"

#include "simulators/protocols/zvt_terminal.hpp"
#include "simulators/registry.hpp"

namespace cartwright::simulators {
namespace {

using Kind = ZvtTransaction::Kind;

const std::vector<OptionHelp>& options_help() {
  static const std::vector<OptionHelp> options{
      {"transport", "tcp", "tcp or serial: how packets stand on the line"},
      {"password", "0", "what the cart must know"},
      {"receipt", "230", "its last receipt number"},
      {"trace", "974", "its last trace number"},
      {"card_ms", "300", "until a card is read, in milliseconds"},
      {"host_ms", "500", "until the host answers then, in milliseconds"},
      {"pan", "5598830000008074", "the card's number; empty: none is told"},
      {"masks", "yes", "no: tells the number in the clear, everywhere, as no good terminal does"},
      {"unanswered", "keep",
       "what becomes of a payment that the cart never accepts: keep, reverse"},
      {"insists", "no", "yes: an abort comes too late, always"},
      {"removed", "no", "yes: the card is taken out before it is read"},
      {"twice", "no", "yes: a status information is said twice"},
      {"repeats", "yes", "no: a repeated receipt comes without its status information"},
  };
  return options;
}

std::unique_ptr<Simulator> make(const OptionValues& options) {
  return std::make_unique<ZvtTerminal>(Options(options, options_help()));
}

}  // namespace

const std::vector<ZvtTransaction>& zvt_journal(const Simulator& terminal) {
  return dynamic_cast<const ZvtTerminal&>(terminal).journal();
}

std::int64_t zvt_taken(const Simulator& terminal) {
  std::int64_t sum = 0;
  for (const ZvtTransaction& one : zvt_journal(terminal)) {
    if (one.reversed) continue;
    if (one.kind == Kind::payment || one.kind == Kind::reservation) sum += one.amount;
    if (one.kind == Kind::refund) sum -= one.amount;
  }
  return sum;
}

// A payment terminal that speaks ZVT (PA00P015, PA00P016).
Protocol zvt_protocol() {
  return {
      "zvt",
      "terminal-zvt",
      "terminal",
      "a payment terminal that speaks ZVT",
      "Takes registration, authorisation, refund, reversal, pre-authorisation and its reversal, "
      "repeat receipt, end of day, diagnosis, status enquiry, abort and log-off. `approve`, "
      "`decline`, `busy` and `mute` say what the next order comes to.",
      &options_help,
      &make};
}

}  // namespace cartwright::simulators
