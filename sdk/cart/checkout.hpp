#pragma once

#include <cartwright/events.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "cart/loop.hpp"
#include "cart/units.hpp"
#include "trip/trip.hpp"

namespace cartwright::cart {

// Takes a trip from what is due to settled. Every step is a fact before it is acted on; nothing is
// sent to a terminal twice by itself. The states are those of trip/payment_table.hpp. One thread,
// the cart loop.
class Checkout {
 public:
  using Tell = std::function<void(const Event&)>;
  // Error conflict while something in the basket must not be paid for.
  using Check = std::function<void()>;

  // `check` is asked whenever a payment is about to begin. `retry`: how soon a step is tried again
  // that the disk did not take.
  Checkout(Loop& loop, trip::Trip& trip, Units& units, Tell tell, Check check,
           std::chrono::milliseconds retry = std::chrono::seconds(1));
  ~Checkout();
  Checkout(const Checkout&) = delete;
  Checkout& operator=(const Checkout&) = delete;

  // Error conflict where nothing may be paid now (no trip, an empty basket, an age check open,
  // something that must not be paid for, a payment running), not_found where no terminal is
  // configured. Where nothing is due the trip is settled at once.
  void pay(std::string_view terminal);
  // Asks the terminal to give up. Error conflict where it is not at work.
  void cancel();
  // Error conflict where no payment's outcome is unknown.
  void look_up();
  // A person says what became of a payment whose outcome is unknown. Error conflict where it is
  // known.
  void resolve(bool taken, std::string_view by);

  // After a restart: goes on from the state that the log holds.
  void resume();
  // A terminal has come up, or told of a result that nobody waits for.
  void terminal_up(const std::string& unit);
  void late_result(const std::string& unit);
  // What the terminal shows while it works.
  void notice(const std::string& unit, std::string_view text);

 private:
  enum class At : std::uint8_t {
    rest,
    baseline,
    authorize,
    lookup,
    storing,  // the disk does not take a step that must not be lost; it is tried again
  };

  // A terminal that is asked something may not take as long as one where a card is read.
  static constexpr Deadlines kQuestion{std::chrono::seconds(10), std::chrono::seconds(15)};

  std::string terminal_called(std::string_view name) const;
  // Gives the terminal a command; its answer finds the checkout at rest.
  void give(At at, const std::string& unit, host::Record record, Deadlines deadlines,
            Units::Done done);
  void got_baseline(const std::string& trip_id, std::int32_t status, const host::Record& result);
  void not_begun(const std::string& text);
  void authorize();
  void got_answer(std::int32_t status, const host::Record& result, bool by_lookup);
  void approved(const host::Record& result, bool by_lookup);
  // Nobody knows what became of it.
  void lost(const std::string& reason, bool by_lookup);
  void finish();
  void settled();
  void end();
  void ask();
  void ask_if_up();
  std::uint32_t currency() const;
  void told(std::string_view text = {});
  // Commits one fact, then goes on. While the disk does not take it, it is tried again, since money
  // may have moved and the fact must not be lost; until then nothing else is begun.
  void persist(std::function<void()> commit, std::function<void()> then);

  Loop& loop_;
  trip::Trip& trip_;
  Units& units_;
  Tell tell_;
  Check check_;
  At at_ = At::rest;
  std::string unit_;
  std::uint64_t op_ = 0;
  std::uint64_t turn_ = 0;  // of the last command; answers of earlier ones are not heard
  bool cancelled_ = false;
  bool look_up_again_ = false;
  std::chrono::milliseconds retry_after_;
  std::optional<Loop::TimerId> retry_;
};

}  // namespace cartwright::cart
