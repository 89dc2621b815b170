#pragma once

#include <deque>
#include <functional>

#include "simulators/options.hpp"
#include "simulators/protocols/zvt.hpp"
#include "simulators/protocols/zvt_fields.hpp"
#include "simulators/protocols/zvt_link.hpp"

namespace cartwright::simulators {

// A payment terminal that speaks ZVT (PA00P015). It says one packet after the other, each answered
// by the cart (T3), and keeps a journal of what it has really done.
class ZvtTerminal final : public Simulator {
 public:
  explicit ZvtTerminal(const Options& options);

  Bytes bytes_in(ByteView bytes, nanoseconds now) override;
  Bytes happen(const link::Happening& what, nanoseconds) override;
  std::optional<nanoseconds> next_due() const override;
  Bytes due(nanoseconds now) override;
  // What was approved and not accepted by the cart is as the terminal's setting says.
  void reboot(nanoseconds) override;
  const std::vector<ZvtTransaction>& journal() const { return journal_; }

 private:
  // One packet that the terminal has to say, which the cart answers.
  struct Step {
    nanoseconds after{0};               // since the one before was answered
    std::function<ZvtPacket()> packet;  // made when it is due
    bool is_status = false;
  };

  void say(unsigned control, Bytes data, nanoseconds now);
  void take(const ZvtPacket& packet, nanoseconds now);
  void begin(unsigned control, const ZvtFields& fields, nanoseconds now);
  void accept(nanoseconds now);
  void then(nanoseconds after, unsigned control, Bytes data) {
    steps_.push_back({after, [=] { return ZvtPacket{control, data}; }});
  }
  void pay(ZvtTransaction::Kind kind, const ZvtFields& fields, nanoseconds now);
  void accept_order(nanoseconds now);
  // The host has answered: the money is taken here.
  ZvtPacket settle(ZvtTransaction::Kind kind, std::int64_t amount, std::int64_t currency);
  Bytes status_of(const ZvtTransaction& one) const;
  // The receipt, where the cart prints: as a block where it takes blocks, else line by line.
  void print();
  void reverse(std::size_t index);
  void undo(std::int64_t receipt, nanoseconds now);
  void repeat(nanoseconds now);
  void end_of_day(nanoseconds now);
  void abort(nanoseconds now);
  void go_on(nanoseconds now);
  void pop(nanoseconds now);
  void answered(unsigned control, nanoseconds now);
  // The cart did not accept the payment.
  void take_back(nanoseconds now);
  void unanswered(nanoseconds now);

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

}  // namespace cartwright::simulators
