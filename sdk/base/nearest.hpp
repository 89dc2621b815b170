#pragma once

#include <span>
#include <string>
#include <string_view>

namespace cartwright {

// The candidate with the smallest edit distance to `word` if that is at most a third of its length
// plus one, else "". For «unknown key "sacle"; did you mean "scale"?».
std::string nearest(std::string_view word, std::span<const std::string_view> candidates);

// `, did you mean "scale"?` or nothing: the tail of such a message.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace cartwright
