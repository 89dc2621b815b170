#include "gs1/ai_table.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <string>

#include "support/published.hpp"

namespace cartwright::gs1 {
namespace {

Ai ai(std::string_view text) {
  return Ai::parse(text).value();
}

TEST(Ai, is_two_to_four_digits) {
  EXPECT_EQ(ai("01").text(), "01");
  EXPECT_EQ(ai("3103").text(), "3103");
  EXPECT_EQ(ai("01").in_brackets(), "(01)");
  EXPECT_NE(ai("01"), ai("001"));
  for (const char* text : {"", "1", "12345", "1A", " 1", "0x1"}) {
    EXPECT_FALSE(Ai::parse(text)) << text;
  }
}

TEST(AiTable, knows_the_rows_of_the_dictionary) {
  const AiEntry* gtin = find_ai(ai("01"));
  ASSERT_NE(gtin, nullptr);
  EXPECT_EQ(gtin->title, "GTIN");
  EXPECT_TRUE(gtin->predefined());
  EXPECT_TRUE(gtin->link_key());
  EXPECT_EQ(least_length(*gtin), 14U);
  EXPECT_EQ(components_of(*gtin).size(), 1U);
  EXPECT_EQ(qualifiers_of(*gtin).size(), 4U);

  const AiEntry* batch = find_ai(ai("10"));
  ASSERT_NE(batch, nullptr);
  EXPECT_FALSE(batch->predefined());
  EXPECT_TRUE(batch->link_attribute());
  EXPECT_FALSE(batch->link_key());
  EXPECT_EQ(least_length(*batch), 1U);
  EXPECT_EQ(most_length(*batch), 20U);

  const AiEntry* harvest = find_ai(ai("7007"));
  ASSERT_NE(harvest, nullptr);
  EXPECT_EQ(least_length(*harvest), 6U);
  EXPECT_EQ(most_length(*harvest), 12U);
}

TEST(AiTable, knows_runs_of_ais_and_their_ends) {
  EXPECT_EQ(find_ai(ai("3100")), find_ai(ai("3105")));
  EXPECT_EQ(find_ai(ai("3106")), nullptr);
  EXPECT_EQ(find_ai(ai("3109")), nullptr);
  EXPECT_NE(find_ai(ai("91")), nullptr);
  EXPECT_EQ(find_ai(ai("91")), find_ai(ai("99")));
  EXPECT_NE(find_ai(ai("90")), find_ai(ai("91")));
}

TEST(AiTable, finds_the_ai_at_the_front_of_data) {
  EXPECT_EQ(find_ai_at("0109521234543213").entry, find_ai(ai("01")));
  EXPECT_EQ(find_ai_at("3103001250").entry, find_ai(ai("3103")));
  EXPECT_EQ(find_ai_at("3103001250").ai, ai("3103"));
  EXPECT_EQ(find_ai_at("235X").entry, find_ai(ai("235")));
  for (const char* data : {"", "0", "23", "234567", "891234", "800", "A1", "31", "3106123456"}) {
    EXPECT_EQ(find_ai_at(data).entry, nullptr) << data;
  }
}

TEST(AiTable, finds_every_row_by_each_of_its_ais_and_no_other) {
  std::set<std::pair<int, int>> all;
  for (const AiEntry& entry : ai_table()) {
    for (int number = entry.first; number <= entry.last; ++number) {
      const Ai one{static_cast<std::uint16_t>(number), entry.digits};
      EXPECT_EQ(find_ai(one), &entry) << one.text();
      EXPECT_EQ(find_ai_at(one.text()).entry, &entry) << one.text();
      EXPECT_TRUE(all.insert({number, entry.digits}).second) << one.text();
    }
  }
  EXPECT_GE(all.size(), 480U);
  for (int digits = 2; digits <= 4; ++digits) {
    for (int number = 0; number < (digits == 2 ? 100 : digits == 3 ? 1000 : 10000); ++number) {
      const Ai one{static_cast<std::uint16_t>(number), static_cast<std::uint8_t>(digits)};
      EXPECT_EQ(find_ai(one) != nullptr, all.contains({number, digits})) << one.text();
    }
  }
}

TEST(AiTable, has_no_part_behind_one_of_variable_length) {
  for (const AiEntry& entry : ai_table()) {
    const auto parts = components_of(entry);
    ASSERT_FALSE(parts.empty()) << entry.first;
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      EXPECT_EQ(parts[i].least, parts[i].most) << entry.first;
      EXPECT_TRUE(!parts[i].optional || parts[i + 1].optional) << entry.first;
    }
  }
}

TEST(AiTable, stands_in_for_ais_to_come) {
  ASSERT_NE(stand_in(ai("89")), nullptr);
  EXPECT_EQ(most_length(*stand_in(ai("89"))), 90U);
  EXPECT_FALSE(stand_in(ai("89"))->predefined());
  ASSERT_NE(stand_in(ai("3106")), nullptr);
  EXPECT_EQ(least_length(*stand_in(ai("3106"))), 6U);
  EXPECT_TRUE(stand_in(ai("3106"))->predefined());
  EXPECT_EQ(most_length(*stand_in(ai("419"))), 13U);
  EXPECT_EQ(most_length(*stand_in(ai("236"))), 90U);
  // Known AIs that begin so have another number of digits.
  for (const char* text : {"011", "800", "80", "399", "2367", "4199"}) {
    EXPECT_EQ(stand_in(ai(text)), nullptr) << text;
  }
}

std::string output_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string text;
  std::array<char, 4096> buffer = {};
  while (const std::size_t size = fread(buffer.data(), 1, buffer.size(), pipe.get())) {
    text.append(buffer.data(), size);
  }
  return text;
}

TEST(AiTable, is_what_the_script_makes_of_the_dictionary) {
  const auto dictionary = test::shared_folder() / "data/gs1-syntax-dictionary.txt";
  if (!std::filesystem::exists(dictionary)) GTEST_SKIP() << "the dictionary is not here";
  const std::filesystem::path source = CARTWRIGHT_SOURCE_DIR;
  const std::string made = output_of("python3 '" + (source / "scripts/gs1_ai_table.py").string() +
                                     "' '" + dictionary.string() + "'");
  std::ifstream file(source / "sdk/gs1/ai_table_data.inc");
  const std::string kept(std::istreambuf_iterator<char>(file), {});
  EXPECT_FALSE(made.empty());
  EXPECT_TRUE(made == kept) << "run scripts/gs1_ai_table.py";
}

}  // namespace
}  // namespace cartwright::gs1
