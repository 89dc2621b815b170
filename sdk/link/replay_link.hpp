#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "link/link.hpp"
#include "link/uri.hpp"

namespace cartwright::link {

// `replay:FILE?speed=1|2|...|max`: a recording as the device. What it received arrives in its
// order and timing (max: without pauses) and never before the driver has written what stands before
// it in the recording, or a second has passed. What the driver writes is compared with what the
// recording sent: Counters::differences and the text of the last link_down, with reason closed, at
// the end. What it asks (feature reports, control transfers, reset) is answered as in the
// recording, what was never asked there as unsupported. Reads the file: Error not_found, or what is
// wrong in it; a redacted recording can not be replayed.
std::unique_ptr<Link> make_replay_link(const Uri& uri, boost::asio::any_io_executor executor);

}  // namespace cartwright::link
