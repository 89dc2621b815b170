#include "offers/catalog_source.hpp"

#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "offers/catalog_columns.hpp"
#include "offers/catalog_row.hpp"
#include "offers/csv.hpp"
#include "offers/line_reader.hpp"

namespace cartwright::offers {
namespace {

constexpr std::int64_t kRowsPerReport = 4096;

// One row a call, whatever the format.
class RowSource {
 public:
  RowSource(std::istream& stream, CatalogFormat format) : lines_(stream), format_(format) {}

  std::optional<Product> next() { return format_ == CatalogFormat::csv ? next_csv() : next_json(); }
  // Where the row that next() gave or refused begins.
  std::int64_t row_line() const { return row_line_; }
  std::uint64_t bytes() const { return lines_.bytes(); }

 private:
  std::optional<std::string_view> next_line() {
    row_line_ = lines_.line() + 1;
    auto line = lines_.next();
    while (line && line->empty()) {
      row_line_ = lines_.line() + 1;
      line = lines_.next();
    }
    return line;
  }

  std::optional<Product> next_json() {
    const auto line = next_line();
    if (!line) return std::nullopt;
    return product_of_json(*line);
  }

  bool next_record() {
    record_.clear();
    std::optional<std::string_view> line = next_line();
    if (!line) return false;
    std::size_t size = line->size();
    while (!record_.add_line(*line)) {
      line = lines_.next();
      if (!line)
        throw Error(ErrorKind::invalid_input, "a quoted field of this row is never closed");
      size += line->size() + 1;
      if (size > LineReader::kMaxLine) {
        throw Error(ErrorKind::invalid_input, "a quoted field of this row does not end");
      }
    }
    return true;
  }

  std::optional<Product> next_csv() {
    if (!columns_) {
      if (!next_record()) return std::nullopt;
      columns_.emplace(record_.fields());
    }
    if (!next_record()) return std::nullopt;
    return columns_->product_of(record_.fields());
  }

  LineReader lines_;
  CatalogFormat format_;
  CsvRecord record_;
  std::optional<CsvColumns> columns_;
  std::int64_t row_line_ = 0;
};

}  // namespace

std::int64_t read_catalog(std::istream& stream, const std::string& name, CatalogFormat format,
                          const ProductVisitor& visit,
                          const std::function<void(std::uint64_t)>& progress) {
  RowSource rows(stream, format);
  std::int64_t count = 0;
  try {
    while (const auto product = rows.next()) {
      visit(*product, rows.row_line());
      ++count;
      if (progress && count % kRowsPerReport == 0) progress(rows.bytes());
    }
  } catch (const Error& error) {
    throw Error(error.kind(), name + ":" + std::to_string(rows.row_line()) + ": " + error.what());
  }
  if (count == 0) throw Error(ErrorKind::invalid_input, name + " holds no products");
  if (progress) progress(rows.bytes());
  return count;
}

}  // namespace cartwright::offers
