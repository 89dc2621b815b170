#pragma once

#include <memory>
#include <string>

#include "link/fd_transport.hpp"
#include "link/line_settings.hpp"

struct sp_port;

namespace cartwright::link {

// An open port of libserialport; closes it, and gives up its exclusive use.
struct ClosePort {
  void operator()(sp_port* port) const;
};
using Port = std::unique_ptr<sp_port, ClosePort>;

// Sets everything that a line has. False, and errno says why, where the port does not take it.
bool apply(sp_port* port, const LineSettings& settings);

// Reading and writing without waiting. The port must outlive them.
FdCalls calls_of(sp_port* port);

// The kernel's name of a port that was given by a stable one, as those in /dev/serial/by-id: the
// only one that libserialport knows it by.
std::string own_name(const std::string& path);

}  // namespace cartwright::link
