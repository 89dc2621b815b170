#include "link/terminal_use.hpp"

#include <grp.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

namespace cartwright::link {
namespace {

namespace fs = std::filesystem;

bool has_open(const fs::path& process, const fs::path& device) {
  std::error_code error;
  for (fs::directory_iterator it(process / "fd", error), end; !error && it != end;
       it.increment(error)) {
    std::error_code gone;
    if (fs::read_symlink(it->path(), gone) == device) {
      return true;
    }
  }
  return false;
}

// The group that may read and write the file beside its owner; empty for none but root's.
std::string group_of(const std::string& path) {
  constexpr mode_t both = S_IRGRP | S_IWGRP;
  struct stat file {};
  if (::stat(path.c_str(), &file) != 0 || (file.st_mode & both) != both || file.st_gid == 0) {
    return {};
  }
  std::array<char, 4096> room{};
  group entry{};
  group* found = nullptr;
  ::getgrgid_r(file.st_gid, &entry, room.data(), room.size(), &found);
  return found != nullptr ? found->gr_name : std::to_string(file.st_gid);
}

std::string refused_text(const std::string& begin, const std::string& group) {
  const std::string text = begin + " may not be opened by this user: ";
  if (group.empty()) return text + "`cartwright doctor --udev` writes the rules that allow it";
  return text + "add it to the group " + group + ", which owns the file, and log in again";
}

std::string process_name(const std::string& id) {
  std::ifstream file("/proc/" + id + "/comm");
  std::string name;
  std::getline(file, name);
  return name;
}

// The id of the process that has the file by flock(2): proc(5), /proc/locks, whose lines read
// `1: FLOCK  ADVISORY  WRITE 1234 00:18:5 0 EOF` with the inode after the second colon.
std::string locking_process(const fs::path& device) {
  struct stat file {};
  if (::stat(device.c_str(), &file) != 0) {
    return {};
  }
  const std::string inode = ":" + std::to_string(file.st_ino);
  std::ifstream locks("/proc/locks");
  std::string line;
  while (std::getline(locks, line)) {
    std::istringstream words(line);
    std::string number, kind, advice, access, id, place;
    words >> number >> kind >> advice >> access >> id >> place;
    if (kind == "FLOCK" && place.ends_with(inode) && has_open("/proc/" + id, device)) {
      return id;
    }
  }
  return {};
}

}  // namespace

bool take_exclusively(int fd) {
  return ::flock(fd, LOCK_EX | LOCK_NB) == 0;
}

std::string holder_of(const std::string& path) {
  std::error_code error;
  const fs::path device = fs::canonical(path, error);
  std::string id = locking_process(device);
  for (fs::directory_iterator it("/proc", error), end; id.empty() && !error && it != end;
       it.increment(error)) {
    const std::string entry = it->path().filename().string();
    if (entry.find_first_not_of("0123456789") == std::string::npos &&
        entry != std::to_string(::getpid()) && has_open(it->path(), device)) {
      id = entry;
    }
  }
  if (id.empty()) {
    return "another process";
  }
  return id == std::to_string(::getpid()) ? "another link of this process"
                                          : "process " + id + " (" + process_name(id) + ")";
}

std::string open_failure_text(const std::string& kind, const std::string& path, int error) {
  const std::string begin = kind + " " + path;
  switch (error) {
    case ENOENT:
    case ENXIO:
    case ENODEV:
    case EIO:
      return begin + " is not there: is the device plugged in and switched on?";
    case EACCES:
    case EPERM:
      return refused_text(begin, group_of(path));
    case EBUSY:
      return begin + " is in use by " + holder_of(path) + ": end that first";
    case ENOTTY:
    case EINVAL:
      return begin + " can not be set up as a terminal: " + std::strerror(error);
    default:
      return begin + " can not be opened: " + std::strerror(error);
  }
}

}  // namespace cartwright::link
