#pragma once

#include <functional>
#include <string>

#include "link/link.hpp"

namespace cartwright::link {

// One way to reach a device, once: what is particular to serial ports, pseudo-terminals, TCP.
// ReopeningLink opens it again and again and keeps order among requests. Everything happens on the
// link's executor.
class Transport {
 public:
  // Who is told. Not from inside close() or set_reading().
  class Owner {
   public:
    virtual void came_up(const UpInfo& info) = 0;
    // open() goes on, but may last: why the device is not there yet.
    virtual void still_down(DownReason reason, const std::string& text) = 0;
    virtual void went_down(DownReason reason, const std::string& text) = 0;
    virtual void got_data(std::uint32_t pipe, ByteView bytes) = 0;
    virtual void got_lines(const ModemLines& lines) = 0;
    // While it is down: the device may have come; opening is worth a try before the back-off ends.
    virtual void may_be_there() = 0;
    virtual Counters& counted() = 0;

   protected:
    ~Owner() = default;
  };

  virtual ~Transport() = default;
  // Ends with one came_up or went_down, inside this call or later. After went_down the transport is
  // closed.
  virtual void open(Owner& owner) = 0;
  // Closes whatever is open. The owner hears no more of it; an unfinished perform() is forgotten
  // and tells what it had written through `written()`.
  virtual void close() = 0;
  // Does one request; the next is given after `done`, which may be called inside this call. Not
  // called for connect and close.
  virtual void perform(const Request& request, Link::Done done) = 0;
  // Bytes that the kernel took of the request that perform() has not ended; asked after close()
  // or went_down.
  virtual std::uint64_t written() const = 0;
  virtual void set_reading(bool wanted) = 0;
};

}  // namespace cartwright::link
