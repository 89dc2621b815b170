#include "link/serial_handle.hpp"

#include <libserialport.h>
#include <sys/ioctl.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace cartwright::link {
namespace {

sp_parity parity_of(Parity parity) {
  switch (parity) {
    case Parity::none:
      return SP_PARITY_NONE;
    case Parity::odd:
      return SP_PARITY_ODD;
    case Parity::even:
      return SP_PARITY_EVEN;
    case Parity::mark:
      return SP_PARITY_MARK;
    case Parity::space:
      break;
  }
  return SP_PARITY_SPACE;
}

sp_flowcontrol flow_of(Flow flow) {
  switch (flow) {
    case Flow::none:
      return SP_FLOWCONTROL_NONE;
    case Flow::rtscts:
      return SP_FLOWCONTROL_RTSCTS;
    case Flow::xonxoff:
      break;
  }
  return SP_FLOWCONTROL_XONXOFF;
}

}  // namespace

void ClosePort::operator()(sp_port* port) const {
  int fd = -1;
  if (sp_get_port_handle(port, &fd) == SP_OK && fd >= 0) {
    ::ioctl(fd, TIOCNXCL);
    sp_close(port);
  }
  sp_free_port(port);
}

// By one call: libserialport loses a parity that follows another setting.
bool apply(sp_port* port, const LineSettings& settings) {
  sp_port_config* config = nullptr;
  if (sp_new_config(&config) != SP_OK) {
    return false;
  }
  sp_set_config_baudrate(config, static_cast<int>(settings.baud));
  sp_set_config_bits(config, settings.data_bits);
  sp_set_config_parity(config, parity_of(settings.parity));
  sp_set_config_stopbits(config, settings.stop_bits);
  sp_set_config_flowcontrol(config, flow_of(settings.flow));
  sp_set_config_dtr(config, settings.dtr ? SP_DTR_ON : SP_DTR_OFF);
  if (settings.flow != Flow::rtscts) {
    sp_set_config_rts(config, settings.rts ? SP_RTS_ON : SP_RTS_OFF);
  }
  const bool taken = sp_set_config(port, config) == SP_OK;
  const int error = errno;
  sp_free_config(config);
  errno = error;
  return taken;
}

// libserialport reports a hang-up as a read of nothing; only a failing count of what waits tells it
// from a line that is silent.
FdCalls calls_of(sp_port* port) {
  return {[port](std::span<std::byte> room) -> FdCalls::Moved {
            const int count = sp_nonblocking_read(port, room.data(), room.size());
            if (count > 0) {
              return {static_cast<std::size_t>(count), {}};
            }
            if (count < 0 || sp_input_waiting(port) < 0) {
              return {0, std::string("it was unplugged or hung up (") + std::strerror(errno) + ")"};
            }
            return {};
          },
          [port](ByteView bytes) -> FdCalls::Moved {
            const int count = sp_nonblocking_write(port, bytes.data(), bytes.size());
            if (count < 0) {
              return {0, std::string("writing failed: ") + std::strerror(errno)};
            }
            return {static_cast<std::size_t>(count), {}};
          }};
}

std::string own_name(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code none;
  fs::path at = path;
  for (int links = 0; links < 8; ++links) {
    if (at.parent_path() == "/dev" && fs::exists("/sys/class/tty" / at.filename(), none)) return at;
    const fs::path next = fs::read_symlink(at, none);
    if (none) break;
    at = (at.parent_path() / next).lexically_normal();
  }
  return fs::canonical(path, none);
}

}  // namespace cartwright::link
