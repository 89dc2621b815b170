#include "unit/plugins/own_rig.hpp"

#include <gtest/gtest.h>

#include <array>

#include "base/error.hpp"
#include "host/init_block.hpp"
#include "host/kept_values.hpp"
#include "host/record_json.hpp"
#include "unit/plugins/rig.hpp"

namespace cartwright::test {

// The host's table; each function finds its rig behind `host`.
struct OwnRig::Calls {
  static OwnRig& rig(const cw_own_host* host) { return *static_cast<OwnRig*>(host->host); }

  static std::int32_t CW_CALL emit(const cw_own_host* host, const cw_record* event) {
    OwnRig& self = rig(host);
    const std::lock_guard lock(self.mutex_);
    self.events_.push_back(host::record_to_json(*event));
    self.changed_.notify_all();
    return CW_OK;
  }
  static std::int32_t CW_CALL done(const cw_own_host* host, std::uint64_t op, std::int32_t status,
                                   const cw_record* result) {
    OwnRig& self = rig(host);
    const std::lock_guard lock(self.mutex_);
    EXPECT_FALSE(self.dones_.contains(op)) << "operation " << op << " ended twice";
    Done end{status_name(status), nullptr};
    if (result != nullptr) end.result = host::record_to_json(*result);
    self.dones_[op] = end;
    self.changed_.notify_all();
    return CW_OK;
  }
  static std::int32_t CW_CALL keep(const cw_own_host* host, std::uint32_t key, std::uint32_t,
                                   const std::uint8_t* value, std::uint32_t size) {
    OwnRig& self = rig(host);
    const std::lock_guard lock(self.mutex_);
    self.kept_[key] = std::string(reinterpret_cast<const char*>(value), size);
    return CW_OK;
  }
  static std::int32_t CW_CALL blob_read(const cw_own_host* host, std::uint64_t blob,
                                        std::uint64_t offset, std::uint8_t* into,
                                        std::uint32_t size, std::uint32_t* got) {
    OwnRig& self = rig(host);
    const std::lock_guard lock(self.mutex_);
    const auto found = self.blobs_.find(blob);
    if (found == self.blobs_.end() || offset > found->second.size()) return CW_INVALID;
    *got =
        static_cast<std::uint32_t>(found->second.copy(reinterpret_cast<char*>(into), size, offset));
    return CW_OK;
  }
  static std::int32_t CW_CALL log(const cw_own_host* host, std::uint32_t, const char* text,
                                  std::uint32_t size) {
    OwnRig& self = rig(host);
    const std::lock_guard lock(self.mutex_);
    self.log_ += std::string(text, size) + "\n";
    return CW_OK;
  }
  static std::int32_t CW_CALL fault(const cw_own_host* host, std::uint32_t, const char* text,
                                    std::uint32_t size) {
    return log(host, CW_LOG_WARNING, text, size);
  }
  static std::int32_t CW_CALL link_state(const cw_own_host* host, std::uint32_t up) {
    OwnRig& self = rig(host);
    const std::lock_guard lock(self.mutex_);
    self.link_states_.push_back(up != 0);
    return CW_OK;
  }
  static std::int32_t CW_CALL progress(const cw_own_host* host, std::uint64_t) {
    OwnRig& self = rig(host);
    const std::lock_guard lock(self.mutex_);
    ++self.progress_;
    self.changed_.notify_all();
    return CW_OK;
  }
};

OwnRig::OwnRig(const std::string& plugin, const std::string& settings,
               const std::map<std::uint32_t, std::string>& kept)
    : plugin_(
          host::Plugin::load(std::filesystem::path(CARTWRIGHT_TEST_PLUGINS) / (plugin + ".so"))) {
  host_ = {sizeof(cw_own_host),
           0,
           this,
           &Calls::emit,
           &Calls::done,
           &Calls::keep,
           &Calls::blob_read,
           &Calls::log,
           &Calls::fault,
           &Calls::link_state,
           &Calls::progress};
  host::KeptValues values;
  for (const auto& [key, value] : kept) values.set(key, 0, as_bytes(value));
  const Bytes block = values.encode();
  const host::InitBlock init(host::check_settings(plugin_.manifest(), settings, "the test"), {},
                             {});
  std::array<char, 512> why{};
  cw_refusal refusal{sizeof(cw_refusal), 512, 0, 0, why.data()};
  cw_init asked = *init.get();
  asked.refusal = &refusal;
  const std::int32_t status =
      plugin_.own()->create(&asked, reinterpret_cast<const std::uint8_t*>(block.data()),
                            static_cast<std::uint32_t>(block.size()), &host_, &self_);
  if (status < 0) {
    throw Error(ErrorKind::refused,
                status_name(status) + ": " + std::string(why.data(), refusal.size));
  }
}

OwnRig::~OwnRig() {
  plugin_.own()->destroy(self_);
}

std::uint64_t OwnRig::command(const std::string& json) {
  host::Record record = host::command_from_json(std::string_view(json));
  record.header().op = next_op_;
  EXPECT_EQ(plugin_.own()->command(self_, &record.header()), CW_OK);
  return next_op_++;
}

void OwnRig::cancel(std::uint64_t op) {
  plugin_.own()->cancel(self_, op);
}

std::uint64_t OwnRig::add_blob(std::string bytes) {
  const std::lock_guard lock(mutex_);
  blobs_[next_blob_] = std::move(bytes);
  return next_blob_++;
}

OwnRig::Done OwnRig::wait_done(std::uint64_t op) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return dones_.contains(op); });
  return dones_[op];
}

nlohmann::json OwnRig::wait_event() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return next_event_ < events_.size(); });
  return events_[next_event_++];
}

std::size_t OwnRig::progress_calls() {
  const std::lock_guard lock(mutex_);
  return progress_;
}

std::vector<bool> OwnRig::link_states() {
  const std::lock_guard lock(mutex_);
  return link_states_;
}

std::map<std::uint32_t, std::string> OwnRig::kept() {
  const std::lock_guard lock(mutex_);
  return kept_;
}

}  // namespace cartwright::test
