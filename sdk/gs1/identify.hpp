#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gs1/gtin.hpp"
#include "gs1/reading.hpp"
#include "gs1/refusal.hpp"
#include "gs1/symbology.hpp"

namespace cartwright::gs1 {

// What a scan says about the thing that was scanned: a Reading that has an article number.
struct Identity {
  Gtin14 gtin;
  Symbology symbology;            // as read or, where it was unknown, as the data tell
  std::string add_on;             // the digits of an EAN-2 or EAN-5 add-on, mostly empty
  Facts facts;                    // batch, expiry, net weight, price, ...
  std::vector<Element> elements;  // of an element string or a link, as they stand
  std::string restricted_rule;    // the rule that took a restricted number apart, else empty
};

using Identified = std::variant<Identity, Refusal>;

// From the data of a symbol (without AIM identifier) to the product; read_scan() tells how. Refused
// is what read_scan() refuses and what holds no article number: the label of a case or pallet,
// which names what is in it (02), a piece of an article (8006), a coupon. 6 and 7 digits are no
// product, since nothing in them can be checked.
Identified identify(std::string_view data, Symbology symbology, const ReadOptions& options = {});

// The same with the AIM identifier ("]E0"), which may also stand at the front of `data` while
// `aim` is empty.
Identified identify(std::string_view data, std::string_view aim, const ReadOptions& options = {});

}  // namespace cartwright::gs1
