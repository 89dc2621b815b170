#pragma once

// What is kept of a terminal and its last order, so that a cart that crashed knows what came before
// and what it has seen. Kept as it stands: fixed layout, no padding, masked card numbers only.

#include <cartwright/driver/driver.hpp>

#include "status.hpp"

namespace cartwright::zvt {

enum class Kind : std::uint32_t {
  none,
  // money
  authorize,
  refund,
  reverse,
  preauthorize,
  reverse_preauthorization,
  // questions and service
  baseline,
  lookup,
  repeat_receipt,
  end_of_day,
  diagnose,
  enquire,
  check_health,
  enable,
  log_off
};

constexpr bool moves_money(Kind kind) {
  return kind >= Kind::authorize && kind <= Kind::reverse_preauthorization;
}

// What became of an order.
enum class Fate : std::uint32_t {
  none,      // there was no order
  not_sent,  // no byte of it left, or the terminal never took it: no money moved
  open,      // it left; nobody knows
  approved,  // the terminal has said so, and has not ended it yet
  paid,      // approved and ended
  refused    // the terminal has ended it without money
};

// Where the terminal stands: receipt and trace of its last transaction.
struct Standing {
  std::uint32_t known = 0;  // 1: the two are those of the last transaction
  std::uint32_t receipt = 0;
  std::uint32_t trace = 0;
  std::uint32_t reserved = 0;

  friend bool operator==(const Standing&, const Standing&) = default;
};

struct Ledger {
  static constexpr std::uint32_t current_layout = 1;
  static constexpr std::uint32_t key = 1;  // under which it is kept

  std::uint32_t layout = current_layout;
  Kind kind = Kind::none;
  Fate fate = Fate::none;
  std::uint32_t currency = 0;
  std::int64_t amount_minor = 0;
  std::uint64_t order_key = 0;  // hash of the intent's key, 0: it had none
  Standing standing;
  Standing before;  // when the order was sent
  Facts facts;      // of the order

  // A terminal counts its receipts from 1 to 9999 and begins anew.
  static constexpr std::uint32_t next_receipt(std::uint32_t receipt) {
    return receipt >= 9999 ? 1 : receipt + 1;
  }
};
static_assert(std::is_trivially_copyable_v<Ledger>);
static_assert(sizeof(Ledger) + sizeof(cw_kept) <= CW_KEEP_LIMIT);

// FNV-1a, 64 bits; 0 only for the empty text.
constexpr std::uint64_t hash_of(std::string_view text) {
  if (text.empty()) return 0;
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const char c : text) {
    hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001B3u;
  }
  return hash == 0 ? 1 : hash;
}

}  // namespace cartwright::zvt
