#include "cart/log.hpp"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/rotating_file_sink.h>

namespace cartwright::cart {
namespace {

constexpr std::size_t kFileBytes = 2U << 20;
constexpr std::size_t kOldFiles = 2;

spdlog::level::level_enum level_of(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warning:
      return spdlog::level::warn;
    case LogLevel::error:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

}  // namespace

struct Log::Impl {
  explicit Impl(const std::filesystem::path& file)
      : logger("cart", std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
                           file.string(), kFileBytes, kOldFiles)) {
    logger.set_formatter(std::make_unique<spdlog::pattern_formatter>(
        "%Y-%m-%dT%H:%M:%S.%eZ %-7l %v", spdlog::pattern_time_type::utc));
    logger.flush_on(spdlog::level::warn);
    logger.set_error_handler([](const std::string&) {});
  }

  spdlog::logger logger;
};

Log::Log(const std::filesystem::path& state) : impl_(std::make_unique<Impl>(state / "cart.log")) {}

Log::~Log() = default;

void Log::write(LogLevel level, std::string_view where, std::string_view text) {
  // A device's text may hold anything: one entry stays one line.
  std::string line(where);
  line += ": ";
  for (const char c : text) line += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  impl_->logger.log(level_of(level), line);
}

}  // namespace cartwright::cart
