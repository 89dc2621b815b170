#include "base/error.hpp"
#include "host/manifest.hpp"

// The manifest's JSON comes out of a file that anyone may have written; the settings are read
// against the schema that it brought along.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cartwright;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const host::Manifest manifest = host::parse_manifest(text, "fuzz");
    host::check_settings(manifest, "{}", "fuzz");
    host::check_settings(manifest, R"({"poll_ms":100,"suffix":"\r"})", "fuzz");
  } catch (const Error&) {
    return 0;
  }
  return 0;
}
