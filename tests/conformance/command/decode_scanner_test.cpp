#include "effects.hpp"

namespace cartwright::conformance {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kMilk =
    R"({"effect":"event","type":"scanner.data","data_hex":"34303036333831333333393331",)"
    R"("data":"4006381333931","symbology":"ean13","aim":"]E0","gtin":"04006381333931"})";

TEST(DecodeScanner, tells_a_label_with_its_aim_id_symbology_and_gtin) {
  EXPECT_THAT(decode({"scanner-serial", "--hex", hex_of("]E04006381333931\r")}),
              ElementsAre(kMilk));
}

TEST(DecodeScanner, takes_several_arrivals_after_one_option_and_after_several) {
  const std::string label = hex_of("]E04006381333931\r");
  const Strings pieces{label.substr(0, 6), label.substr(6, 10), label.substr(16)};
  EXPECT_THAT(decode({"scanner-serial", "--hex", pieces[0], pieces[1], pieces[2]}),
              ElementsAre(kMilk));
  EXPECT_THAT(
      decode({"scanner-serial", "--hex", pieces[0], "--hex", pieces[1], "--hex", pieces[2]}),
      ElementsAre(kMilk));
}

TEST(DecodeScanner, says_data_only_where_it_is_utf8) {
  EXPECT_THAT(
      decode({"scanner-serial", "--hex", "ff41420d"}),
      ElementsAre(
          R"({"effect":"event","type":"scanner.data","data_hex":"ff4142","symbology":"unknown"})"));
  EXPECT_THAT(
      decode({"scanner-serial", "--hex", "c3a90d"}),
      ElementsAre(
          R"({"effect":"event","type":"scanner.data","data_hex":"c3a9","data":"é","symbology":"unknown"})"));
}

TEST(DecodeScanner, adds_a_gtin_of_14_digits_only_where_the_label_is_one) {
  const auto gtin_of = [](const std::string& label) {
    const Strings lines = decode({"scanner-serial", "--hex", hex_of(label + "\r")});
    return lines.size() == 1 ? Json::parse(lines[0]).value("gtin", "none") : "no event";
  };
  EXPECT_EQ(gtin_of("]E0036000291452"), "00036000291452") << "UPC-A as it is printed";
  EXPECT_EQ(gtin_of("]E00036000291452"), "00036000291452") << "UPC-A as EAN-13";
  EXPECT_EQ(gtin_of("]E496385074"), "00000096385074") << "EAN-8";
  EXPECT_EQ(gtin_of("]I115400141288763"), "15400141288763") << "ITF-14 with a checked digit";
  EXPECT_EQ(gtin_of("4006381333931"), "04006381333931");
  EXPECT_EQ(gtin_of("]E04006381333930"), "none") << "wrong check digit";
  EXPECT_EQ(gtin_of("]A0HELLO"), "none");
}

TEST(DecodeScanner, names_symbologies_from_the_closed_list) {
  const auto symbology_of = [](const std::string& label) {
    const Strings lines = decode({"scanner-serial", "--hex", hex_of(label + "\r")});
    return lines.size() == 1 ? Json::parse(lines[0]).value("symbology", "none") : "no event";
  };
  EXPECT_EQ(symbology_of("]E496385074"), "ean8");
  EXPECT_EQ(symbology_of("]C10109521234543213"), "gs1_128");
  EXPECT_EQ(symbology_of("]C0A"), "code128");
  EXPECT_EQ(symbology_of("]A0A"), "code39");
  EXPECT_EQ(symbology_of("]e00109521234543213"), "databar");
  EXPECT_EQ(symbology_of("]Q30109521234543213"), "gs1_qr");
  EXPECT_EQ(symbology_of("]Q1A"), "qr");
  EXPECT_EQ(symbology_of("]d20109521234543213"), "gs1_datamatrix");
  EXPECT_EQ(symbology_of("HELLO"), "unknown");
}

