#include "host/plugin_index.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "base/error.hpp"
#include "broken_plugin.hpp"

namespace cartwright::host {
namespace {

using testing::AllOf;
using testing::HasSubstr;

using Folders = std::vector<PluginFolder>;

std::string not_found(const PluginIndex& index, std::string_view id) {
  try {
    index.find(id);
  } catch (const Error& error) {
    return error.what();
  }
  return "found";
}

TEST(PluginIndex, lists_what_is_there_and_finds_by_id) {
  const PluginIndex index(Folders{{CARTWRIGHT_TEST_PLUGINS, "here"}});
  ASSERT_EQ(index.candidates().size(), 1u);
  EXPECT_TRUE(index.candidates()[0].usable());
  EXPECT_EQ(index.candidates()[0].origin, "here");
  EXPECT_EQ(index.find("test-counter").file, test_plugin);
}

TEST(PluginIndex, takes_the_first_of_two_and_tells_which_one_is_shadowed) {
  const ScratchFolder scratch;
  const auto first = scratch.write("a/test-counter.so", test_plugin_bytes());
  const auto second = scratch.write("b/test-counter.so", test_plugin_bytes());
  const PluginIndex index(Folders{{scratch.path() / "a", "one"}, {scratch.path() / "b", "two"}});
  ASSERT_EQ(index.candidates().size(), 2u);
  EXPECT_EQ(index.find("test-counter").file, first);
  EXPECT_EQ(index.candidates()[1].file, second);
  EXPECT_EQ(index.candidates()[1].shadowed_by, first);
}

TEST(PluginIndex, lets_a_refused_plugin_shadow_nothing) {
  const ScratchFolder scratch;
  scratch.write("a/test-counter.so",
                replaced(test_plugin_bytes(), "\"abi\": \"0.1\"", "\"abi\": \"0.7\""));
  const auto second = scratch.write("b/test-counter.so", test_plugin_bytes());
  const PluginIndex index(Folders{{scratch.path() / "a", "one"}, {scratch.path() / "b", "two"}});
  EXPECT_EQ(index.find("test-counter").file, second);
  EXPECT_THAT(index.candidates()[0].refusal, HasSubstr("ABI 0.7"));
  ASSERT_TRUE(index.candidates()[0].manifest.has_value());
  EXPECT_EQ(index.candidates()[0].manifest->version, "1.2.3");
}

TEST(PluginIndex, says_why_the_only_plugin_with_the_id_is_refused) {
  const ScratchFolder scratch;
  scratch.write("test-counter.so",
                replaced(test_plugin_bytes(), "\"abi\": \"0.1\"", "\"abi\": \"0.7\""));
  scratch.write("broken.so", "no plugin at all");
  const PluginIndex index(Folders{{scratch.path(), "here"}});
  EXPECT_THAT(not_found(index, "test-counter"), HasSubstr("ABI 0.7"));
  EXPECT_THAT(not_found(index, "broken"), HasSubstr("not an ELF file"));
}

TEST(PluginIndex, suggests_the_nearest_id_and_names_the_folders) {
  const PluginIndex index(Folders{{CARTWRIGHT_TEST_PLUGINS, "here"}, {"/nowhere", "there"}});
  EXPECT_THAT(not_found(index, "test-conter"),
              AllOf(HasSubstr("did you mean \"test-counter\""), HasSubstr(CARTWRIGHT_TEST_PLUGINS),
                    HasSubstr("/nowhere"), HasSubstr("--plugin-dir")));
}

TEST(PluginSearchPath, begins_with_the_option_then_the_variable_and_names_each_folder_once) {
  const ScratchFolder scratch;
  ::setenv("CARTWRIGHT_PLUGIN_PATH", (scratch.path().string() + "/env::/plugins-of-mine").c_str(),
           1);
  const std::vector<PluginFolder> path =
      plugin_search_path({scratch.path() / "option", scratch.path() / "option"});
  ::unsetenv("CARTWRIGHT_PLUGIN_PATH");
  ASSERT_GE(path.size(), 4u);
  EXPECT_EQ(path[0].path, scratch.path() / "option");
  EXPECT_EQ(path[0].origin, "--plugin-dir");
  EXPECT_EQ(path[1].path, scratch.path() / "env");
  EXPECT_EQ(path[2].path, "/plugins-of-mine");
  EXPECT_EQ(path[2].origin, "CARTWRIGHT_PLUGIN_PATH");
  EXPECT_EQ(path[3].origin, "beside the program");
  EXPECT_TRUE(path[3].path.is_absolute());
}

}  // namespace
}  // namespace cartwright::host
