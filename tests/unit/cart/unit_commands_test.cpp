#include "cart/unit_commands.hpp"

#include <cartwright/abi/cartwright.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/file.hpp"
#include "host/record_json.hpp"
#include "support/scratch_folder.hpp"
#include "unit/cart/scripted_units.hpp"

namespace cartwright::cart {
namespace {

using testing::ScriptedUnits;

class UnitCommandsTest : public ::testing::Test {
 protected:
  Answer answer() {
    return [this](const std::string& status) { answers.push_back(status); };
  }
  std::string last() const {
    return host::record_to_json(units.open.back().record.header()).dump();
  }

  ScriptedUnits units;
  UnitCommands commands{units};
  std::vector<std::string> answers;
};

TEST_F(UnitCommandsTest, give_each_class_its_command) {
  commands.check_health("scanner0", answer());
  EXPECT_EQ(units.types.back(), CW_DEVICE_CHECK_HEALTH);
  commands.enable("scanner0", false, answer());
  EXPECT_NE(last().find("\"enabled\":false"), std::string::npos) << last();
  commands.beep("scanner0", false, answer());
  EXPECT_NE(last().find("\"bad\""), std::string::npos) << last();
  commands.zero_scale("scale0", answer());
  EXPECT_EQ(units.types.back(), CW_SCALE_ZERO);
  commands.tare_scale("scale0", 250, answer());
  EXPECT_NE(last().find("\"250\""), std::string::npos) << last();
  commands.set_brightness("display0", 40, answer());
  EXPECT_NE(last().find("40"), std::string::npos) << last();
  commands.end_of_day("terminal0", answer());
  EXPECT_EQ(units.types.back(), CW_TERMINAL_END_OF_DAY);
  commands.diagnose("terminal0", answer());
  EXPECT_EQ(units.types.back(), CW_TERMINAL_DIAGNOSE);
  commands.repeat_receipt("terminal0", answer());
  EXPECT_EQ(units.types.back(), CW_TERMINAL_REPEAT_RECEIPT);
  EXPECT_TRUE(answers.empty());
  units.open.back().done(CW_DECLINED, {});
  EXPECT_EQ(answers, std::vector<std::string>{"declined"});
}

TEST_F(UnitCommandsTest, lend_the_image_of_an_update_until_its_answer) {
  const test::ScratchFolder folder;
  const auto image = folder.file("image");
  write_file_durably(image, as_bytes("0123456789"));
  commands.update_firmware("scanner0", image, answer());
  ASSERT_EQ(units.blobs.size(), 1U);
  EXPECT_EQ(as_text(units.blobs.begin()->second), "0123456789");
  units.open.back().done(CW_OK, {});
  EXPECT_TRUE(units.blobs.empty());
  EXPECT_EQ(answers, std::vector<std::string>{"ok"});
}

TEST_F(UnitCommandsTest, ask_nothing_where_the_image_can_not_be_read) {
  EXPECT_THROW(commands.update_firmware("scanner0", "/nowhere/image", answer()), Error);
  EXPECT_TRUE(units.open.empty());
  EXPECT_TRUE(units.blobs.empty());
}

}  // namespace
}  // namespace cartwright::cart
