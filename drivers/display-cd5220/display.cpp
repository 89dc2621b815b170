#include "driver.hpp"

namespace cartwright::cd5220 {

std::string_view Protocol::configure(const driver::Settings& settings) {
  const auto page = driver::code_page_named(settings.text("code_page"));
  const auto setup = driver::read_escapes<64>(settings.text("setup"));
  if (!page) return "code_page is none that this driver knows";
  if (!setup) return "setup has an unknown escape or more than 64 bytes";
  page_ = *page;
  setup_ = *setup;
  strings_ = settings.text("write") == "string";
  return {};
}

}  // namespace cartwright::cd5220
