#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "link/link.hpp"
#include "link/uri.hpp"

namespace cartwright::link {

// `scenario:FILE?unit=scanner0&seed=7`: a mock device. A message link; each happening of the unit
// arrives in its time as one message, `scan 4006381333931` (message_text). On the link itself act
//
//   garbage N    a message of N random bytes
//   noise N      N random bytes in front of the next message
//   lose N       the next N bytes are lost, beginning with the next message
//   double N     the next N bytes come twice
//   spoil N      the last byte of each of the next N messages is wrong
//   slow, nak    nothing: a message comes at once and is not answered
//   delay D      the next message comes D later (for a terminal it is a message of its own)
//   silence D    what would come within D is lost
//   unplug [D]   the link goes down, and up again after D; without D it waits for plug
//   plug         the link comes up
//   reboot       the link goes down for 2 s
//
// What is written is taken. All scenario links of this process on one file share their time zero:
// the first start of any, as long as one of them exists. A unit that starts late is given what it
// missed; one that starts again is not. Reads the file: Error not_found, or what is wrong in it.
std::unique_ptr<Link> make_scenario_link(const Uri& uri, boost::asio::any_io_executor executor);

}  // namespace cartwright::link
