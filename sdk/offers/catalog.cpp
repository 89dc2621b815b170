#include "offers/catalog.hpp"

#include <sodium.h>

#include <array>

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/hex.hpp"
#include "base/sqlite.hpp"
#include "offers/catalog_row.hpp"
#include "offers/catalog_schema.hpp"
#include "offers/product_terms.hpp"

namespace cartwright::offers {
namespace {

constexpr std::string_view kColumns =
    "SELECT product.line, id, name, sold_by, price_minor, member_price_minor, tax, deposit_minor,"
    " categories, discountable, min_age, location, terms FROM product ";

std::vector<std::string> split_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t start = 0;
  while (start < text.size()) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

std::int64_t pragma(Database& database, const char* name) {
  Statement statement = database.prepare(std::string("PRAGMA ") + name);
  statement.step();
  return statement.integer(0);
}

Database open_checked(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) {
    throw Error(ErrorKind::not_found, "catalog " + file.string() + " does not exist");
  }
  Database database = Database::open_read_only(file);
  if (pragma(database, "application_id") != kCatalogApplicationId) {
    throw Error(ErrorKind::corrupt, file.string() + " is no catalog; import it again");
  }
  const std::int64_t version = pragma(database, "user_version");
  if (version != kCatalogSchemaVersion) {
    throw Error(ErrorKind::corrupt, "catalog " + file.string() + " has schema " +
                                        std::to_string(version) + ", this program reads " +
                                        std::to_string(kCatalogSchemaVersion) +
                                        "; import it again");
  }
  return database;
}

}  // namespace

struct Catalog::Impl {
  explicit Impl(const std::filesystem::path& file)
      : database(open_checked(file)),
        by_gtin(database.prepare(std::string(kColumns) +
                                 "JOIN gtin ON gtin.line = product.line WHERE gtin.gtin = ?")),
        by_id(database.prepare(std::string(kColumns) + "WHERE id = ?")),
        gtins(database.prepare("SELECT gtin FROM gtin WHERE line = ? AND pack = 0 ORDER BY gtin")) {
  }

  std::string meta(std::string_view name) {
    Statement statement = database.prepare("SELECT value FROM meta WHERE name = ?");
    if (statement.bind(name).step()) return statement.text(0);
    throw Error(ErrorKind::corrupt, "catalog " + database.file().string() + " has no " +
                                        std::string(name) + "; import it again");
  }

  Product product_of(const Statement& row) {
    Product product;
    gtins.bind(row.integer(0));
    while (gtins.step()) {
      if (const auto gtin = gs1::Gtin14::from_number(gtins.integer(0))) {
        product.gtins.push_back(*gtin);
      }
    }
    gtins.reset();
    product.id = row.text(1);
    product.name = row.text(2);
    product.sold_by = sold_by_of_name(row.text(3)).value_or(SoldBy::piece);
    product.price = Money(row.integer(4));
    if (!row.is_null(5)) product.member_price = Money(row.integer(5));
    product.tax = row.text(6);
    product.deposit = Money(row.integer(7));
    product.categories = split_lines(row.text(8));
    product.discountable = row.integer(9) != 0;
    product.min_age = static_cast<int>(row.integer(10));
    product.location = row.text(11);
    if (const std::string terms = row.text(12); !terms.empty()) {
      read_terms(nlohmann::json::parse(terms), "key", product);
    }
    return product;
  }

  std::optional<Product> one(Statement& statement) {
    std::optional<Product> product;
    if (statement.step()) product = product_of(statement);
    statement.reset();
    return product;
  }

  Database database;
  Statement by_gtin;
  Statement by_id;
  Statement gtins;
  std::string digest;
};

Catalog::Catalog(const std::filesystem::path& file) : impl_(std::make_unique<Impl>(file)) {
  impl_->digest = impl_->meta("digest");
}
Catalog::~Catalog() = default;
Catalog::Catalog(Catalog&&) noexcept = default;
Catalog& Catalog::operator=(Catalog&&) noexcept = default;

std::optional<Product> Catalog::find(gs1::Gtin14 gtin) const {
  return impl_->one(impl_->by_gtin.bind(gtin.number()));
}

std::optional<Product> Catalog::find(std::string_view product) const {
  return impl_->one(impl_->by_id.bind(product));
}

std::int64_t Catalog::products() const {
  Statement count = impl_->database.prepare("SELECT count(*) FROM product");
  count.step();
  return count.integer(0);
}

void Catalog::each(const std::function<void(const Product&)>& visit) const {
  Statement all = impl_->database.prepare(std::string(kColumns) + "ORDER BY id");
  while (all.step()) visit(impl_->product_of(all));
}

const std::string& Catalog::digest() const {
  return impl_->digest;
}

std::string Catalog::compute_digest() const {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  each([&state](const Product& product) {
    const std::string row = canonical_row(product) + "\n";
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(row.data()),
                              row.size());
  });
  Digest digest{};
  crypto_hash_sha256_final(&state, reinterpret_cast<unsigned char*>(digest.data()));
  return to_hex(digest);
}

}  // namespace cartwright::offers