TEST(DecodeScanner, calls_garbage_a_fault_and_goes_on) {
  const Strings lines =
      decode({"scanner-serial", "--hex", "000102", "0d", hex_of("]E04006381333931\r")});
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_THAT(lines[0], testing::MatchesRegex(R"(\{"effect":"fault","text":"[^"]+"\})"));
  EXPECT_EQ(lines[1], kMilk);
}

TEST(DecodeScanner, says_at_the_end_what_waits_for_more) {
  EXPECT_THAT(decode({"scanner-serial", "--hex", "3430", "3036"}),
              ElementsAre(pending("34303036")));
  EXPECT_THAT(decode({"scanner-serial", "--hex", hex_of("]E04006381333931\r40")}),
              ElementsAre(kMilk, pending("3430")));
}

TEST(DecodeScanner, lets_time_end_a_label_where_silence_does) {
  const Strings silent{"scanner-serial", "--config", R"({"suffix":"","idle_ms":50})", "--hex",
                       hex_of("]E04006381333931")};
  EXPECT_THAT(decode(silent), ElementsAre(pending(hex_of("]E04006381333931"))));
  Strings later = silent;
  later.insert(later.end(), {"--advance", "49"});
  EXPECT_THAT(decode(later), ElementsAre(pending(hex_of("]E04006381333931"))));
  later.back() = "50";
  EXPECT_THAT(decode(later), ElementsAre(kMilk));
}

TEST(DecodeScanner, obeys_options_in_the_order_given) {
  const Strings told =
      decode({"scanner-serial", "--config", R"({"beep_good":"\\x07"})", "--command",
              R"({"beep":{"kind":"good"}})", "--hex", hex_of("]E04006381333931\r"), "--command",
              R"({"beep":{"kind":"bad"}})", R"({"beep":{"kind":"good"}})"});
  EXPECT_THAT(told, ElementsAre(send("07"), done(1, "ok"), kMilk, done(2, "unsupported"),
                                send("07"), done(3, "ok")));
}

TEST(DecodeScanner, gives_the_same_for_a_mock) {
  EXPECT_THAT(
      decode({"mock-scanner", "--hex", hex_of("scan 4006381333931 ean13")}),
      ElementsAre(
          R"({"effect":"event","type":"scanner.data","data_hex":"34303036333831333333393331",)"
          R"("data":"4006381333931","symbology":"ean13","gtin":"04006381333931"})"));
}

// What a driver does beyond what it sends when it starts.
Strings decode_after_start(const std::string& driver, const Strings& options) {
  Strings start{driver};
  const std::size_t sent = decode(start).size();
  start.insert(start.end(), options.begin(), options.end());
  Strings lines = decode(start);
  lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(sent));
  return lines;
}

constexpr const char* kAcknowledge = "04d00400ff28";

TEST(DecodeScanner, acknowledges_a_packet_of_the_simple_serial_interface) {
  EXPECT_THAT(
      decode_after_start("scanner-ssi", {"--hex", "12f300000b34303036333831333333393331fc54"}),
      ElementsAre(kMilk, send(kAcknowledge)));
  EXPECT_THAT(decode_after_start("scanner-ssi", {"--hex", "07f30000014e52fe65"}),
              ElementsAre(HasSubstr(R"("data":"NR","symbology":"code39")"), send(kAcknowledge)));
}

TEST(DecodeScanner, tells_a_repeated_packet_once) {
  EXPECT_THAT(
      decode_after_start("scanner-ssi", {"--hex", "12f300000b34303036333831333333393331fc54",
                                         "12f300010b34303036333831333333393331fc53"}),
      ElementsAre(kMilk, send(kAcknowledge), send(kAcknowledge)));
}

TEST(DecodeScanner, refuses_a_wrong_checksum) {
  EXPECT_THAT(decode_after_start("scanner-ssi", {"--hex", "0500040000ffe7"}),
              ElementsAre(HasSubstr(R"("effect":"fault")"), send("05d1040001ff25")));
  EXPECT_THAT(decode_after_start("scanner-ssi", {"--hex", "04100400ffe8", "0600040012e3ff01"}),
              IsEmpty());
}

TEST(DecodeScanner, tells_labels_and_weights_of_a_single_cable_apart) {
  EXPECT_THAT(
      decode_after_start("scanner-magellan",
                         {"--hex", hex_of("S08F4006381333931\r"), hex_of("S14400260\r")}),
      ElementsAre(
          HasSubstr(R"("data":"4006381333931","symbology":"ean13","gtin":"04006381333931")"),
          HasSubstr(R"("indicated":"0.260","unit":"kg","micrograms":260000000,"grams":260)")));
}

TEST(DecodeScanner, reads_the_label_ids_of_makers) {
  const auto data_of = [](const std::string& maker, const std::string& label) {
    const Strings lines = decode({"scanner-serial", "--config", R"({"label_id":")" + maker + "\"}",
                                  "--hex", hex_of(label + "\r")});
    if (lines.size() != 1) return std::string("no event");
    const Json event = Json::parse(lines[0]);
    return event.value("symbology", "none") + " " + event.value("data", "none");
  };
  EXPECT_EQ(data_of("datalogic", "F4006381333931"), "ean13 4006381333931");
  EXPECT_EQ(data_of("honeywell", "d4006381333931"), "ean13 4006381333931");
  EXPECT_EQ(data_of("zebra", "A4006381333931"), "ean13 4006381333931");
  EXPECT_EQ(data_of("aim", "]E04006381333931"), "ean13 4006381333931");
}

TEST(DecodeScanner, says_nothing_where_nothing_happens) {
  EXPECT_THAT(decode({"scanner-serial"}), IsEmpty());
  EXPECT_THAT(decode({"scanner-serial", "--hex", ""}), IsEmpty());
}

}  // namespace
}  // namespace cartwright::conformance
