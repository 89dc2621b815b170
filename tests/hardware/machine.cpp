#include "machine.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

namespace cartwright::hardware {
namespace {

// Without what costs the emulation time and the test nothing: address randomisation, mitigations.
constexpr const char* kKernelArguments =
    "console=ttyS0 quiet loglevel=5 panic=-1 nokaslr mitigations=off no_timer_check tsc=reliable "
    "random.trust_cpu=on rdinit=/init";

std::string chardev(const std::string& id, int descriptor) {
  return "socket,id=" + id + ",fd=" + std::to_string(descriptor);
}

bool covers(const Json& object, const Json& part) {
  return std::ranges::all_of(part.items(), [&](const auto& item) {
    return object.contains(item.key()) && object[item.key()] == item.value();
  });
}

// In the new process: never returns.
[[noreturn]] void become(std::vector<std::string>& words, const std::string& log,
                         const std::vector<int>& inherited, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);
  const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  const int nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(file, STDOUT_FILENO);
  ::dup2(file, STDERR_FILENO);
  for (const int descriptor : inherited) ::fcntl(descriptor, F_SETFD, 0);
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  ::execvp(pointers[0], pointers.data());
  ::_exit(127);
}

}  // namespace

Machine::Machine(Loop& loop, const MachineParts& parts, std::vector<int> inherited)
    : loop_(loop),
      console_(loop, console_ends_.here),
      shell_(loop, shell_ends_.here),
      program_(loop, program_ends_.here),
      monitor_(loop, monitor_ends_.here) {
  start(parts, std::move(inherited));
  try {
    next_message("QEMU's greeting");
    execute("qmp_capabilities");
  } catch (const std::exception& error) {
    throw std::runtime_error(std::string("QEMU does not start: ") + error.what() + "; see " +
                             parts.log);
  }
}

Machine::~Machine() {
  if (process_ <= 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

void Machine::start(const MachineParts& parts, std::vector<int> inherited) {
  std::vector<std::string> words = {"qemu-system-x86_64",
                                    "-machine",
                                    "q35",
                                    "-accel",
                                    "tcg",
                                    "-cpu",
                                    "max",
                                    "-smp",
                                    "1",
                                    "-m",
                                    "1024",
                                    "-nodefaults",
                                    "-no-user-config",
                                    "-no-reboot",
                                    "-display",
                                    "none",
                                    "-kernel",
                                    parts.kernel,
                                    "-initrd",
                                    parts.image,
                                    "-append",
                                    kKernelArguments,
                                    "-chardev",
                                    chardev("monitor", monitor_ends_.there),
                                    "-mon",
                                    "monitor,mode=control",
                                    "-chardev",
                                    chardev("console", console_ends_.there),
                                    "-serial",
                                    "chardev:console",
                                    "-device",
                                    "virtio-serial-pci",
                                    "-chardev",
                                    chardev("shell", shell_ends_.there),
                                    "-device",
                                    "virtserialport,chardev=shell,nr=1",
                                    "-chardev",
                                    chardev("program", program_ends_.there),
                                    "-device",
                                    "virtserialport,chardev=program,nr=2"};
  words.insert(words.end(), parts.arguments.begin(), parts.arguments.end());
  for (const WireEnds& ends : {console_ends_, shell_ends_, program_ends_, monitor_ends_}) {
    inherited.push_back(ends.there);
  }
  const pid_t self = ::getpid();
  process_ = ::fork();
  if (process_ < 0) throw std::runtime_error("no process for QEMU");
  if (process_ == 0) become(words, parts.log, inherited, self);
  for (const int descriptor : inherited) ::close(descriptor);
}

Json Machine::next_message(const std::string& what) {
  return Json::parse(monitor_.line(what));
}

Json Machine::execute(const std::string& command, const Json& arguments) {
  monitor_.write(Json{{"execute", command}, {"arguments", arguments}}.dump() + "\n");
  for (;;) {
    Json message = next_message("QEMU's answer to " + command);
    if (message.contains("return")) return message["return"];
    if (message.contains("error")) {
      throw std::runtime_error("QEMU refuses " + command + ": " + message["error"].dump());
    }
    events_.push_back(std::move(message));
  }
}

void Machine::await_event(const std::string& name, const Json& data) {
  const auto wanted = [&](const Json& message) {
    return message.value("event", "") == name &&
           covers(message.value("data", Json::object()), data);
  };
  for (;;) {
    const auto found = std::ranges::find_if(events_, wanted);
    if (found != events_.end()) {
      events_.erase(found);
      return;
    }
    events_.push_back(next_message("QEMU's event " + name + " " + data.dump()));
  }
}

}  // namespace cartwright::hardware
