#pragma once

// What the keys of a layout type. A key is its usage: the place of the US keyboard that has it.

#include <array>
#include <cstdint>
#include <string_view>

namespace cartwright::scanner_hid_keyboard {

enum class Country : std::uint8_t { us, de };

// What a key types: a character, a dead key, or nothing that a label can have.
struct Typed {
  char32_t character = 0;  // 0: none
  bool dead = false;       // waits for the next character
};

namespace detail {

// Usages 0x04 to 0x38, plain and with Shift; U+0000 stands for none.
struct Plane {
  std::u32string_view plain;
  std::u32string_view shifted;
};

using namespace std::string_view_literals;

inline constexpr std::uint8_t first_key = 0x04;
inline constexpr Plane us_plane{U"abcdefghijklmnopqrstuvwxyz1234567890\0\0\0\t -=[]\\\\;'`,./"sv,
                                U"ABCDEFGHIJKLMNOPQRSTUVWXYZ!@#$%^&*()\0\0\0\t _+{}||:\"~<>?"sv};
inline constexpr Plane de_plane{U"abcdefghijklmnopqrstuvwxzy1234567890\0\0\0\t ß´ü+##öä^,.-"sv,
                                U"ABCDEFGHIJKLMNOPQRSTUVWXZY!\"§$%&/()=\0\0\0\t ?`Ü*''ÖÄ°;:_"sv};
static_assert(us_plane.plain.size() == 0x38 - 0x04 + 1);
static_assert(us_plane.shifted.size() == us_plane.plain.size());
static_assert(de_plane.plain.size() == us_plane.plain.size());
static_assert(de_plane.shifted.size() == us_plane.plain.size());

// Usages 0x54 to 0x63, with NumLock on, as scanners take it: / * - + Enter 1 to 9, 0, point.
inline constexpr std::u32string_view keypad =
    U"/*-+\0"
    U"1234567890."sv;
inline constexpr std::uint8_t first_keypad = 0x54;

struct AltGr {
  std::uint8_t key;
  char32_t character;
};
inline constexpr std::array<AltGr, 12> de_alt_gr{{{0x14, U'@'},
                                                  {0x08, U'€'},
                                                  {0x10, U'µ'},
                                                  {0x1F, U'²'},
                                                  {0x20, U'³'},
                                                  {0x24, U'{'},
                                                  {0x25, U'['},
                                                  {0x26, U']'},
                                                  {0x27, U'}'},
                                                  {0x2D, U'\\'},
                                                  {0x30, U'~'},
                                                  {0x64, U'|'}}};

constexpr bool is_letter(char32_t c) {
  return (c >= U'a' && c <= U'z') || c == U'ä' || c == U'ö' || c == U'ü';
}

}  // namespace detail

// The key beside the left Shift, which US keyboards do not have.
inline constexpr std::uint8_t key_102 = 0x64;

constexpr Typed typed(Country country, std::uint8_t key, bool shift, bool alt_gr, bool caps) {
  if (alt_gr && country == Country::de) {
    for (const detail::AltGr& one : detail::de_alt_gr) {
      if (one.key == key) return {one.character, false};
    }
    return {};
  }
  if (alt_gr) return {};
  if (key == key_102) {
    if (country == Country::de) return {shift ? U'>' : U'<', false};
    return {shift ? U'|' : U'\\', false};
  }
  if (key >= detail::first_keypad && key < detail::first_keypad + detail::keypad.size()) {
    const char32_t c = detail::keypad[key - detail::first_keypad];
    return {c == U'.' && country == Country::de ? U',' : c, false};
  }
  const detail::Plane& plane = country == Country::de ? detail::de_plane : detail::us_plane;
  if (key < detail::first_key || key >= detail::first_key + plane.plain.size()) return {};
  const std::size_t at = key - std::size_t{detail::first_key};
  const bool upper = shift != (caps && detail::is_letter(plane.plain[at]));
  const char32_t c = upper ? plane.shifted[at] : plane.plain[at];
  const bool dead =
      country == Country::de && (c == U'´' || c == U'`' || (c == U'^' && key == 0x35));
  return {c, dead};
}

// The control character that Ctrl makes of a key's place on the US keyboard, as scanners send it in
// every layout: Ctrl+] is GS. 0 for none.
constexpr char control_of(std::uint8_t key) {
  const char32_t c = typed(Country::us, key, false, false, false).character;
  if (c >= U'a' && c <= U'z') return static_cast<char>(c - U'a' + 1);
  if (c == U'[') return '\x1B';
  if (c == U'\\') return '\x1C';
  if (c == U']') return '\x1D';
  if (c == U'6') return '\x1E';
  if (c == U'-') return '\x1F';
  return 0;
}

// What a dead key and the character after it make; 0 where they stay two.
constexpr char32_t composed(char32_t accent, char32_t base) {
  constexpr std::u32string_view bases = U"aeiouAEIOU";
  const std::size_t at = bases.find(base);
  if (base == U' ') return accent;
  if (accent == U'´' && base == U'y') return U'ý';
  if (accent == U'´' && base == U'Y') return U'Ý';
  if (at == std::u32string_view::npos) return 0;
  constexpr std::u32string_view acute = U"áéíóúÁÉÍÓÚ";
  constexpr std::u32string_view grave = U"àèìòùÀÈÌÒÙ";
  constexpr std::u32string_view circumflex = U"âêîôûÂÊÎÔÛ";
  if (accent == U'´') return acute[at];
  return accent == U'`' ? grave[at] : circumflex[at];
}

}  // namespace cartwright::scanner_hid_keyboard
