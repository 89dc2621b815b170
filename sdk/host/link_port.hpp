#pragma once

#include <cartwright/abi/effects.h>

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "host/device.hpp"
#include "link/link.hpp"

namespace cartwright::host {

// One link of a device with the requests that wait for it. One request is with the link at a time,
// so that those behind it can still be replaced, and each that must wait for a commit holds back
// what comes after it.
class LinkPort : public link::Listener {
 public:
  struct Finished {
    std::uint64_t life = 0;
    std::uint32_t pipe = 0;
    std::uint64_t token = 0;
    std::int32_t status = 0;
    std::uint64_t written = 0;
    Bytes data;
    std::uint32_t flags = 0;  // CW_IN_REPLACED
  };
  // Told on the executor, never inside a call into the port.
  class Owner {
   public:
    virtual ~Owner() = default;
    virtual void port_up(std::uint32_t link, const link::UpInfo& info) = 0;
    virtual void port_down(std::uint32_t link, link::DownReason reason) = 0;
    virtual void port_data(std::uint32_t link, std::uint32_t pipe, ByteView bytes) = 0;
    virtual void port_lines(std::uint32_t link, std::uint32_t lines) = 0;
    virtual void port_finished(std::uint32_t link, const Finished& finished) = 0;
  };

  // `owner` must outlive the port or a call of stop().
  LinkPort(std::uint32_t index, std::string name, std::string uri, std::unique_ptr<link::Link> link,
           std::weak_ptr<Owner> owner);

  void start() { link_->start(*this); }
  void stop();
  // Queues a request of the driver; it waits while `held(batch)` says so. What it replaces comes
  // back in `replaced`, for the caller to tell.
  void add(const cw_io& io, ByteView data, std::uint64_t life, std::uint64_t batch,
           std::vector<Finished>& replaced);
  // The device is about to leave and to come back under other ids; in its turn among requests.
  void expect_replug(std::chrono::nanoseconds within);
  // Goes down and comes up again, before what waits.
  void reopen();
  // Sends what may go. `held(batch)` is true while the events of the batch are not committed.
  void flush(const std::function<bool(std::uint64_t)>& held);
  void set_reading(bool wanted);
  bool idle() const { return queue_.empty() && !in_flight_; }
  bool up() const { return up_; }
  const std::string& reason() const { return reason_; }
  LinkStatus status() const;

 private:
  struct Waiting {
    link::Request request;
    std::uint64_t token;
    std::uint64_t life;
    std::uint64_t batch;  // 0: waits for no commit
    bool replaceable;
    std::uint64_t call = 0;  // whose effect it is: a call's writes do not replace each other
  };

  void link_up(const link::UpInfo& info) override;
  void link_data(std::uint32_t pipe, ByteView bytes) override;
  void link_lines(const link::ModemLines& lines) override;
  void link_down(link::DownReason reason, const std::string& text) override;
  void submit(Waiting waiting);

  std::uint32_t index_;
  std::string name_;
  std::string uri_;
  std::unique_ptr<link::Link> link_;
  std::weak_ptr<Owner> owner_;
  std::deque<Waiting> queue_;
  std::string reason_ = "not opened yet";
  bool in_flight_ = false;
  bool up_ = false;
  bool reading_ = true;
};

// The CW_DOWN_* that drivers are told.
std::int32_t down_status(link::DownReason reason);

}  // namespace cartwright::host
