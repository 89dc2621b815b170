#include "host/device_base.hpp"

#include <time.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/post.hpp>

#include "base/crypto.hpp"

namespace cartwright::host {
namespace {

std::int64_t nanoseconds(const timespec& time) {
  return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

std::string_view to_text(DeviceState state) {
  switch (state) {
    case DeviceState::starting:
      return "starting";
    case DeviceState::up:
      return "up";
    case DeviceState::link_down:
      return "link_down";
    case DeviceState::restarting:
      return "restarting";
    case DeviceState::quarantined:
      return "quarantined";
    case DeviceState::failed:
      return "failed";
    case DeviceState::stopped:
      return "stopped";
  }
  return "stopped";
}

cw_now system_now() {
  timespec monotonic{};
  timespec utc{};
  ::clock_gettime(CLOCK_MONOTONIC, &monotonic);
  ::clock_gettime(CLOCK_REALTIME, &utc);
  tm local{};
  ::localtime_r(&utc.tv_sec, &local);
  cw_now now{};
  now.struct_size = sizeof(now);
  now.flags = CW_NOW_UTC_VALID | CW_NOW_OFFSET_VALID;
  now.monotonic_ns = static_cast<std::uint64_t>(nanoseconds(monotonic));
  now.utc_ns = nanoseconds(utc);
  now.utc_offset_s = static_cast<std::int32_t>(local.tm_gmtoff);
  return now;
}

DeviceBase::DeviceBase(DeviceSetup setup, DeviceListener& listener,
                       boost::asio::any_io_executor executor)
    : setup_(std::move(setup)), listener_(listener), executor_(std::move(executor)) {
  if (!setup_.clock) setup_.clock = system_now;
}

void DeviceBase::set_state(DeviceState state, const std::string& reason) {
  if (state_ == state && reason_ == reason) return;
  state_ = state;
  reason_ = reason;
  listener_.device_changed(*this, state_, reason_);
}

DeviceStatus DeviceBase::base_status() const {
  DeviceStatus status;
  status.name = setup_.name;
  status.driver = setup_.manifest.id;
  status.version = setup_.manifest.version;
  status.isolation = setup_.isolation;
  status.state = state_;
  status.reason = reason_;
  status.units = setup_.units;
  for (const ManifestUnit& unit : setup_.manifest.units) status.classes.push_back(unit.class_id);
  return status;
}

std::uint64_t DeviceBase::started(const CommandStart& start, CommandDone done) {
  if (start.status == CW_OK) {
    waiting_[start.op] = std::move(done);
    return start.op;
  }
  boost::asio::post(executor_,
                    [done = std::move(done), status = start.status] { done(status, Record()); });
  return 0;
}

void DeviceBase::tell_done(std::uint64_t op, std::int32_t status, const Record& result) {
  const auto waiting = waiting_.extract(op);
  if (!waiting.empty() && waiting.mapped()) waiting.mapped()(status, result);
}

std::uint64_t new_blob_number() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

void DeviceBase::add_blob(std::uint64_t blob, BlobReader reader) {
  blobs_[blob] = std::move(reader);
}

void DeviceBase::remove_blob(std::uint64_t blob) {
  blobs_.erase(blob);
}

std::optional<Bytes> DeviceBase::read_blob(std::uint64_t blob, std::uint64_t offset,
                                           std::uint32_t size) {
  const auto found = blobs_.find(blob);
  if (found == blobs_.end()) return std::nullopt;
  Bytes piece = found->second(offset, std::min(size, CW_BLOB_PIECE_LIMIT));
  piece.resize(std::min<std::size_t>(piece.size(), CW_BLOB_PIECE_LIMIT));
  return piece;
}

InstanceShape DeviceBase::shape() const {
  return {static_cast<std::uint32_t>(std::max<std::size_t>(1, setup_.manifest.units.size())),
          static_cast<std::uint32_t>(std::max<std::size_t>(1, setup_.manifest.links.size()))};
}

InitBlock DeviceBase::make_init() const {
  InitBlock::Seed seed{};
  const Bytes random = random_bytes(seed.size());
  std::transform(random.begin(), random.end(), seed.begin(),
                 [](std::byte b) { return static_cast<std::uint8_t>(b); });
  return InitBlock(setup_.settings, shape(), seed);
}

Deadlines DeviceBase::deadlines(std::chrono::nanoseconds soft,
                                std::chrono::nanoseconds hard) const {
  const std::uint64_t now_ns = now().monotonic_ns;
  const auto at = [now_ns](std::chrono::nanoseconds after) {
    return after.count() <= 0 ? 0 : now_ns + static_cast<std::uint64_t>(after.count());
  };
  return {at(soft), at(hard)};
}

std::chrono::milliseconds RestartPlan::pause() {
  ++in_row_;
  if (in_row_ <= policy_.quick_restarts) return std::chrono::milliseconds(0);
  const std::uint32_t doublings = std::min(in_row_ - policy_.quick_restarts - 1, 16u);
  return std::min(policy_.longest_pause, policy_.first_pause * (1u << doublings));
}

bool RestartPlan::too_many(std::uint64_t now_ns) {
  incidents_.push_back(now_ns);
  const auto window = static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::nanoseconds>(policy_.window).count());
  std::erase_if(incidents_, [&](std::uint64_t at) { return at + window < now_ns; });
  return incidents_.size() >= policy_.crashes_to_quarantine;
}

std::shared_ptr<Device> make_device(DeviceSetup setup, DeviceListener& listener,
                                    boost::asio::any_io_executor executor) {
  return setup.manifest.io == PluginIo::own
             ? make_own_device(std::move(setup), listener, std::move(executor))
             : make_pure_device(std::move(setup), listener, std::move(executor));
}

}  // namespace cartwright::host
