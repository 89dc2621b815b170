#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "link/transport.hpp"
#include "link/uri.hpp"

namespace cartwright::link {

// `pty:/run/scale`: the near end of a pseudo-terminal that a simulator made, or a symbolic link to
// it. Raw, for one link alone; bytes that lay there before it was opened are dropped, as a real
// port does. Takes the keys of serial: so that a device can be simulated by changing the scheme;
// without a wire they are checked and mean nothing. Error for a value it can not read.
std::unique_ptr<Transport> make_pty_transport(const Uri& uri,
                                              boost::asio::any_io_executor executor);

}  // namespace cartwright::link
