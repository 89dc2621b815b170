#include <ctime>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/rfc3339.hpp"
#include "offers/catalog.hpp"
#include "offers/price_history.hpp"
#include "offers/product_terms.hpp"
#include "tools/command.hpp"
#include "tools/output.hpp"
#include "tools/price_files.hpp"

namespace cartwright::tools {
namespace {

struct Options {
  std::string folder = "catalog";
  std::string file;
  std::string format;
  std::string product;
  std::string store;
  std::string at;
  bool json = false;
};

bool as_messages(const Options& options) {
  return options.format.empty() ? holds_messages(options.file) : options.format == "protobuf";
}

std::optional<offers::CatalogFormat> format_of(const std::string& word) {
  if (word == "csv") return offers::CatalogFormat::csv;
  if (word == "jsonl") return offers::CatalogFormat::json_lines;
  return std::nullopt;
}

void import(const Options& options) {
  offers::CatalogStore store(options.folder);
  offers::ImportResult result;
  {
    Progress progress("Reading " + options.file);
    const offers::ImportProgress told = [&](std::uint64_t done, std::uint64_t total) {
      progress.at(done, total);
    };
    result = as_messages(options)
                 ? offers::import_catalog(store, message_rows(options.file), told)
                 : offers::import_catalog(store, options.file, format_of(options.format), told);
  }
  if (options.json) {
    print_line(nlohmann::ordered_json{
        {"products", result.products}, {"digest", result.digest}, {"changed", result.changed}}
                   .dump());
    return;
  }
  print_line(std::to_string(result.products) + " products, version " + result.digest.substr(0, 12) +
             (result.changed ? "; carts take it with their next trip"
                             : "; this version was already the current one"));
}

void versions(const Options& options) {
  const offers::CatalogStore store(options.folder);
  const auto current = store.current();
  Table table({"VERSION", "PRODUCTS", ""});
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const std::string& digest : store.versions()) {
    const std::int64_t products = store.open(digest).products();
    const bool is_current = current == digest;
    table.add({digest.substr(0, 12), std::to_string(products), is_current ? "current" : ""});
    list.push_back({{"digest", digest}, {"products", products}, {"current", is_current}});
  }
  if (options.json) return print_line(json_line(list));
  if (table.empty()) return print_line("No catalog yet: cartwright catalog import FILE");
  table.print();
}

std::int64_t moment_of(const Options& options) {
  if (options.at.empty()) return std::int64_t{std::time(nullptr)};
  if (const auto at = parse_rfc3339(options.at)) return at->seconds;
  throw Error(ErrorKind::invalid_input, "--at \"" + options.at +
                                            "\" is no time with offset, such as "
                                            "2026-11-23T09:15:00+01:00");
}

// What a shelf label shows: the price of that store and time, and what must stand beside it.
void add_shown_prices(const offers::Product& product, const Options& options,
                      nlohmann::ordered_json& json) {
  const std::int64_t at = moment_of(options);
  const offers::Product priced = offers::at_its_price(product, options.store, at);
  json["price_minor"] = priced.price.minor();
  if (priced.member_price) json["member_price_minor"] = priced.member_price->minor();
  if (const auto price = offers::comparison_price(priced)) {
    json["unit_price_minor"] = price->price.minor();
    json["unit_price_per"] = price->per;
  }
  if (const auto lowest = offers::lowest_30_days(product, options.store, at)) {
    json["lowest_30_days_minor"] = lowest->minor();
  }
  json["categories"] = product.categories;
}

void show(const Options& options) {
  const offers::Catalog catalog = offers::CatalogStore(options.folder).open_current();
  std::optional<offers::Product> product = catalog.find(options.product);
  if (!product) {
    if (const auto gtin = gs1::Gtin14::parse(options.product)) product = catalog.find(*gtin);
  }
  if (!product) {
    throw Error(ErrorKind::not_found,
                "\"" + options.product + "\" is no product or GTIN of the current catalog");
  }
  nlohmann::ordered_json gtins = nlohmann::ordered_json::array();
  for (const gs1::Gtin14& gtin : product->gtins) gtins.push_back(gtin.text());
  const nlohmann::ordered_json fields = {{"product", product->id},
                                         {"name", product->name},
                                         {"gtins", gtins},
                                         {"sold_by", offers::name(product->sold_by)},
                                         {"price_minor", product->price.minor()},
                                         {"tax", product->tax},
                                         {"deposit_minor", product->deposit.minor()},
                                         {"min_age", product->min_age},
                                         {"location", product->location}};
  nlohmann::ordered_json json = fields;
  add_shown_prices(*product, options, json);
  offers::write_terms(*product, json);
  print_line(json.dump(options.json ? -1 : 2));
}

}  // namespace

void add_catalog_command(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("catalog", "Products and prices: import and look up.");
  command->require_subcommand(1);
  command->add_option("--dir", options->folder, "Folder of the catalog's versions")
      ->capture_default_str();
  command->add_flag("--json", options->json, "Print JSON");

  CLI::App* import_command = command->add_subcommand(
      "import", "Read a whole catalog and make it the current version, all or nothing.");
  import_command->add_option("FILE", options->file, "CSV, JSON lines or Protobuf (.binpb)")
      ->required();
  import_command
      ->add_option("--format", options->format, "csv, jsonl or protobuf (default: by the ending)")
      ->check(CLI::IsMember({"csv", "jsonl", "protobuf"}));
  import_command->footer(
      "A JSON line:  {\"product\":\"milk-1l\",\"gtins\":[\"09521234543213\"],\"name\":\"Milk 1 "
      "l\",\n"
      "               \"sold_by\":\"piece\",\"price_minor\":129,\"tax\":\"reduced\"}\n"
      "CSV: a header row with the same names; several GTINs are divided by \";\".\n"
      "Protobuf: the message CatalogFile of cartwright/v1/offers.proto.\n"
      "A bad row is named with its line, and the current version stays what it was.");
  import_command->callback([options] { import(*options); });

  CLI::App* list = command->add_subcommand("list", "The versions that are here.");
  list->callback([options] { versions(*options); });

  CLI::App* show_command = command->add_subcommand("show", "One product by its id or GTIN.");
  show_command->add_option("PRODUCT", options->product, "Id or GTIN")->required();
  show_command->add_option("--store", options->store, "GLN of the store whose prices count");
  show_command->add_option("--at", options->at, "The time that its prices are of (default: now)");
  show_command->callback([options] { show(*options); });
  command->footer(
      "A catalog is a folder of versions; each trip keeps the version that it began with.\n"
      "  cartwright catalog --dir catalog import products.jsonl\n"
      "  cartwright catalog --dir catalog show 4006381333931");
  for (CLI::App* sub : {import_command, list, show_command}) {
    sub->fallthrough();
  }
}

}  // namespace cartwright::tools
