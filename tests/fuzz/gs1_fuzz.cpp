// Any bytes as a scan: a GTIN that holds, or a refusal that points into the data.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "gs1/identify.hpp"

namespace {

using namespace cartwright::gs1;

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const Identified& identified, std::size_t size) {
  if (const auto* identity = std::get_if<Identity>(&identified)) {
    const std::string text = identity->gtin.text();
    require(text.size() == 14 && has_valid_check_digit(text));
    require(Gtin14::parse(text) == identity->gtin);
    require(Gtin14::from_number(identity->gtin.number()) == identity->gtin);
  } else {
    const auto& refusal = std::get<Refusal>(identified);
    require(!refusal.text.empty() && refusal.at <= size);
  }
}

}  // namespace

// The first byte chooses the symbology; beyond the list, the AIM identifier in the data decides.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view scan(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] <= static_cast<std::uint8_t>(Symbology::gs1_digital_link)) {
    check(identify(scan, static_cast<Symbology>(data[0])), scan.size());
  } else {
    check(identify(scan, std::string_view()), scan.size());
  }
  if (const auto upca = expand_upce(scan)) require(has_valid_check_digit(*upca));
  return 0;
}
