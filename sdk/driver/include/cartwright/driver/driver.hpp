#pragma once

// A driver is a trivially copyable struct with member functions:
//
//   struct MyScanner {
//     void configure(const Settings&);     // or std::string_view: why the settings can not work,
//                                          // empty where they can
//     void on(Bytes in, Fx& fx);           // a stream's bytes
//     void on(const Message&, Fx&);        // or: one report of a message link
//     void on(Messages in, Fx& fx);        // or: all that wait, to take when one thing is whole
//     void on(Start, Fx&);                 // and LinkUp, LinkDown, Timer, IoDone, LineState,
//                                          // Blob, Cancel, Stop
//     void on(Show, Fx&);                  // commands, see command.hpp
//   };
//   CARTWRIGHT_DRIVER(MyScanner, "my-scanner", "1.0.0")
//
// Each function is optional; a command without one ends as CW_UNSUPPORTED. The struct is the
// driver's whole memory: no pointer, no static variable. An exception rolls the call back.

#include <cartwright/driver/command.hpp>
#include <cartwright/driver/fx.hpp>
#include <cartwright/driver/settings.hpp>

#include <new>
#include <type_traits>

namespace cartwright::driver {

// Raise it (static constexpr std::uint32_t state_version = 2) when the struct's layout or meaning
// changes: an older state is then not handed to the new binary.
template <typename D>
constexpr std::uint32_t state_version_of() {
  if constexpr (requires { D::state_version; }) {
    return D::state_version;
  } else {
    return 1;
  }
}

namespace detail {

template <typename D, typename Input>
concept Handles = requires(D driver, Input input, Fx& fx) { driver.on(input, fx); };

template <typename D>
class Wrapper {
  static_assert(std::is_trivially_copyable_v<D>,
                "a driver's state is one flat block: use the containers of fixed.hpp");
  static_assert(std::is_default_constructible_v<D>);
  static_assert(sizeof(D) <= CW_STATE_LIMIT, "a driver's state has at most 64 KiB");
  static_assert(alignof(D) <= 16);
  static_assert(Handles<D, Bytes> + Handles<D, const Message&> + Handles<D, Messages> <= 1,
                "a driver reads a stream, on(Bytes, Fx&), or messages, on(const Message&, Fx&) or "
                "on(Messages, Fx&)");

 public:
  static std::int32_t CW_CALL init(void* state, const cw_init* init) noexcept {
    try {
      D* driver = ::new (state) D();
      if constexpr (requires {
                      { driver->configure(Settings(*init)) } -> std::same_as<std::string_view>;
                    }) {
        const std::string_view refusal = driver->configure(Settings(*init));
        return refusal.empty() ? CW_OK : refuse(*init, refusal);
      } else if constexpr (requires { driver->configure(Settings(*init)); }) {
        static_assert(std::is_void_v<decltype(driver->configure(Settings(*init)))>,
                      "configure returns nothing, or as std::string_view why it refuses");
        driver->configure(Settings(*init));
      }
      return CW_OK;
    } catch (...) {
      return CW_INTERNAL;
    }
  }

  static std::int32_t CW_CALL input(void* state, const cw_now* now, const cw_input* in,
                                    const cw_fx* host, cw_outcome* outcome) noexcept {
    try {
      Fx fx(*host, *now, *in, *outcome);
      dispatch(*std::launder(static_cast<D*>(state)), *in, fx, *outcome);
      return fx.status();
    } catch (...) {
      return CW_INTERNAL;
    }
  }

 private:
  template <typename Input>
  static void give(D& driver, const Input& input, Fx& fx) {
    if constexpr (Handles<D, Input>) driver.on(input, fx);
  }

