#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "link/transport.hpp"
#include "link/uri.hpp"

namespace cartwright::link {

// `hid:/dev/hidraw0`: a HID device by its kernel's node, which Bluetooth scanners have too.
// Messages are reports as on the wire, as with hid: on USB. With usage=8c:02 the device must be
// such a one; there are no other keys. The kernel's own driver goes
// on reading the device, so a keyboard still types. After a replug the node may have another
// number: a rule of udev gives it a name that stays.
//
// Requests: write, feature_get, feature_set (value: the report ID).
std::unique_ptr<Transport> make_hidraw_transport(const Uri& uri,
                                                 boost::asio::any_io_executor executor);

}  // namespace cartwright::link
