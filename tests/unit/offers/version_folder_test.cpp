#include "offers/version_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/error.hpp"
#include "base/file.hpp"
#include "support/scratch_folder.hpp"

namespace cartwright::offers {
namespace {

const std::string kFirst(64, 'a');
const std::string kSecond(64, 'b');

class AFolderOfVersions : public ::testing::Test {
 protected:
  test::ScratchFolder scratch_;
  VersionFolder folder_{scratch_.file("things"), ".thing", "the things", "make one"};
};

TEST_F(AFolderOfVersions, names_the_version_that_was_adopted_last) {
  EXPECT_FALSE(folder_.current());
  folder_.adopt_text("first", kFirst);
  folder_.adopt_text("second", kSecond);
  EXPECT_EQ(folder_.current(), kSecond);
  EXPECT_EQ(read_file(folder_.find(kFirst)), "first");
  EXPECT_THAT(folder_.versions(), ::testing::ElementsAre(kFirst, kSecond));
}

TEST_F(AFolderOfVersions, adopts_a_file_that_was_written_beside) {
  const std::filesystem::path made = folder_.path() / "new";
  std::ofstream(made) << "first";
  folder_.adopt(made, kFirst);
  EXPECT_FALSE(std::filesystem::exists(made));
  EXPECT_EQ(read_file(folder_.find(kFirst)), "first");
}

TEST_F(AFolderOfVersions, does_not_list_files_that_are_no_versions) {
  folder_.adopt_text("first", kFirst);
  std::ofstream(folder_.path() / "notes.thing") << "x";
  std::ofstream(folder_.path() / (kSecond + ".other")) << "x";
  EXPECT_THAT(folder_.versions(), ::testing::ElementsAre(kFirst));
}

TEST_F(AFolderOfVersions, refuses_a_current_that_names_no_version) {
  std::ofstream(folder_.path() / "current") << "../../etc/passwd\n";
  EXPECT_THROW(folder_.current(), Error);
  EXPECT_THROW(folder_.find("../../etc/passwd"), Error);
}

TEST_F(AFolderOfVersions, prunes_what_nobody_keeps) {
  folder_.adopt_text("first", kFirst);
  folder_.adopt_text("second", kSecond);
  EXPECT_EQ(folder_.prune({}), 1U);
  EXPECT_THAT(folder_.versions(), ::testing::ElementsAre(kSecond));
}

}  // namespace
}  // namespace cartwright::offers
