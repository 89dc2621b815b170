// Any bytes as strict JSON, and as an object asked for by name: what is taken reads the same again
// when it is written, and every refusal is one line of UTF-8 that begins with the place.

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/hex.hpp"
#include "base/json_object.hpp"
#include "base/strict_json.hpp"

namespace {

using namespace cartwright;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_refusal(const Error& error) {
  const std::string_view text = error.what();
  require(error.kind() == ErrorKind::invalid_input);
  require(text.starts_with("fuzz: ") && text.size() < 70'000);
  require(is_utf8(as_bytes(text)));
}

// Asks as the readers of files do; each question may end in a refusal of its own.
void ask(const nlohmann::json& value) {
  static constexpr std::array<std::string_view, 2> kWords = {"a", "b"};
  const auto each = [&](auto question) {
    try {
      JsonObject object(value, "fuzz");
      question(object);
      object.finish();
    } catch (const Error& error) {
      check_refusal(error);
    }
  };
  each([](JsonObject& o) { require(!o.text("a").empty()); });
  each([](JsonObject& o) {
    const std::int64_t n = o.integer("a", -5, 5);
    require(n >= -5 && n <= 5);
  });
  each([](JsonObject& o) { o.texts("a"); });
  each([](JsonObject& o) { o.boolean_or("a", true); });
  each([](JsonObject& o) { o.word("a", kWords); });
  each([](JsonObject& o) { o.one_of(kWords); });
  each([](JsonObject& o) { o.object("a").object("b").finish(); });
  each([](JsonObject& o) {
    for (JsonObject& entry : o.objects("a")) entry.finish();
  });
  each([](JsonObject& o) {
    for (const std::string& key : o.keys()) o.refuse(key, "a name");
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const nlohmann::json value = parse_strict_json(text, "fuzz", 1U << 16U);
    require(parse_strict_json(value.dump(), "fuzz") == value);
    require(!shown_json(value).empty());
    ask(value);
  } catch (const Error& error) {
    check_refusal(error);
  }
  return 0;
}
