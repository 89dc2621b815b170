#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <unordered_map>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cartwright/v1/offers.pb.h"
#include "offers/basket_file.hpp"
#include "offers/cash_rounding.hpp"
#include "offers/offer_shapes.hpp"
#include "offers/price_memory.hpp"
#include "offers/price_rules_file.hpp"
#include "offers/priced_basket_json.hpp"
#include "offers/product_table.hpp"
#include "tools/command.hpp"
#include "tools/output.hpp"
#include "tools/price_files.hpp"
#include "trip/message_bytes.hpp"
#include "trip/message_json.hpp"

namespace cartwright::tools {
namespace {

struct Options {
  std::string catalog;
  std::string offers;
  std::string basket;
  std::string baskets;
  std::string rules;
  std::string zone;
  std::vector<std::string> redeem;
  std::uint64_t budget = offers::kDefaultBudget;
  bool explain = false;
  bool cash = false;
  std::string format = "json";

  bool as_messages() const { return format == "protobuf"; }
};

// All that stays the same from one basket to the next.
class Pricer {
 public:
  explicit Pricer(const Options& options)
      : options_(options),
        products_(read_products(options.catalog)),
        book_(offers::OfferBook::parse(read_offers(options.offers), options.offers)) {
    if (!options.zone.empty()) zone_ = TimeZone::load(options.zone);
    if (!options.rules.empty()) rules_text_ = read_file(options.rules);
    price_options_.budget = options.budget;
    price_options_.explain = options.explain;
    price_options_.memory = &memory_;
    price_options_.zone = zone_ ? &*zone_ : nullptr;
    price_options_.suggest = [this](const offers::ProductSet& set) { return suggest(set); };
  }

  std::string price(std::string_view text, const std::string& name) const {
    offers::BasketFile file = offers::parse_basket(
        text, name, [this](std::string_view id) { return products_.find(id); });
    file.facts.redeem.insert(file.facts.redeem.end(), options_.redeem.begin(),
                             options_.redeem.end());
    offers::PriceRules rules{.currency = file.currency, .taxes = {}};
    if (!options_.rules.empty()) {
      rules = offers::parse_price_rules(rules_text_, options_.rules, file.currency);
    }
    // Coins settle what the store's own step leaves.
    if (options_.cash) {
      rules.round_total_to = std::max(rules.round_total_to, offers::cash_step(file.currency));
    }
    try {
      return offers::to_json(offers::price(book_, file.basket, file.facts, rules, price_options_),
                             file.currency);
    } catch (const Error& error) {
      throw Error(error.kind(), name + ": " + error.what());
    }
  }

 private:
  // The cheapest product that fits, of equal ones the first by id.
  std::shared_ptr<const offers::Product> suggest(const offers::ProductSet& set) const {
    if (set.categories.empty() && set.products.size() == 1) {
      return products_.find(set.products.front());
    }
    const auto [known, added] = suggested_.try_emplace(&set);
    if (!added) return known->second;
    for (const auto& product : products_.products()) {
      const bool fits = product->sold_by == offers::SoldBy::piece && product->discountable &&
                        offers::holds(set, *product);
      if (fits && (known->second == nullptr || product->price < known->second->price)) {
        known->second = product;
      }
    }
    return known->second;
  }

  const Options& options_;
  offers::ProductTable products_;
  offers::OfferBook book_;
  std::optional<TimeZone> zone_;
  std::string rules_text_;
  offers::PriceOptions price_options_;
  mutable offers::PriceMemory memory_;
  // By set of an offer of the book.
  mutable std::unordered_map<const offers::ProductSet*, std::shared_ptr<const offers::Product>>
      suggested_;
};

v1::Result message_of(const std::string& result) {
  v1::Result message;
  trip::read_json(result, "the result", message);
  return message;
}

// To standard output, which may be read before all is there.
void print_bytes(const google::protobuf::Message& message) {
  const std::string bytes = trip::bytes_of(message);
  std::fwrite(bytes.data(), 1, bytes.size(), stdout);
}

void price_one(const Options& options) {
  const Pricer pricer(options);
  const std::string result = pricer.price(read_basket(options.basket), options.basket);
  if (options.as_messages()) return print_bytes(message_of(result));
  print_line(result);
}

// One of many results. Lists of one entry after another are the list of all.
void print_entry(const std::string& result, const Options& options) {
  if (!options.as_messages()) return print_line(result);
  v1::ResultList list;
  *list.add_results()->mutable_result() = message_of(result);
  print_bytes(list);
}

void print_refused(const char* what, const Options& options) {
  std::fprintf(stderr, "cartwright: %s\n", printable(what).c_str());
  finish_with(kFailed);
  if (!options.as_messages()) return print_line(json_line({{"error", what}}));
  v1::ResultList list;
  list.add_results()->set_error(what);
  print_bytes(list);
}

void price_many(const Options& options) {
  const Pricer pricer(options);
  BasketReader baskets(options.baskets);
  while (baskets.next()) {
    try {
      print_entry(pricer.price(baskets.text(), baskets.place()), options);
    } catch (const Error& error) {
      print_refused(error.what(), options);
    }
  }
}

}  // namespace

void add_price_command(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("price", "What a basket costs with the best choice of offers.");
  command->add_option("--catalog", options->catalog, "Products: JSON lines, CSV or Protobuf")
      ->required();
  command->add_option("--offers", options->offers, "Offers: JSON or Protobuf")->required();
  CLI::Option* one = command->add_option("--basket", options->basket, "A basket: JSON or Protobuf");
  CLI::Option* many = command->add_option("--baskets", options->baskets,
                                          "Baskets: a JSON object a line, or Protobuf");
  one->excludes(many);
  command->add_option("--rules", options->rules,
                      "Taxes and rounding: JSON; without it no tax is worked out");
  command->add_option("--zone", options->zone,
                      "The store's time zone, such as Europe/Berlin (default: as lines say)");
  command->add_option("--redeem", options->redeem, "A coupon to use that waits to be asked for");
  command->add_option("--budget", options->budget, "States that the search may expand")
      ->capture_default_str();
  command->add_flag("--cash", options->cash, "Round the total to what cash can pay");
  command->add_flag("--explain", options->explain, "Say of every offer why it is not used");
  command->add_option("--format", options->format, "The result as json or protobuf")
      ->check(CLI::IsMember({"json", "protobuf"}))
      ->capture_default_str();
  command->footer(
      "A file that ends in .binpb is the message of cartwright/v1/offers.proto.\n"
      "Prints the result as one line of JSON; with --baskets one for each basket, in order. A\n"
      "basket that is wrong gives {\"error\":...} in its place, and the exit code 1.\n"
      "  cartwright price --catalog products.jsonl --offers offers.json --basket basket.json");
  command->callback([options] {
    if (options->basket.empty() && options->baskets.empty()) {
      throw Error(ErrorKind::invalid_input, "name a basket: --basket FILE or --baskets FILE");
    }
    if (options->baskets.empty()) {
      price_one(*options);
    } else {
      price_many(*options);
    }
  });
}

}  // namespace cartwright::tools
