#pragma once

namespace cartwright::plugin_host {

// What this process gives up before the plugin's first byte runs: it dies with the host, gains no
// privileges, leaves no core file. The system call filter of the vendor's kit belongs here: one
// filter before the load, a stricter one after it.
void confine_before_load();

}  // namespace cartwright::plugin_host
