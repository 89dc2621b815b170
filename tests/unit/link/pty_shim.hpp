#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

// libserialport opens no pseudo-terminal: it looks for the port in /sys/class/tty and asks it for
// modem lines, which a pseudo-terminal has not. Linking pty_shim.cpp into a test puts functions of
// the C library in its way that answer for these, so that a simulator behind a pseudo-terminal is a
// serial port for the unchanged library.
namespace cartwright::link::test {

// A pseudo-terminal (its near end) seen as a serial port.
class ShimPort {
 public:
  explicit ShimPort(const std::filesystem::path& pty);
  // The same by its number, as it stands.
  static ShimPort of(std::uint32_t number) { return ShimPort(number); }

  // What the device sees of the port: TIOCM_DTR and TIOCM_RTS.
  int output_lines() const;
  // What the device drives: TIOCM_CTS, TIOCM_DSR, TIOCM_CD, TIOCM_RI.
  void set_input_lines(int lines) const;
  // How the port was set, in the notation of URIs: "7E1".
  std::string format() const;
  std::uint32_t baud() const;
  int breaks() const;

 private:
  explicit ShimPort(std::uint32_t number)
      : number_(number), path_("/dev/pts/" + std::to_string(number)) {}

  std::uint32_t number_;
  std::filesystem::path path_;
};

}  // namespace cartwright::link::test
