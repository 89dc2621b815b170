#include "link/link.hpp"
#include "link/pty_link.hpp"
#include "link/reopening.hpp"
#include "link/replay_link.hpp"
#include "link/scenario_link.hpp"
#include "link/serial_link.hpp"
#include "link/tcp_link.hpp"
#include "link/uri.hpp"

namespace cartwright::link {
namespace {

using Executor = boost::asio::any_io_executor;
using MakeTransport = std::unique_ptr<Transport> (*)(const Uri&, Executor);

template <MakeTransport make>
std::unique_ptr<Link> reopening(const Uri& uri, Executor executor) {
  return std::make_unique<ReopeningLink>(make(uri, executor), executor);
}

struct Maker {
  std::string_view scheme;
  std::unique_ptr<Link> (*make)(const Uri&, Executor);
};

// Every scheme of uri_schemes() once.
constexpr Maker makers[] = {
    {"serial", reopening<make_serial_transport>},
    {"pty", reopening<make_pty_transport>},
    {"tcp", reopening<make_tcp_transport>},
    {"replay", make_replay_link},
    {"scenario", make_scenario_link},
};

}  // namespace

std::unique_ptr<Link> make_link(const std::string& text, boost::asio::any_io_executor executor) {
  const Uri uri = parse_uri(text);
  for (const Maker& maker : makers) {
    if (maker.scheme == uri.scheme) {
      return maker.make(uri, std::move(executor));
    }
  }
  refuse_value(uri, uri.scheme, "has no maker");
}

}  // namespace cartwright::link
