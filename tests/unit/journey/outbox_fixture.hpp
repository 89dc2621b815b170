#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/sqlite.hpp"
#include "journey/envelope.hpp"
#include "journey/outbox.hpp"
#include "journey/receipt.hpp"

namespace cartwright::journey {

// A folder of its own that goes with the test; in memory where there is some, because the crashes
// here are a program's and not the power's.
class ScratchFolder {
 public:
  ScratchFolder() {
    const std::filesystem::path memory = "/dev/shm";
    const auto parent =
        access(memory.c_str(), W_OK) == 0 ? memory : std::filesystem::temp_directory_path();
    std::string name = (parent / "cartwright-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw Error(ErrorKind::unavailable, "no scratch folder");
    path_ = name;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline constexpr Purposes kStore{v1::PURPOSE_STORE_INSIGHT};
inline constexpr Purposes kOffer{v1::PURPOSE_OFFER_INSIGHT};
inline constexpr Purposes kProfile{v1::PURPOSE_PROFILE};

inline v1::JourneyEvent added(const std::string& gtin, std::int64_t price_minor = 199) {
  v1::JourneyEvent event;
  auto& product = *event.mutable_product_added()->mutable_product();
  product.set_gtin(gtin);
  product.set_pieces(1);
  product.set_price_minor(price_minor);
  return event;
}

inline v1::JourneyEvent refused() {
  v1::JourneyEvent event;
  event.mutable_scan_refused()->set_reason(v1::JOURNEY_SCAN_REFUSAL_UNKNOWN_PRODUCT);
  return event;
}

inline v1::JourneyStarted in_store() {
  v1::JourneyStarted started;
  started.set_store_gln("4012345000009");
  started.set_business_date("2026-03-02");
  started.set_hour(17);
  started.set_currency("EUR");
  return started;
}

// A cart and its hub's key, with a database that can be closed and opened again.
struct Cart {
  ScratchFolder folder;
  SigningKey key = SigningKey::generate();
  SigningKey hub = SigningKey::generate();
  OutboxSettings settings{"cart-7", key, hub.public_key()};
  std::optional<Database> database;
  std::optional<Outbox> outbox;

  Cart() { open(); }
  void open() {
    outbox.reset();
    database.reset();
    database.emplace(folder.path() / "trips.db");
    outbox.emplace(*database, settings);
  }

  template <typename Work>
  auto commit(Work work) {
    Transaction transaction(*database);
    if constexpr (std::is_void_v<decltype(work(*outbox))>) {
      work(*outbox);
      transaction.commit();
    } else {
      auto result = work(*outbox);
      transaction.commit();
      return result;
    }
  }

  std::string start(const std::string& trip, Purposes granted, std::uint64_t at_ms = 1000) {
    return commit([&](Outbox& box) {
      return box.start(trip, {granted, "2026-01", "profile-1"}, in_store(), at_ms);
    });
  }
  bool append(const std::string& trip, const v1::JourneyEvent& event, std::uint64_t at_ms = 2000) {
    return commit([&](Outbox& box) { return box.append(trip, event, at_ms); });
  }

  v1::Batch opened(const Digest& id) {
    auto result =
        journey::open(outbox->batch(id).value(), [&](const KeyId&) { return key.public_key(); });
    return std::get<OpenedBatch>(result).batch;
  }
  std::vector<v1::Batch> pending() {
    std::vector<v1::Batch> batches;
    for (const Digest& id : outbox->pending()) batches.push_back(opened(id));
    return batches;
  }
  Bytes receipt(const Digest& id) const {
    return sign_receipt(id, 5000, v1::RECEIPT_STATUS_STORED, hub);
  }
};

}  // namespace cartwright::journey
