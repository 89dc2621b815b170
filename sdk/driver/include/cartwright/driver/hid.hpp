#pragma once

// HID reports as their device's report descriptor lays them out (USB "Device Class Definition for
// HID" 1.11; clauses below are its): a driver asks where a usage stands instead of assuming it.
//
//   hid::DescriptorReader reader;
//   const hid::Verdict verdict = reader.read(up.descriptor, [&](const hid::Field& field) {
//     if (field.kind == hid::ReportKind::input && field.has_usage(0x8C00FE)) ...
//   });
//   if (!verdict.sound()) return fx.fault(verdict.reason);

#include <cartwright/driver/hid/bits.hpp>
#include <cartwright/driver/hid/descriptor.hpp>
