#include "host/loader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "broken_plugin.hpp"

namespace cartwright::host {
namespace {

using testing::AllOf;
using testing::HasSubstr;

struct Refusal {
  std::optional<ErrorKind> kind;
  std::string text;
};

template <typename Action>
Refusal refusal_of(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    return {error.kind(), error.what()};
  }
  return {};
}

// Loads the sound plugin after one change to its bytes.
Refusal load_changed(std::string_view from, std::string_view to) {
  const ScratchFolder scratch;
  const auto file = scratch.write("changed.so", replaced(test_plugin_bytes(), from, to));
  Refusal refusal = refusal_of([&] { Plugin::load(file); });
  EXPECT_THAT(refusal.text, HasSubstr(file.string()));
  return refusal;
}

TEST(Loader, loads_a_sound_plugin_and_hands_out_its_table) {
  const Plugin plugin = Plugin::load(test_plugin);
  EXPECT_EQ(plugin.manifest().id, "test-counter");
  ASSERT_NE(plugin.driver(), nullptr);
  EXPECT_EQ(plugin.own(), nullptr);
  EXPECT_EQ(plugin.driver()->state_size, 8u);
}

TEST(Loader, loads_the_same_file_twice) {
  EXPECT_EQ(Plugin::load(test_plugin).driver(), Plugin::load(test_plugin).driver());
}

TEST(Loader, refuses_a_plugin_of_another_abi_with_both_versions_and_a_remedy) {
  const Refusal refusal = load_changed("\"abi\": \"0.1\"", "\"abi\": \"0.9\"");
  EXPECT_EQ(refusal.kind, ErrorKind::refused);
  EXPECT_THAT(refusal.text,
              AllOf(HasSubstr("ABI 0.9"), HasSubstr("speaks 0.1"), HasSubstr("headers of 0.1")));
}

TEST(Loader, refuses_a_manifest_that_lies_about_id_or_version) {
  EXPECT_THAT(load_changed("\"id\": \"test-counter\"", "\"id\": \"test-counted\"").text,
              AllOf(HasSubstr("\"test-counted\""), HasSubstr("\"test-counter\"")));
  EXPECT_THAT(load_changed("\"version\": \"1.2.3\"", "\"version\": \"1.2.4\"").text,
              AllOf(HasSubstr("\"1.2.4\""), HasSubstr("\"1.2.3\"")));
}

TEST(Loader, refuses_a_manifest_that_lies_about_io) {
  EXPECT_THAT(load_changed("\"io\": \"pure\"", "\"io\": \"own\" ").text,
              AllOf(HasSubstr("says io \"own\""), HasSubstr("answers \"pure\"")));
}

TEST(Loader, refuses_a_file_without_manifest) {
  const Refusal refusal = load_changed("Cartwright", "Carpenters");
  EXPECT_EQ(refusal.kind, ErrorKind::invalid_input);
  EXPECT_THAT(refusal.text, AllOf(HasSubstr("no manifest"), HasSubstr("cartwright_add_driver")));
}

TEST(Loader, refuses_a_manifest_that_is_no_json) {
  EXPECT_THAT(load_changed("\"summary\": ", "\"summary\"; ").text, HasSubstr("not valid JSON"));
}

TEST(Loader, refuses_a_file_without_the_entry) {
  EXPECT_THAT(load_changed("cw_plugin_entry_v1", "cw_plugin_entry_v2").text,
              HasSubstr("does not export cw_plugin_entry_v1"));
}

TEST(Loader, says_in_the_linker_s_words_why_a_sound_looking_file_does_not_load) {
  std::string bytes = test_plugin_bytes();
  bytes = replaced(std::move(bytes), "libc.so.6", "libx.so.6");
  const ScratchFolder scratch;
  const auto file = scratch.write("needs.so", bytes);
  const Refusal refusal = refusal_of([&] { Plugin::load(file); });
  EXPECT_EQ(refusal.kind, ErrorKind::unavailable);
  EXPECT_THAT(refusal.text, HasSubstr("libx.so.6"));
}

TEST(Loader, refuses_truncated_and_foreign_files) {
  const ScratchFolder scratch;
  const std::string good = test_plugin_bytes();
  const auto half = scratch.write("half.so", std::string_view(good).substr(0, good.size() / 8));
  const auto text = scratch.write("text.so", "this is no plugin at all, only text\n");
  EXPECT_EQ(refusal_of([&] { Plugin::load(half); }).kind, ErrorKind::invalid_input);
  EXPECT_THAT(refusal_of([&] { Plugin::load(text); }).text, HasSubstr("not an ELF file"));
  EXPECT_EQ(refusal_of([&] { Plugin::load(scratch.path() / "no.so"); }).kind, ErrorKind::not_found);
}

TEST(AbiVersions, must_be_equal_before_one) {
  EXPECT_EQ(abi_refusal({0, 1}, {0, 1}), std::nullopt);
  EXPECT_NE(abi_refusal({0, 1}, {0, 2}), std::nullopt);
  EXPECT_NE(abi_refusal({0, 2}, {0, 1}), std::nullopt);
  EXPECT_NE(abi_refusal({0, 1}, {1, 0}), std::nullopt);
}

TEST(AbiVersions, of_one_and_later_run_in_every_later_minor) {
  EXPECT_EQ(abi_refusal({1, 0}, {1, 0}), std::nullopt);
  EXPECT_EQ(abi_refusal({1, 0}, {1, 7}), std::nullopt);
  EXPECT_THAT(abi_refusal({1, 3}, {1, 2}).value(), HasSubstr("use a newer Cartwright"));
  EXPECT_THAT(abi_refusal({1, 0}, {2, 0}).value(), HasSubstr("build the plugin again"));
}

class Answer : public testing::Test {
 protected:
  static int32_t init(void*, const cw_init*) { return CW_OK; }
  static int32_t input(void*, const cw_now*, const cw_input*, const cw_fx*, cw_outcome*) {
    return CW_OK;
  }
  std::string refusal() {
    return refusal_of([&] { check_answer(&table, manifest, "p.so"); }).text;
  }

