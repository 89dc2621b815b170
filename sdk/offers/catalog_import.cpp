#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <tuple>
#include <utility>

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/sqlite.hpp"
#include "offers/catalog.hpp"
#include "offers/catalog_schema.hpp"
#include "offers/catalog_source.hpp"
#include "offers/product_terms.hpp"

namespace cartwright::offers {
namespace {

constexpr std::string_view kTemporary = "importing-";

class FileDescriptor {
 public:
  FileDescriptor(const std::filesystem::path& file, int flags)
      : fd_(::open(file.c_str(), flags | O_CLOEXEC, 0644)) {
    if (fd_ < 0) {
      throw Error(ErrorKind::unavailable,
                  file.string() + " can not be opened: " + std::strerror(errno));
    }
  }
  ~FileDescriptor() { ::close(fd_); }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

// Held as long as the import runs; the kernel lets go when the process dies.
class ImportLock {
 public:
  explicit ImportLock(const std::filesystem::path& folder)
      : file_(folder / "import.lock", O_RDWR | O_CREAT) {
    if (::flock(file_.get(), LOCK_EX | LOCK_NB) == 0) return;
    throw Error(ErrorKind::conflict,
                "another import into " + folder.string() + " is under way; wait for its end");
  }

 private:
  FileDescriptor file_;
};

// What an import that was killed left behind. Only under the lock.
void remove_leftovers(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> leftovers;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().filename().string().starts_with(kTemporary)) leftovers.push_back(entry.path());
  }
  for (const auto& file : leftovers) std::filesystem::remove(file);
}

// A file that goes with its owner; renaming it away before is no fault.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::filesystem::path path) : path_(std::move(path)) {}
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

std::string terms_of(const Product& product) {
  nlohmann::ordered_json terms;
  write_terms(product, terms);
  return terms.empty() ? std::string() : terms.dump();
}

// Puts products into a new version. The file is worth nothing until it is complete, so it needs no
// journal; it is synced once, at its end.
class Builder {
 public:
  Builder(const std::filesystem::path& file, const ProductRows& rows)
      : rows_(rows),
        database_(prepared(file)),
        transaction_(database_),
        product_(
            database_.prepare("INSERT OR IGNORE INTO product VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)")),
        gtin_(database_.prepare("INSERT OR IGNORE INTO gtin VALUES(?,?,?)")) {}

  void add(const Product& product, std::int64_t row) {
    std::optional<std::int64_t> member_price;
    if (product.member_price) member_price = product.member_price->minor();
    product_
        .bind(row, product.id, product.name, name(product.sold_by), product.price.minor(),
              member_price, product.tax, product.deposit.minor(), joined(product.categories),
              product.discountable, product.min_age, product.location, terms_of(product))
        .run();
    if (database_.changes() == 0) {
      clash("product \"" + product.id + "\"",
            first_row("SELECT line FROM product WHERE id = ?", product.id));
    }
    for (const gs1::Gtin14& gtin : product.gtins) add_gtin(gtin, row, false);
    for (const Pack& pack : product.packs) add_gtin(pack.gtin, row, true);
  }

  // The digest is that of the rows as they will be read.
  std::string finish() {
    transaction_.commit();
    const std::string digest = Catalog(database_.file()).compute_digest();
    database_.prepare("UPDATE meta SET value = ? WHERE name = 'digest'").bind(digest).run();
    return digest;
  }

 private:
  static Database prepared(const std::filesystem::path& file) {
    Database database(file, Database::Durability::normal);
    database.run("PRAGMA journal_mode=DELETE");
    database.run("PRAGMA journal_mode=OFF");
    database.run("PRAGMA synchronous=OFF");
    database.run(("PRAGMA application_id=" + std::to_string(kCatalogApplicationId)).c_str());
    database.run(("PRAGMA user_version=" + std::to_string(kCatalogSchemaVersion)).c_str());
    database.run(kCatalogSchema);
    database.run("INSERT INTO meta VALUES('digest', '')");
    return database;
  }

  void add_gtin(gs1::Gtin14 gtin, std::int64_t row, bool pack) {
    gtin_.bind(gtin.number(), row, pack).run();
    if (database_.changes() > 0) return;
    clash("GTIN " + gtin.text(), first_row("SELECT line FROM gtin WHERE gtin = ?", gtin.number()));
  }

  template <typename Value>
  std::int64_t first_row(const char* query, const Value& value) {
    Statement statement = database_.prepare(query);
    statement.bind(value).step();
    return statement.integer(0);
  }

  [[noreturn]] void clash(const std::string& what, std::int64_t first) const {
    throw Error(ErrorKind::invalid_input, what + " stands twice; first " + rows_.place(first));
  }

  const ProductRows& rows_;
  Database database_;
  Transaction transaction_;
  Statement product_;
  Statement gtin_;
};

CatalogFormat format_of(const std::filesystem::path& file) {
  const std::string ending = file.extension().string();
  if (ending == ".csv") return CatalogFormat::csv;
  if (ending == ".jsonl" || ending == ".ndjson") return CatalogFormat::json_lines;
  throw Error(ErrorKind::invalid_input, file.string() +
                                            " ends in none of .csv, .jsonl, .ndjson; "
                                            "name the format");
}

std::int64_t read_text(const std::filesystem::path& file, CatalogFormat format,
                       const ProductVisitor& visit, const ImportProgress& progress) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    throw Error(ErrorKind::not_found, file.string() + " can not be read: " + std::strerror(errno));
  }
  std::error_code unknown;
  const std::uintmax_t size = std::filesystem::file_size(file, unknown);
  const std::uint64_t total = unknown ? 0 : size;
  return read_catalog(stream, file.string(), format, visit, [&](std::uint64_t bytes) {
    if (progress) progress(bytes, total);
  });
}

std::pair<std::int64_t, std::string> build(const std::filesystem::path& version,
                                           const ProductRows& rows,
                                           const ImportProgress& progress) {
  Builder builder(version, rows);
  const std::int64_t count =
      rows.read([&builder](const Product& product, std::int64_t row) { builder.add(product, row); },
                progress);
  return {count, builder.finish()};
}

void sync(const std::filesystem::path& file) {
  const FileDescriptor descriptor(file, O_RDONLY);
  if (::fsync(descriptor.get()) == 0) return;
  throw Error(ErrorKind::unavailable,
              file.string() + " can not be written to the disk: " + std::strerror(errno));
}

}  // namespace

ImportResult import_catalog(CatalogStore& store, const ProductRows& rows,
                            const ImportProgress& progress) {
  const ImportLock lock(store.folder());
  remove_leftovers(store.folder());
  const TemporaryFile version(store.folder() / (std::string(kTemporary) + random_id()));
  ImportResult result;
  std::tie(result.products, result.digest) = build(version.path(), rows, progress);
  sync(version.path());
  result.changed = store.current() != result.digest;
  store.folder_.adopt(version.path(), result.digest);
  return result;
}

ImportResult import_catalog(CatalogStore& store, const std::filesystem::path& file,
                            std::optional<CatalogFormat> format, const ImportProgress& progress) {
  const CatalogFormat chosen = format ? *format : format_of(file);
  const ProductRows rows{
      .read = [&](const ProductVisitor& visit,
                  const ImportProgress& told) { return read_text(file, chosen, visit, told); },
      .place = [](std::int64_t line) { return "on line " + std::to_string(line); }};
  return import_catalog(store, rows, progress);
}

}  // namespace cartwright::offers
