#include <random>

#include "effects.hpp"
#include "scratch.hpp"

namespace cartwright::conformance {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// A folder with broken copies of a sound plugin.
class BrokenPlugins : public testing::Test {
 protected:
  const std::string sound_ = content_of(CARTWRIGHT_TEST_PLUGINS "/mock-scanner.so");
  const Scratch scratch_;

  // Replaces every `from`, keeping each offset of the file as it is.
  std::string changed(const std::string& from, const std::string& to) const {
    std::string bytes = sound_;
    EXPECT_EQ(from.size(), to.size());
    std::size_t at = bytes.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    for (; at != std::string::npos; at = bytes.find(from, at + 1)) bytes.replace(at, to.size(), to);
    return bytes;
  }
  std::string put(const std::string& name, const std::string& bytes) const {
    return scratch_.write("plugins/" + name, bytes);
  }
  Result cartwright(Strings arguments) const {
    arguments.insert(arguments.end(), {"--plugin-dir", scratch_.file("plugins")});
    return run(arguments);
  }
  // What `plugins` says of the file, in its JSON and with --why.
  std::string refusal_of(const std::string& file) const {
    const Result json = cartwright({"plugins", "--json"});
    EXPECT_EQ(json.code, 0) << json.errors;
    const Result text = cartwright({"plugins", "--why"});
    EXPECT_EQ(text.code, 0) << text.errors;
    for (const Json& plugin : Json::parse(json.output)) {
      if (plugin["file"] != file) continue;
      EXPECT_EQ(plugin["verdict"], "refused");
      EXPECT_THAT(text.output, HasSubstr(file));
      return plugin.value("why", "");
    }
    return "not listed";
  }
};

TEST_F(BrokenPlugins, that_are_truncated_are_refused_by_name_with_a_remedy) {
  for (const std::size_t part : {64UL, 500UL, sound_.size() / 2, sound_.size() - 2000}) {
    const std::string file = put("cut-" + std::to_string(part) + ".so", sound_.substr(0, part));
    EXPECT_THAT(refusal_of(file), AllOf(HasSubstr(file), HasSubstr("truncated or corrupt")));
  }
  const std::string empty = put("empty.so", "");
  EXPECT_THAT(refusal_of(empty), HasSubstr("not an ELF file"));
}

TEST_F(BrokenPlugins, that_are_no_plugins_are_refused) {
  const std::string text = put("text.so", "this is text\n");
  EXPECT_THAT(refusal_of(text), AllOf(HasSubstr(text), HasSubstr("not an ELF file")));
  const std::string bare = put("bare.so", changed("Cartwright", "Carpenters"));
  EXPECT_THAT(refusal_of(bare), HasSubstr("no manifest"));
  const std::string mute = put("mute.so", changed("cw_plugin_entry_v1", "cw_plugin_entry_v2"));
  EXPECT_THAT(refusal_of(mute), HasSubstr("cw_plugin_entry_v1"));
}

TEST_F(BrokenPlugins, with_random_damage_never_break_the_list) {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    std::mt19937 random(seed);
    std::string bytes = sound_;
    for (int i = 0; i < 300; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
    put("noise-" + std::to_string(seed) + ".so", bytes);
  }
  const Result json = cartwright({"plugins", "--json"});
  EXPECT_EQ(json.code, 0) << json.errors;
  EXPECT_TRUE(Json::accept(json.output));
  EXPECT_EQ(cartwright({"plugins", "--why"}).code, 0);
  EXPECT_TRUE(Json::accept(cartwright({"doctor", "--json"}).output));
}

TEST_F(BrokenPlugins, with_a_manifest_of_other_bytes_than_utf8_are_refused) {
  const std::string file = put("latin.so", changed("Mock barcode", "Mock b\xe4rcode"));
  EXPECT_THAT(refusal_of(file), AllOf(HasSubstr(file), HasSubstr("not valid JSON")));
}

TEST_F(BrokenPlugins, for_another_abi_are_refused_with_both_versions_and_a_remedy) {
  const std::string later = put("later.so", changed(R"("abi": "0.1")", R"("abi": "0.9")"));
  EXPECT_THAT(refusal_of(later), AllOf(HasSubstr(later), HasSubstr("ABI 0.9"),
                                       HasSubstr("speaks 0.1"), HasSubstr("build the plugin")));
  const std::string major = put("major.so", changed(R"("abi": "0.1")", R"("abi": "1.0")"));
  EXPECT_THAT(refusal_of(major), AllOf(HasSubstr("ABI 1.0"), HasSubstr("speaks 0.1")));
}

TEST_F(BrokenPlugins, whose_manifest_lies_are_refused_when_they_are_loaded) {
  const std::string file =
      put("liar.so", changed(R"("id": "mock-scanner")", R"("id": "mock-scammer")"));
  const Result result = cartwright({"decode", "mock-scammer", "--hex", "00"});
  EXPECT_EQ(result.code, 1);
  EXPECT_EQ(result.output, "");
  EXPECT_THAT(result.errors,
              AllOf(HasSubstr(file), HasSubstr("\"mock-scammer\""), HasSubstr("\"mock-scanner\"")));
}

TEST_F(BrokenPlugins, whose_manifest_is_no_manifest_are_refused) {
  const std::string json = put("json.so", changed(R"("summary": )", R"("summary"; )"));
  EXPECT_THAT(refusal_of(json), AllOf(HasSubstr(json), HasSubstr("not valid JSON")));
  const std::string io = put("io.so", changed(R"("io": "pure")", R"("io": "puer")"));
  EXPECT_THAT(refusal_of(io), AllOf(HasSubstr("puer"), HasSubstr("pure")));
  const std::string kind = put("class.so", changed("cw.scanner/1", "cw.skanner/1"));
  EXPECT_THAT(refusal_of(kind), HasSubstr("cw.skanner/1"));
}

TEST_F(BrokenPlugins, are_named_to_who_asks_for_them) {
  put("mock-absent.so", sound_.substr(0, 500));
  const Result result = cartwright({"decode", "mock-absent", "--hex", "00"});
  EXPECT_EQ(result.code, 1);
  EXPECT_THAT(result.errors, HasSubstr("truncated or corrupt"));
}

TEST_F(BrokenPlugins, hide_no_sound_one) {
  put("half.so", sound_.substr(0, sound_.size() / 2));
  const Result result =
      cartwright({"decode", "mock-scanner", "--hex", hex_of("scan 4006381333931")});
  EXPECT_EQ(result.code, 0) << result.errors;
  EXPECT_THAT(result.output, HasSubstr("04006381333931"));
}

}  // namespace
}  // namespace cartwright::conformance
