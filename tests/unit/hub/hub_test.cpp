#include "hub/hub.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "fault_plan.hpp"
#include "hub/ingest.hpp"
#include "journey/upload_schedule.hpp"
#include "loopback.hpp"
#include "unit/journey/outbox_fixture.hpp"

namespace cartwright::hub {
namespace {

using journey::answer_of_http;
using journey::Cart;
using journey::kStore;
using journey::Outbox;
using journey::UploadAnswer;
using journey::UploadSchedule;
using Do = UploadSchedule::Do;

std::string receipt_target(const Digest& id) {
  return "/v1/receipts/" + to_hex(id);
}

// A cart with one finished journey, a hub that knows it, and a line with faults between them.
struct Store4711 {
  Cart cart;
  Hub hub;
  FaultPlan plan;
  HttpServer line;

  Store4711()
      : hub({cart.folder.path() / "hub", "127.0.0.1", 0, {}}),
        plan([this](const HttpRequest& request) { return hub.answer(request); }),
        line("127.0.0.1", 0, {}, [this](const HttpRequest& request) { return plan(request); }) {
    hub.enrol("cart-7", cart.key.public_key());
    cart.settings.hub = hub.public_key();
    cart.open();
    cart.start("trip-1", kStore);
    cart.append("trip-1", journey::added("04006381333931"));
    cart.commit([](Outbox& box) { box.end("trip-1", v1::JOURNEY_END_CAUSE_PAID, 3000); });
    cart.outbox->cut(4000);
    line.start();
  }

  bool is_receipt(const Answer& answer) {
    try {
      cart.outbox->accept_receipt(as_bytes(answer.body));
      return true;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::refused);
      return false;
    }
  }

  // What the cart room does, in virtual time: until nothing is pending.
  std::vector<UploadAnswer> upload() {
    std::vector<UploadAnswer> answers;
    UploadSchedule schedule({});
    std::uint64_t now = 0;
    while (answers.size() < 50) {
      const UploadSchedule::Step step = schedule.next(now, cart.outbox->pending());
      if (step.action == Do::idle) return answers;
      if (step.action == Do::wait) {
        now = step.at_ms;
        continue;
      }
      const bool asks = step.action == Do::ask_receipt;
      const Bytes bytes = cart.outbox->batch(step.batch).value();
      const Answer answer =
          ask(line.port(), asks ? get(receipt_target(step.batch)) : post(as_text(bytes)));
      answers.push_back(answer_of_http(answer.status, is_receipt(answer), asks));
      schedule.answered(now, step.batch, answers.back());
    }
    ADD_FAILURE() << "the upload never ends";
    return answers;
  }
};

void expect_whole(const Hub& hub) {
  const auto journeys = hub.journeys();
  ASSERT_EQ(journeys.size(), 1U);
  EXPECT_EQ(journeys[0].events, 3U);
  EXPECT_TRUE(journeys[0].whole);
  EXPECT_EQ(journeys[0].ended, v1::JOURNEY_END_CAUSE_PAID);
  EXPECT_EQ(journeys[0].store_gln, "4012345000009");
}

}  // namespace

TEST(Hub, takes_a_journey_and_the_cart_lets_go_of_it) {
  Store4711 store;
  EXPECT_EQ(store.upload(), std::vector{UploadAnswer::receipt});
  expect_whole(store.hub);
  EXPECT_EQ(store.cart.outbox->stats().bytes, 0U);
}

TEST(Hub, loses_nothing_to_portals_proxies_and_errors) {
  for (const Fault fault :
       {Fault::captive_portal, Fault::forbidden, Fault::server_error, Fault::busy}) {
    Store4711 store;
    store.plan.add(fault);
    store.plan.add(fault);
    const auto answers = store.upload();
    ASSERT_EQ(answers.size(), 3U);
    EXPECT_EQ(answers[0], fault == Fault::busy ? UploadAnswer::busy : UploadAnswer::no_answer);
    expect_whole(store.hub);
    EXPECT_EQ(store.hub.summary().duplicates, 0U);
  }
}

TEST(Hub, doubles_nothing_when_its_answer_is_lost) {
  Store4711 store;
  store.plan.add(Fault::lost_answer);
  EXPECT_EQ(store.upload(), (std::vector{UploadAnswer::no_answer, UploadAnswer::receipt}));
  expect_whole(store.hub);
  EXPECT_EQ(store.hub.summary().duplicates, 1U);
}

