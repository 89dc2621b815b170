#include <csignal>

#include "cart.hpp"

namespace cartwright::conformance {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Long pauses, so that no request is due between the last answer and the end of the recording.
constexpr const char* kCalm = R"({"poll_ms":5000,"answer_ms":10000})";

TEST(Recording, of_a_simulated_scale_replays_without_a_difference) {
  const Store store;
  Device scale(store, "toledo8217", "scale", {"--device", "settle_ms=0"});
  scale.happen("place 1.250 kg");
  scale.until("placed", [](const Json& json) { return json.contains("happened"); });
  Process record({"record", "pty:" + store.file("scale"), store.file("scale.rec"), "--send", "57"});
  while (const auto line = record.line()) {
    if (line->starts_with("rx ")) break;
  }
  record.signal(SIGINT);
  EXPECT_EQ(record.wait(), 0) << record.errors();

  const Result replay = run({"replay", store.file("scale.rec"), "--driver", "scale-toledo8217",
                             "--config", kCalm, "--expect"});
  EXPECT_EQ(replay.code, 0) << replay.output << replay.errors;
  const Strings lines = lines_of(replay.output);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0], send("57"));
  EXPECT_THAT(lines[1], HasSubstr(R"("indicated":"1.250")"));
}

TEST(Recording, that_a_cart_makes_of_its_device_replays_without_a_difference) {
  Store store;
  store.scratch.write("cart.toml",
                      content_of(store.configuration()) +
                          device("scale0", "scale-toledo8217", "pty:" + store.file("scale"),
                                 "record = \"scale.rec\"\nsettings = { poll_ms = 500, answer_ms = "
                                 "10000 }\n"));
  {
    Device scale(store, "toledo8217", "scale", {"--device", "settle_ms=0"});
    RunningCart cart(store);
    cart.event("weight_changed", {{"status", "stable_zero"}});
    scale.happen("place 1.250 kg");
    cart.event("weight_changed", {{"grams", 1250}});
    EXPECT_EQ(cart.end(), 0);
  }
  const Strings replay{"replay",   store.file("scale.rec"),
                       "--driver", "scale-toledo8217",
                       "--config", R"({"poll_ms":500,"answer_ms":10000})",
                       "--expect"};
  const Result same = run(replay);
  EXPECT_EQ(same.code, 0) << same.output << same.errors;
  EXPECT_EQ(run(replay).output, same.output);
  Strings other = replay;
  other[5] = R"({"live":false})";
  const Result differs = run(other);
  EXPECT_EQ(differs.code, 1);
  EXPECT_THAT(differs.output, HasSubstr("differs"));
}

TEST(Recording, is_never_written_over) {
  const Scratch scratch;
  const std::string file = scratch.write("old.rec", "precious\n");
  const Result result = run({"record", "pty:" + scratch.file("none"), file});
  EXPECT_NE(result.code, 0);
  EXPECT_THAT(result.errors, HasSubstr(file));
  EXPECT_EQ(content_of(file), "precious\n");
}

TEST(Replay, names_what_is_wrong_with_a_recording) {
  const Scratch scratch;
  const Result absent = run({"replay", scratch.file("no.rec"), "--driver", "scanner-serial"});
  EXPECT_EQ(absent.code, 2);
  EXPECT_THAT(absent.errors, HasSubstr("no.rec"));
  const std::string file = scratch.write("text.rec", "this is no recording\n");
  const Result text = run({"replay", file, "--driver", "scanner-serial"});
  EXPECT_EQ(text.code, 2);
  EXPECT_EQ(text.output, "");
  EXPECT_THAT(text.errors, HasSubstr(file));
  const Result unknown = run({"replay", file, "--driver", "scanner-cereal"});
  EXPECT_EQ(unknown.code, 2);
  EXPECT_THAT(unknown.errors, HasSubstr("scanner-serial"));
}

}  // namespace
}  // namespace cartwright::conformance
