#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/file.hpp"
#include "offers/offers_check.hpp"
#include "tools/command.hpp"
#include "tools/output.hpp"

namespace cartwright::tools {
namespace {

struct Options {
  std::string file;
  std::string catalog;
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
  std::vector<std::string> refused;
  const offers::OfferBook book =
      offers::OfferBook::parse_lenient(read_file(options.file), options.file, refused);
  std::optional<offers::ProductTable> catalog;
  if (!options.catalog.empty()) catalog = offers::ProductTable::read(options.catalog);
  std::vector<offers::Finding> findings;
  for (std::string& text : refused) {
    findings.push_back({offers::FindingKind::refused, {}, std::move(text)});
  }
  for (offers::Finding& finding : check_offers(book, catalog ? &*catalog : nullptr)) {
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

}  // namespace

void add_offers_command(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("offers", "Offers: find what is wrong with them.");
  command->require_subcommand(1);
  CLI::App* sub = command->add_subcommand(
      "check", "Offers that never apply, contradict or always lose; exit code 1 where there are.");
  sub->add_option("FILE", options->file, "Offers: JSON")->required();
  sub->add_option("--catalog", options->catalog, "Judge their sets by these products too");
  sub->add_flag("--json", options->json, "Print JSON");
  sub->footer(
      "Findings: refused, never_applies, contradicts, always_loses, overlaps, unknown_product.\n"
      "  cartwright offers check offers.json --catalog products.jsonl");
  sub->callback([options] { check(*options); });
  command->footer(
      "Offers are a file of JSON that `cartwright price` reads.\n"
      "  cartwright offers check offers.json");
}

}  // namespace cartwright::tools
