#include "driver.hpp"

namespace cartwright::escpos {

std::string_view Protocol::configure(const driver::Settings& settings) {
  const auto page = driver::code_page_named(settings.text("code_page"));
  const auto setup = driver::read_escapes<64>(settings.text("setup"));
  if (!page || !table_of(*page)) return "code_page is none that this driver knows";
  if (!setup) return "setup has an unknown escape or more than 64 bytes";
  page_ = *page;
  setup_ = *setup;
  rows_ = static_cast<std::uint32_t>(settings.integer("rows"));
  columns_ = static_cast<std::uint32_t>(settings.integer("columns"));
  shared_ = settings.boolean("share_line");
  return {};
}

}  // namespace cartwright::escpos
