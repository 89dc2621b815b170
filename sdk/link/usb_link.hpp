#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "link/transport.hpp"
#include "link/uri.hpp"

namespace cartwright::link {

// `usb:05e0:1900` and `hid:05e0:1900` on libusb; the keys stand in usb_address.hpp. Error for a
// value it can not read.
//
// A device is opened once in the process and its interfaces are leased: links on two interfaces
// share it, a second link on the same one is told in_use. The kernel's driver is taken off the
// interface and put back at the end. What comes in is told in its order, with the endpoint's
// address as the pipe. hid: one message is one report as on the wire (the report ID first where
// the descriptor has IDs). usb: `shape` says whether a transfer is a message.
//
// Requests:
//   write        pipe: an OUT endpoint's address; 0: the only one, and for hid: without one the
//                control pipe by SET_REPORT
//   feature_get  hid: value is the report ID
//   feature_set  hid: value is the report ID, data as on the wire
//   control_in   as many bytes as data has come back at most, 4096 where it has none
//   control_out
//   reset        resets the device with all its interfaces; blocks as long as the kernel takes
//   expect_replug
//
// Opening and claiming are calls into the kernel on a thread of the device's own, which a link that
// stops does not wait for; closing and resetting are on the link's executor.
std::unique_ptr<Transport> make_usb_transport(const Uri& uri, Shape shape,
                                              boost::asio::any_io_executor executor);

// hid: with ids or with the path of a hidraw node (hidraw_link.hpp).
std::unique_ptr<Transport> make_hid_transport(const Uri& uri,
                                              boost::asio::any_io_executor executor);

}  // namespace cartwright::link
