// Any bytes as a scan: what holds, prints in a form that reads back; a refusal points into the
// data.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "gs1/identify.hpp"
#include "gs1/reading.hpp"
#include "gs1/restricted.hpp"

namespace {

using namespace cartwright::gs1;

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const Gtin14& gtin) {
  const std::string text = gtin.text();
  require(text.size() == 14 && has_valid_check_digit(text));
  require(Gtin14::parse(text) == gtin);
  require(Gtin14::from_number(gtin.number()) == gtin);
}

void check(const Refusal& refusal, std::size_t size) {
  require(!refusal.text.empty() && refusal.at <= size);
}

void check(const std::vector<Element>& elements, std::size_t size, const ReadOptions& options) {
  if (elements.empty()) return;
  const ElementOptions alone{options.link.elements.permit_unknown_ai, false};
  const auto again = read_bracketed_elements(human_readable(elements), alone);
  const auto* back = std::get_if<std::vector<Element>>(&again);
  require(back != nullptr && back->size() == elements.size());
  for (std::size_t i = 0; i < elements.size(); ++i) {
    require(elements[i].at < size && elements[i].entry != nullptr);
    require((*back)[i].ai == elements[i].ai && (*back)[i].value == elements[i].value);
  }
}

void check(const ReadResult& result, std::size_t size, const ReadOptions& options) {
  if (const auto* reading = std::get_if<Reading>(&result)) {
    if (reading->gtin) check(*reading->gtin);
    check(reading->elements, size, options);
  } else {
    check(std::get<Refusal>(result), size);
  }
}

}  // namespace

// The first byte chooses the options, the second the symbology; beyond the list, the AIM identifier
// in the data or their form decides.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view scan(reinterpret_cast<const char*>(data) + 2, size - 2);
  ReadOptions options;
  options.link.zero_suppressed = (data[0] & 1) != 0;
  options.link.elements.permit_unknown_ai = (data[0] & 2) != 0;
  options.link.elements.require_companions = (data[0] & 4) == 0;
  options.surroundings.current_year = (data[0] & 8) != 0 ? 2026 : 0;
  if ((data[0] & 16) != 0) options.restricted = restricted_rules("generic");
  if (data[1] <= static_cast<std::uint8_t>(Symbology::gs1_digital_link)) {
    check(read_scan(scan, static_cast<Symbology>(data[1]), options), scan.size(), options);
  } else {
    check(read_scan(scan, std::string_view(), options), scan.size(), options);
    const Identified identified = identify(scan, std::string_view(), options);
    if (const auto* identity = std::get_if<Identity>(&identified)) check(identity->gtin);
  }
  if (const auto upca = expand_upce(scan)) require(has_valid_check_digit(*upca));
  return 0;
}
