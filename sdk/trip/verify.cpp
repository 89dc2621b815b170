#include "trip/verify.hpp"

#include <optional>
#include <set>

#include "base/error.hpp"
#include "trip/sale_record.hpp"
#include "trip/trip_state.hpp"
#include "trip/verify_pricing.hpp"

namespace cartwright::trip {
namespace {

using offers::Money;

class Examiner {
 public:
  Examiner(TripLog& log, std::string_view trip_id) : log_(log), trip_id_(trip_id) {}

  std::vector<Finding> run() {
    const auto entry = log_.find(trip_id_);
    std::optional<StoredSale> sale;
    try {
      sale = log_.sale(trip_id_);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::corrupt) throw;
      found(0, error.what());
    }
    if (!entry && !sale && findings_.empty())
      throw Error(ErrorKind::not_found,
                  "there is no trip " + trip_id_ + " and no sale record of it");
    if (entry) examine_facts(*entry);
    if (sale) examine_sale(*sale);
    if (settled_ && !sale) found(settled_->seq(), "it settles the trip and no sale record is kept");
    return std::move(findings_);
  }

 private:
  void found(std::uint64_t seq, std::string text) {
    findings_.push_back({trip_id_, seq, std::move(text)});
  }

  // Folds as far as the facts go and remembers the state that was settled.
  void examine_facts(const TripEntry& entry) {
    TripState state(log_.offer_source());
    std::uint64_t expected = 1;
    for (const StoredEvent& stored : log_.stored_events(trip_id_)) {
      if (stored.seq != expected)
        return found(stored.seq, "facts " + std::to_string(expected) + " to " +
                                     std::to_string(stored.seq - 1) + " are missing");
      ++expected;
      try {
        const v1::TripEvent event = read_event(trip_id_, stored);
        if (event.has_settled()) {
          settled_ = event;
          at_settlement_ = state;
        }
        state.apply(event);
      } catch (const Error& error) {
        return found(stored.seq, error.what());
      }
    }
    examine_entry(entry, state);
  }

  void examine_entry(const TripEntry& entry, const TripState& state) {
    if (state.phase() == Phase::none) return found(0, "the trip has no facts");
    if (state.trip_id() != trip_id_) found(1, "its header is that of trip " + state.trip_id());
    const bool ended = state.phase() == Phase::ended;
    if (entry.status == TripEntry::Status::open && ended)
      found(0, "it is listed as open and its facts end it");
    if (entry.status == TripEntry::Status::ended && !ended)
      found(0, "it is listed as ended and its facts do not end it");
  }

  void examine_sale(const StoredSale& sale) {
    if (sha256(sale.bytes) != sale.digest)
      found(0, "the sale record's bytes do not have the digest stored with them");
    try {
      const v1::SaleRecord record = decode_sale_record(trip_id_, sale.bytes);
      examine_sums(record);
      examine_pricing(record);
    } catch (const Error& error) {
      found(0, error.what());
    }
    if (!settled_) {
      if (log_.find(trip_id_)) found(0, "a sale record is kept and no fact settles it");
      return;
    }
    if (as_bytes(settled_->settled().sale_digest()).size() != sale.digest.size() ||
        settled_->settled().sale_digest() != as_text(sale.digest))
      found(settled_->seq(), "it names another sale record than the one that is kept");
    // The same answer is promised within an engine version; an older one need only add up.
    if (at_settlement_->header().engine_version() != kEngineVersion) return;
    try {
      if (encode(make_sale_record(*at_settlement_, settled_->at())) != sale.bytes)
        found(settled_->seq(), "the facts add up to another sale record than the one that is kept");
    } catch (const Error& error) {
      found(settled_->seq(), error.what());
    }
  }

  void examine_pricing(const v1::SaleRecord& record) {
    const std::string& digest = record.header().offers_digest();
    const auto offers = digest.empty() ? nullptr : log_.offers(to_hex(as_bytes(digest)));
    for (std::string& text : pricing_findings(record, offers ? &offers->book : nullptr))
      found(0, "the sale record's " + text);
  }

  void examine_sums(const v1::SaleRecord& record) {
    if (record.header().trip_id() != trip_id_)
      found(0, "the sale record is that of trip " + record.header().trip_id());
    Money list;
    Money goods;
    Money deposit;
    for (const v1::SaleLine& line : record.lines()) {
      list += Money(line.list_minor());
      goods += Money(line.net_minor());
      deposit += Money(line.deposit_minor());
    }
    Money tax;
    Money on_top;
    for (const v1::SaleTax& part : record.taxes()) {
      tax += Money(part.tax_minor());
      if (part.tax().on_top()) on_top += Money(part.tax_minor());
    }
    Money paid;
    for (const v1::SalePayment& payment : record.payments()) paid += Money(payment.amount_minor());
    compare("list amounts", list, record.list_minor());
    compare("goods", goods, record.goods_minor());
    compare("deposits", deposit, record.deposit_minor());
    compare("taxes", tax, record.tax_minor());
    compare("taxes on top", on_top, record.tax_on_top_minor());
    compare("goods, deposit, tax on top and rounding",
            goods + deposit + on_top + Money(record.rounding_minor()), record.total_minor());
    compare("payments", paid, record.total_minor());
  }

  void compare(const char* what, Money sum, std::int64_t stated) {
    if (sum.minor() != stated)
      found(0, "the sale record's " + std::string(what) + " add up to " +
                   std::to_string(sum.minor()) + " and it says " + std::to_string(stated));
  }

  TripLog& log_;
  std::string trip_id_;
  std::vector<Finding> findings_;
  std::optional<v1::TripEvent> settled_;
  std::optional<TripState> at_settlement_;
};

}  // namespace

std::vector<Finding> verify(TripLog& log, std::string_view trip_id) {
  return Examiner(log, trip_id).run();
}

std::vector<Finding> verify_all(TripLog& log) {
  std::set<std::string> trips;
  for (const TripEntry& entry : log.trips()) trips.insert(entry.trip_id);
  for (const std::string& trip : log.sales()) trips.insert(trip);
  std::vector<Finding> findings;
  for (const std::string& trip : trips) {
    for (Finding& finding : verify(log, trip)) findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace cartwright::trip
