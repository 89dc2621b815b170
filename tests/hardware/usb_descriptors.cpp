#include "usb_descriptors.hpp"

#include <initializer_list>

namespace cartwright::hardware {
namespace {

// bDescriptorType (USB 2.0, table 9-5; HID 1.11, clause 7.1).
constexpr std::uint8_t kDevice = 1;
constexpr std::uint8_t kConfiguration = 2;
constexpr std::uint8_t kString = 3;
constexpr std::uint8_t kInterface = 4;
constexpr std::uint8_t kEndpoint = 5;
constexpr std::uint8_t kHid = 0x21;
constexpr std::uint8_t kReport = 0x22;

constexpr std::uint8_t kInterruptPipe = 3;
constexpr std::uint8_t kBusPowered = 0x80;

// Indices of strings; 0 is the list of languages.
constexpr std::uint8_t kMaker = 1;
constexpr std::uint8_t kName = 2;
constexpr std::uint8_t kSerial = 3;

std::uint8_t low(std::size_t word) {
  return static_cast<std::uint8_t>(word & 0xFF);
}
std::uint8_t high(std::size_t word) {
  return static_cast<std::uint8_t>(word >> 8 & 0xFF);
}

void append(Bytes& bytes, std::initializer_list<std::uint8_t> values) {
  for (const std::uint8_t value : values) bytes.push_back(std::byte{value});
}

Bytes endpoint(std::uint8_t address) {
  Bytes bytes;
  append(bytes,
         {7, kEndpoint, address, kInterruptPipe, low(kPacketSize), high(kPacketSize), kInterval});
  return bytes;
}

}  // namespace

UsbDescriptors::UsbDescriptors(const simulators::HidDevice& device, bool out_pipe)
    : about_(device.identity()), report_(device.descriptor()), out_pipe_(out_pipe) {}

std::optional<Bytes> UsbDescriptors::find(std::uint8_t type, std::uint8_t index) const {
  switch (type) {
    case kDevice:
      return device();
    case kConfiguration:
      return configuration();
    case kString:
      return text(index);
    case kHid:
      return hid();
    case kReport:
      return report_;
    default:
      return std::nullopt;
  }
}

Bytes UsbDescriptors::device() const {
  const std::uint8_t serial = about_.serial.empty() ? 0 : kSerial;
  Bytes bytes;
  append(bytes,
         {18, kDevice, 0x00, 0x02, 0, 0, 0, kPacketSize, low(about_.vendor), high(about_.vendor),
          low(about_.product), high(about_.product), 0x00, 0x01, kMaker, kName, serial, 1});
  return bytes;
}

Bytes UsbDescriptors::configuration() const {
  constexpr std::uint8_t kHidClass = 3;
  const std::uint8_t pipes = out_pipe_ ? 2 : 1;
  Bytes body;
  append(body, {9, kInterface, 0, 0, pipes, kHidClass, about_.subclass, about_.protocol, 0});
  for (const Bytes& part : {hid(), endpoint(kInPipe)}) {
    body.insert(body.end(), part.begin(), part.end());
  }
  if (out_pipe_) {
    const Bytes part = endpoint(kOutPipe);
    body.insert(body.end(), part.begin(), part.end());
  }
  const std::size_t total = 9 + body.size();
  Bytes bytes;
  append(bytes, {9, kConfiguration, low(total), high(total), 1, 1, 0, kBusPowered, 50});
  bytes.insert(bytes.end(), body.begin(), body.end());
  return bytes;
}

Bytes UsbDescriptors::hid() const {
  Bytes bytes;
  append(bytes, {9, kHid, 0x11, 0x01, 0, 1, kReport, low(report_.size()), high(report_.size())});
  return bytes;
}

std::optional<Bytes> UsbDescriptors::text(std::uint8_t index) const {
  Bytes bytes;
  if (index == 0) {
    append(bytes, {4, kString, 0x09, 0x04});  // English
    return bytes;
  }
  if (index > kSerial || (index == kSerial && about_.serial.empty())) return std::nullopt;
  const std::string& words = index == kMaker  ? about_.maker
                             : index == kName ? about_.name
                                              : about_.serial;
  append(bytes, {low(2 + 2 * words.size()), kString});
  for (const char letter : words) append(bytes, {static_cast<std::uint8_t>(letter), 0});
  return bytes;
}

}  // namespace cartwright::hardware