  static void dispatch(D& driver, const cw_input& in, Fx& fx, cw_outcome& outcome) {
    const ByteView extra(in.extra, in.extra_size);
    switch (in.kind) {
      case CW_IN_START:
        return give(driver, Start{extra, (in.flags & CW_IN_STATE_LOST) != 0}, fx);
      case CW_IN_LINK_UP:
        return give(driver,
                    LinkUp{in.link, extra, static_cast<std::uint16_t>(in.token >> 16),
                           static_cast<std::uint16_t>(in.token)},
                    fx);
      case CW_IN_LINK_DOWN:
        return give(driver, LinkDown{in.link, in.status}, fx);
      case CW_IN_DATA:
        return data(driver, in, fx, outcome);
      case CW_IN_TIMER:
        return give(driver, Timer{in.token, in.link}, fx);
      case CW_IN_COMMAND:
        return command(driver, *in.command, fx);
      case CW_IN_CANCEL:
        return give(driver, Cancel{in.token, in.status == CW_TIMEOUT}, fx);
      case CW_IN_IO_DONE:
        return give(
            driver,
            IoDone{in.token, in.status, in.count, (in.flags & CW_IN_REPLACED) != 0, extra, in.link},
            fx);
      case CW_IN_LINE_STATE:
        return give(driver, LineState{in.link, static_cast<std::uint32_t>(in.count)}, fx);
      case CW_IN_BLOB:
        return give(driver, Blob{in.token, in.status, in.count, extra}, fx);
      case CW_IN_STOP:
        return give(driver, Stop{}, fx);
      default:
        return;
    }
  }

  static void data(D& driver, const cw_input& in, Fx& fx, cw_outcome& outcome) {
    if constexpr (Handles<D, Bytes>) {
      driver.on(Bytes(in, outcome), fx);
    } else if constexpr (Handles<D, Messages>) {
      driver.on(Messages(in, outcome), fx);
    } else if constexpr (Handles<D, const Message&>) {
      bool after_loss = (in.flags & CW_IN_DISCONTINUITY) != 0;
      // What is left is shown again at once: one call's effects are bounded.
      constexpr std::uint32_t at_once = 64;
      for (std::uint32_t i = 0; i < in.message_count && i < at_once; ++i) {
        const cw_span span = in.messages[i];
        driver.on(
            Message{ByteView(in.pending + span.offset, span.length), in.link, in.pipe, after_loss},
            fx);
        after_loss = false;
        ++outcome.consumed;
      }
    } else {
      outcome.consumed = in.message_count != 0 ? in.message_count : in.pending_size;
    }
  }

  static void command(D& driver, const cw_record& record, Fx& fx) {
    const bool handled = with_command(record, [&](const auto& typed) {
      if constexpr (Handles<D, decltype(typed)>) {
        driver.on(typed, fx);
        return true;
      } else {
        return false;
      }
    });
    if (!handled) fx.done(record.op, CW_UNSUPPORTED);
  }
};

template <typename D>
inline constexpr cw_driver table_of = {
    sizeof(cw_driver), sizeof(D), state_version_of<D>(), 0, &Wrapper<D>::init, &Wrapper<D>::input};

}  // namespace detail

// The table that CARTWRIGHT_DRIVER exports, for a test or a fuzzer that holds the driver's source.
template <typename D>
constexpr const cw_driver& driver_table() {
  return detail::table_of<D>;
}

}  // namespace cartwright::driver

// Exports the driver. `id` and `version` are those of the manifest.
#define CARTWRIGHT_DRIVER(Driver, id, version)                                            \
  extern "C" CW_EXPORT const cw_plugin* CW_CALL cw_plugin_entry_v1(const cw_host_info*) { \
    static constexpr cw_plugin plugin = {sizeof(cw_plugin),                               \
                                         CW_ABI_MAJOR,                                    \
                                         CW_ABI_MINOR,                                    \
                                         0,                                               \
                                         id,                                              \
                                         version,                                         \
                                         &cartwright::driver::detail::table_of<Driver>,   \
                                         nullptr};                                        \
    return &plugin;                                                                       \
  }
