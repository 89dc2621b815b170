#include "tools/event_text.hpp"

#include "offers/money.hpp"
#include "tools/event_words.hpp"
#include "tools/output.hpp"

namespace cartwright::tools {
namespace {

std::string quantity(const Line& line) {
  return line.grams > 0 ? std::to_string(line.grams) + " g" : std::to_string(line.pieces) + " x";
}

std::string line_text(const Line& line, const Totals& totals) {
  return quantity(line) + " " + line.name + "  " + money_text(line.net_minor, totals.currency) +
         "   total " + coloured(money_text(totals.total_minor, totals.currency), Colour::bold) +
         (line.notice.empty() ? "" : "   " + line.notice);
}

std::string nudge_text(const Nudge& nudge, const std::string& currency) {
  std::string text = "  " + nudge.name + ": with";
  for (const Nudge::Need& need : nudge.need) {
    text += " " + std::to_string(need.units) + " x " +
            (need.name.empty() ? need.product : need.name) +
            (need.location.empty() ? "" : " (" + need.location + ")");
  }
  return text + " you save " + money_text(nudge.saves_minor, currency);
}

struct ToText {
  std::string operator()(const TripStarted& e) const {
    return std::string(e.resumed ? "The trip goes on: " : "A trip begins: ") + e.trip_id;
  }
  std::string operator()(const LineAdded& e) const {
    return coloured("+ ", Colour::green) + line_text(e.line, e.totals);
  }
  std::string operator()(const LineChanged& e) const {
    return coloured("~ ", Colour::yellow) + line_text(e.line, e.totals);
  }
  std::string operator()(const LineRemoved& e) const {
    return coloured("- ", Colour::red) + line_text(e.line, e.totals);
  }
  std::string operator()(const ScanRefused& e) const {
    return coloured("! ", Colour::red) + e.code + ": " + e.text;
  }
  std::string operator()(const WeightWanted& e) const {
    return "? Please put " + e.name + " on " + e.scale;
  }
  std::string operator()(const WeightChanged& e) const {
    const std::string shown = e.indicated.empty() ? e.status : e.indicated;
    return coloured("  " + e.unit + " " + shown + (e.stable ? "" : " ..."), Colour::dim);
  }
  std::string operator()(const PaymentChanged& e) const {
    return "  payment " + std::string(word_of(e.state)) + (e.text.empty() ? "" : ": " + e.text);
  }
  std::string operator()(const TripEnded& e) const {
    return "The trip has ended: " + std::string(word_of(e.cause));
  }
  std::string operator()(const DeviceChanged& e) const {
    const bool well = e.state == DeviceState::up;
    return coloured("  " + e.name + " is " + std::string(word_of(e.state)) +
                        (e.reason.empty() ? "" : ": " + e.reason),
                    well ? Colour::dim : Colour::yellow);
  }
  std::string operator()(const DeviceInfo& e) const {
    std::string text = "  " + e.unit + " is a";
    for (const std::string* part : {&e.maker, &e.model}) text += part->empty() ? "" : " " + *part;
    if (!e.firmware.empty()) text += ", firmware " + e.firmware;
    if (!e.serial.empty()) text += ", serial number " + e.serial;
    return coloured(text, Colour::dim);
  }
  std::string operator()(const DeviceProgress& e) const {
    return coloured("  " + e.unit + " has taken " + std::to_string(e.done) + " of " +
                        std::to_string(e.size) + " bytes",
                    Colour::dim);
  }
  std::string operator()(const TerminalPrint& e) const { return "  | " + e.text; }
  std::string operator()(const VendorEvent& e) const { return "  " + e.unit + " " + e.id; }
  std::string operator()(const LocationChanged& e) const {
    return coloured("  now in zone " + e.zone, Colour::dim);
  }
  std::string operator()(const JourneyChanged& e) const {
    return coloured("  journey: " + std::to_string(e.waiting) + " batches wait, " +
                        std::to_string(e.delivered) + " delivered" +
                        (e.trouble.empty() ? "" : ", " + e.trouble),
                    Colour::dim);
  }
  std::string operator()(const OffersChanged& e) const {
    std::string text = "  total " + money_text(e.totals.total_minor, e.totals.currency);
    for (const AppliedOffer& applied : e.applied) {
      text += "\n  " + applied.name + ": ";
      text += applied.points > 0 ? std::to_string(applied.points) + " points"
                                 : "-" + money_text(applied.discount_minor, e.totals.currency);
    }
    for (const Nudge& nudge : e.nudges) text += "\n" + nudge_text(nudge, e.totals.currency);
    return coloured(text, Colour::dim);
  }
  std::string operator()(const CouponTaken& e) const {
    return coloured("+ ", Colour::green) + "coupon " + e.coupon +
           (e.needs_server ? ", its server must confirm it" : "") +
           (e.why_unused.empty() ? "" : ": " + e.why_unused);
  }
  std::string operator()(const Trouble& e) const {
    return coloured("! " + e.where + ": " + e.text, Colour::yellow);
  }
};

}  // namespace

std::string to_text(const Event& event) {
  return std::visit(ToText{}, event);
}

std::string money_text(std::int64_t minor, const std::string& currency) {
  return offers::format_with_code(offers::Money(minor), offers::currency(currency));
}

}  // namespace cartwright::tools
