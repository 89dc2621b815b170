#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "link/transport.hpp"
#include "link/uri.hpp"

namespace cartwright::link {

// `serial:/dev/ttyUSB0?baud=9600&format=7E1&flow=none&dtr=on&rts=on&lines=100ms` by libserialport,
// for this process alone. `serial:0403:6001?serial=SC01&port=1-2&interface=0` names the port by the
// USB device behind it: it is looked for at each opening, and exactly one must fit. Opening raises
// the modem lines. The input lines are told when the link comes up and after a modem_lines request;
// `lines` also looks at them at that interval (10 ms to 10 s; without it nothing wakes up for
// them). Error for a value it can not read.
std::unique_ptr<Transport> make_serial_transport(const Uri& uri,
                                                 boost::asio::any_io_executor executor);

}  // namespace cartwright::link
