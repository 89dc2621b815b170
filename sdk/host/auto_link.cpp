#include "host/auto_link.hpp"

#include <algorithm>
#include <optional>

#include "base/error.hpp"
#include "host/binding.hpp"
#include "host/link_name.hpp"
#include "link/uri.hpp"

namespace cartwright::host {
namespace {

bool wants_auto(const DeviceConfig& config) {
  return std::ranges::find(config.links, auto_link) != config.links.end();
}

std::string prefix(const DeviceConfig& config) {
  return (config.place.empty() ? "" : config.place + ": ") + "device \"" + config.name +
         "\": link = \"auto\" ";
}

[[noreturn]] void refuse(const DeviceConfig& config, const std::string& text) {
  throw Error(ErrorKind::invalid_input, prefix(config) + text);
}

std::string rules_of(const Manifest& manifest) {
  std::string all;
  for (const MatchRule& rule : manifest.match) all += (all.empty() ? "" : "; ") + to_text(rule);
  return all.empty() ? "nothing" : all;
}

// A device that came into question, and why it was not taken.
struct Candidate {
  const Attached* device;
  std::string why;
};

class Finder {
 public:
  Finder(const std::vector<DeviceConfig>& configs, std::span<const Manifest* const> manifests,
         const std::vector<Attached>& attached, const Prober& prober)
      : manifests_(manifests), attached_(attached), prober_(prober) {
    for (const DeviceConfig& config : configs) {
      for (const std::string& text : config.links) claim(text);
    }
  }

  // The driver's manifest; null where there is none.
  const Manifest* manifest_of(const DeviceConfig& config) const {
    const auto found =
        std::ranges::find(manifests_, config.driver, [](const Manifest* one) { return one->id; });
    return found == manifests_.end() ? nullptr : *found;
  }

  std::string find(const DeviceConfig& config, const Manifest& manifest) {
    if (manifest.io != PluginIo::pure || manifest.links.size() != 1 || config.links.size() != 1) {
      refuse(config, "is for drivers with one link; write the links of driver \"" + config.driver +
                         "\" one by one");
    }
    std::vector<Candidate> fitting;
    std::vector<Candidate> open;  // a person's, or a probe's, to decide
    sort(manifest, fitting, open);
    if (fitting.size() != 1 && config.probe) {
      fitting.insert(fitting.end(), open.begin(), open.end());
      return answering(config, manifest, fitting);
    }
    if (fitting.size() == 1) return taken(*fitting.front().device);
    if (fitting.empty() && open.empty()) nothing(config, manifest);
    const std::string what = fitting.empty()
                                 ? "binds none of these by itself; write the line of yours"
                                 : "fits several devices; write the line of yours";
    fitting.insert(fitting.end(), open.begin(), open.end());
    refuse(config, what + ":" + lines(fitting));
  }

 private:
  void claim(const std::string& text) {
    if (text == auto_link) return;
    try {
      claimed_.push_back(link::parse_uri(text));
    } catch (const Error&) {
      // Told with its place when the device is made.
    }
  }

  std::string taken(const Attached& device) {
    std::string text = link_of(device, attached_);
    claim(text);
    return text;
  }

  bool is_claimed(const Attached& device) const {
    return std::ranges::any_of(claimed_, [&](const link::Uri& uri) { return means(uri, device); });
  }

  void sort(const Manifest& manifest, std::vector<Candidate>& fitting,
            std::vector<Candidate>& open) const {
    for (const Attached& device : attached_) {
      if (is_claimed(device) || device.is_console) continue;
      const Fit one = fit(manifest, device);
      if (one.verdict == Verdict::yes) {
        fitting.push_back({&device, "fits by " + one.rule});
      } else if (one.verdict == Verdict::withheld) {
        open.push_back({&device, one.withheld});
      } else if (device.kind == AttachedKind::serial && reaches(manifest, device.kind)) {
        const Binding binding = binding_of(device, manifests_);
        if (binding.driver.empty()) open.push_back({&device, "nothing says what it is"});
      }
    }
  }

  std::string answering(const DeviceConfig& config, const Manifest& manifest,
                        std::vector<Candidate> candidates) {
    if (candidates.empty()) nothing(config, manifest);
    std::vector<Candidate> well;
    for (Candidate& one : candidates) {
      DeviceConfig tried = config;
      tried.links = {link_of(*one.device, attached_)};
      const ProbeResult result = prober_(tried);
      one.why = result.well ? "answers" : result.why;
      if (result.well) well.push_back(one);
    }
    if (well.size() == 1) return taken(*well.front().device);
    refuse(config, (well.empty() ? "with probe = true: none of these answers as driver \""
                                 : "with probe = true: several answer as driver \"") +
                       config.driver + "\" expects; write the line of yours:" + lines(candidates));
  }

  [[noreturn]] void nothing(const DeviceConfig& config, const Manifest& manifest) const {
    refuse(config, "finds no device for driver \"" + config.driver + "\", whose manifest names " +
                       rules_of(manifest) +
                       ": plug it in, or write its link, with which the cart also starts while it "
                       "is away. cartwright devices shows what is there");
  }

  std::string lines(const std::vector<Candidate>& candidates) const {
    std::string text;
    for (const Candidate& one : candidates) {
      const Attached& device = *one.device;
      text += "\n  link = \"" + link_of(device, attached_) + "\"  # " +
              (device.node.empty() ? "usb " + device.port : device.node) +
              (device.product.empty() ? "" : ", " + device.product) + ": " + one.why;
    }
    return text;
  }

  std::span<const Manifest* const> manifests_;
  const std::vector<Attached>& attached_;
  const Prober& prober_;
  std::vector<link::Uri> claimed_;
};

}  // namespace

std::vector<DeviceConfig> find_links(std::vector<DeviceConfig> configs,
                                     std::span<const Manifest* const> manifests,
                                     const std::vector<Attached>& attached, const Prober& prober) {
  Finder finder(configs, manifests, attached, prober);
  // What the rules alone decide comes first, so that a probe opens as few ports as can be.
  for (const bool probing : {false, true}) {
    for (DeviceConfig& config : configs) {
      if (!wants_auto(config) || config.probe != probing) continue;
      const Manifest* const manifest = finder.manifest_of(config);
      if (manifest != nullptr) config.links = {finder.find(config, *manifest)};
    }
  }
  return configs;
}

}  // namespace cartwright::host
