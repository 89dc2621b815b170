#include "confinement.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace cartwright::plugin_host {

void confine_before_load() {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
}

}  // namespace cartwright::plugin_host
