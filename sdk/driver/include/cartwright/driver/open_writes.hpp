#pragma once

// Which commands of a display have not ended, and with which write each will.

#include <cartwright/driver/command.hpp>
#include <cartwright/driver/fixed.hpp>
#include <cartwright/driver/fx.hpp>

namespace cartwright::driver {

// Writes are numbered from 1. A flat member of the driver's state.
class OpenWrites {
 public:
  // The command waits for the next write. A `screen` gives its place to a newer one, which cancels
  // it. False where too many wait.
  bool add(std::uint64_t op, bool screen, Fx& fx) {
    if (screen) cancel_waiting_screens(fx);
    return open_.push_back({op, 0, screen});
  }

  // The number of the write that now takes all that waits with it.
  std::uint64_t begin_write() {
    ++last_write_;
    ++in_flight_;
    for (Open& open : open_) {
      if (open.write == 0) open.write = last_write_;
    }
    return last_write_;
  }

  // There is nothing to send: what waits is to be seen already, or will be when the last write has
  // ended.
  void need_no_write(Fx& fx) {
    for (std::size_t i = 0; i < open_.size();) {
      if (open_[i].write != 0) {
        ++i;
      } else if (in_flight_ != 0) {
        open_[i++].write = last_write_;
      } else {
        end(i, CW_OK, fx);
      }
    }
  }

  // A write's end comes too late where the line was down since.
  bool knows(const IoDone& done) const { return done.token >= first_live_; }
  void write_ended(const IoDone& done, Fx& fx) {
    if (in_flight_ != 0) --in_flight_;
    for (std::size_t i = 0; i < open_.size();) {
      Open& open = open_[i];
      if (open.write != done.token) {
        ++i;
      } else if (done.replaced && !open.screen && last_write_ != done.token) {
        open.write = last_write_;  // the write that replaced it says the same
        ++i;
      } else {
        end(i, done.replaced ? CW_CANCELLED : done.status, fx);
      }
    }
  }
  bool in_flight() const { return in_flight_ != 0; }

  // The bytes can not be taken back, but nobody waits for them any more.
  void cancel(const Cancel& cancel, Fx& fx) {
    for (std::size_t i = 0; i < open_.size(); ++i) {
      if (open_[i].op == cancel.op) return end(i, cancel.timed_out ? CW_TIMEOUT : CW_CANCELLED, fx);
    }
  }

  // What was on its way ends here.
  void link_down(Fx& fx) {
    for (const Open& open : open_) fx.done(open.op, CW_LINK_DOWN);
    open_.clear();
    first_live_ = last_write_ + 1;
    in_flight_ = 0;
  }

 private:
  static constexpr std::size_t most = 16;

  struct Open {
    std::uint64_t op = 0;
    std::uint64_t write = 0;  // 0: waits for the line
    bool screen = false;
  };

  void cancel_waiting_screens(Fx& fx) {
    for (std::size_t i = 0; i < open_.size();) {
      if (open_[i].write == 0 && open_[i].screen) {
        end(i, CW_CANCELLED, fx);
      } else {
        ++i;
      }
    }
  }

  void end(std::size_t index, std::int32_t status, Fx& fx) {
    const std::uint64_t op = open_[index].op;
    open_[index] = open_[open_.size() - 1];
    open_.pop_back();
    fx.done(op, status);
  }

  std::uint32_t in_flight_ = 0;
  std::uint64_t last_write_ = 0;
  std::uint64_t first_live_ = 1;  // what ends of earlier writes says nothing any more
  FixedVector<Open, most> open_;
};

}  // namespace cartwright::driver