  cw_driver driver{sizeof(cw_driver), 16, 1, 0, init, input};
  cw_own_driver own{sizeof(cw_own_driver), 0, nullptr, nullptr, nullptr, nullptr};
  cw_plugin table{sizeof(cw_plugin), CW_ABI_MAJOR, CW_ABI_MINOR, 0, "a", "1.0.0", &driver, nullptr};
  Manifest manifest = parse_manifest(
      R"({"id":"a","version":"1.0.0","abi":"0.1","io":"pure","summary":"s",
          "units":[{"name":"u","class":"cw.scale/1"}],
          "links":[{"name":"l","shape":"stream","schemes":["pty"]}]})",
      "a.json");
};

TEST_F(Answer, is_taken_when_it_agrees_with_the_manifest) {
  EXPECT_EQ(refusal(), "");
}

TEST_F(Answer, may_be_longer_than_this_host_knows) {
  table.struct_size += 64;
  driver.struct_size += 64;
  EXPECT_EQ(refusal(), "");
}

TEST_F(Answer, is_refused_when_the_entry_declines_to_run) {
  EXPECT_THAT(refusal_of([&] { check_answer(nullptr, manifest, "p.so"); }).text,
              HasSubstr("can not run under this host"));
}

TEST_F(Answer, is_refused_when_a_table_is_short) {
  table.struct_size = 16;
  EXPECT_THAT(refusal(), HasSubstr("struct_size 16"));
  table.struct_size = sizeof(cw_plugin);
  driver.struct_size = 8;
  EXPECT_THAT(refusal(), HasSubstr("struct_size 8"));
}

TEST_F(Answer, is_refused_when_the_code_was_built_for_another_abi_than_the_manifest_says) {
  table.abi_minor = 9;
  EXPECT_THAT(refusal(), AllOf(HasSubstr("0.9"), HasSubstr("0.1")));
}

TEST_F(Answer, is_refused_with_both_tables_or_none_or_the_wrong_one) {
  table.own = &own;
  EXPECT_THAT(refusal(), HasSubstr("either"));
  table.driver = nullptr;
  EXPECT_THAT(refusal(), HasSubstr("io"));
  table.own = nullptr;
  EXPECT_THAT(refusal(), HasSubstr("either"));
}

TEST_F(Answer, is_refused_when_a_function_is_missing) {
  driver.input = nullptr;
  EXPECT_THAT(refusal(), HasSubstr("incomplete"));
  manifest.io = PluginIo::own;
  table.driver = nullptr;
  table.own = &own;
  EXPECT_THAT(refusal(), HasSubstr("incomplete"));
}

TEST_F(Answer, is_refused_when_the_state_is_empty_or_too_large) {
  driver.state_size = 0;
  EXPECT_THAT(refusal(), HasSubstr("1 to 65536"));
  driver.state_size = CW_STATE_LIMIT + 1;
  EXPECT_THAT(refusal(), HasSubstr("65537"));
  driver.state_size = CW_STATE_LIMIT;
  EXPECT_EQ(refusal(), "");
}

}  // namespace
}  // namespace cartwright::host
