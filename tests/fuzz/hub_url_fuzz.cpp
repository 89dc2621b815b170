// The setting `url` of sink-http, any bytes: what is taken can be put into a request as it stands,
// means the same when it is written again, and every refusal says what to write.

#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

#include "../../plugins/sink-http/url.cpp"

namespace {

using namespace cartwright::sink;

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const HubUrl hub = parse_hub_url(text);
    // Nothing that would end a line or begin another header.
    for (const char c : hub.authority + hub.path + hub.host) require(c > ' ' && c < '\x7f');
    require(!hub.host.empty() && hub.port != 0);
    require(hub.path.empty() || (hub.path.starts_with('/') && !hub.path.ends_with('/')));
    const HubUrl again = parse_hub_url("http://" + hub.authority + hub.path);
    require(again.host == hub.host && again.port == hub.port && again.path == hub.path &&
            again.authority == hub.authority);
  } catch (const std::invalid_argument& refusal) {
    require(std::string_view(refusal.what()).ends_with("write http://HOST[:PORT][/PATH]"));
  }
  return 0;
}
