#include "cart/terminal_records.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace cartwright::cart {
namespace {

host::Record order(std::uint32_t type, std::int64_t amount_minor, std::uint32_t currency,
                   std::uint32_t receipt, std::uint32_t trace, std::string_view key) {
  host::RecordBuilder build(type, sizeof(cw_terminal_order));
  build.set(offsetof(cw_terminal_order, amount_minor), amount_minor);
  build.set(offsetof(cw_terminal_order, currency), currency);
  build.set(offsetof(cw_terminal_order, receipt), receipt);
  build.set(offsetof(cw_terminal_order, trace), trace);
  build.span(offsetof(cw_terminal_order, key), as_bytes(key));
  return build.take();
}

std::uint32_t number_of(const std::string& text) {
  return text.empty() ? 0 : static_cast<std::uint32_t>(std::strtoul(text.c_str(), nullptr, 10));
}

std::string span_text(const host::Record& result, const cw_span& span) {
  return result.empty() ? std::string()
                        : std::string(as_text(host::span_bytes(result.header(), span)));
}

}  // namespace

host::Record baseline_order(std::uint32_t currency) {
  return order(CW_TERMINAL_BASELINE, 0, currency, 0, 0, {});
}

host::Record authorize_order(const trip::Payment& payment, std::uint32_t currency) {
  return order(CW_TERMINAL_AUTHORIZE, payment.intended.minor(), currency, 0, 0, payment.key);
}

host::Record lookup_order(const trip::Payment& payment, std::uint32_t currency) {
  return order(CW_TERMINAL_LOOKUP, payment.intended.minor(), currency,
               number_of(payment.baseline_receipt), number_of(payment.baseline_trace), payment.key);
}

cw_terminal_facts facts_of(const host::Record& result) {
  cw_terminal_facts facts{};
  if (!result.empty() && result.type() == CW_TERMINAL_RESULT) {
    const std::size_t known = std::min<std::size_t>(result.header().fixed_size, sizeof facts);
    std::memcpy(&facts, result.bytes().data(), known);
  }
  return facts;
}

std::string text_of(const host::Record& result) {
  return span_text(result, facts_of(result).text);
}

std::string number(const cw_terminal_facts& facts, std::uint32_t bit, std::uint32_t value) {
  return (facts.has & bit) != 0 ? std::to_string(value) : std::string();
}

v1::CardFacts card_of(const host::Record& result) {
  const cw_terminal_facts facts = facts_of(result);
  v1::CardFacts card;
  card.set_receipt(number(facts, CW_HAS_RECEIPT, facts.receipt));
  card.set_trace(number(facts, CW_HAS_TRACE, facts.trace));
  card.set_brand(span_text(result, facts.card));
  card.set_masked_pan(span_text(result, facts.pan_masked));
  return card;
}

std::string misfit(const cw_terminal_facts& facts, const trip::Payment& payment,
                   std::uint32_t currency) {
  if ((facts.has & CW_HAS_CURRENCY) != 0 && facts.currency != currency) {
    return "the terminal approved in currency " + std::to_string(facts.currency) + " instead of " +
           std::to_string(currency);
  }
  if ((facts.has & CW_HAS_AMOUNT) != 0 &&
      (facts.amount_minor <= 0 || facts.amount_minor > payment.intended.minor())) {
    return "the terminal approved " + std::to_string(facts.amount_minor) + " instead of " +
           std::to_string(payment.intended.minor()) + ", receipt " +
           number(facts, CW_HAS_RECEIPT, facts.receipt);
  }
  return {};
}

}  // namespace cartwright::cart
