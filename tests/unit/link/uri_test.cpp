#include "link/uri.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "link/link.hpp"
#include "unit/link/support.hpp"

namespace cartwright::link {
namespace {

using test::error_of;
using testing::HasSubstr;

std::string refusal(const std::string& text) {
  return error_of([&] { parse_uri(text); });
}

}  // namespace

TEST(Uri, reads_scheme_path_and_query) {
  const Uri uri = parse_uri("serial:/dev/ttyUSB0?baud=2400&format=7E1");
  EXPECT_EQ(uri.scheme, "serial");
  EXPECT_EQ(uri.path, "/dev/ttyUSB0");
  EXPECT_EQ(uri.value("baud"), "2400");
  EXPECT_EQ(uri.value("flow"), std::nullopt);
}

TEST(Uri, reads_escapes_in_path_and_value) {
  EXPECT_EQ(parse_uri("replay:what%3f%20now").path, "what? now");
  EXPECT_EQ(parse_uri("scenario:a?unit=%73cale0").value("unit"), "scale0");
}

TEST(Uri, names_the_nearest_scheme) {
  EXPECT_EQ(refusal("seral:/dev/ttyS0"),
            "link \"seral:/dev/ttyS0\": unknown scheme \"seral\", did you mean \"serial\"?");
  EXPECT_THAT(refusal("telepathy:x"),
              HasSubstr("known are serial, pty, tcp, tls, tcp-listen, hid, usb, replay, scenario"));
  EXPECT_THAT(refusal("/dev/ttyS0"), HasSubstr("must begin with a scheme"));
}

TEST(Uri, names_the_nearest_key_of_the_scheme) {
  EXPECT_EQ(refusal("serial:/dev/ttyS0?buad=9600"),
            "link \"serial:/dev/ttyS0?buad=9600\": unknown key \"buad\", did you mean \"baud\"?");
  EXPECT_THAT(refusal("tcp:host:1?baud=9600"),
              HasSubstr("unknown key \"baud\", tcp knows connect_timeout, keep_alive"));
}

TEST(Uri, refuses_a_key_twice_or_without_value) {
  EXPECT_THAT(refusal("pty:/x?baud=1200&baud=1200"), HasSubstr("stands there twice"));
  EXPECT_THAT(refusal("pty:/x?baud="), HasSubstr("needs a value"));
  EXPECT_THAT(refusal("pty:/x?baud"), HasSubstr("needs a value"));
  EXPECT_THAT(refusal("pty:/x?"), HasSubstr("unknown key \"\""));
}

TEST(Uri, refuses_a_missing_path_and_broken_escapes) {
  EXPECT_THAT(refusal("serial:"), HasSubstr("needs a path"));
  EXPECT_THAT(refusal("pty:a%4"), HasSubstr("two hexadecimal digits"));
  EXPECT_THAT(refusal("pty:a%zz"), HasSubstr("two hexadecimal digits"));
  EXPECT_THAT(refusal("pty:a%00"), HasSubstr("other than 00"));
}

RC_GTEST_PROP(Uri, comes_back_from_its_text, ()) {
  const auto text = rc::gen::nonEmpty(
      rc::gen::container<std::string>(rc::gen::distinctFrom(rc::gen::arbitrary<char>(), '\0')));
  Uri uri{"scenario", *text, {}};
  if (*rc::gen::arbitrary<bool>()) {
    uri.query.emplace_back("unit", *text);
  }
  RC_ASSERT(parse_uri(to_text(uri)) == uri);
}

TEST(MakeLink, knows_every_scheme_of_the_parser) {
  boost::asio::io_context io;
  for (const std::string_view scheme : uri_schemes()) {
    const std::string text =
        error_of([&] { make_link(std::string(scheme) + ":/nowhere:1?", io.get_executor()); });
    EXPECT_THAT(text, HasSubstr("unknown key"));
    const std::string made =
        error_of([&] { make_link(std::string(scheme) + ":/nowhere:1", io.get_executor()); });
    EXPECT_THAT(made, testing::Not(HasSubstr("has no maker"))) << scheme;
  }
}

TEST(MakeLink, refuses_values_by_name) {
  boost::asio::io_context io;
  const auto refused = [&](const std::string& uri) {
    return error_of([&] { make_link(uri, io.get_executor()); });
  };
  EXPECT_THAT(refused("serial:/x?baud=fast"), HasSubstr("baud \"fast\" is no rate from 50"));
  EXPECT_THAT(refused("serial:/x?format=9N1"), HasSubstr("format \"9N1\" is no format like 8N1"));
  EXPECT_THAT(refused("serial:/x?flow=rtcts"), HasSubstr("did you mean \"rtscts\"?"));
  EXPECT_THAT(refused("serial:/x?dtr=yes"), HasSubstr("is neither on nor off"));
  EXPECT_THAT(refused("serial:/x?lines=1ms"), HasSubstr("is no interval from 10ms to 10s"));
  EXPECT_THAT(refused("tcp:host"), HasSubstr("needs HOST:PORT"));
  EXPECT_THAT(refused("tcp:host:0"), HasSubstr("needs HOST:PORT"));
  EXPECT_THAT(refused("tcp:::1:80"), HasSubstr("brackets round an IPv6 address"));
  EXPECT_THAT(refused("tcp:h:1?keep_alive=1500ms"), HasSubstr("whole seconds"));
  EXPECT_THAT(refused("serial:/x?serial=S1"), HasSubstr("goes with USB ids"));
  EXPECT_THAT(refused("serial:0403:6001?interface=x"), HasSubstr("is no number from 0 to 255"));
  EXPECT_THAT(refused("replay:/x?speed=0"), HasSubstr("is neither max nor a whole number"));
  EXPECT_THAT(refused("scenario:/x?unit=scaner0"), HasSubstr("names no unit"));
  EXPECT_THAT(refused("scenario:/x?unit=scale0&seed=x"), HasSubstr("is no whole number"));
  EXPECT_THAT(refused("scenario:/nowhere/at/all?unit=scale0"), HasSubstr("/nowhere/at/all"));
}

}  // namespace cartwright::link
