#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "link/transport.hpp"
#include "link/uri.hpp"

namespace cartwright::link {

// `tcp-listen:HOST:PORT?keep_alive=15s`: the device connects to this machine. HOST is an address of
// this machine; without it, `tcp-listen:9100`, only this machine itself can connect (127.0.0.1),
// and 0.0.0.0 or [::] lets every network in. One peer at a time: a connection from the peer's
// own address replaces the one that stands, for that device has restarted and its old connection
// may stay half open for long; a connection from elsewhere is refused by closing it at once.
// `keep_alive` as for `tcp:`. Error for an address or value it can not read.
std::unique_ptr<Transport> make_tcp_listen_transport(const Uri& uri,
                                                     boost::asio::any_io_executor executor);

}  // namespace cartwright::link
