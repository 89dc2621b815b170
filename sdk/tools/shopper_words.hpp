#pragma once

#include <cartwright/cart.hpp>
#include <string>

namespace cartwright::tools {

// What a person, or a script, may type to a running cart: one command a line. Answers go to
// standard output: an error as a sentence, with `json` {"reply":WORD,"ok":...} for each.
class ShopperWords {
 public:
  ShopperWords(Cart& cart, bool json) : cart_(cart), json_(json) {}

  void take(const std::string& line);
  bool wants_to_quit() const { return quit_; }

 private:
  void perform(const std::string& word, const std::vector<std::string>& args);
  void perform_on_offers(const std::string& word, const std::vector<std::string>& args);
  void perform_on_device(const std::string& word, const std::vector<std::string>& args);
  Answer answer(const std::string& word, const std::string& unit) const;
  void show_trip();
  void show_journey();
  void show_devices();
  void show_receipt();

  Cart& cart_;
  bool json_;
  bool quit_ = false;
};

// A line for each word.
std::string shopper_words_help();

}  // namespace cartwright::tools
