#include "journey/upload_schedule.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <vector>

namespace cartwright::journey {
namespace {

using Do = UploadSchedule::Do;

Digest batch(std::uint8_t number) {
  Digest digest{};
  digest[0] = std::byte{number};
  return digest;
}

const std::vector<Digest> kOne = {batch(1)};
const std::vector<Digest> kTwo = {batch(1), batch(2)};

}  // namespace

TEST(UploadSchedule, sends_in_order_and_idles_without_work) {
  UploadSchedule schedule({});
  EXPECT_EQ(schedule.next(0, {}).action, Do::idle);
  EXPECT_EQ(schedule.next(0, kTwo).action, Do::send);
  EXPECT_EQ(schedule.next(0, kTwo).batch, batch(1));
}

TEST(UploadSchedule, backs_off_with_jitter_up_to_the_longest_wait) {
  UploadSchedule schedule({});
  std::uint64_t now = 0;
  for (int failure = 0; failure < 40; ++failure) {
    schedule.answered(now, batch(1), UploadAnswer::no_answer);
    const auto step = schedule.next(now, kOne);
    ASSERT_EQ(step.action, Do::wait);
    const std::uint64_t whole = std::min<std::uint64_t>(1000ULL << std::min(failure, 20), 300'000);
    EXPECT_GE(step.at_ms - now, whole / 2);
    EXPECT_LE(step.at_ms - now, whole);
    now = step.at_ms;
    EXPECT_EQ(schedule.next(now, kOne).action, Do::send);
  }
}

TEST(UploadSchedule, is_the_same_for_the_same_seed_and_spreads_over_seeds) {
  const auto wait = [](std::uint64_t seed) {
    UploadSchedule::Settings settings;
    settings.seed = seed;
    UploadSchedule schedule(settings);
    schedule.answered(0, batch(1), UploadAnswer::no_answer);
    return schedule.next(0, kOne).at_ms;
  };
  EXPECT_EQ(wait(7), wait(7));
  std::set<std::uint64_t> waits;
  for (std::uint64_t seed = 0; seed < 50; ++seed) waits.insert(wait(seed));
  EXPECT_GT(waits.size(), 20U);
}

TEST(UploadSchedule, honours_retry_after_but_not_for_days) {
  UploadSchedule schedule({});
  schedule.answered(0, batch(1), UploadAnswer::busy, 120'000);
  EXPECT_EQ(schedule.next(0, kOne).at_ms, 120'000U);
  schedule.answered(0, batch(1), UploadAnswer::busy, 7ULL * 24 * 3'600'000);
  EXPECT_EQ(schedule.next(0, kOne).at_ms, 3'600'000U);
}

TEST(UploadSchedule, asks_for_the_receipt_of_a_duplicate_and_sends_again_where_there_is_none) {
  UploadSchedule schedule({});
  schedule.answered(0, batch(1), UploadAnswer::duplicate);
  EXPECT_EQ(schedule.next(0, kOne).action, Do::ask_receipt);
  schedule.answered(0, batch(1), UploadAnswer::receipt_unknown);
  const auto wait = schedule.next(0, kOne);
  ASSERT_EQ(wait.action, Do::wait);
  EXPECT_EQ(schedule.next(wait.at_ms, kOne).action, Do::send);
}

TEST(UploadSchedule, asks_again_when_the_question_had_no_answer) {
  UploadSchedule schedule({});
  schedule.answered(0, batch(1), UploadAnswer::duplicate);
  schedule.answered(0, batch(1), UploadAnswer::no_answer);
  const auto wait = schedule.next(0, kOne);
  EXPECT_EQ(schedule.next(wait.at_ms, kOne).action, Do::ask_receipt);
}

TEST(UploadSchedule, lets_others_pass_a_refused_batch_and_tries_it_later) {
  UploadSchedule schedule({});
  schedule.answered(0, batch(1), UploadAnswer::refused);
  EXPECT_EQ(schedule.next(0, kTwo).batch, batch(2));
  const auto wait = schedule.next(0, kOne);
  EXPECT_EQ(wait.action, Do::wait);
  EXPECT_EQ(wait.at_ms, 900'000U);
  EXPECT_EQ(schedule.next(wait.at_ms, kOne).action, Do::send);
}

TEST(UploadSchedule, starts_again_at_once_when_the_network_is_back) {
  UploadSchedule schedule({});
  for (int i = 0; i < 8; ++i) schedule.answered(0, batch(1), UploadAnswer::no_answer);
  schedule.wake();
  EXPECT_EQ(schedule.next(0, kOne).action, Do::send);
}

RC_GTEST_PROP(UploadSchedule, never_gives_up_whatever_is_answered, (std::uint64_t seed)) {
  UploadSchedule::Settings settings;
  settings.seed = seed;
  UploadSchedule schedule(settings);
  std::uint64_t now = 0;
  const auto answers = *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 6));
  for (const int answer : answers) {
    const auto step = schedule.next(now, kOne);
    if (step.action == Do::wait) {
      RC_ASSERT(step.at_ms > now);
      RC_ASSERT(step.at_ms - now <= settings.longest_retry_after_ms);
      now = step.at_ms;
    } else {
      RC_ASSERT(step.batch == batch(1));
      schedule.answered(now, step.batch, static_cast<UploadAnswer>(answer), 1000);
    }
  }
  const auto step = schedule.next(now, kOne);
  const auto later = schedule.next(std::max(now, step.at_ms), kOne);
  RC_ASSERT(later.action == Do::send || later.action == Do::ask_receipt);
}

TEST(AnswerOfHttp, believes_only_a_receipt) {
  EXPECT_EQ(answer_of_http(200, true, false), UploadAnswer::receipt);
  EXPECT_EQ(answer_of_http(200, false, false), UploadAnswer::no_answer);
  EXPECT_EQ(answer_of_http(0, false, false), UploadAnswer::no_answer);
  EXPECT_EQ(answer_of_http(403, false, false), UploadAnswer::no_answer);
  EXPECT_EQ(answer_of_http(409, false, false), UploadAnswer::duplicate);
  EXPECT_EQ(answer_of_http(413, false, false), UploadAnswer::refused);
  EXPECT_EQ(answer_of_http(503, false, false), UploadAnswer::busy);
  EXPECT_EQ(answer_of_http(404, false, true), UploadAnswer::receipt_unknown);
}

}  // namespace cartwright::journey
