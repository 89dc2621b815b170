#include "base/config.hpp"

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include <algorithm>
#include <sstream>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/nearest.hpp"

namespace cartwright {

struct ConfigTable::Document {
  std::string file;
  toml::table root;
};

namespace {

const toml::table* table_of(const void* node) {
  return static_cast<const toml::table*>(node);
}

const toml::node* find(const void* node, std::string_view key) {
  return node == nullptr ? nullptr : table_of(node)->get(key);
}

const char* type_name(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::string:
      return "text";
    case toml::node_type::integer:
      return "a whole number";
    case toml::node_type::floating_point:
      return "a number with a point";
    case toml::node_type::boolean:
      return "true or false";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::table:
      return "a table";
    default:
      return "a date or time";
  }
}

}  // namespace

ConfigTable::ConfigTable(std::shared_ptr<const Document> document, const void* node,
                         std::string name)
    : document_(std::move(document)), node_(node), name_(std::move(name)) {}

ConfigTable ConfigTable::read(const std::filesystem::path& file) {
  return parse(read_file(file), file.string());
}

ConfigTable ConfigTable::parse(std::string_view text, const std::string& name) {
  auto document = std::make_shared<Document>();
  document->file = name;
  try {
    document->root = toml::parse(text, name);
  } catch (const toml::parse_error& error) {
    throw Error(ErrorKind::invalid_input, name + ":" + std::to_string(error.source().begin.line) +
                                              ": " + std::string(error.description()));
  }
  const void* root = &document->root;
  return ConfigTable(std::move(document), root, "the top of the file");
}

bool ConfigTable::has(std::string_view key) const {
  return find(node_, key) != nullptr;
}

std::string ConfigTable::place(std::string_view key) const {
  const toml::node* node = key.empty() ? nullptr : find(node_, key);
  if (node == nullptr) node = table_of(node_);
  const auto line = node == nullptr ? 0 : node->source().begin.line;
  return document_->file + ":" + std::to_string(line == 0 ? 1 : line);
}

void ConfigTable::fail(std::string_view key, const std::string& what) const {
  throw Error(ErrorKind::invalid_input, place(key) + ": " + what);
}

namespace {

template <typename T>
std::optional<T> value_of(const ConfigTable& table, const toml::node* node, std::string_view key,
                          const char* wanted) {
  if (node == nullptr) return std::nullopt;
  if (const auto value = node->value_exact<T>()) return *value;
  table.fail(key,
             "key \"" + std::string(key) + "\" must be " + wanted + ", not " + type_name(*node));
}

}  // namespace

std::optional<std::string> ConfigTable::text(std::string_view key) {
  asked_.emplace(key);
  return value_of<std::string>(*this, find(node_, key), key, "text in quotes");
}

std::optional<std::int64_t> ConfigTable::integer(std::string_view key) {
  asked_.emplace(key);
  return value_of<std::int64_t>(*this, find(node_, key), key, "a whole number");
}

std::optional<bool> ConfigTable::boolean(std::string_view key) {
  asked_.emplace(key);
  return value_of<bool>(*this, find(node_, key), key, "true or false");
}

std::vector<std::string> ConfigTable::texts(std::string_view key) {
  asked_.emplace(key);
  const toml::node* node = find(node_, key);
  std::vector<std::string> values;
  if (node == nullptr) return values;
  const toml::array* list = node->as_array();
  if (list == nullptr) fail(key, "key \"" + std::string(key) + "\" must be a list of texts");
  for (const toml::node& item : *list) {
    const auto value = item.value_exact<std::string>();
    if (!value) fail(key, "list \"" + std::string(key) + "\" may hold texts only");
    values.push_back(*value);
  }
  return values;
}

ConfigTable ConfigTable::table(std::string_view key) {
  asked_.emplace(key);
  const toml::node* node = find(node_, key);
  if (node != nullptr && !node->is_table()) {
    fail(key, "key \"" + std::string(key) + "\" must be a table, not " + type_name(*node));
  }
  return ConfigTable(document_, node == nullptr ? nullptr : node->as_table(),
                     "[" + std::string(key) + "]");
}

std::vector<ConfigTable> ConfigTable::tables(std::string_view key) {
  asked_.emplace(key);
  std::vector<ConfigTable> result;
  const toml::node* node = find(node_, key);
  if (node == nullptr) return result;
  const toml::array* list = node->as_array();
  if (list == nullptr) fail(key, "write [[" + std::string(key) + "]] for each of these tables");
  for (const toml::node& item : *list) {
    if (!item.is_table()) fail(key, "write [[" + std::string(key) + "]] for each of these tables");
    result.push_back(ConfigTable(document_, item.as_table(), "[[" + std::string(key) + "]]"));
  }
  return result;
}

void ConfigTable::fail_missing(std::string_view key) const {
  const std::string missing = "key \"" + std::string(key) + "\" is missing in " + name_;
  const std::vector<std::string> names = keys();
  std::vector<std::string_view> others;
  for (const std::string& name : names) {
    if (!asked_.contains(name)) others.push_back(name);
  }
  const std::string meant = nearest(key, others);
  if (meant.empty()) fail({}, missing);
  fail(meant, missing + "; is \"" + meant + "\" meant to be it?");
}

std::string ConfigTable::required_text(std::string_view key) {
  if (auto value = text(key)) return *value;
  fail_missing(key);
}

std::int64_t ConfigTable::required_integer(std::string_view key) {
  if (auto value = integer(key)) return *value;
  fail_missing(key);
}

std::vector<std::string> ConfigTable::keys() const {
  std::vector<std::pair<toml::source_position, std::string>> found;
  if (node_ != nullptr) {
    for (const auto& [key, node] : *table_of(node_)) {
      found.emplace_back(key.source().begin, std::string(key.str()));
    }
  }
  std::sort(found.begin(), found.end());
  std::vector<std::string> names;
  for (auto& [position, name] : found) names.push_back(std::move(name));
  return names;
}

std::string ConfigTable::json() {
  if (node_ == nullptr) return "{}";
  for (const std::string& key : keys()) asked_.emplace(key);
  std::ostringstream out;
  out << toml::json_formatter(*table_of(node_));
  return std::move(out).str();
}

void ConfigTable::finish() const {
  const std::vector<std::string_view> known(asked_.begin(), asked_.end());
  for (const std::string& key : keys()) {
    if (asked_.contains(key)) continue;
    fail(key, "unknown key \"" + key + "\" in " + name_ + did_you_mean(key, known));
  }
}

}  // namespace cartwright
