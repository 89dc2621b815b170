#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <memory>
#include <string>

#include "link/transport.hpp"

namespace cartwright::link {

// Keeps a transport open: the state machine of every link to real hardware.
//
//   stopped ─start→ opening ─came_up→ up ─went_down→ waiting ─back-off over→ opening
//                      └───went_down→ waiting        any ─close→ held ─connect→ opening
//                        waiting ─may_be_there→ opening
//
// The back-off doubles from 100 ms to 5 s. It begins anew once a connection has brought bytes or
// stood for 5 s, so that a far side that accepts and hangs up is not called ten times a second.
class ReopeningLink final : public Link, private Transport::Owner {
 public:
  static constexpr std::chrono::milliseconds first_pause{100};
  static constexpr std::chrono::milliseconds longest_pause{5000};
  static constexpr std::size_t most_requests = 1024;  // waiting; one more ends as an error

  ReopeningLink(std::unique_ptr<Transport> transport, boost::asio::any_io_executor executor);
  ~ReopeningLink() override;

  void start(Listener& listener) override;
  void stop() override;
  void submit(Request request, Done done) override;
  void set_reading(bool wanted) override;
  const Counters& counters() const override { return counters_; }

 private:
  enum class State : std::uint8_t { stopped, opening, up, waiting, held };
  struct Pending {
    Request request;
    Done done;
  };

  void came_up(const UpInfo& info) override;
  void still_down(DownReason reason, const std::string& text) override;
  void went_down(DownReason reason, const std::string& text) override;
  void got_data(std::uint32_t pipe, ByteView bytes) override;
  void got_lines(const ModemLines& lines) override;
  void may_be_there() override;
  Counters& counted() override { return counters_; }

  template <typename Step>
  void later(Step step);
  void open();
  void wait_and_open();
  void pump_later();
  void pump();
  void perform(Pending pending);
  void finish(const Completion& completion);
  void finish_connect(Result result);
  std::uint64_t written_by_running() const;
  void connect();
  void hold();

  std::unique_ptr<Transport> transport_;
  boost::asio::any_io_executor executor_;
  boost::asio::steady_timer timer_;
  std::shared_ptr<int> alive_;  // what is posted holds it weakly; renewed by stop()
  Listener* listener_ = nullptr;
  State state_ = State::stopped;
  std::chrono::milliseconds pause_ = first_pause;
  std::chrono::steady_clock::time_point up_since_;
  std::uint64_t rx_at_up_ = 0;
  bool told_down_ = false;
  bool pump_posted_ = false;
  std::deque<Pending> waiting_;
  std::unique_ptr<Pending> running_;
  std::uint64_t run_ = 0;  // counts requests, so that a late end is known
  Counters counters_;
};

}  // namespace cartwright::link
