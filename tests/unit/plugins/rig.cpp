#include "unit/plugins/rig.hpp"

#include <gtest/gtest.h>

#include <array>

#include "base/error.hpp"
#include "host/engine_inline.hpp"
#include "host/record_json.hpp"

namespace cartwright::test {
namespace {

std::filesystem::path file_of(const std::string& plugin) {
  return std::filesystem::path(CARTWRIGHT_TEST_PLUGINS) / (plugin + ".so");
}

std::uint64_t deadline(std::uint64_t now_ns, std::chrono::nanoseconds within) {
  return within.count() == 0 ? 0 : now_ns + static_cast<std::uint64_t>(within.count());
}

}  // namespace

std::string status_name(std::int32_t status) {
  constexpr std::array<const char*, 16> names{
      "ok",           "unsupported",     "invalid",   "busy",
      "timeout",      "cancelled",       "link_down", "device_error",
      "declined",     "unknown_outcome", "not_found", "motion",
      "out_of_range", "no_space",        "duplicate", "internal"};
  const auto index = static_cast<std::size_t>(-status);
  return status <= 0 && index < names.size() ? names[index] : std::to_string(status);
}

Rig::Rig(const std::string& plugin, const std::string& settings)
    : plugin_(host::Plugin::load(file_of(plugin))),
      shape_{static_cast<std::uint32_t>(plugin_.manifest().units.size()),
             static_cast<std::uint32_t>(plugin_.manifest().links.size())} {
  const auto checked = host::check_settings(plugin_.manifest(), settings, "the test");
  engine_ =
      std::make_unique<host::InlineEngine>(*plugin_.driver(), host::InitBlock(checked, shape_, {}));
  engine_->start(*this);
  begin({});
}

Rig::~Rig() = default;

void Rig::begin(host::KeptValues kept) {
  host::SessionSink& sink = *this;
  session_ = std::make_unique<host::Session>(shape_, state_size_, std::move(kept), sink);
  settle();
  if (session_->hopeless()) throw Error(ErrorKind::refused, "the driver can not start");
}

void Rig::settle() {
  cw_now now{};
  now.struct_size = sizeof now;
  now.monotonic_ns = now_ns_;
  for (int bound = 0; bound < 100'000; ++bound) {
    if (const host::CallRequest* const request = session_->next_call(now)) {
      if (crash_in_ == session_->counters().calls) {
        crash_in_.reset();
        session_->lost(host::Loss::crashed);
        continue;
      }
      const auto reply = engine_->call(*request);
      ASSERT_TRUE(reply.has_value());
      session_->commit(*reply);
    } else if (!asked_.empty()) {
      const Queued request_of_driver = std::move(asked_.front());
      asked_.pop_front();
      serve(request_of_driver);
    } else if (!blob_reads_.empty()) {
      const host::BlobReadEffect read = blob_reads_.front();
      blob_reads_.pop_front();
      const auto blob = blobs_.find(read.blob);
      const bool there = blob != blobs_.end() && read.offset <= blob->second.size();
      const std::string piece = there ? blob->second.substr(read.offset, read.size) : "";
      session_->blob(session_->life(), read.token, read.offset, there ? CW_OK : CW_NOT_FOUND,
                     as_bytes(piece));
    } else {
      return;
    }
  }
  FAIL() << "the driver keeps the host busy for ever";
}

link::Shape Rig::shape_of(std::uint32_t link) const {
  return plugin_.manifest().links.at(link).shape;
}

void Rig::link_up(std::uint32_t link, ByteView descriptor, std::uint32_t usb_id) {
  up_[link] = true;
  session_->link_up(link, shape_of(link), descriptor, usb_id);
  settle();
}

void Rig::link_down(std::uint32_t link, std::int32_t reason) {
  up_[link] = false;
  for (const Queued& queued : std::exchange(queues_[link], {})) {
    end_request(queued, CW_LINK_DOWN, 0);
  }
  session_->link_down(link, reason);
  settle();
}

void Rig::arrive(std::string_view bytes, std::uint32_t link, std::uint32_t pipe) {
  session_->data(link, pipe, as_bytes(bytes));
  settle();
}

void Rig::advance(std::chrono::nanoseconds by) {
  const std::uint64_t until = now_ns_ + static_cast<std::uint64_t>(by.count());
  while (true) {
    const auto next = session_->next_deadline();
    if (!next || *next > until) break;
    now_ns_ = std::max(now_ns_, *next);
    settle();
  }
  now_ns_ = until;
  settle();
}

std::uint64_t Rig::command(const std::string& json, std::uint32_t unit) {
  return command(host::command_from_json(std::string_view(json)), unit, {});
}

std::uint64_t Rig::command(const std::string& json, Within within) {
  return command(host::command_from_json(std::string_view(json)), 0, within);
}

std::uint64_t Rig::command(host::Record record, std::uint32_t unit, Within within) {
  const host::CommandStart start = session_->command(
      std::move(record), unit, {deadline(now_ns_, within.soft), deadline(now_ns_, within.hard)});
  EXPECT_EQ(status_name(start.status), "ok") << "the host refused the command";
  settle();
  return start.op;
}

void Rig::cancel(std::uint64_t op) {
  session_->cancel(op);
  settle();
}

std::uint64_t Rig::add_blob(std::string bytes) {
  blobs_[next_blob_] = std::move(bytes);
  return next_blob_++;
}

void Rig::restart() {
  asked_.clear();
  blob_reads_.clear();
  queues_.clear();
  up_.clear();
  after_commit_.clear();
  dones_.clear();
  begin(host::KeptValues(session_->kept()));
}

void Rig::on_event(const cw_record& event) {
  nlohmann::json shown = host::record_to_json(event);
  if (event.unit != 0) shown["unit_index"] = event.unit;
  events_.push_back(std::move(shown));
}

void Rig::on_done(std::uint64_t op, std::int32_t status, const cw_record* result) {
  EXPECT_FALSE(dones_.contains(op)) << "operation " << op << " ended twice";
  Done end{status_name(status), nullptr};
  if (result != nullptr) end.result = host::record_to_json(*result);
  dones_[op] = end;
}

void Rig::on_blob_read(const host::BlobReadEffect& read) {
  blob_reads_.push_back(read);
}

void Rig::on_fault(std::uint32_t, std::string_view text) {
  faults_.emplace_back(text);
}

void Rig::on_io(const cw_io& io, ByteView data) {
  asked_.push_back({io, std::string(as_text(data)), session_->counters().calls});
}

void Rig::serve(const Queued& request) {
  if ((request.io.flags & CW_IO_AFTER_COMMIT) != 0 && commits_held_) {
    after_commit_.push_back(request);
  } else if (!up_[request.io.link]) {
    end_request(request, CW_LINK_DOWN, 0);
  } else if (request.io.kind == CW_IO_FEATURE_GET) {
    const auto found = features_.find(request.io.value);
    const bool there = found != features_.end();
    end_request(request, there ? CW_OK : CW_DEVICE_ERROR, 0, 0, there ? found->second : "");
  } else {
    queue_write(request);
  }
}

void Rig::release_commits() {
  commits_held_ = false;
  for (const Queued& queued : std::exchange(after_commit_, {})) serve(queued);
  settle();
}

// What a link does with REPLACE_QUEUED: the first of the queue is on the wire and stays.
void Rig::queue_write(Queued queued) {
  auto& queue = queues_[queued.io.link];
  if ((queued.io.flags & CW_IO_REPLACE_QUEUED) != 0) {
    std::deque<Queued> left;
    for (std::size_t i = 0; i < queue.size(); ++i) {
      const bool replaced = i > 0 && queue[i].io.pipe == queued.io.pipe &&
                            (queue[i].io.flags & CW_IO_REPLACE_QUEUED) != 0 &&
                            queue[i].call != queued.call;
      if (replaced) {
        end_request(queue[i], CW_CANCELLED, 0, CW_IN_REPLACED);
      } else {
        left.push_back(queue[i]);
      }
    }
    queue = std::move(left);
  }
  const std::uint32_t link = queued.io.link;
  queue.push_back(std::move(queued));
  if (!held_[link]) finish_write(link);
}

void Rig::finish_write(std::uint32_t link, std::int32_t status,
                       std::optional<std::uint64_t> written) {
  auto& queue = queues_[link];
  ASSERT_FALSE(queue.empty()) << "nothing is on the wire";
  const Queued queued = std::move(queue.front());
  queue.pop_front();
  const std::uint64_t count = written.value_or(status == CW_OK ? queued.data.size() : 0);
  if (status == CW_OK || count > 0) {
    wire_.push_back({link, queued.io.pipe, queued.data.substr(0, count), queued.io.kind});
  }
  end_request(queued, status, count);
  if (held_[link]) settle();
}

void Rig::end_request(const Queued& queued, std::int32_t status, std::uint64_t written,
                      std::uint32_t flags, std::string_view extra) {
  session_->io_done(session_->life(), queued.io.link, queued.io.pipe, queued.io.token, status,
                    written, as_bytes(extra), flags);
}

Rig::Done Rig::done(std::uint64_t op) const {
  const auto found = dones_.find(op);
  if (found == dones_.end()) {
    throw Error(ErrorKind::not_found, "operation " + std::to_string(op) + " has not ended");
  }
  return found->second;
}

std::string Rig::pending(std::uint32_t link, std::uint32_t pipe) const {
  return std::string(as_text(session_->waiting(link, pipe)));
}

std::string Rig::state_bytes() const {
  return std::string(as_text(session_->state()));
}

std::string Rig::kept_content() const {
  return std::string(as_text(session_->kept().encode()));
}

}  // namespace cartwright::test
