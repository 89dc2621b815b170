#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cart/units.hpp"

namespace cartwright::cart::testing {

// The device world as a test writes it: takes commands down and answers when it is told to.
class ScriptedUnits : public Units {
 public:
  struct Given {
    std::string unit;
    host::Record record;
    Deadlines deadlines;
    std::uint64_t op = 0;
    Done done;
  };

  void add(const std::string& unit, std::string_view class_id, bool up = true) {
    units_.emplace_back(unit, class_id);
    if (up) up_.insert(unit);
  }
  void set_up(const std::string& unit, bool up) {
    if (up) {
      up_.insert(unit);
    } else {
      up_.erase(unit);
    }
  }

  std::uint64_t command(const std::string& unit, host::Record record, Deadlines deadlines,
                        Done done) override {
    types.push_back(record.type());
    open.push_back({unit, std::move(record), deadlines, ++last_op_, std::move(done)});
    return last_op_;
  }
  void cancel(const std::string&, std::uint64_t op) override { cancelled.push_back(op); }
  std::uint64_t add_blob(const std::string&, Bytes content) override {
    blobs[++last_blob_] = std::move(content);
    return last_blob_;
  }
  void remove_blob(const std::string&, std::uint64_t blob) override { blobs.erase(blob); }
  std::optional<std::string> first_of(std::string_view class_id) const override {
    const auto all = all_of(class_id);
    return all.empty() ? std::nullopt : std::optional(all.front());
  }
  std::vector<std::string> all_of(std::string_view class_id) const override {
    std::vector<std::string> names;
    for (const auto& [unit, of] : units_) {
      if (of == class_id) names.push_back(unit);
    }
    return names;
  }
  bool is_up(const std::string& unit) const override { return up_.contains(unit); }

  // Ends the oldest open command.
  void answer(std::int32_t status, const host::Record& result = {}) {
    Given given = std::move(open.at(0));
    open.pop_front();
    given.done(status, result);
  }
  const Given& waiting() const { return open.at(0); }
  // How many commands of this type were ever given.
  std::size_t count(std::uint32_t type) const {
    return static_cast<std::size_t>(std::count(types.begin(), types.end(), type));
  }

  std::deque<Given> open;
  std::vector<std::uint32_t> types;
  std::vector<std::uint64_t> cancelled;
  std::map<std::uint64_t, Bytes> blobs;

 private:
  std::vector<std::pair<std::string, std::string>> units_;
  std::set<std::string> up_;
  std::uint64_t last_op_ = 0;
  std::uint64_t last_blob_ = 0;
};

}  // namespace cartwright::cart::testing
