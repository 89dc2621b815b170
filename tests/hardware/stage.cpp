#include "stage.hpp"

#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace cartwright::hardware {
namespace {

namespace fs = std::filesystem;

// Booting, and every test together.
constexpr std::chrono::seconds kWholeStage{420};

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

simulators::RunOptions options_of(Adapter adapter) {
  simulators::RunOptions options;
  options.listen = "tcp:127.0.0.1:0";
  if (adapter == Adapter::scale) {
    options.protocol = "toledo8217";
    options.options = {{"settle_ms", "100"}};
  } else {
    options.protocol = "serial";
  }
  return options;
}

// QEMU's names of the adapter and of the line to the device behind it.
std::string id_of(Adapter adapter) {
  return "adapter" + std::to_string(static_cast<unsigned>(adapter));
}
std::string line_of(Adapter adapter) {
  return "line" + std::to_string(static_cast<unsigned>(adapter));
}

// The interface of the device in that socket, whose driver the kernel has chosen when udev is done.
std::string kernel_name(unsigned port) {
  return "/sys/bus/usb/devices/1-" + std::to_string(port) + ":1.0";
}

// A line to "tcp:127.0.0.1:4001" as QEMU wants it.
std::string chardev_of(const std::string& id, const std::string& address) {
  const std::size_t colon = address.rfind(':');
  return "socket,id=" + id + ",host=127.0.0.1,port=" + address.substr(colon + 1);
}

}  // namespace

Stage::Stage() : folder_(CARTWRIGHT_HARDWARE_FOLDER) {
  fs::create_directories(folder_);
  pack();
}

void Stage::note(const std::string& what, Clock::time_point since) {
  times_ += (times_.empty() ? "" : ", ") + what + " " + seconds(Clock::now() - since);
}

void Stage::pack() {
  const auto begin = Clock::now();
  const std::string command =
      CARTWRIGHT_HARDWARE_SOURCE "/prepare.sh '" + folder_.string() + "' " CARTWRIGHT_GUEST_FILES;
  // NOLINTNEXTLINE(cert-env33-c): our own script, with paths of this build
  const int status = std::system(command.c_str());
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw std::runtime_error("the guest could not be prepared; the reason stands above");
  }
  note("packing", begin);
}

void Stage::boot() {
  const auto begin = Clock::now();
  loop_.allow(kWholeStage);
  MachineParts parts;
  parts.kernel = (folder_ / "kernel" / "vmlinuz").string();
  parts.image = (folder_ / "guest.cpio").string();
  parts.log = (folder_ / "qemu.log").string();
  parts.arguments = {"-trace", "usb_serial_*", "-device", "qemu-xhci,id=xhci,p2=8,p3=1"};
  for (const Adapter adapter : {Adapter::scale, Adapter::scanner}) {
    behind_.push_back(std::make_unique<simulators::Runner>(
        loop_.io().get_executor(), options_of(adapter), simulators::RunListener{}));
    behind_.back()->start();
    parts.arguments.insert(parts.arguments.end(),
                           {"-chardev", chardev_of(line_of(adapter), behind_.back()->address())});
  }
  std::vector<int> inherited;
  for (unsigned port = 1; port <= kSockets; ++port) {
    sockets_.push_back(std::make_unique<UsbSocket>(loop_, port));
    const std::vector<std::string> more = sockets_.back()->arguments();
    parts.arguments.insert(parts.arguments.end(), more.begin(), more.end());
    inherited.push_back(sockets_.back()->inherited());
  }
  machine_ = std::make_unique<Machine>(loop_, parts, std::move(inherited));
  guest_ = std::make_unique<Guest>(*machine_);
  note("boot", begin);
}

void Stage::plug(unsigned port, std::shared_ptr<simulators::HidDevice> device, bool out_pipe) {
  socket(port).plug(std::move(device), out_pipe);
  guest_->await_device(kernel_name(port));
  // Answered when the kernel is done with the device; a keyboard's first keys are dropped until
  // then.
  guest_->output_of("cat /sys/bus/usb/devices/1-" + std::to_string(port) + "/bConfigurationValue");
}

void Stage::unplug(unsigned port) {
  socket(port).unplug();
  guest_->await_device(kernel_name(port), false);
}

void Stage::plug_adapter(Adapter adapter, const std::string& node) {
  machine_->execute("device_add", {{"driver", "usb-serial"},
                                   {"id", id_of(adapter)},
                                   {"chardev", line_of(adapter)},
                                   {"always-plugged", true},
                                   {"serial", kAdapterSerials[static_cast<unsigned>(adapter)]},
                                   {"bus", "xhci.0"},
                                   {"port", std::to_string(socket_of(adapter))}});
  guest_->await_device(node);
}

void Stage::unplug_adapter(Adapter adapter, const std::string& node) {
  machine_->execute("device_del", {{"id", id_of(adapter)}});
  machine_->await_event("DEVICE_DELETED", {{"device", id_of(adapter)}});
  guest_->await_device(node, false);
}

std::string Stage::adapter_trace() const {
  std::string found;
  std::ifstream in(folder_ / "qemu.log");
  for (std::string line; std::getline(in, line);) {
    if (line.find("usb_serial_") != std::string::npos) found += line + "\n";
  }
  return found;
}

std::string Stage::console_tail() const {
  constexpr std::size_t kTail = 6000;
  if (!machine_) return content_of(folder_ / "qemu.log");
  const std::string& all = machine_->console().all();
  return all.size() > kTail ? all.substr(all.size() - kTail) : all;
}

}  // namespace cartwright::hardware
