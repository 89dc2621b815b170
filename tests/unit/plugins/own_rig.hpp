#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/loader.hpp"
#include "host/record.hpp"

namespace cartwright::test {

// A plugin with I/O of its own under a host that the test is. What the plugin posts from its
// threads is collected; a test waits for it, never for time.
class OwnRig {
 public:
  struct Done {
    std::string status;
    nlohmann::json result;
  };

  // Error refused with what the plugin logged where it can not start.
  explicit OwnRig(const std::string& plugin, const std::string& settings = "{}",
                  const std::map<std::uint32_t, std::string>& kept = {});
  ~OwnRig();
  OwnRig(const OwnRig&) = delete;
  OwnRig& operator=(const OwnRig&) = delete;

  std::uint64_t command(const std::string& json);
  void cancel(std::uint64_t op);
  std::uint64_t add_blob(std::string bytes);

  // Waits until the command has ended; the test's own time limit is the bound.
  Done wait_done(std::uint64_t op);
  // Waits for the next event that no one has waited for.
  nlohmann::json wait_event();
  std::size_t progress_calls();
  std::vector<bool> link_states();
  std::map<std::uint32_t, std::string> kept();

 private:
  struct Calls;

  host::Plugin plugin_;
  cw_own_host host_{};
  void* self_ = nullptr;
  std::uint64_t next_op_ = 1;
  std::uint64_t next_blob_ = 1;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::uint64_t, Done> dones_;
  std::vector<nlohmann::json> events_;
  std::size_t next_event_ = 0;
  std::size_t progress_ = 0;
  std::vector<bool> link_states_;
  std::map<std::uint32_t, std::string> kept_;
  std::map<std::uint64_t, std::string> blobs_;
  std::string log_;
};

}  // namespace cartwright::test
