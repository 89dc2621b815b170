#pragma once

#include <string>

namespace cartwright::link {

// Takes the open terminal `fd` for this open file alone, by flock(2): other users of flock, and
// other links of this process, are kept out until the descriptor and its copies are closed. False
// where another has it.
bool take_exclusively(int fd);

// Which process has the device file open, as far as /proc shows it to this user: `process 1234
// (minicom)`, else `another process`. Slow; for messages.
std::string holder_of(const std::string& path);

// What a person should do about an errno of opening the terminal `path`, with the name of the
// errno; `kind` is `serial port` or `pseudo-terminal`.
std::string open_failure_text(const std::string& kind, const std::string& path, int error);

}  // namespace cartwright::link
