#pragma once

#include "channel.hpp"
#include "host/init_block.hpp"
#include "host/loader.hpp"

namespace cartwright::plugin_host {

// Serves the calls of a pure driver, one after the other, until the host is gone.
[[noreturn]] void serve_pure(Channel& channel, const host::Plugin& plugin,
                             const host::InitBlock& init);

}  // namespace cartwright::plugin_host
