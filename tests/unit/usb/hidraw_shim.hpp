#pragma once

#include <map>
#include <memory>
#include <string>

#include "base/hex.hpp"
#include "support/usb/mock_node.hpp"

namespace cartwright::link::test {

// A hidraw node as the kernel would make it: in this program open(2) knows it, and behind what it
// opens stands a mocked node. One report is one packet of a socket. Used on one thread.
class HidrawNode {
 public:
  HidrawNode(std::string path, Bytes descriptor);
  ~HidrawNode();
  HidrawNode(const HidrawNode&) = delete;
  HidrawNode& operator=(const HidrawNode&) = delete;

  void plug();
  void unplug();
  void send(ByteView report) const;  // to the host
  Bytes take() const;                // the next report of the host; empty for none

  // Feature reports by ID, each with the ID byte that hidraw puts before all.
  std::map<std::uint8_t, Bytes> features;
  int open_error = 0;
  bool tells_descriptor = true;

  static HidrawNode* current;
  bool is(const char* path) const { return path_ == path; }
  int open();

 private:
  struct Kernel;

  std::string path_;
  Bytes descriptor_;
  int device_end_ = -1;
  int host_end_ = -1;
  std::shared_ptr<Kernel> kernel_;
};

}  // namespace cartwright::link::test
