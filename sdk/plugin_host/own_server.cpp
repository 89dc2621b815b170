#include "own_server.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

#include "host/record.hpp"

namespace cartwright::plugin_host {

using namespace host;
using wire::MessageKind;

namespace {

struct Task {
  MessageKind kind;
  std::uint64_t number;
  std::vector<std::uint64_t> body;
};
struct Piece {
  std::int32_t status;
  Bytes bytes;
};

// A reader thread takes what the host sends apart: tasks for the main thread, answers for the
// threads that wait for a piece of a blob, be it the main one.
class OwnServer {
 public:
  OwnServer(Channel& channel, InstanceShape shape) : channel_(channel), shape_(shape) {
    table_.struct_size = sizeof(table_);
    table_.host = this;
    table_.emit = [](const cw_own_host* h, const cw_record* event) {
      return of(h).post([&](EffectWriter& to) { return to.emit(of(h).shape_, event, 0); });
    };
    table_.done = [](const cw_own_host* h, std::uint64_t op, std::int32_t status,
                     const cw_record* result) {
      return of(h).post([&](EffectWriter& to) { return to.done(op, status, result); });
    };
    table_.keep = [](const cw_own_host* h, std::uint32_t key, std::uint32_t flags,
                     const std::uint8_t* value, std::uint32_t size) {
      return of(h).post([&](EffectWriter& to) { return to.keep(key, flags, value, size); });
    };
    table_.log = [](const cw_own_host* h, std::uint32_t level, const char* text,
                    std::uint32_t size) {
      return of(h).post([&](EffectWriter& to) { return to.log(level, text, size); });
    };
    table_.fault = [](const cw_own_host* h, std::uint32_t unit, const char* text,
                      std::uint32_t size) {
      return of(h).post([&](EffectWriter& to) { return to.fault(of(h).shape_, unit, text, size); });
    };
    table_.link_state = [](const cw_own_host* h, std::uint32_t up) {
      return of(h).post([&](EffectWriter& to) { return to.link_state(up != 0); });
    };
    table_.progress = [](const cw_own_host* h, std::uint64_t op) {
      return of(h).post([&](EffectWriter& to) { return to.progress(op); });
    };
    table_.blob_read = [](const cw_own_host* h, std::uint64_t blob, std::uint64_t offset,
                          std::uint8_t* into, std::uint32_t size, std::uint32_t* got) {
      return of(h).read_blob(blob, offset, into, size, got);
    };
  }

  const cw_own_host* table() const { return &table_; }

  void start_reading() {
    std::thread([this] { read(); }).detach();
  }

  Task next_task() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return !tasks_.empty(); });
    Task task = std::move(tasks_.front());
    tasks_.pop_front();
    return task;
  }

  void post_done(std::uint64_t op, std::int32_t status) {
    table_.done(&table_, op, status, nullptr);
  }

 private:
  static OwnServer& of(const cw_own_host* host) { return *static_cast<OwnServer*>(host->host); }

  template <typename Write>
  std::int32_t post(const Write& write) {
    thread_local std::vector<std::uint64_t> words(CW_EFFECTS_LIMIT / sizeof(std::uint64_t));
    EffectWriter writer(reinterpret_cast<std::byte*>(words.data()), CW_EFFECTS_LIMIT);
    const std::int32_t status = write(writer);
    if (status != CW_OK) return status;
    wire::Outgoing message(MessageKind::post, channel_.generation(), 0);
    return channel_.send(message.part(writer.block())) ? CW_OK : CW_LINK_DOWN;
  }

  std::int32_t read_blob(std::uint64_t blob, std::uint64_t offset, std::uint8_t* into,
                         std::uint32_t size, std::uint32_t* got) {
    if (into == nullptr || got == nullptr || size == 0) return CW_INVALID;
    const wire::BlobAsk ask{blob, offset, std::min(size, CW_BLOB_PIECE_LIMIT), 0};
    std::unique_lock lock(mutex_);
    const std::uint64_t request = ++last_request_;
    wire::Outgoing message(MessageKind::blob_ask, channel_.generation(), request);
    if (!channel_.send(message.body(ask))) return CW_LINK_DOWN;
    arrived_.wait(lock, [&] { return answers_.contains(request); });
    const Piece piece = std::move(answers_.at(request));
    answers_.erase(request);
    *got = static_cast<std::uint32_t>(std::min<std::size_t>(piece.bytes.size(), ask.size));
    if (*got != 0) std::memcpy(into, piece.bytes.data(), *got);
    return piece.status;
  }

  [[noreturn]] void read() {
    while (true) {
      const wire::Incoming message = channel_.receive();
      const std::lock_guard lock(mutex_);
      ByteView body = message.body;
      if (message.kind == MessageKind::blob_answer) {
        const auto* answer = wire::take<wire::BlobAnswer>(body);
        ByteView piece;
        if (answer == nullptr || !wire::take_bytes(body, answer->size, piece)) ::_exit(1);
        answers_[message.number] = {answer->status, {piece.begin(), piece.end()}};
      } else {
        Task task{message.kind, message.number, std::vector<std::uint64_t>(body.size() / 8)};
        if (!body.empty()) std::memcpy(task.body.data(), body.data(), body.size());
        tasks_.push_back(std::move(task));
      }
      arrived_.notify_all();
    }
  }

  Channel& channel_;
  InstanceShape shape_;
  cw_own_host table_{};
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Task> tasks_;
  std::map<std::uint64_t, Piece> answers_;
  std::uint64_t last_request_ = 0;
};

void run_task(OwnServer& server, const cw_own_driver& driver, void* self, const Task& task) {
  if (task.kind == MessageKind::command) {
    const auto* command = reinterpret_cast<const cw_record*>(task.body.data());
    const ByteView block = std::as_bytes(std::span(task.body));
    if (check_record(block)) ::_exit(1);
    const std::int32_t status = driver.command(self, command);
    if (status < 0) server.post_done(command->op, status);
  } else if (task.kind == MessageKind::cancel) {
    driver.cancel(self, task.number);
  } else if (task.kind == MessageKind::destroy) {
    driver.destroy(self);
    ::_exit(0);
  }
}

}  // namespace

void serve_own(Channel& channel, const Plugin& plugin, const InitBlock& init, const Bytes& kept) {
  const cw_own_driver& driver = *plugin.own();
  // Never destroyed: threads of the plugin may use it until the process ends.
  auto* const server = new OwnServer(channel, init.shape());
  server->start_reading();
  void* self = nullptr;
  std::array<char, 512> why{};
  cw_refusal refusal{sizeof(cw_refusal), static_cast<std::uint32_t>(why.size()), 0, 0, why.data()};
  cw_init asked = *init.get();
  asked.refusal = &refusal;
  const std::int32_t status =
      driver.create(&asked, reinterpret_cast<const std::uint8_t*>(kept.data()),
                    static_cast<std::uint32_t>(kept.size()), server->table(), &self);
  if (status < 0) {
    channel.send_text(MessageKind::refused,
                      plugin.file().string() + ": its create() ended with " +
                          std::to_string(status) + " " +
                          std::string(why.data(), std::min(refusal.size, refusal.capacity)));
    ::_exit(1);
  }
  wire::Outgoing ready(MessageKind::ready, channel.generation(), 0);
  channel.send(ready.body(wire::Ready{0, 0}));
  while (true) run_task(*server, driver, self, server->next_task());
}

}  // namespace cartwright::plugin_host
