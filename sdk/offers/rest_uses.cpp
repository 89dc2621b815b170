#include "offers/rest_uses.hpp"

namespace cartwright::offers::search {

void append_rest(const PlannedClass& planned, std::uint32_t at, std::uint32_t used,
                 std::vector<Placed>& way) {
  const auto units = static_cast<std::uint32_t>(planned.facts->units.size());
  for (const RestTable::Use& use : planned.rest.choice(units - used)) {
    for (std::uint32_t i = 0; i < use.count; ++i) {
      for (const std::uint8_t set : use.pack->sets) {
        way.push_back({use.pack->candidate, at, used++, set});
      }
    }
  }
  for (; used < units; ++used) {
    for (const std::uint32_t candidate : planned.single.candidates) {
      way.push_back({candidate, at, used, 0});
    }
  }
}

}  // namespace cartwright::offers::search
