#include "tools/price_files.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/strict_json.hpp"
#include "cartwright/v1/offers.pb.h"
#include "offers/catalog_row.hpp"
#include "trip/message_bytes.hpp"
#include "trip/message_json.hpp"

namespace cartwright::tools {
namespace {

template <typename Message>
std::string json_of_bytes(std::string_view bytes, const std::string& name) {
  Message message;
  trip::read_bytes(bytes, name, message);
  return trip::json_of(message);
}

template <typename Message>
std::string read_text(const std::filesystem::path& file) {
  std::string content = read_file(file);
  return holds_messages(file) ? json_of_bytes<Message>(content, file.string()) : content;
}

std::string place_of(const std::string& file, const char* list, std::size_t at) {
  return file + ": " + list + "[" + std::to_string(at) + "]";
}

offers::Product product_of(std::string_view row, const std::string& place) {
  v1::CatalogRow message;
  trip::read_bytes(row, place, message);
  try {
    return offers::product_of_json(trip::json_of(message));
  } catch (const Error& error) {
    const std::string& id = message.product();
    throw Error(error.kind(),
                place + (id.empty() ? "" : " " + shown_json(id)) + ": " + error.what());
  }
}

std::int64_t read_rows(const std::filesystem::path& file, const offers::ProductVisitor& visit,
                       const offers::ImportProgress& progress) {
  const std::string bytes = read_file(file);
  std::int64_t count = 0;
  for (const std::string_view row :
       trip::split_entries(bytes, file.string(), *v1::CatalogFile::descriptor())) {
    const std::string place = place_of(file.string(), "rows", static_cast<std::size_t>(count));
    const offers::Product product = product_of(row, place);
    try {
      visit(product, count);
    } catch (const Error& error) {
      throw Error(error.kind(), place + ": " + error.what());
    }
    ++count;
  }
  if (count == 0) throw Error(ErrorKind::invalid_input, file.string() + " holds no products");
  if (progress) progress(bytes.size(), bytes.size());
  return count;
}

}  // namespace

bool holds_messages(const std::filesystem::path& file) {
  return file.extension() == ".binpb";
}

offers::ProductRows message_rows(const std::filesystem::path& file) {
  return {
      .read = [file](const offers::ProductVisitor& visit,
                     const offers::ImportProgress& told) { return read_rows(file, visit, told); },
      .place = [](std::int64_t row) { return "in rows[" + std::to_string(row) + "]"; }};
}

offers::ProductTable read_products(const std::filesystem::path& file) {
  if (!holds_messages(file)) return offers::ProductTable::read(file);
  std::vector<offers::Product> products;
  message_rows(file).read(
      [&](const offers::Product& product, std::int64_t) { products.push_back(product); }, {});
  try {
    return offers::ProductTable(std::move(products));
  } catch (const Error& error) {
    throw Error(error.kind(), file.string() + ": " + error.what());
  }
}

std::string read_offers(const std::filesystem::path& file) {
  return read_text<v1::OfferFile>(file);
}

std::string read_basket(const std::filesystem::path& file) {
  return read_text<v1::BasketFile>(file);
}

BasketReader::BasketReader(const std::filesystem::path& file)
    : file_(file.string()),
      holds_messages_(holds_messages(file)),
      stream_(file, std::ios::binary),
      lines_(stream_) {
  if (!stream_) throw Error(ErrorKind::not_found, file_ + " can not be read");
  if (!holds_messages_) return;
  bytes_ = read_file(file);
  baskets_ = trip::split_entries(bytes_, file_, *v1::BasketList::descriptor());
}

bool BasketReader::next() {
  if (!holds_messages_) return next_line();
  if (taken_ == baskets_.size()) return false;
  basket_ = baskets_[taken_++];
  return true;
}

bool BasketReader::next_line() {
  try {
    auto line = lines_.next();
    while (line && line->empty()) line = lines_.next();
    if (line) basket_ = *line;
    return line.has_value();
  } catch (const Error& error) {
    throw Error(error.kind(), place() + ": " + error.what());
  }
}

std::string BasketReader::text() const {
  return holds_messages_ ? json_of_bytes<v1::BasketFile>(basket_, place()) : std::string(basket_);
}

std::string BasketReader::place() const {
  if (holds_messages_) return place_of(file_, "baskets", taken_ - 1);
  return file_ + ":" + std::to_string(lines_.line());
}

}  // namespace cartwright::tools
