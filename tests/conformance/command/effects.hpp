#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "process.hpp"

namespace cartwright::conformance {

using Json = nlohmann::ordered_json;
using Strings = std::vector<std::string>;

inline Strings lines_of(const std::string& text) {
  Strings lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// `cartwright decode ...` to its end, which must be a good one: its lines as they stand. The
// contract is one of bytes: keys, their order and their form count.
inline Strings decode(Strings arguments) {
  arguments.insert(arguments.begin(), "decode");
  const Result result = run(arguments);
  EXPECT_EQ(result.code, 0) << result.errors;
  EXPECT_EQ(result.errors, "");
  return lines_of(result.output);
}

inline std::string send(const std::string& hex) {
  return R"({"effect":"send","hex":")" + hex + R"("})";
}
inline std::string done(int op, const std::string& status) {
  return R"({"effect":"done","op":)" + std::to_string(op) + R"(,"status":")" + status + R"("})";
}
inline std::string scale_status(const std::string& status) {
  return R"({"effect":"event","type":"scale.status","status":")" + status + R"("})";
}
inline std::string pending(const std::string& hex) {
  return R"({"effect":"pending","hex":")" + hex + R"("})";
}

// Of a driver whose link is sensitive.
inline std::string pending_bytes(std::size_t count) {
  return R"({"effect":"pending","bytes":)" + std::to_string(count) + "}";
}

inline std::string hex_of(const std::string& text) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string hex;
  for (const char c : text) {
    hex += digits[static_cast<unsigned char>(c) >> 4];
    hex += digits[static_cast<unsigned char>(c) & 15];
  }
  return hex;
}

}  // namespace cartwright::conformance
