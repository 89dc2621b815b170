#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/time_zone.hpp"
#include "offers/offer_store.hpp"
#include "offers/offers_check.hpp"
#include "tools/command.hpp"
#include "tools/output.hpp"
#include "tools/price_files.hpp"

namespace cartwright::tools {
namespace {

struct Options {
  std::string folder = "offers";
  std::string file;
  std::string catalog;
  std::string zone;
  bool json = false;
};

void print_findings(const std::vector<offers::Finding>& findings) {
  Table table({"OFFER", "FINDING", "WHAT"});
  for (const offers::Finding& finding : findings) {
    table.add({printable(finding.offer), std::string(name(finding.kind)), printable(finding.text)});
  }
  table.print();
}

void check(const Options& options) {
  std::vector<offers::RefusedOffer> refused;
  const offers::OfferBook book =
      offers::OfferBook::parse_lenient(read_offers(options.file), options.file, refused);
  std::optional<offers::ProductTable> catalog;
  if (!options.catalog.empty()) catalog = read_products(options.catalog);
  std::optional<TimeZone> zone;
  if (!options.zone.empty()) zone = TimeZone::load(options.zone);
  std::vector<offers::Finding> findings = findings_of(refused);
  for (offers::Finding& finding :
       check_offers(book, catalog ? &*catalog : nullptr, zone ? &*zone : nullptr)) {
    findings.push_back(std::move(finding));
  }
  const std::size_t count = book.offers().size() + refused.size();
  if (options.json) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const offers::Finding& finding : findings) {
      list.push_back(
          {{"offer", finding.offer}, {"finding", name(finding.kind)}, {"text", finding.text}});
    }
    print_line(json_line({{"offers", count}, {"digest", book.digest()}, {"findings", list}}));
  } else if (findings.empty()) {
    print_line(std::to_string(count) + " offers, nothing found");
  } else {
    print_findings(findings);
  }
  if (!findings.empty()) finish_with(kFailed);
}

void import(const Options& options) {
  const offers::OffersImport result =
      offers::OfferStore(options.folder).import(read_offers(options.file), options.file);
  if (options.json) {
    return print_line(json_line(
        {{"offers", result.offers}, {"digest", result.digest}, {"changed", result.changed}}));
  }
  print_line(std::to_string(result.offers) + " offers, version " + result.digest.substr(0, 12) +
             (result.changed ? "; carts take them with their next trip"
                             : "; this version was already the current one"));
}

void versions(const Options& options) {
  const offers::OfferStore store(options.folder);
  const auto current = store.current();
  Table table({"VERSION", "OFFERS", ""});
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const std::string& digest : store.versions()) {
    const std::size_t offers = store.open(digest)->book.offers().size();
    const bool is_current = current == digest;
    table.add({digest.substr(0, 12), std::to_string(offers), is_current ? "current" : ""});
    list.push_back({{"digest", digest}, {"offers", offers}, {"current", is_current}});
  }
  if (options.json) return print_line(json_line(list));
  if (table.empty()) return print_line("No offers yet: cartwright offers import FILE");
  table.print();
}

void add_check(CLI::App& command, const std::shared_ptr<Options>& options) {
  CLI::App* sub = command.add_subcommand(
      "check", "Offers that never apply, contradict or always lose; exit code 1 where there are.");
  sub->add_option("FILE", options->file, "Offers: JSON or Protobuf (.binpb)")->required();
  sub->add_option("--catalog", options->catalog, "Judge their sets by these products too");
  sub->add_option("--zone", options->zone,
                  "The store's time zone, such as Europe/Berlin (default: any)");
  sub->footer(
      "Findings: refused, may_not_be_mandatory, never_applies, contradicts, always_loses, "
      "overlaps,\n"
      "idle_step, dearer, unknown_product.\n"
      "  cartwright offers check offers.json --catalog products.jsonl");
  sub->callback([options] { check(*options); });
  sub->fallthrough();
}

void add_import(CLI::App& command, const std::shared_ptr<Options>& options) {
  CLI::App* sub = command.add_subcommand(
      "import", "Read a whole file of offers and make it the current version, all or nothing.");
  sub->add_option("FILE", options->file, "Offers: JSON or Protobuf (.binpb)")->required();
  sub->callback([options] { import(*options); });
  sub->fallthrough();
}

}  // namespace

void add_offers_command(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("offers", "Offers: import them, find what is wrong.");
  command->require_subcommand(1);
  command->add_option("--dir", options->folder, "Folder of the offers' versions")
      ->capture_default_str();
  command->add_flag("--json", options->json, "Print JSON");
  add_check(*command, options);
  add_import(*command, options);
  CLI::App* list = command->add_subcommand("list", "The versions that are here.");
  list->callback([options] { versions(*options); });
  list->fallthrough();
  command->footer(
      "Offers are a file of JSON. `cartwright price` reads it as it is; carts take what was "
      "imported,\nand each trip keeps the version that it began with.\n"
      "  cartwright offers check offers.json\n"
      "  cartwright offers --dir offers import offers.json");
}

}  // namespace cartwright::tools
