#include "plugged.hpp"

// `cartwright doctor` on a machine that has nothing but what the image brought.
namespace cartwright::hardware {
namespace {

class Doctor : public Plugged {
 protected:
  static Json check(const Json& rows, const std::string& name) {
    for (const Json& row : rows) {
      if (row.value("check", "") == name) return row;
    }
    ADD_FAILURE() << "no check \"" << name << "\" in " << rows;
    return Json::object();
  }
};

TEST_F(Doctor, finds_what_is_well_and_names_the_remedy_for_what_is_not) {
  const Answer answer = guest().run("cartwright doctor --json");
  EXPECT_EQ(answer.code, 1);
  const Json rows = answer.json();
  EXPECT_EQ(check(rows, "plugins").value("well", false), true);
  EXPECT_EQ(check(rows, "plugin host").value("well", false), true);
  // Nothing in the guest sets its clock.
  EXPECT_EQ(check(rows, "clock").value("well", true), false);
  EXPECT_NE(check(rows, "clock").value("remedy", ""), "");
}

}  // namespace
}  // namespace cartwright::hardware
