#pragma once

// The specification's codes in words for a person.

#include <cartwright/driver/fixed.hpp>

#include <cstdint>
#include <string_view>

namespace cartwright::zvt {

struct CodeWord {
  std::uint8_t code;
  std::string_view text;
};

namespace detail {

constexpr std::string_view find(const CodeWord* from, const CodeWord* to, std::uint8_t code,
                                std::string_view otherwise) {
  for (; from != to; ++from) {
    if (from->code == code) return from->text;
  }
  return otherwise;
}

// PA00P015, "Error-Messages". 01 to 63 (hexadecimal) come from the network operator.
inline constexpr CodeWord results[] = {
    {0x64, "card not readable"},
    {0x65, "no card data"},
    {0x66, "processing error"},
    {0x67, "not permitted for this debit card"},
    {0x68, "not permitted for this card"},
    {0x6A, "turnover file full"},
    {0x6B, "the terminal is not registered"},
    {0x6C, "aborted by key or timeout"},
    {0x6E, "card blocked"},
    {0x6F, "wrong currency"},
    {0x71, "credit not sufficient"},
    {0x72, "chip error"},
    {0x73, "card data incorrect"},
    {0x74, "the key of the terminal is used up"},
    {0x75, "the text is not authentic"},
    {0x76, "this card is not on the list"},
    {0x77, "end of day not possible"},
    {0x78, "card expired"},
    {0x79, "card not yet valid"},
    {0x7A, "card unknown"},
    {0x7B, "the magnetic stripe can not be used"},
    {0x7C, "the magnetic stripe can not be used"},
    {0x7D, "communication error"},
    {0x7E, "the magnetic stripe can not be used"},
    {0x83, "function not possible"},
    {0x85, "key missing"},
    {0x89, "PIN pad defective"},
    {0x9A, "protocol error"},
    {0x9B, "communication fault"},
    {0x9C, "please wait"},
    {0xA0, "receiver not ready"},
    {0xA1, "the remote station does not answer"},
    {0xA3, "no connection"},
    {0xA4, "GeldKarte not handed in"},
    {0xA5, "not allowed by the security rules"},
    {0xB1, "memory full"},
    {0xB2, "journal full"},
    {0xB4, "already reversed"},
    {0xB5, "reversal not possible"},
    {0xB7, "wrong amount for the pre-authorisation"},
    {0xB8, "pre-authorisation wrong"},
    {0xBF, "supply voltage too low"},
    {0xC0, "card lock defective"},
    {0xC1, "merchant card locked"},
    {0xC2, "diagnosis required"},
    {0xC3, "largest amount exceeded"},
    {0xC4, "card profile invalid"},
    {0xC5, "payment method not supported"},
    {0xC6, "currency not applicable"},
    {0xC8, "amount too small"},
    {0xC9, "largest amount of a transaction too small"},
    {0xCB, "possible in euros only"},
    {0xCC, "printer not ready"},
    {0xCD, "cashback not possible"},
    {0xD2, "not permitted for this service card"},
    {0xDC, "a card is inserted"},
    {0xDD, "the card can not be ejected"},
    {0xDE, "the card can not be drawn in"},
    {0xE0, "remote maintenance"},
    {0xE2, "card reader defective"},
    {0xE3, "the shutter is closed"},
    {0xE4, "the terminal must be activated"},
    {0xE7, "goods group not found"},
    {0xE8, "no table of goods groups"},
    {0xE9, "restriction not permitted"},
    {0xEA, "card code not permitted"},
    {0xEB, "PIN algorithm unknown"},
    {0xEC, "PIN processing not possible"},
    {0xED, "PIN pad defective"},
    {0xF0, "an end of day is open"},
    {0xF1, "offline error"},
    {0xF5, "personalisation error"},
    {0xF6, "personalisation needed"},
    {0xFA, "offline transactions not sent"},
    {0xFB, "turnover record defective"},
    {0xFC, "device missing or defective"},
    {0xFD, "baud rate not supported"},
    {0xFE, "unknown register"},
    {0xFF, "system error"},
};

// PA00P015, "Intermediate Status-Information". 41 to 5D and 66, 67 are those 40 lower with "remove
// card"; 4A, which would ask for one more card, has no words.
inline constexpr CodeWord intermediates[] = {
    {0x00, "waiting for the amount to be confirmed"},
    {0x01, "please watch the PIN pad"},
    {0x02, "please watch the PIN pad"},
    {0x03, "not accepted"},
    {0x04, "waiting for the host"},
    {0x05, "the terminal reverses by itself"},
    {0x06, "the terminal books"},
    {0x07, "card not admitted"},
    {0x08, "card unknown"},
    {0x09, "card expired"},
    {0x0A, "insert card"},
    {0x0B, "please remove the card"},
    {0x0C, "card not readable"},
    {0x0D, "processing error"},
    {0x0E, "please wait"},
    {0x0F, "the terminal begins its end of day"},
    {0x10, "card invalid"},
    {0x11, "balance shown"},
    {0x12, "system malfunction"},
    {0x13, "payment not possible"},
    {0x14, "credit not sufficient"},
    {0x15, "wrong PIN"},
    {0x16, "limit not sufficient"},
    {0x17, "please wait"},
    {0x18, "PIN tries used up"},
    {0x19, "card data incorrect"},
    {0x1A, "service mode"},
    {0x1B, "approved"},
    {0x1C, "approved, please take the goods"},
    {0x1D, "declined"},
    {0x26, "waiting for the mobile number"},
    {0x27, "waiting for the mobile number once more"},
    {0x28, "currency is being chosen"},
    {0x29, "language is being chosen"},
    {0x2A, "insert the card to be loaded"},
    {0x2B, "emergency transaction, please wait"},
    {0x2C, "application is being chosen"},
    {0x68, "card inserted"},
    {0x69, "please choose the currency"},
    {0xC7, "waiting for the mileage"},
    {0xC8, "waiting for staff"},
    {0xC9, "the terminal begins a diagnosis"},
    {0xCA, "the terminal begins its initialisation"},
    {0xCB, "journal full"},
    {0xCC, "PIN needed"},
    {0xD2, "connecting"},
    {0xD3, "connected"},
    {0xE0, "application is being chosen"},
    {0xE1, "language is being chosen"},
    {0xE2, "please clean the card reader"},
    {0xF1, "offline"},
    {0xF2, "online"},
    {0xF3, "offline transaction"},
};

// "List of ZVT-card-type IDs", the usual ones.
inline constexpr CodeWord card_types[] = {
    {2, "ec card"}, {5, "girocard"},       {6, "Mastercard"}, {8, "American Express"},
    {10, "Visa"},   {11, "Visa Electron"}, {12, "Diners"},    {13, "V PAY"},
    {14, "JCB"},    {46, "Maestro"},
};

}  // namespace detail

constexpr std::string_view result_text(std::uint8_t code) {
  if (code >= 0x01 && code <= 0x63) return "declined by the network";
  return detail::find(std::begin(detail::results), std::end(detail::results), code, "not done");
}

// Empty for a code without words.
constexpr driver::FixedString<80> intermediate_text(std::uint8_t code) {
  driver::FixedString<80> text;
  if (code == 0x4A) return text;
  const bool shifted = (code >= 0x41 && code <= 0x5D) || code == 0x66 || code == 0x67;
  const bool remove = shifted && code != 0x4B;
  const auto base = static_cast<std::uint8_t>(shifted ? code - 0x40 : code);
  text.append(
      detail::find(std::begin(detail::intermediates), std::end(detail::intermediates), base, ""));
  if (remove && !text.empty()) text.append(", please remove the card");
  return text;
}

// BMP 8A; empty for one that is not among the usual ones.
constexpr std::string_view card_type_name(std::uint8_t type) {
  return detail::find(std::begin(detail::card_types), std::end(detail::card_types), type, "");
}

}  // namespace cartwright::zvt
