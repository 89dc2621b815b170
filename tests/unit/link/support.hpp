#pragma once

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "link/link.hpp"

namespace cartwright::link::test {

// Keeps what a link tells.
class Witness : public Listener {
 public:
  void link_up(const UpInfo& info) override {
    ups.push_back(info);
    is_up = true;
  }
  void link_data(std::uint32_t /*pipe*/, ByteView bytes) override {
    messages.emplace_back(as_text(bytes));
    data += as_text(bytes);
  }
  void link_lines(const ModemLines& told) override { lines.push_back(told); }
  void link_down(DownReason reason, const std::string& text) override {
    downs.push_back({reason, text});
    is_up = false;
  }

  struct Down {
    DownReason reason;
    std::string text;
  };
  bool is_up = false;
  std::vector<UpInfo> ups;
  std::vector<Down> downs;
  std::vector<ModemLines> lines;
  std::vector<std::string> messages;
  std::string data;
};

// An event loop that runs until something is so. The limit only ends a test that fails.
class Loop {
 public:
  template <typename Condition>
  bool until(Condition condition, std::chrono::seconds limit = std::chrono::seconds(10)) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
      io.restart();
      if (std::chrono::steady_clock::now() >= deadline) {
        return false;
      }
      io.run_one_until(
          std::min(deadline, std::chrono::steady_clock::now() + std::chrono::milliseconds(10)));
    }
    return true;
  }
  void run_what_is_ready() {
    io.restart();
    io.poll();
  }

  boost::asio::io_context io{1};
};

// Submits a request and keeps how it ended, also when it ends after this object.
class Asked {
 public:
  Asked(Link& link, Request request) {
    link.submit(std::move(request), [state = state_](const Completion& end) {
      state->completion = end;
      ++state->ends;
    });
  }
  bool ended() const { return state_->ends == 1; }
  int ends() const { return state_->ends; }
  Result result() const { return state_->completion.result; }
  std::uint64_t written() const { return state_->completion.written; }
  const Bytes& data() const { return state_->completion.data; }

 private:
  struct State {
    Completion completion;
    int ends = 0;
  };
  std::shared_ptr<State> state_ = std::make_shared<State>();
};

inline Request write_of(std::string_view text) {
  Request request;
  request.data = to_bytes(text);
  return request;
}
inline Request request_of(RequestKind kind) {
  Request request;
  request.kind = kind;
  return request;
}

// What a call throws, as text; empty where it throws nothing.
template <typename Call>
std::string error_of(Call call) {
  try {
    call();
  } catch (const std::exception& error) {
    return error.what();
  }
  return {};
}

}  // namespace cartwright::link::test
