// What the commands of the cart come to.

#include "simulators/protocols/zvt_terminal.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "simulators/registry.hpp"

namespace cartwright::simulators {
namespace {

using namespace std::chrono_literals;
using Kind = ZvtTransaction::Kind;

}  // namespace

void ZvtTerminal::begin(unsigned control, const ZvtFields& fields, nanoseconds now) {
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

void ZvtTerminal::accept(nanoseconds now) {
  say(0x8000, {}, now);
  card_read_ = false;
  if (!steps_.empty()) next_at_ = now + steps_.front().after;
}

void ZvtTerminal::pay(Kind kind, const ZvtFields& fields, nanoseconds now) {
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

void ZvtTerminal::accept_order(nanoseconds now) {
  accept(now);
  mute_ = std::exchange(mute_after_, false);
}

ZvtPacket ZvtTerminal::settle(Kind kind, std::int64_t amount, std::int64_t currency) {
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

Bytes ZvtTerminal::status_of(const ZvtTransaction& one) const {
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
  data = data + zvt_hex("0e2812") + zvt_hex("170001") + zvt_hex("8a06") + zvt_hex("8b") +
         zvt_ll(to_bytes(masks_ || pan_.empty() ? "MasterCard" : "Master " + pan_) + zvt_hex("00"));
  if (declined) {
    data = data + zvt_hex("06") + zvt_tlv(zvt_hex("1f17"), to_bytes(decline_.value_or("declined")));
  }
  return data;
}

void ZvtTerminal::print() {
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

void ZvtTerminal::reverse(std::size_t index) {
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

void ZvtTerminal::undo(std::int64_t receipt, nanoseconds now) {
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

void ZvtTerminal::repeat(nanoseconds now) {
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

void ZvtTerminal::end_of_day(nanoseconds now) {
  std::int64_t sum = 0;
  for (const ZvtTransaction& one : journal_) {
    if (one.kind == Kind::payment && !one.reversed) sum += one.amount;
  }
  then(200ms, 0x040F, zvt_hex("270004") + zvt_bcd(sum, 6) + zvt_hex("0b") + zvt_bcd(++trace_, 3));
  then(50ms, 0x060F, {});
  accept(now);
}

}  // namespace cartwright::simulators
