#include "host/binding.hpp"

#include <algorithm>

#include "host/generic_device.hpp"

namespace cartwright::host {
namespace {

const std::string by_hand = ": name the driver in a [[device]]";
const std::string by_hand_too = ", or name the driver in a [[device]]";

std::uint8_t narrowness(const MatchRule& rule) {
  return static_cast<std::uint8_t>((rule.product.empty() ? 0 : 4) + (rule.is_exact() ? 2 : 0) +
                                   (rule.usage ? 1 : 0));
}

struct Candidate {
  std::string driver;
  Fit fit;
};

std::string listed(const std::vector<Candidate>& candidates) {
  std::string names;
  for (const Candidate& one : candidates) {
    names += (names.empty() ? "" : ", ") + one.driver + " (" + one.fit.rule + ")";
  }
  return names;
}

// Why nothing binds, where no manifest's rule fits.
std::string nothing_fits(const Attached& device) {
  if (device.ids.empty()) return "a port of the board says nothing of its device" + by_hand;
  const std::string generic = generic_reason(device);
  if (!generic.empty()) return generic + by_hand;
  if (is_taken(device)) {
    return "no manifest names usb " + device.ids +
           ", and its usages can not be read while a program uses it: end that first" + by_hand_too;
  }
  std::string what = "usb " + device.ids;
  for (const HidUsage usage : device.usages) {
    what += (usage == device.usages.front() ? " or usage " : ", ") + to_text(usage);
  }
  return "no manifest names " + what + by_hand;
}

}  // namespace

bool reaches(const Manifest& manifest, AttachedKind kind) {
  if (manifest.io != PluginIo::pure || manifest.links.size() != 1) return false;
  const auto& schemes = manifest.links.front().schemes;
  return std::ranges::find(schemes, to_text(kind)) != schemes.end();
}

Fit fit(const Manifest& manifest, const Attached& device) {
  Fit best;
  if (!reaches(manifest, device.kind)) return best;
  const std::string generic = generic_reason(device);
  for (const MatchRule& rule : manifest.match) {
    if (!fits(rule, device)) continue;
    const bool held = !generic.empty() && rule.product.empty();
    Fit one{held ? Verdict::withheld : Verdict::yes, to_text(rule), held ? generic : "",
            narrowness(rule)};
    if (std::pair(one.verdict, one.narrow) > std::pair(best.verdict, best.narrow)) {
      best = std::move(one);
    }
  }
  return best;
}

std::vector<const Manifest*> manifests_of(const PluginIndex& plugins) {
  std::vector<const Manifest*> all;
  for (const PluginCandidate& plugin : plugins.candidates()) {
    if (plugin.usable() && plugin.manifest) all.push_back(&*plugin.manifest);
  }
  return all;
}

Binding binding_of(const Attached& device, std::span<const Manifest* const> manifests) {
  std::vector<Candidate> fitting;
  std::vector<Candidate> withheld;
  for (const Manifest* manifest : manifests) {
    Fit one = fit(*manifest, device);
    if (one.verdict == Verdict::no) continue;
    (one.verdict == Verdict::yes ? fitting : withheld).push_back({manifest->id, std::move(one)});
  }
  if (fitting.empty() && !withheld.empty()) {
    return {"", withheld.front().fit.withheld + "; " + listed(withheld) +
                    " would fit, but does not bind by itself" + by_hand};
  }
  if (fitting.empty()) return {"", nothing_fits(device)};
  std::ranges::stable_sort(fitting, std::ranges::greater{},
                           [](const Candidate& one) { return one.fit.narrow; });
  const Candidate& best = fitting.front();
  if (fitting.size() > 1 && fitting[1].fit.narrow == best.fit.narrow) {
    return {"", "a tie between " + listed(fitting) + ": name one of them in a [[device]]"};
  }
  std::string why = "its manifest names " + best.fit.rule;
  if (fitting.size() > 1) why += ", narrower than " + listed({fitting.begin() + 1, fitting.end()});
  return {best.driver, why};
}

}  // namespace cartwright::host
