#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "link/transport.hpp"
#include "link/uri.hpp"

namespace cartwright::link {

// `tcp:HOST:PORT?connect_timeout=5s&keep_alive=15s`, HOST a name, an IPv4 address or an IPv6
// address in brackets. Bytes leave at once (TCP_NODELAY). After `keep_alive` of silence the kernel
// asks whether the far side still lives and hangs up when three questions, 5 s apart, stay without
// answer, or when bytes stay unacknowledged that long; keep_alive=0s asks nothing. Error for an
// address or value it can not read.
std::unique_ptr<Transport> make_tcp_transport(const Uri& uri,
                                              boost::asio::any_io_executor executor);

}  // namespace cartwright::link