TEST(Hub, gives_the_receipt_when_it_is_asked_for) {
  Store4711 store;
  store.plan.add(Fault::bare_duplicate);
  EXPECT_EQ(store.upload(), (std::vector{UploadAnswer::duplicate, UploadAnswer::receipt}));
  expect_whole(store.hub);
}

TEST(Hub, answers_each_wrong_request_with_its_own_status) {
  Store4711 store;
  const std::uint16_t port = store.line.port();
  EXPECT_EQ(ask(port, post("no batch")).status, 400);
  EXPECT_EQ(ask(port, post("no batch", "text/plain")).status, 415);
  EXPECT_EQ(ask(port, post(std::string((1U << 20) + 1, 'x'))).status, 413);
  v1::Batch batch;
  batch.set_kind(v1::BATCH_KIND_JOURNEY);
  const Bytes foreign = journey::seal(batch, SigningKey::generate());
  EXPECT_EQ(ask(port, post(as_text(foreign))).status, 401);
  EXPECT_EQ(ask(port, get("/v1/batches")).status, 405);
  EXPECT_EQ(ask(port, get("/v1/receipts/abc")).status, 400);
  EXPECT_EQ(ask(port, get(receipt_target(Digest{}))).status, 404);
  EXPECT_EQ(ask(port, get("/")).status, 404);
  EXPECT_EQ(store.hub.summary().refused, 2U);
}

TEST(Hub, tells_its_health) {
  Store4711 store;
  store.upload();
  const Answer answer = ask(store.line.port(), get("/v1/health"));
  EXPECT_EQ(answer.status, 200);
  const auto json = nlohmann::json::parse(answer.body);
  EXPECT_EQ(json["status"], "ok");
  EXPECT_EQ(json["journeys"], 1);
  EXPECT_EQ(json["events"], 3);
}

TEST(Hub, keeps_its_key_carts_and_journeys_over_a_restart) {
  Cart cart;
  const auto folder = cart.folder.path() / "hub";
  PublicKey key{};
  {
    Hub hub({folder, "127.0.0.1", 0, {}});
    hub.enrol("cart-7", cart.key.public_key());
    key = hub.public_key();
  }
  Hub hub({folder, "127.0.0.1", 0, {}});
  hub.start();
  EXPECT_EQ(hub.public_key(), key);
  EXPECT_EQ(hub.summary().stored.carts, 1U);
  EXPECT_EQ(ask(hub.port(), get("/v1/health")).status, 200);
  hub.stop();
}

TEST(Hub, is_looked_at_and_enrols_carts_while_another_one_serves_its_folder) {
  Cart cart;
  const auto folder = cart.folder.path() / "hub";
  Hub serves({folder, "127.0.0.1", 0, {}});
  serves.start();
  Hub looks({folder, "127.0.0.1", serves.port(), {}});
  looks.enrol("cart-7", cart.key.public_key());
  EXPECT_EQ(serves.summary().stored.carts, 1U);
  EXPECT_EQ(looks.port(), 0);
  EXPECT_THROW(looks.start(), Error);
}

TEST(Hub, killed_between_store_and_answer_calls_the_same_batch_a_duplicate) {
  Cart cart;
  const auto folder = cart.folder.path() / "hub";
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t child = fork();
  if (child == 0) {
    Hub hub({folder, "127.0.0.1", 0, {}});
    hub.enrol("cart-7", cart.key.public_key());
    HttpServer line("127.0.0.1", 0, {}, [&](const HttpRequest& request) {
      hub.answer(request);
      kill(getpid(), SIGKILL);
      return HttpResponse{};
    });
    line.start();
    const std::uint16_t port = line.port();
    if (write(ready[1], &port, sizeof port) != sizeof port) _exit(1);
    while (true) pause();
  }
  std::uint16_t port = 0;
  ASSERT_EQ(read(ready[0], &port, sizeof port), static_cast<ssize_t>(sizeof port));
  cart.start("trip-1", kStore);
  cart.outbox->cut(4000, Outbox::Cut::all);
  const Bytes batch = cart.outbox->batch(cart.outbox->pending().at(0)).value();
  EXPECT_EQ(ask(port, post(as_text(batch))).status, 0);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  close(ready[0]);
  close(ready[1]);

  Hub hub({folder, "127.0.0.1", 0, {}});
  hub.start();
  cart.settings.hub = hub.public_key();
  cart.open();
  const Answer answer = ask(hub.port(), post(as_text(batch)));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(cart.outbox->accept_receipt(as_bytes(answer.body)).status,
            v1::RECEIPT_STATUS_DUPLICATE);
  EXPECT_EQ(hub.summary().stored.events, 1U);
}

}  // namespace cartwright::hub
