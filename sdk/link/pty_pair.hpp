#pragma once

#include <filesystem>
#include <string>

namespace cartwright::link {

// The device's side of a pseudo-terminal, for simulators and tests: makes a pair in raw mode and
// publishes a symbolic link to the near end at a path. The pair goes with the object: the other
// side sees a hang-up and the link vanishes.
class PtyPair {
 public:
  // An empty path publishes nothing. A link that stands at the path (of a simulator that was
  // killed) is replaced; any other file there is an Error conflict.
  explicit PtyPair(std::filesystem::path published = {});
  ~PtyPair();
  PtyPair(const PtyPair&) = delete;
  PtyPair& operator=(const PtyPair&) = delete;

  // Non-blocking, close-on-exec, owned by this object. Reads what the cart writes. It never reports
  // a hang-up: this object keeps the near end open too, so that the terminal stays raw between two
  // openings by the cart.
  int master() const { return master_; }
  const std::filesystem::path& slave_path() const { return slave_path_; }
  // The published path, or that of the near end where nothing is published.
  const std::filesystem::path& path() const {
    return published_.empty() ? slave_path_ : published_;
  }

 private:
  void publish();

  int master_ = -1;
  int slave_ = -1;
  std::filesystem::path slave_path_;
  std::filesystem::path published_;
};

}  // namespace cartwright::link
