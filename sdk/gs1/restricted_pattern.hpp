#pragma once

#include <string>
#include <string_view>

namespace cartwright::gs1 {

// What is wrong with the pattern of a rule as a person wrote it, with 8, 12, 13 or 14 characters;
// empty if nothing. Besides its form, it must begin with a prefix that GS1 keeps for restricted
// circulation, so that no rule ever touches an article number of the world.
std::string pattern_fault(std::string_view pattern);

// The pattern with zeros in front, 14 characters.
std::string padded_pattern(std::string_view pattern);

// True if every number that fits `later` fits `earlier` too. Both have 14 characters.
bool covers(std::string_view earlier, std::string_view later);

}  // namespace cartwright::gs1
