#pragma once

#include <string>

#include "cartwright/v1/batch.pb.h"
#include "cartwright/v1/journey.pb.h"
#include "cartwright/v1/trip.pb.h"
#include "journey/outbox.hpp"
#include "offers/basket.hpp"
#include "trip/commit_observer.hpp"

namespace cartwright::cart {

// Turns facts of the trip into events of the journey and counters of the hour, inside the commit of
// the fact. The one place where the two records meet; what a grant does not cover is filtered by
// the outbox. Remembers nothing of what it wrote.
class Journal : public trip::CommitObserver {
 public:
  explicit Journal(journey::Outbox& outbox) : outbox_(outbox) {}

  void in_transaction(const trip::TripState& before, const v1::TripEvent& event) override;

  // Whom the next grant of the purpose PROFILE links to. The trip log never sees it.
  void set_profile(std::string profile_id) { profile_id_ = std::move(profile_id); }

 private:
  struct Moment;

  void consent(const trip::TripState& before, const v1::ConsentChanged& fact, const Moment& at);
  void quantity(const trip::TripState& before, const v1::QuantityChanged& fact, const Moment& at);
  void put_back(const trip::TripState& before, const v1::PutBack& fact, const Moment& at);
  void added(v1::JourneyProduct product, const Moment& at);
  void removed(v1::JourneyProduct product, const offers::Line& line, const Moment& at);
  void count(v1::CounterKind kind, const Moment& at);

  journey::Outbox& outbox_;
  std::string profile_id_;
};

}  // namespace cartwright::cart
