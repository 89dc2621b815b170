// sink-http: one batch at a time to POST HUB/v1/batches, one question at a time to
// GET HUB/v1/receipts/DIGEST. What comes back goes to the cart as it came; the cart decides.

#include <cartwright/abi/draft/sink.h>

#include <cartwright/driver/own.hpp>

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "http_client.hpp"

using namespace cartwright::driver;
using namespace cartwright::sink;

namespace {

constexpr const char* protobuf = "application/x-protobuf";
// A batch is bounded by the outbox far below this.
constexpr std::uint64_t batch_limit = 16u << 20;

struct Job {
  std::uint64_t op = 0;
  bool asks = false;
  std::uint64_t blob = 0;
  std::uint64_t size = 0;
  std::array<std::uint8_t, 32> digest{};
};

// How a job ends.
struct End {
  std::int32_t status = CW_OK;
  std::uint32_t code = 0;
  std::uint32_t retry_after_s = 0;
  std::string receipt;
};

std::string hex(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

// Retry-After in seconds (RFC 9110, 10.2.3), at most a day; 0 for its form as a date.
std::uint32_t retry_after(std::string_view text) {
  std::uint32_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole ? std::min<std::uint32_t>(seconds, 86'400) : 0;
}

// RFC 9110, 8.3.1: types compare without case, parameters follow a semicolon.
bool is_protobuf(std::string_view content_type) {
  content_type = content_type.substr(0, content_type.find(';'));
  while (content_type.ends_with(' ')) content_type.remove_suffix(1);
  return std::ranges::equal(content_type, std::string_view(protobuf), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
  });
}

End end_of(HttpFailure failure) {
  switch (failure) {
    case HttpFailure::away:
      return {CW_LINK_DOWN, 0, 0, {}};
    case HttpFailure::timeout:
      return {CW_TIMEOUT, 0, 0, {}};
    case HttpFailure::cancelled:
      return {CW_CANCELLED, 0, 0, {}};
    case HttpFailure::not_http:
    case HttpFailure::too_large:
      break;
  }
  return {CW_DEVICE_ERROR, 0, 0, {}};
}

// A 200 that is no Protobuf is a captive portal's page and no receipt.
End end_of(HttpReply reply, bool asks) {
  End end;
  end.code = reply.status;
  if (reply.status == 200 && is_protobuf(reply.content_type)) {
    end.receipt = std::move(reply.body);
  } else if (reply.status == 429 || reply.status == 503) {
    end.status = CW_BUSY;
    end.retry_after_s = retry_after(reply.retry_after);
  } else if (reply.status == 404 && asks) {
    end.status = CW_NOT_FOUND;
  } else {
    end.status = CW_DEVICE_ERROR;
  }
  return end;
}

class SinkHttp {
 public:
  SinkHttp(const Settings& settings, const Start&, OwnHost host)
      : host_(host),
        client_(parse_hub_url(settings.text("url"))),
        timeout_(settings.integer("timeout_ms")),
        worker_([this] { work(); }) {
    host_.link_state(true);
  }
  ~SinkHttp() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      client_.cancel();
    }
    wake_.notify_one();
    worker_.join();
  }
  SinkHttp(const SinkHttp&) = delete;
  SinkHttp& operator=(const SinkHttp&) = delete;

  void command(const cw_record& record) {
    Job job;
    job.op = record.op;
    if (record.type == CW_SINK_SEND) {
      const auto body = read_fixed<cw_sink_send>(record);
      job.blob = body.blob;
      job.size = body.size;
      if (job.size == 0) return void(host_.done(job.op, CW_INVALID));
      if (job.size > batch_limit) return void(host_.done(job.op, CW_NO_SPACE));
    } else if (record.type == CW_SINK_ASK) {
      const auto body = read_fixed<cw_sink_ask>(record);
      std::copy(std::begin(body.digest), std::end(body.digest), job.digest.begin());
      job.asks = true;
    } else {
      return void(host_.done(job.op, CW_UNSUPPORTED));
    }
    take(job);
  }

  void on(const CheckHealth& command) { host_.done(command.op); }

  void cancel(std::uint64_t op) {
    const std::lock_guard lock(mutex_);
    if (!job_ || job_->op != op) return;
    cancelled_ = true;
    client_.cancel();
  }

 private:
  void take(const Job& job) {
    {
      const std::lock_guard lock(mutex_);
      if (job_) return void(host_.done(job.op, CW_BUSY));
      job_ = job;
      cancelled_ = false;
    }
    wake_.notify_one();
  }

  void work() {
    std::unique_lock lock(mutex_);
    while (true) {
      wake_.wait(lock, [this] { return stopping_ || job_.has_value(); });
      if (stopping_) return;
      const Job job = *job_;
      lock.unlock();
      const End end = run(job);
      lock.lock();
      job_.reset();  // before the end is told: whoever hears it may give the next one
      if (stopping_) return;
      tell(job.op, end);
    }
  }

  bool is_cancelled() {
    const std::lock_guard lock(mutex_);
    return cancelled_ || stopping_;
  }

  End run(const Job& job) {
    try {
      const HttpResult result = job.asks ? ask(job) : send(job);
      if (const auto* failure = std::get_if<HttpFailure>(&result)) return end_of(*failure);
      return end_of(std::get<HttpReply>(result), job.asks);
    } catch (const std::exception& error) {
      host_.log(error.what(), CW_LOG_ERROR);
      return {CW_INTERNAL, 0, 0, {}};
    }
  }

  HttpResult ask(const Job& job) {
    if (is_cancelled()) return HttpFailure::cancelled;
    return client_.get("/v1/receipts/" + hex(job.digest), timeout_);
  }

  HttpResult send(const Job& job) {
    std::string batch;
    batch.reserve(static_cast<std::size_t>(job.size));
    std::array<std::uint8_t, CW_BLOB_PIECE_LIMIT> piece{};
    while (batch.size() < job.size) {
      const auto got = host_.read_blob(job.blob, batch.size(), piece);
      if (!got || got->empty()) {
        throw std::runtime_error("the batch ends after " + std::to_string(batch.size()) + " of " +
                                 std::to_string(job.size) + " bytes");
      }
      batch += text_of(*got);
      if (is_cancelled()) return HttpFailure::cancelled;
    }
    if (batch.size() != job.size) throw std::runtime_error("the batch is longer than it was said");
    host_.progress(job.op);
    return client_.post("/v1/batches", protobuf, std::move(batch), timeout_);
  }

  // The hub is away or there, as the last exchange found it.
  void tell(std::uint64_t op, const End& end) {
    const bool away = end.status == CW_LINK_DOWN || end.status == CW_TIMEOUT;
    if (away != away_ && end.status != CW_CANCELLED) {
      away_ = away;
      host_.link_state(!away);
    }
    RecordBuilder<cw_sink_result, HttpClient::response_limit> result(CW_SINK_RESULT);
    result.value.code = end.code;
    result.value.retry_after_s = end.retry_after_s;
    result.value.receipt = result.put(std::string_view(end.receipt));
    host_.done(op, end.status, result);
  }

  OwnHost host_;
  HttpClient client_;
  std::chrono::milliseconds timeout_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::optional<Job> job_;
  bool cancelled_ = false;
  bool stopping_ = false;
  bool away_ = false;
  std::thread worker_;  // last: it uses all of the above
};

}  // namespace

CARTWRIGHT_OWN_DRIVER(SinkHttp, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
