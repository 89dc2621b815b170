#include "offers/word_table.hpp"

#include <bit>
#include <cstring>

namespace cartwright::offers {
namespace {

std::uint64_t bytes_at(const char* text) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, text, sizeof bytes);
  return bytes;
}

std::uint64_t mixed(std::uint64_t a) {
  a *= 0x9E3779B97F4A7C15;
  return a ^ (a >> 32);
}

// Eight bytes at a time; the last eight overlap those before. It spreads words of a shop, and need
// not withstand words chosen to collide: who can choose them can make offers.
std::uint64_t hash_of(std::string_view word) {
  std::uint64_t hash = mixed(word.size() + 1);
  if (word.size() < 8) {
    std::uint64_t bytes = 0;
    for (const char c : word) bytes = bytes << 8 | static_cast<unsigned char>(c);
    return mixed(hash ^ bytes);
  }
  for (std::size_t at = 0; at + 8 < word.size(); at += 8) {
    hash = mixed(hash ^ bytes_at(word.data() + at));
  }
  return mixed(hash ^ bytes_at(word.data() + word.size() - 8));
}

}  // namespace

void WordTable::Builder::add(std::string_view word, std::uint32_t number) {
  const auto next = static_cast<std::uint32_t>(texts_.size());
  const auto [at, is_new] = words_.try_emplace(word, next);
  if (is_new) texts_.push_back(word);
  pairs_.emplace_back(at->second, number);
}

WordTable::WordTable(const Builder& builder) {
  words_.resize(builder.texts_.size() + 1);
  for (const auto& [word, number] : builder.pairs_) ++words_[word + 1].number;
  for (std::size_t word = 0; word < builder.texts_.size(); ++word) {
    texts_ += builder.texts_[word];
    words_[word + 1].text = static_cast<std::uint32_t>(texts_.size());
    words_[word + 1].number += words_[word].number;
  }
  numbers_.resize(builder.pairs_.size());
  std::vector<Word> next = words_;
  for (const auto& [word, number] : builder.pairs_) numbers_[next[word].number++] = number;
  slots_.resize(std::bit_ceil(words_.size() * 2));
  for (std::uint32_t word = 1; word < words_.size(); ++word) {
    const std::uint64_t hash = hash_of(text_of(word - 1));
    std::size_t at = hash & (slots_.size() - 1);
    while (slots_[at].word != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {static_cast<std::uint32_t>(hash >> 32), word};
  }
}

std::string_view WordTable::text_of(std::uint32_t word) const {
  const std::size_t begin = words_[word].text;
  return std::string_view(texts_).substr(begin, words_[word + 1].text - begin);
}

std::span<const std::uint32_t> WordTable::of(std::string_view word) const {
  if (slots_.empty()) return {};
  const std::uint64_t hash = hash_of(word);
  for (std::size_t at = hash & (slots_.size() - 1); slots_[at].word != 0;
       at = (at + 1) & (slots_.size() - 1)) {
    const std::uint32_t found = slots_[at].word - 1;
    if (slots_[at].hash != static_cast<std::uint32_t>(hash >> 32) || text_of(found) != word) {
      continue;
    }
    const std::uint32_t begin = words_[found].number;
    return std::span(numbers_).subspan(begin, words_[found + 1].number - begin);
  }
  return {};
}

}  // namespace cartwright::offers
