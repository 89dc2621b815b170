// From the cart's outbox to the hub's rows, with a crash after any step: nothing lost, nothing
// twice.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "hub/ingest.hpp"
#include "unit/journey/outbox_fixture.hpp"

namespace cartwright::hub {
namespace {

using journey::Cart;
using journey::kOffer;
using journey::kStore;
using journey::Outbox;

enum class CrashAt : std::uint8_t {
  none,
  before_commit,  // of the event's transaction
  after_cut,
  after_send,  // the hub has it, the receipt is lost
  after_receipt
};

struct World {
  Cart cart;
  std::optional<Store> store;
  std::size_t appended = 0;

  World() {
    open_hub();
    cart.commit([&](Outbox& box) {
      box.start("trip-1", {kStore, "1", ""}, journey::in_store(), 1000);
      appended = 1;
    });
  }
  void open_hub() {
    store.reset();
    store.emplace(cart.folder.path() / "hub.db");
    store->enrol("cart-7", cart.key.public_key());
  }
  void crash() {
    cart.open();
    open_hub();
  }

  void append(bool crash_before_commit) {
    {
      Transaction transaction(*cart.database);
      cart.outbox->append("trip-1", journey::added("04006381333931"), 2000 + appended);
      if (!crash_before_commit) {
        transaction.commit();
        ++appended;
      }
    }
    if (crash_before_commit) {
      crash();
      append(false);  // the shopper sees no line and scans again
    }
  }

  void upload(CrashAt crash_at) {
    cart.outbox->cut(3000, Outbox::Cut::all);
    if (crash_at == CrashAt::after_cut) crash();
    for (const Digest& id : cart.outbox->pending()) {
      const IngestResult result = ingest(*store, cart.hub, cart.outbox->batch(id).value(), 4000);
      ASSERT_FALSE(result.receipt.empty()) << result.why;
      if (crash_at == CrashAt::after_send) return crash();
      cart.outbox->accept_receipt(result.receipt);
      if (crash_at == CrashAt::after_receipt) return crash();
    }
  }
};

// Steps numbered from 0; few, because each one syncs to disk.
rc::Gen<std::vector<int>> up_to(int kinds) {
  return rc::gen::resize(14, rc::gen::container<std::vector<int>>(rc::gen::inRange(0, kinds)));
}

}  // namespace

RC_GTEST_PROP(Custody, loses_and_doubles_nothing_over_crashes, ()) {
  World world;
  const auto steps = *up_to(8);
  for (const int step : steps) {
    if (step < 3) {
      world.append(step == 2);
    } else {
      world.upload(static_cast<CrashAt>(step - 3));
    }
  }
  world.upload(CrashAt::none);
  const auto journeys = world.store->journeys();
  RC_ASSERT(journeys.size() == 1U);
  RC_ASSERT(journeys[0].events == world.appended);
  RC_ASSERT(journeys[0].last_jseq == world.appended);
  RC_ASSERT(journeys[0].whole);
  RC_ASSERT(world.cart.outbox->stats().rows == 0U);
}

RC_GTEST_PROP(Custody, stays_whole_when_bounds_and_withdrawals_come_between, ()) {
  World world;
  const auto steps = *up_to(6);
  bool granted_more = false;
  for (const int step : steps) {
    switch (step) {
      case 0:
      case 1:
        world.append(false);
        break;
      case 2:
        world.upload(CrashAt::after_send);
        break;
      case 3:
        world.cart.settings.most_age_ms = 5000 - (2000 + world.appended / 2);
        world.cart.open();
        world.cart.outbox->enforce_bounds(5000, true);
        break;
      case 4:
        world.cart.commit([&](Outbox& box) { box.grant("trip-1", {kOffer, "1", ""}, 6000); });
        granted_more = true;
        break;
      default:
        if (!granted_more) break;
        world.cart.commit([&](Outbox& box) { box.withdraw("trip-1", kOffer, 7000); });
        granted_more = false;
    }
  }
  world.append(false);
  world.upload(CrashAt::none);
  const auto journeys = world.store->journeys();
  RC_ASSERT(journeys.size() == 1U);
  RC_ASSERT(journeys[0].whole);
  RC_ASSERT(journeys[0].events <= journeys[0].last_jseq);
}

}  // namespace cartwright::hub
