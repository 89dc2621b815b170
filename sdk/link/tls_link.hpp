#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <string>

#include "link/transport.hpp"
#include "link/uri.hpp"

namespace cartwright::link {

// `tls:HOST:PORT?ca=FILE&cert=FILE&key=FILE&name=NAME&connect_timeout=5s&keep_alive=15s`: as
// `tcp:`, with TLS 1.2 or newer. The device's certificate must hold, name HOST (or `name`), and
// come from an authority of `ca`, a PEM file or a folder of hashed ones; without it from one that
// the system trusts. `cert` and `key` show the device who calls; without `key` the file of `cert`
// holds both. `verify=off-and-trust-anyone` checks nothing. A connection that ends without the
// goodbye of TLS was cut off, and a write that times out ends the link, since half a record may
// have left. Error for an address or value it can not read, or a file that is no certificate.
std::unique_ptr<Transport> make_tls_transport(const Uri& uri,
                                              boost::asio::any_io_executor executor);

}  // namespace cartwright::link
