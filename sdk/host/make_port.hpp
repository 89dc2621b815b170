#pragma once

#include "host/link_port.hpp"

namespace cartwright::host {

// The port of link `index` of a device, recorded where the setup says so. Error for a link that can
// not be.
std::unique_ptr<LinkPort> make_port(const DeviceSetup& setup, std::uint32_t index,
                                    boost::asio::any_io_executor executor,
                                    std::weak_ptr<LinkPort::Owner> owner);

}  // namespace cartwright::host
