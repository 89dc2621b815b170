#pragma once

// A plugin around a vendor's blocking library (manifest: "io": "own") is a class:
//
//   class MyPlugin {
//    public:
//     // Throws std::exception when it can not start; its text is logged.
//     MyPlugin(const Settings&, const Start& kept, OwnHost host);
//     ~MyPlugin();                         // ends all threads
//     void on(const Show& command);        // commands of command.hpp; return soon, end them by
//     void on(const VendorCommand&);       // host.done() from any thread
//     void command(const cw_record&);      // optional: those that have no on()
//     void cancel(std::uint64_t op, bool timed_out);  // optional
//   };
//   CARTWRIGHT_OWN_DRIVER(MyPlugin, "my-plugin", "1.0.0")
//
// The four functions are called on the main thread of the plugin's process, one at a time. An
// exception out of a command ends it as CW_INTERNAL. What a command refers to lives as long as the
// call: copy what a thread needs.

#include <cartwright/abi/plugin.h>
#include <cartwright/driver/command.hpp>
#include <cartwright/driver/settings.hpp>

#include <exception>
#include <memory>
#include <string_view>

namespace cartwright::driver {

// The host, as a plugin's threads see it: a small value, to be copied freely. Every function may be
// called on any thread until the plugin's destructor has returned. False: the host is gone or
// refused the argument.
class OwnHost {
 public:
  explicit OwnHost(const cw_own_host& host) : host_(&host) {}

  template <typename Record, std::size_t Capacity>
  bool emit(RecordBuilder<Record, Capacity>& event) const {
    return !event.overflowed() && host_->emit(host_, event.finish()) == CW_OK;
  }
  bool done(std::uint64_t op, std::int32_t status = CW_OK) const {
    return host_->done(host_, op, status, nullptr) == CW_OK;
  }
  template <typename Record, std::size_t Capacity>
  bool done(std::uint64_t op, std::int32_t status, RecordBuilder<Record, Capacity>& result) const {
    result.value.header.op = op;
    if (result.overflowed()) return done(op, CW_NO_SPACE);
    return host_->done(host_, op, status, result.finish()) == CW_OK;
  }
  bool keep(std::uint32_t key, ByteView value, bool secret = false) const {
    return host_->keep(host_, key, secret ? CW_KEEP_SECRET : 0, value.data(),
                       static_cast<std::uint32_t>(value.size())) == CW_OK;
  }
  // Waits for a piece of a blob; empty at its end, nothing when it can not be read.
  std::optional<ByteView> read_blob(std::uint64_t blob, std::uint64_t offset,
                                    std::span<std::uint8_t> into) const {
    std::uint32_t got = 0;
    const std::size_t most = into.size() < CW_BLOB_PIECE_LIMIT ? into.size() : CW_BLOB_PIECE_LIMIT;
    if (host_->blob_read(host_, blob, offset, into.data(), static_cast<std::uint32_t>(most),
                         &got) != CW_OK ||
        got > most) {
      return std::nullopt;
    }
    return ByteView(into.data(), got);
  }
  void log(std::string_view text, std::uint32_t level = CW_LOG_INFO) const {
    host_->log(host_, level, text.data(), static_cast<std::uint32_t>(text.size()));
  }
  void fault(std::string_view text, std::uint32_t unit = 0) const {
    host_->fault(host_, unit, text.data(), static_cast<std::uint32_t>(text.size()));
  }
  void link_state(bool up) const { host_->link_state(host_, up ? 1 : 0); }
  // The library still works on `op`: its progress deadline starts anew.
  void progress(std::uint64_t op) const { host_->progress(host_, op); }

 private:
  const cw_own_host* host_;
};

namespace detail {

template <typename P>
class OwnWrapper {
  static_assert(std::is_constructible_v<P, const Settings&, const Start&, OwnHost>,
                "a plugin is made from (const Settings&, const Start&, OwnHost)");

 public:
  static std::int32_t CW_CALL create(const cw_init* init, const std::uint8_t* kept,
                                     std::uint32_t kept_size, const cw_own_host* host,
                                     void** self) noexcept {
    try {
      *self = new Instance(*init, Start{ByteView(kept, kept_size), false}, OwnHost(*host));
      return CW_OK;
    } catch (const std::exception& error) {
      return refuse(*init, error.what());
    } catch (...) {
      return CW_INTERNAL;
    }
  }

  static std::int32_t CW_CALL command(void* self, const cw_record* record) noexcept {
    auto& instance = *static_cast<Instance*>(self);
    try {
      give(instance, *record);
    } catch (const std::exception& error) {
      instance.host.log(error.what(), CW_LOG_ERROR);
      instance.host.done(record->op, CW_INTERNAL);
    } catch (...) {
      instance.host.done(record->op, CW_INTERNAL);
    }
    return CW_OK;
  }

  static std::int32_t CW_CALL cancel(void* self, std::uint64_t op) noexcept {
    if constexpr (requires(P plugin) { plugin.cancel(op); }) {
      try {
        static_cast<Instance*>(self)->plugin.cancel(op);
      } catch (...) {
        return CW_INTERNAL;
      }
      return CW_OK;
    } else {
      return CW_UNSUPPORTED;
    }
  }

  static void CW_CALL destroy(void* self) noexcept { delete static_cast<Instance*>(self); }

 private:
  struct Instance {
    Instance(const cw_init& init, const Start& kept, OwnHost own_host)
        : host(own_host), plugin(Settings(init), kept, own_host) {}
    OwnHost host;
    P plugin;
  };

  static void give(Instance& instance, const cw_record& record) {
    const bool handled = with_command(record, [&](const auto& typed) {
      if constexpr (requires { instance.plugin.on(typed); }) {
        instance.plugin.on(typed);
        return true;
      } else {
        return false;
      }
    });
    if (handled) return;
    if constexpr (requires { instance.plugin.command(record); }) {
      instance.plugin.command(record);
    } else {
      instance.host.done(record.op, CW_UNSUPPORTED);
    }
  }
};

template <typename P>
inline constexpr cw_own_driver own_table_of = {sizeof(cw_own_driver),  0,
                                               &OwnWrapper<P>::create, &OwnWrapper<P>::command,
                                               &OwnWrapper<P>::cancel, &OwnWrapper<P>::destroy};

}  // namespace detail
}  // namespace cartwright::driver

// Exports the plugin. `id` and `version` are those of the manifest.
#define CARTWRIGHT_OWN_DRIVER(Plugin, id, version)                                           \
  extern "C" CW_EXPORT const cw_plugin* CW_CALL cw_plugin_entry_v1(const cw_host_info*) {    \
    static constexpr cw_plugin plugin = {sizeof(cw_plugin),                                  \
                                         CW_ABI_MAJOR,                                       \
                                         CW_ABI_MINOR,                                       \
                                         0,                                                  \
                                         id,                                                 \
                                         version,                                            \
                                         nullptr,                                            \
                                         &cartwright::driver::detail::own_table_of<Plugin>}; \
    return &plugin;                                                                          \
  }
