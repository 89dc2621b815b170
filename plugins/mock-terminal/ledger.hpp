#pragma once

#include <cartwright/driver/driver.hpp>

#include <algorithm>

namespace cartwright::mock {

enum class Kind : std::uint32_t { none, sale, refund };
enum class Stage : std::uint32_t { none, open, approved, declined, aborted, reversed };

// One transaction as the terminal itself would remember it.
struct Transaction {
  std::int64_t amount_minor = 0;
  std::uint32_t currency = 0;
  Kind kind = Kind::none;
  Stage stage = Stage::none;
  Stage comes_to = Stage::none;  // of an open one
  std::uint32_t trace = 0;
  std::uint32_t receipt = 0;  // 0: none
  std::uint32_t text_size = 0;
  std::uint32_t reserved = 0;
  std::array<char, 56> text_bytes{};

  std::string_view text() const { return {text_bytes.data(), text_size}; }
  // Longer texts are cut; the scenario's line shows the whole.
  void set_text(std::string_view text) {
    text_size = static_cast<std::uint32_t>(std::min(text.size(), text_bytes.size()));
    for (std::uint32_t i = 0; i < text_size; ++i) text_bytes[i] = text[i];
  }
};

// What outlives a crash of the cart: the counters, the turnover of the day and the last
// transactions, newest first. Kept as it stands, so it has no padding.
struct Ledger {
  static constexpr std::uint32_t current_layout = 2;
  std::uint32_t layout = current_layout;
  std::uint32_t last_trace = 0;
  std::uint32_t last_receipt = 0;
  std::uint32_t handed_in = 0;          // the last receipt that an end of day has handed in
  std::int64_t turnover_minor = 0;      // since then: sales less refunds and reversals
  std::uint32_t turnover_currency = 0;  // 0: it had none
  std::uint32_t mixed = 0;              // 1: it had several, so there is no sum
  std::array<Transaction, 8> recent{};

  void open(Transaction transaction) {
    for (std::size_t i = recent.size() - 1; i > 0; --i) recent[i] = recent[i - 1];
    transaction.trace = ++last_trace;
    transaction.stage = Stage::open;
    recent[0] = transaction;
  }
  bool is_open() const { return recent[0].stage == Stage::open; }

  // The open transaction comes to what it was to come to; an approved one gets its receipt.
  const Transaction& settle() {
    Transaction& last = recent[0];
    last.stage = last.comes_to;
    if (last.stage == Stage::approved) {
      last.receipt = ++last_receipt;
      book(last, 1);
    }
    return last;
  }
  // An approved one was not to be.
  void reverse(Transaction& transaction) {
    transaction.stage = Stage::reversed;
    book(transaction, -1);
  }
  // The turnover begins anew; what made it up can not be undone any more.
  void hand_in() {
    handed_in = last_receipt;
    turnover_minor = 0;
    turnover_currency = mixed = 0;
  }

  // The newest of this amount after the baseline's trace; currency 0 fits any.
  const Transaction* find(std::int64_t amount_minor, std::uint32_t currency,
                          std::uint32_t after_trace) const {
    for (const Transaction& one : recent) {
      if (one.stage == Stage::none || one.trace <= after_trace) return nullptr;
      if (one.amount_minor == amount_minor && (currency == 0 || one.currency == currency)) {
        return &one;
      }
    }
    return nullptr;
  }
  Transaction* approved_with(std::uint32_t receipt) {
    for (Transaction& one : recent) {
      if (one.stage == Stage::approved && one.receipt == receipt) return &one;
    }
    return nullptr;
  }

 private:
  void book(const Transaction& transaction, std::int64_t times) {
    const std::int64_t sign = transaction.kind == Kind::refund ? -times : times;
    turnover_minor += sign * transaction.amount_minor;
    if (turnover_currency != 0 && turnover_currency != transaction.currency) mixed = 1;
    turnover_currency = transaction.currency;
  }
};
static_assert(std::has_unique_object_representations_v<Ledger>);
static_assert(sizeof(Ledger) + sizeof(cw_kept) <= CW_KEEP_LIMIT);

}  // namespace cartwright::mock
