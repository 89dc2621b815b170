#include "link/link.hpp"
#include "link/pty_link.hpp"
#include "link/reopening.hpp"
#include "link/replay_link.hpp"
#include "link/scenario_link.hpp"
#include "link/serial_link.hpp"
#include "link/tcp_link.hpp"
#include "link/tcp_listen_link.hpp"
#include "link/tls_link.hpp"
#include "link/uri.hpp"
#include "link/usb_link.hpp"

namespace cartwright::link {
namespace {

using Executor = boost::asio::any_io_executor;
using MakeTransport = std::unique_ptr<Transport> (*)(const Uri&, Executor);

template <MakeTransport make>
std::unique_ptr<Link> reopening(const Uri& uri, Shape /*wanted*/, Executor executor) {
  return std::make_unique<ReopeningLink>(make(uri, executor), executor);
}
std::unique_ptr<Link> usb(const Uri& uri, Shape wanted, Executor executor) {
  return std::make_unique<ReopeningLink>(make_usb_transport(uri, wanted, executor), executor);
}
template <std::unique_ptr<Link> (*make)(const Uri&, Executor)>
std::unique_ptr<Link> plain(const Uri& uri, Shape /*wanted*/, Executor executor) {
  return make(uri, std::move(executor));
}

struct Maker {
  std::string_view scheme;
  std::unique_ptr<Link> (*make)(const Uri&, Shape, Executor);
};

// Every scheme of uri_schemes() once.
constexpr Maker makers[] = {
    {"serial", reopening<make_serial_transport>},
    {"pty", reopening<make_pty_transport>},
    {"tcp", reopening<make_tcp_transport>},
    {"tls", reopening<make_tls_transport>},
    {"tcp-listen", reopening<make_tcp_listen_transport>},
    {"hid", reopening<make_hid_transport>},
    {"usb", usb},
    {"replay", plain<make_replay_link>},
    {"scenario", plain<make_scenario_link>},
};

}  // namespace

std::unique_ptr<Link> make_link(const std::string& text, boost::asio::any_io_executor executor,
                                Shape wanted) {
  const Uri uri = parse_uri(text);
  for (const Maker& maker : makers) {
    if (maker.scheme == uri.scheme) {
      return maker.make(uri, wanted, std::move(executor));
    }
  }
  refuse_value(uri, uri.scheme, "has no maker");
}

std::string link_warning(const std::string& text) {
  const Uri uri = parse_uri(text);
  if (uri.scheme == "tls" && uri.value("verify").value_or("on") != "on") {
    return "nobody checks who answers at " + uri.path +
           ": anyone on the way can read and change what passes";
  }
  return {};
}

}  // namespace cartwright::link
