#include "hub/hub.hpp"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/file.hpp"
#include "hub/ingest.hpp"

namespace cartwright::hub {
namespace {

constexpr std::string_view kProtobuf = "application/x-protobuf";
constexpr std::string_view kReceipts = "/v1/receipts/";

std::uint64_t now_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

HttpResponse text(unsigned status, const std::string& line) {
  return {status, "text/plain; charset=utf-8", line + "\n", {}};
}

HttpResponse protobuf(const Bytes& bytes) {
  return {200, std::string(kProtobuf), std::string(as_text(bytes)), {}};
}

unsigned status_of(Ingested outcome) {
  switch (outcome) {
    case Ingested::too_large:
      return 413;
    case Ingested::unauthorised:
      return 401;
    default:
      return 400;
  }
}

std::filesystem::path made(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    throw Error(ErrorKind::unavailable,
                "the hub's folder " + folder.string() + " can not be made: " + error.message());
  }
  return folder;
}

}  // namespace

struct Hub::Impl {
  std::filesystem::path folder;
  SigningKey key;
  mutable std::mutex mutex;  // guards what follows, up to the server
  mutable Store store;
  std::uint64_t duplicates = 0;
  std::uint64_t refused = 0;
  HubConfig config;
  std::optional<HttpServer> server;  // since start()

  explicit Impl(const HubConfig& settings)
      : folder(made(settings.folder)),
        key(SigningKey::load_or_create(folder / "hub.key")),
        store(folder / "hub.db"),
        config(settings) {
    const std::string text = to_hex(key.public_key()) + "\n";
    const auto file = folder / "hub.pub";
    if (std::filesystem::exists(file) && read_file(file) == text) return;
    write_file_durably(file, as_bytes(text));
  }

  HttpResponse take_batch(const HttpRequest& request);
  HttpResponse give_receipt(std::string_view hex);
  HttpResponse health() const;
  HubSummary summary() const;
};

HttpResponse Hub::Impl::take_batch(const HttpRequest& request) {
  if (request.content_type != kProtobuf) {
    return text(415, "a batch is sent as " + std::string(kProtobuf));
  }
  const std::scoped_lock lock(mutex);
  const IngestResult result = ingest(store, key, as_bytes(request.body), now_ms());
  if (result.receipt.empty()) {
    ++refused;
    return text(status_of(result.outcome), result.why);
  }
  if (result.outcome == Ingested::duplicate) ++duplicates;
  return protobuf(result.receipt);
}

HttpResponse Hub::Impl::give_receipt(std::string_view hex) {
  const std::optional<Bytes> bytes = from_hex(hex);
  Digest digest;
  if (!bytes || bytes->size() != digest.size()) {
    return text(400, "a receipt is asked for by the SHA-256 of its batch, 64 hex digits");
  }
  std::copy(bytes->begin(), bytes->end(), digest.begin());
  const std::scoped_lock lock(mutex);
  const std::optional<Bytes> receipt = receipt_of(store, key, digest);
  return receipt ? protobuf(*receipt) : text(404, "no such batch is stored here");
}

HubSummary Hub::Impl::summary() const {
  const std::scoped_lock lock(mutex);
  return {store.totals(), duplicates, refused};
}

HttpResponse Hub::Impl::health() const {
  const HubSummary now = summary();
  const nlohmann::ordered_json json = {{"status", "ok"},
                                       {"hub_id", to_hex(journey::key_id(key.public_key()))},
                                       {"schema_version", journey::kSchemaVersion},
                                       {"carts", now.stored.carts},
                                       {"journeys", now.stored.journeys},
                                       {"events", now.stored.events},
                                       {"batches", now.stored.batches},
                                       {"undecoded", now.stored.undecoded},
                                       {"duplicates", now.duplicates},
                                       {"refused", now.refused}};
  return {200, "application/json", json.dump() + "\n", {}};
}

Hub::Hub(HubConfig config) : impl_(std::make_unique<Impl>(config)) {}
Hub::~Hub() {
  stop();
}
void Hub::start() {
  impl_->server.emplace(impl_->config.address, impl_->config.port, impl_->config.limits,
                        [this](const HttpRequest& request) { return answer(request); });
  impl_->server->start();
}
void Hub::stop() {
  if (impl_->server) impl_->server->stop();
}
std::uint16_t Hub::port() const {
  return impl_->server ? impl_->server->port() : 0;
}
PublicKey Hub::public_key() const {
  return impl_->key.public_key();
}

void Hub::enrol(const std::string& cart_id, const PublicKey& key) {
  const std::scoped_lock lock(impl_->mutex);
  impl_->store.enrol(cart_id, key);
}

HubSummary Hub::summary() const {
  return impl_->summary();
}

std::vector<StoredJourney> Hub::journeys() const {
  const std::scoped_lock lock(impl_->mutex);
  return impl_->store.journeys();
}

std::vector<v1::JourneyEvent> Hub::events(const std::string& journey_id) const {
  const std::scoped_lock lock(impl_->mutex);
  return impl_->store.events(journey_id);
}

std::vector<StoredCounter> Hub::counters() const {
  const std::scoped_lock lock(impl_->mutex);
  return impl_->store.counters();
}

HttpResponse Hub::answer(const HttpRequest& request) {
  if (request.target == "/v1/batches") {
    return request.method == "POST" ? impl_->take_batch(request)
                                    : text(405, "batches are sent with POST");
  }
  if (request.target == "/v1/health" && request.method == "GET") return impl_->health();
  if (request.target.starts_with(kReceipts) && request.method == "GET") {
    return impl_->give_receipt(std::string_view(request.target).substr(kReceipts.size()));
  }
  return text(404, "there are /v1/batches, /v1/receipts/HEXDIGEST and /v1/health");
}

}  // namespace cartwright::hub
