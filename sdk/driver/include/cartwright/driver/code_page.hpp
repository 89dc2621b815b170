#pragma once

// One-byte code pages of displays and printers. The lower half is ASCII; the upper half is the
// vendor's published table (IBM CDRA for the 4xx and 8xx pages, Microsoft for 1252).

#include <cartwright/driver/fixed.hpp>
#include <cartwright/driver/transliterate.hpp>
#include <cartwright/driver/utf8.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace cartwright::driver {

enum class CodePage : std::uint8_t { ascii, cp437, cp850, cp852, cp858, cp866, cp1252 };

// "cp437", "ascii": as manifests name them.
constexpr std::optional<CodePage> code_page_named(std::string_view name) {
  if (name == "ascii") return CodePage::ascii;
  if (name == "cp437") return CodePage::cp437;
  if (name == "cp850") return CodePage::cp850;
  if (name == "cp852") return CodePage::cp852;
  if (name == "cp858") return CodePage::cp858;
  if (name == "cp866") return CodePage::cp866;
  if (name == "cp1252") return CodePage::cp1252;
  return std::nullopt;
}

namespace detail {

// Characters 0x80 to 0xFF; U+FFFD where the page has none.
inline constexpr std::u16string_view cp437 =
    u"ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ"
    u"áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
    u"└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
    u"αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";
inline constexpr std::u16string_view cp850 =
    u"ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ"
    u"áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐"
    u"└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀"
    u"ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0";
inline constexpr std::u16string_view cp852 =
    u"ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×č"
    u"áíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐"
    u"└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀"
    u"ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0";
inline constexpr std::u16string_view cp858 =
    u"ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ"
    u"áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐"
    u"└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀"
    u"ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0";
inline constexpr std::u16string_view cp866 =
    u"АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
    u"абвгдежзийклмноп░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
    u"└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
    u"рстуфхцчшщъыьэюяЁёЄєЇїЎў°∙·√№¤■\u00a0";
inline constexpr std::u16string_view cp1252 =
    u"€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ"
    u"\u00a0¡¢£¤¥¦§¨©ª«¬\u00ad®¯°±²³´µ¶·¸¹º»¼½¾¿"
    u"ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß"
    u"àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";

constexpr std::u16string_view upper_half(CodePage page) {
  switch (page) {
    case CodePage::ascii:
      break;
    case CodePage::cp437:
      return cp437;
    case CodePage::cp850:
      return cp850;
    case CodePage::cp852:
      return cp852;
    case CodePage::cp858:
      return cp858;
    case CodePage::cp866:
      return cp866;
    case CodePage::cp1252:
      return cp1252;
  }
  return {};
}

static_assert(cp437.size() == 128 && cp850.size() == 128 && cp852.size() == 128);
static_assert(cp858.size() == 128 && cp866.size() == 128 && cp1252.size() == 128);

}  // namespace detail

// The byte that shows `character`; nothing where the page has none, and for control characters.
constexpr std::optional<std::uint8_t> to_byte(CodePage page, char32_t character) {
  if (character >= 0x20 && character < 0x7F) return static_cast<std::uint8_t>(character);
  if (character < 0x80 || character >= replacement_character) return std::nullopt;
  if (character == 0x00A0 || character == 0x00AD) return std::nullopt;  // as ' ' and nothing
  const std::size_t at = detail::upper_half(page).find(static_cast<char16_t>(character));
  if (at == std::u16string_view::npos) return std::nullopt;
  return static_cast<std::uint8_t>(0x80 + at);
}

// The character that `byte` shows; U+FFFD for none, and for control characters.
constexpr char32_t from_byte(CodePage page, std::uint8_t byte) {
  if (byte >= 0x20 && byte < 0x7F) return byte;
  if (byte < 0x80 || page == CodePage::ascii) return replacement_character;
  return detail::upper_half(page)[byte - 0x80u];
}

namespace detail {

// Appends what shows one character; false when the line would then be longer than `limit`.
template <std::size_t N>
constexpr bool append_character(FixedString<N>& line, CodePage page, char32_t character,
                                std::size_t limit, bool one_column) {
  if (const auto byte = to_byte(page, character)) {
    return line.size() < limit && line.push_back(static_cast<char>(*byte));
  }
  std::string_view spelled = transliterate(character).value_or("?");
  if (one_column) spelled = spelled.substr(0, 1);
  return line.size() + spelled.size() <= limit && line.append(spelled);
}

template <std::size_t N>
constexpr bool encode_into(FixedString<N>& line, CodePage page, std::string_view text,
                           std::size_t limit, bool one_column) {
  line.clear();
  while (!text.empty()) {
    if (!append_character(line, page, take_character(text), limit, one_column)) return false;
  }
  return true;
}

}  // namespace detail

// UTF-8 as bytes of `page`, at most `limit` of them (and N). What the page lacks is transliterated
// (a euro sign becomes EUR), what has no transliteration is '?'. Where the text is then too long,
// each character takes one column (E), so that what stood in columns stays there; what is still too
// long is cut.
template <std::size_t N>
constexpr FixedString<N> encode_line(CodePage page, std::string_view text, std::size_t limit = N) {
  FixedString<N> line;
  if (!detail::encode_into(line, page, text, limit, false)) {
    detail::encode_into(line, page, text, limit, true);
  }
  return line;
}

}  // namespace cartwright::driver
