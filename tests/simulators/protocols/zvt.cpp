#include "simulators/protocols/zvt.hpp"

#include <algorithm>
#include <chrono>
#include <deque>
#include <functional>
#include <utility>

#include "simulators/protocols/zvt_fields.hpp"
#include "simulators/protocols/zvt_link.hpp"
#include "simulators/registry.hpp"

namespace cartwright::simulators {
namespace {

using namespace std::chrono_literals;
using Kind = ZvtTransaction::Kind;

constexpr auto answer_time = 5s;  // T3
constexpr int most_status = 3;    // how often a status information is sent in all

// One packet that the terminal has to say, which the cart answers.
struct Step {
  nanoseconds after{0};               // since the one before was answered
  std::function<ZvtPacket()> packet;  // made when it is due
  bool is_status = false;
};

class ZvtTerminal final : public Simulator {
 public:
  explicit ZvtTerminal(const Options& options)
      : link_(options.choice("transport", {"serial", "tcp"}) == "serial"),
        password_(options.number("password", 0, 999'999)),
        receipt_(options.number("receipt", 0, 9999)),
        trace_(options.number("trace", 0, 999'999)),
        card_time_(std::chrono::milliseconds(options.number("card_ms", 0, 600'000))),
        host_time_(std::chrono::milliseconds(options.number("host_ms", 0, 600'000))),
        pan_(options.text("pan")),
        masks_(options.choice("masks", {"yes", "no"}) == "yes"),
        reverses_(options.choice("unanswered", {"keep", "reverse"}) == "reverse"),
        insists_(options.choice("insists", {"yes", "no"}) == "yes"),
        removed_(options.choice("removed", {"yes", "no"}) == "yes"),
        twice_(options.choice("twice", {"yes", "no"}) == "yes"),
        repeats_(options.choice("repeats", {"yes", "no"}) == "yes") {}

  Bytes bytes_in(ByteView bytes, nanoseconds now) override {
    link_.receive(bytes, now);
    while (const auto packet = link_.take()) take(*packet, now);
    go_on(now);
    return link_.flush();
  }

  Bytes happen(const link::Happening& what, nanoseconds) override {
    if (what.action == "approve") {
      decline_.reset();
    } else if (what.action == "decline") {
      decline_ = what.args.at(0);
    } else if (what.action == "busy") {
      busy_next_ = true;
    } else if (what.action == "mute") {
      mute_next_ = true;
    } else {
      refuse_action(what, "terminal");
    }
    return {};
  }

  std::optional<nanoseconds> next_due() const override {
    std::optional<nanoseconds> next = link_.next_due();
    const auto earlier = [&](nanoseconds at) { next = next ? std::min(*next, at) : at; };
    if (awaiting_) {
      earlier(wait_until_);
    } else if (!steps_.empty()) {
      earlier(next_at_);
    }
    return next;
  }

  Bytes due(nanoseconds now) override {
    link_.due(now);
    if (awaiting_ && wait_until_ <= now) unanswered(now);
    go_on(now);
    return link_.flush();
  }

  // What was approved and not accepted by the cart is as the terminal's setting says.
  void reboot(nanoseconds) override {
    if (reverses_ && open_) reverse(*open_);
    open_.reset();
    link_.reset();
    steps_.clear();
    awaiting_ = registered_ = card_read_ = mute_ = false;
  }

  const std::vector<ZvtTransaction>& journal() const { return journal_; }

 private:
  void say(unsigned control, Bytes data, nanoseconds now) {
    if (!mute_) link_.send({control, std::move(data)}, now);
  }

  void take(const ZvtPacket& packet, nanoseconds now) {
    if ((packet.control & 0x8000) != 0) return answered(packet.control, now);
    if (packet.control == 0x06B0) return abort(now);
    if (!steps_.empty() || awaiting_) return say(0x849C, {}, now);  // the cart has not the say
    const ZvtFields fields(packet);
    if (std::exchange(busy_next_, false)) return say(0x849C, {}, now);
    if (!fields.good || (fields.password && *fields.password != password_)) {
      return say(0x849A, {}, now);
    }
    const bool money = packet.control == 0x0601 || packet.control == 0x0622 ||
                       packet.control == 0x0631 || packet.control == 0x0630 ||
                       packet.control == 0x0625;
    if (money && !registered_) return say(0x846B, {}, now);
    begin(packet.control, fields, now);
  }

  void begin(unsigned control, const ZvtFields& fields, nanoseconds now) {
    switch (control) {
      case 0x0600:
        config_ = fields.config.value_or(0);
        currency_ = fields.currency.value_or(978);
        blocks_ = fields.text_blocks && (config_ & 0x80) != 0;
        registered_ = true;
        then(50ms, 0x060F,
             zvt_hex("1900") + zvt_hex("2952523535") + zvt_hex("49") + zvt_bcd(currency_, 2));
        break;
      case 0x0601:
        return pay(Kind::payment, fields, now);
      case 0x0622:
        return pay(Kind::reservation, fields, now);
      case 0x0631:
        return pay(Kind::refund, fields, now);
      case 0x0630:
      case 0x0625:
        return undo(fields.receipt.value_or(0), now);
      case 0x0620:
        return repeat(now);
      case 0x0650:
        return end_of_day(now);
      case 0x0670:
        then(20ms, 0x04FF, zvt_hex("d2"));
        then(300ms, 0x06D1, zvt_hex("00") + to_bytes("Diagnose erfolgreich"));
        then(20ms, 0x060F, {});
        break;
      case 0x0501:
        then(20ms, 0x060F, zvt_hex("f0f0f7") + to_bytes("2.14.15") + zvt_hex("00"));
        break;
      case 0x0602:
        registered_ = false;
        break;
      default:
        return say(0x8483, {}, now);
    }
    accept(now);
  }

  void accept(nanoseconds now) {
    say(0x8000, {}, now);
    card_read_ = false;
    if (!steps_.empty()) next_at_ = now + steps_.front().after;
  }

  void then(nanoseconds after, unsigned control, Bytes data) {
    steps_.push_back({after, [=] { return ZvtPacket{control, data}; }});
  }

  void pay(Kind kind, const ZvtFields& fields, nanoseconds now) {
    const std::int64_t amount = fields.amount.value_or(0);
    const std::int64_t currency = fields.currency.value_or(currency_);
    if (amount == 0) return say(0x849A, {}, now);
    if (currency != currency_) return say(0x846F, {}, now);
    mute_after_ = std::exchange(mute_next_, false);
    if ((config_ & 0x08) != 0) then(20ms, 0x04FF, zvt_hex("0a"));
    if (removed_) {
      then(card_time_, 0x061E, zvt_hex("6c"));
      return accept_order(now);
    }
    steps_.push_back({card_time_, [this] {
                        card_read_ = true;
                        return ZvtPacket{0x04FF, zvt_hex("17")};
                      }});
    const Step status{host_time_, [=, this] { return settle(kind, amount, currency); }, true};
    steps_.push_back(status);
    accept_order(now);
  }

  void accept_order(nanoseconds now) {
    accept(now);
    mute_ = std::exchange(mute_after_, false);
  }

  // The host has answered: the money is taken here.
  ZvtPacket settle(Kind kind, std::int64_t amount, std::int64_t currency) {
    ZvtTransaction one;
    one.kind = decline_ ? Kind::declined : kind;
    one.amount = amount;
    one.currency = currency;
    one.trace = ++trace_;
    if (!decline_) one.receipt = receipt_ = receipt_ % 9999 + 1;
    journal_.push_back(one);
    if (!decline_) open_ = journal_.size() - 1;
    const ZvtPacket packet{0x040F, status_of(one)};
    if (decline_) {
      then(20ms, 0x061E, zvt_hex("05"));
      decline_.reset();
      return packet;
    }
    if (twice_) steps_.push_back({20ms, [packet] { return packet; }, true});
    print();
    then(50ms, 0x060F, {});
    return packet;
  }

  Bytes status_of(const ZvtTransaction& one) const {
    const bool declined = one.kind == Kind::declined;
    Bytes data = zvt_hex(declined ? "2705" : "2700") + zvt_hex("04") + zvt_bcd(one.amount, 6) +
                 zvt_hex("49") + zvt_bcd(one.currency, 2) + zvt_hex("0c2255580d0405") +
                 zvt_hex("0b") + zvt_bcd(one.trace, 3) + zvt_hex("2952523535");
    if (one.receipt != 0) data = data + zvt_hex("87") + zvt_bcd(one.receipt, 2);
    if (!pan_.empty()) {
      data = data + zvt_hex("22") + zvt_ll(zvt_pan(pan_, masks_));
      // Track 2: number, separator D, expiry and service code.
      if (!masks_) data = data + zvt_hex("23") + zvt_ll(zvt_pan(pan_ + "=2812101", false));
      if (!masks_) data = data + zvt_hex("3c") + zvt_lll(to_bytes("PAN " + pan_ + " ok"));
    }
    data =
        data + zvt_hex("0e2812") + zvt_hex("170001") + zvt_hex("8a06") + zvt_hex("8b") +
        zvt_ll(to_bytes(masks_ || pan_.empty() ? "MasterCard" : "Master " + pan_) + zvt_hex("00"));
    if (declined) {
      data =
          data + zvt_hex("06") + zvt_tlv(zvt_hex("1f17"), to_bytes(decline_.value_or("declined")));
    }
    return data;
  }

  // The receipt, where the cart prints: as a block where it takes blocks, else line by line.
  void print() {
    if ((config_ & 0x02) == 0) return;
    std::vector<std::string> lines{"** Kundenbeleg **", "TA-Nr. " + std::to_string(trace_), ""};
    if (!pan_.empty() && !masks_) lines.push_back("Nr. " + zvt_grouped(pan_));
    lines.push_back("Zahlung erfolgt");
    if (!blocks_) {
      for (const std::string& line : lines) then(10ms, 0x06D1, zvt_hex("00") + to_bytes(line));
      return;
    }
    Bytes texts;
    for (const std::string& line : lines) {
      texts = texts + zvt_hex("07") + zvt_length(line.size()) + to_bytes(line);
    }
    const Bytes block = zvt_hex("1f070102") + zvt_hex("25") + zvt_length(texts.size()) + texts;
    then(30ms, 0x06D3, zvt_hex("06") + zvt_length(block.size()) + block);
  }

  void reverse(std::size_t index) {
    ZvtTransaction& one = journal_[index];
    if (one.reversed) return;
    one.reversed = true;
    ZvtTransaction back = one;
    back.kind = Kind::reversal;
    back.reversed = false;
    back.trace = ++trace_;
    back.receipt = receipt_ = receipt_ % 9999 + 1;
    journal_.push_back(back);
  }

  void undo(std::int64_t receipt, nanoseconds now) {
    const auto found = std::ranges::find_if(journal_, [&](const ZvtTransaction& one) {
      return one.receipt == receipt && one.kind != Kind::reversal && !one.reversed;
    });
    if (found == journal_.end()) {
      then(50ms, 0x061E, zvt_hex("b5"));
      return accept_order(now);
    }
    const auto index = static_cast<std::size_t>(found - journal_.begin());
    steps_.push_back({host_time_,
                      [=, this] {
                        reverse(index);
                        print();
                        then(50ms, 0x060F, {});
                        return ZvtPacket{0x040F, status_of(journal_.back())};
                      },
                      true});
    accept_order(now);
  }

  void repeat(nanoseconds now) {
    const auto last = std::ranges::find_if(journal_.rbegin(), journal_.rend(),
                                           [](const auto& one) { return one.receipt != 0; });
    if (last == journal_.rend() && receipt_ == 0) {
      then(50ms, 0x061E, zvt_hex("83"));
      return accept(now);
    }
    ZvtTransaction before;  // of a time before this simulation
    before.amount = 4711;
    before.currency = 978;
    before.receipt = receipt_;
    before.trace = trace_;
    if (repeats_) then(50ms, 0x040F, status_of(last == journal_.rend() ? before : *last));
    print();
    then(20ms, 0x060F, {});
    accept(now);
  }

  void end_of_day(nanoseconds now) {
    std::int64_t sum = 0;
    for (const ZvtTransaction& one : journal_) {
      if (one.kind == Kind::payment && !one.reversed) sum += one.amount;
    }
    then(200ms, 0x040F, zvt_hex("270004") + zvt_bcd(sum, 6) + zvt_hex("0b") + zvt_bcd(++trace_, 3));
    then(50ms, 0x060F, {});
    accept(now);
  }

  void abort(nanoseconds now) {
    say(0x8000, {}, now);
    if (steps_.empty() || card_read_ || insists_ || open_) return;
    steps_.clear();
    awaiting_ = false;
    then(20ms, 0x061E, zvt_hex("6c"));
    next_at_ = now + 20ms;
  }

  void go_on(nanoseconds now) {
    while (!awaiting_ && !steps_.empty() && next_at_ <= now) {
      const ZvtPacket packet = steps_.front().packet();
      sent_ = packet;
      asked_ = 1;
      if (mute_) {  // works on and says nothing
        pop(now);
        continue;
      }
      link_.send(packet, now);
      awaiting_ = true;
      wait_until_ = now + answer_time;
    }
  }

  void pop(nanoseconds now) {
    steps_.pop_front();
    awaiting_ = false;
    if (!steps_.empty()) {
      next_at_ = now + steps_.front().after;
    } else {
      open_.reset();
      mute_ = false;
    }
  }

  void answered(unsigned control, nanoseconds now) {
    if (!awaiting_) return;
    const bool is_status = steps_.front().is_status;
    if (control == 0x8000) {
      if (is_status) open_.reset();
      return pop(now);
    }
    if (control == 0x849C && is_status) {  // say it again, the cart is not ready
      link_.send(sent_, now);
      wait_until_ = now + answer_time;
      return;
    }
    if (!is_status || !open_) return pop(now);
    take_back(now);
  }

  // The cart did not accept the payment.
  void take_back(nanoseconds now) {
    reverse(*open_);
    open_.reset();
    steps_.clear();
    awaiting_ = false;
    then(20ms, 0x061E, zvt_hex("05"));
    next_at_ = now + 20ms;
  }

  void unanswered(nanoseconds now) {
    const bool is_status = steps_.front().is_status;
    if (is_status && asked_ < most_status) {
      ++asked_;
      link_.send(sent_, now);
      wait_until_ = now + answer_time;
      return;
    }
    if (is_status && open_ && reverses_) return take_back(now);
    pop(now);
  }

  ZvtLink link_;
  std::int64_t password_;
  std::int64_t receipt_;
  std::int64_t trace_;
  nanoseconds card_time_;
  nanoseconds host_time_;
  std::string pan_;
  bool masks_;
  bool reverses_;
  bool insists_;
  bool removed_;
  bool twice_;
  bool repeats_;

  bool registered_ = false;
  bool blocks_ = false;
  bool card_read_ = false;
  bool busy_next_ = false;
  bool mute_next_ = false;
  bool mute_after_ = false;  // once this order is accepted
  bool mute_ = false;
  std::int64_t config_ = 0;
  std::int64_t currency_ = 978;
  std::optional<std::string> decline_;

  std::deque<Step> steps_;
  ZvtPacket sent_;
  int asked_ = 0;
  bool awaiting_ = false;
  nanoseconds wait_until_{0};
  nanoseconds next_at_{0};
  std::optional<std::size_t> open_;  // approved, and not accepted by the cart yet
  std::vector<ZvtTransaction> journal_;
};

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
