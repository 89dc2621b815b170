#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cartwright::offers {

// From words to numbers, each word's ascending. It is made once and asked often: the words and all
// that a look-up reads lie close together, so that one costs two reads of memory or none.
class WordTable {
 public:
  // Collects what the table shall hold; a word's numbers are added in ascending order.
  class Builder {
   public:
    // The text must last until the table is made.
    void add(std::string_view word, std::uint32_t number);

   private:
    friend class WordTable;
    std::unordered_map<std::string_view, std::uint32_t> words_;  // counted as they came
    std::vector<std::string_view> texts_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_;  // word, number
  };

  WordTable() = default;
  explicit WordTable(const Builder& builder);

  // Empty for a word that is not there.
  std::span<const std::uint32_t> of(std::string_view word) const;

 private:
  struct Slot {
    std::uint32_t hash = 0;  // a part of it
    std::uint32_t word = 0;  // from 1; 0: the slot is free
  };
  // The word's text and numbers begin here and end where the next word's do.
  struct Word {
    std::uint32_t text = 0;
    std::uint32_t number = 0;
  };
  std::string_view text_of(std::uint32_t word) const;

  std::vector<Slot> slots_;  // a power of two, at most half of them taken
  std::vector<Word> words_;  // and one behind the last
  std::string texts_;
  std::vector<std::uint32_t> numbers_;
};

}  // namespace cartwright::offers
