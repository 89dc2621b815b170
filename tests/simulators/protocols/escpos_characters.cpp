#include "simulators/protocols/escpos_characters.hpp"

#include <array>
#include <string_view>

namespace cartwright::simulators {
namespace {

// The twelve bytes that each country has for itself, and what it makes of them: the international
// character sets 0 to 13 of ESC R.
constexpr std::string_view national_bytes = "#$@[\\]^`{|}~";
constexpr std::array<std::u32string_view, 14> national{
    U"#$@[\\]^`{|}~",  // USA
    U"#$à°ç§^`éùè¨",   // France
    U"#$§ÄÖÜ^`äöüß",   // Germany
    U"£$@[\\]^`{|}~",  // UK
    U"#$@ÆØÅ^`æøå~",   // Denmark I
    U"#¤ÉÄÖÅÜéäöåü",   // Sweden
    U"#$@°\\é^ùàòèì",  // Italy
    U"₧$@¡Ñ¿^`¨ñ}~",   // Spain I
    U"#$@[¥]^`{|}~",   // Japan
    U"#¤ÉÆØÅÜéæøåü",   // Norway
    U"#$ÉÆØÅÜéæøåü",   // Denmark II
    U"#$á¡Ñ¿é`íñóú",   // Spain II
    U"#$á¡Ñ¿éüíñóú",   // Latin America
    U"#$@[₩]^`{|}~",   // Korea
};

}  // namespace

char32_t escpos_character(std::uint8_t byte, std::uint8_t table, std::uint8_t country) {
  using driver::CodePage;
  if (byte < 0x80) {
    const std::size_t at = national_bytes.find(static_cast<char>(byte));
    if (at != std::string_view::npos && country < national.size()) return national[country][at];
    return driver::from_byte(CodePage::ascii, byte);
  }
  switch (table) {
    case 0:
      return driver::from_byte(CodePage::cp437, byte);
    case 2:
      return driver::from_byte(CodePage::cp850, byte);
    case 16:
      return driver::from_byte(CodePage::cp1252, byte);
    case 17:
      return driver::from_byte(CodePage::cp866, byte);
    case 18:
      return driver::from_byte(CodePage::cp852, byte);
    case 19:
      return driver::from_byte(CodePage::cp858, byte);
    default:
      return driver::replacement_character;
  }
}

}  // namespace cartwright::simulators
