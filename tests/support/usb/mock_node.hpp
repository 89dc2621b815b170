#pragma once

#include <memory>

namespace cartwright::test {

// The kernel's side of a device node, in this process: ioctl(2) and poll(2) of this library stand
// before those of the C library and ask the node that stands behind the file. Any thread.
class MockNode {
 public:
  MockNode() = default;
  virtual ~MockNode() = default;
  MockNode(const MockNode&) = delete;
  MockNode& operator=(const MockNode&) = delete;

  // Whoever has this file open, under whatever descriptor, speaks to `node` from here on.
  static void stand_behind(int descriptor, const std::shared_ptr<MockNode>& node);

  // While one lives no other thread's call reaches a node: the news of a device comes before its
  // node can stand behind the file.
  class Hold;

  // What ioctl() returns; -errno for an error.
  virtual int control(unsigned long request, void* argument) = 0;
  // Readable while poll() is to say POLLOUT; -1 where the file is asked itself.
  virtual int readiness() const { return -1; }
};

class MockNode::Hold {
 public:
  Hold();
  ~Hold();
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;
};

// An event descriptor that is ready or not.
class MockReadiness {
 public:
  MockReadiness();
  ~MockReadiness();
  MockReadiness(const MockReadiness&) = delete;
  MockReadiness& operator=(const MockReadiness&) = delete;

  void set(bool ready);
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

}  // namespace cartwright::test
