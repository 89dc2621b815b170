#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "cartwright/v1/policy.pb.h"

namespace cartwright::journey {

// A set of purposes. The bits are stored and never change their meaning: bit n is Purpose n.
class Purposes {
 public:
  constexpr Purposes() = default;
  constexpr Purposes(std::initializer_list<v1::Purpose> purposes) {
    for (const v1::Purpose purpose : purposes) *this = with(purpose);
  }
  // Bits that name no purpose of this schema are kept: a set written by a later version stays
  // whole.
  static constexpr Purposes from_bits(std::uint32_t bits) {
    Purposes set;
    set.bits_ = bits & ~1U;
    return set;
  }
  // Every purpose that the schema names.
  static Purposes all();

  constexpr std::uint32_t bits() const { return bits_; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr bool has(v1::Purpose purpose) const {
    return purpose > 0 && purpose < 32 && (bits_ >> static_cast<unsigned>(purpose) & 1U) != 0;
  }
  constexpr Purposes with(v1::Purpose purpose) const {
    return purpose > 0 && purpose < 32 ? from_bits(bits_ | 1U << static_cast<unsigned>(purpose))
                                       : *this;
  }
  constexpr Purposes with(Purposes others) const { return from_bits(bits_ | others.bits_); }
  constexpr Purposes without(Purposes others) const { return from_bits(bits_ & ~others.bits_); }
  constexpr bool touches(Purposes others) const { return (bits_ & others.bits_) != 0; }
  std::vector<v1::Purpose> list() const;
  friend constexpr bool operator==(Purposes, Purposes) = default;

 private:
  std::uint32_t bits_ = 0;
};

// The highest level that a granted purpose carries by its policy: 0 without a grant.
std::uint32_t level_of(Purposes granted);

// What the shopper agreed to.
struct Consent {
  Purposes granted;
  std::string notice_version;
  // Only where PROFILE is granted; cleared by the filter otherwise.
  std::string profile_id;
};

// Clears every field of a journey message that the granted purposes do not cover, at any depth: the
// one place where field classes are enforced. RECORD stays; JOURNEY stays if one of its purposes is
// granted; SALE, fields without a class and fields unknown to this schema are cleared. Pure.
void keep_granted(google::protobuf::Message& message, Purposes granted);

}  // namespace cartwright::journey
