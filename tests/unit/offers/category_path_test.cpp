#include "offers/category_path.hpp"

#include <gtest/gtest.h>

namespace cartwright::offers {
namespace {

TEST(CategoryPath, has_parents_up_to_its_department) {
  EXPECT_EQ(parent_of("food/dairy/milk"), "food/dairy");
  EXPECT_EQ(parent_of("food/dairy"), "food");
  EXPECT_EQ(parent_of("food"), "");
  EXPECT_EQ(department_of("food/dairy/milk"), "food");
  EXPECT_EQ(department_of("food"), "food");
}

TEST(CategoryPath, lies_within_whole_parts_alone) {
  EXPECT_TRUE(is_within("food/dairy", "food"));
  EXPECT_TRUE(is_within("food", "food"));
  EXPECT_FALSE(is_within("food", "food/dairy"));
  EXPECT_FALSE(is_within("foods/dairy", "food"));
  EXPECT_FALSE(is_within("dairy", "food"));
}

}  // namespace
}  // namespace cartwright::offers
