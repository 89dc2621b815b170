#pragma once

namespace cartwright::v1 {
class TripEvent;
}

namespace cartwright::trip {

class TripState;

// Writes what belongs to a fact into the same database and the same transaction, as the journey
// does.
class CommitObserver {
 public:
  virtual ~CommitObserver() = default;
  // Called on the cart loop for each fact, after it was written and before COMMIT. `before` is the
  // state without the fact. An exception rolls the whole call back and reaches its caller. The
  // commit may still fail: what the observer keeps in memory must not count on it.
  virtual void in_transaction(const TripState& before, const v1::TripEvent& event) = 0;
};

}  // namespace cartwright::trip
