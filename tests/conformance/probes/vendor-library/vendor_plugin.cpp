#include <cartwright/driver/own.hpp>

#include <atomic>
#include <mutex>
#include <thread>

#include "vendor_reader.hpp"

using namespace cartwright::driver;

// Vendor commands: "see" with a label reads it, "calibrate" works in steps with progress, "hang"
// never returns and "throw" throws.
namespace {

constexpr std::uint32_t count_key = 1;

class VendorPlugin {
 public:
  VendorPlugin(const Settings&, const Start& kept, OwnHost host)
      : host_(host), count_(count_of(kept)), reader_(&VendorPlugin::on_label, this) {
    host_.link_state(true);
  }
  ~VendorPlugin() {
    giving_up_ = true;
    if (work_.joinable()) work_.join();
  }
  VendorPlugin(const VendorPlugin&) = delete;
  VendorPlugin& operator=(const VendorPlugin&) = delete;

  void on(const VendorCommand& command) {
    if (command.id == "see") {
      reader_.see(std::string(text_of(command.data)));
      host_.done(command.op);
    } else if (command.id == "throw") {
      throw std::runtime_error("the vendor's library threw");
    } else if (command.id == "hang") {
      reader_.hang();
    } else if (command.id == "calibrate") {
      calibrate(command.op);
    } else {
      host_.done(command.op, CW_UNSUPPORTED);
    }
  }

  void cancel(std::uint64_t op) {
    if (op == working_) giving_up_ = true;
  }

 private:
  static std::uint32_t count_of(const Start& kept) {
    std::uint32_t count = 0;
    if (const auto value = kept.value(count_key)) std::memcpy(&count, value->data(), sizeof count);
    return count;
  }

  // On the library's thread. The count is kept before the scan is told.
  static void on_label(void* user, const char* label) {
    auto& self = *static_cast<VendorPlugin*>(user);
    const std::uint32_t count = ++self.count_;
    std::array<std::uint8_t, sizeof count> bytes{};
    std::memcpy(bytes.data(), &count, sizeof count);
    self.host_.keep(count_key, bytes);
    RecordBuilder<cw_scanner_data> event(CW_SCANNER_DATA);
    event.value.data = event.put(std::string_view(label));
    self.host_.emit(event);
  }

  void calibrate(std::uint64_t op) {
    if (working_ != 0) return void(host_.done(op, CW_BUSY));
    if (work_.joinable()) work_.join();
    working_ = op;
    giving_up_ = false;
    work_ = std::thread([this, op] {
      const bool finished = reader_.calibrate(&VendorPlugin::on_step, this);
      working_ = 0;
      host_.done(op, finished ? CW_OK : CW_CANCELLED);
    });
  }

  static bool on_step(void* user, unsigned percent) {
    auto& self = *static_cast<VendorPlugin*>(user);
    self.host_.progress(self.working_);
    RecordBuilder<cw_device_progress, 8> event(CW_DEVICE_PROGRESS);
    event.value.done = percent;
    event.value.size = 100;
    self.host_.emit(event);
    return !self.giving_up_;
  }

  OwnHost host_;
  std::atomic<std::uint32_t> count_;
  std::atomic<std::uint64_t> working_{0};
  std::atomic<bool> giving_up_{false};
  std::thread work_;
  vendor::Reader reader_;  // last: its thread uses all of the above
};

}  // namespace

CARTWRIGHT_OWN_DRIVER(VendorPlugin, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
