#pragma once

#include "channel.hpp"
#include "host/init_block.hpp"
#include "host/loader.hpp"

namespace cartwright::plugin_host {

// Serves a plugin with own I/O: its four functions on this thread, what its threads say as one
// message each. Ends the process after destroy or when the host is gone.
[[noreturn]] void serve_own(Channel& channel, const host::Plugin& plugin,
                            const host::InitBlock& init, const Bytes& kept);

}  // namespace cartwright::plugin_host
