#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shopping/cart.hpp"

namespace cartwright::torture {

using shopping::Cart;
using shopping::Json;
using shopping::Store;
using shopping::Time;

// One kill -9.
struct Blow {
  enum class When : std::uint8_t {
    line,   // the cart has told of its nth committed step of the trip
    write,  // the nth time that its database's log is seen to grow
    time,   // so long after the trip began
    end     // the trip has ended
  };
  When when = When::line;
  std::size_t n = 0;
  std::chrono::microseconds delay{0};  // after that
  std::string whom = "";               // a driver's id, "hub", or empty: the cart
};

// Strikes while the shopper waits, as it was told to.
class Harm final : public shopping::Onlooker {
 public:
  explicit Harm(Store& store);
  ~Harm() override;
  Harm(const Harm&) = delete;
  Harm& operator=(const Harm&) = delete;

  // A trip begins, during which these are dealt.
  void begin(std::vector<Blow> blows);
  // Nothing happens from now on; a hub that is down comes back.
  void end();
  // Whether blows of known time, or the hub's return, are still to come.
  bool busy() const { return !due_.empty(); }

  std::size_t lines() const { return lines_; }    // committed steps of this trip so far
  std::size_t writes() const { return writes_; }  // of the database's log
  int carts() const { return carts_; }
  int drivers() const { return drivers_; }
  int hubs() const { return hubs_; }
  // What was dealt since begin(), for a failure's text.
  const std::string& story() const { return story_; }

  void saw(Cart& cart, const Json& line) override;
  std::optional<Time> next() const override;
  int descriptor() const override { return inotify_; }
  void due(Cart& cart) override;

 private:
  struct Due {
    Time at;
    std::string whom;
  };

  void count(Cart& cart, Blow::When when, std::size_t n);
  void strike(Cart& cart, const std::string& whom);
  void read_writes(Cart& cart);

  Store& store_;
  int inotify_ = -1;
  std::vector<Blow> blows_;
  std::vector<Due> due_;
  std::size_t lines_ = 0;
  std::size_t writes_ = 0;
  int carts_ = 0;
  int drivers_ = 0;
  int hubs_ = 0;
  std::string story_;
};

}  // namespace cartwright::torture
