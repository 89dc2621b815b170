#include "host/elf_note.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/error.hpp"
#include "broken_plugin.hpp"

namespace cartwright::host {
namespace {

using testing::Contains;
using testing::HasSubstr;

std::string refusal_of(std::string_view bytes) {
  try {
    read_elf(as_bytes(bytes), "p.so");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_input);
    return error.what();
  }
  return "nothing";
}

std::string with_byte(std::string bytes, std::size_t at, int value) {
  bytes.at(at) = static_cast<char>(value);
  return bytes;
}

TEST(ElfNote, reads_manifest_and_exports_of_a_plugin) {
  const ElfFacts facts = read_elf_file(test_plugin);
  ASSERT_TRUE(facts.manifest.has_value());
  EXPECT_THAT(*facts.manifest, HasSubstr("\"test-counter\""));
  EXPECT_THAT(facts.exports, Contains("cw_plugin_entry_v1"));
}

TEST(ElfNote, holds_the_manifest_byte_for_byte) {
  EXPECT_EQ(read_elf_file(test_plugin).manifest,
            read_file(std::filesystem::path(CARTWRIGHT_TEST_PLUGINS) / "test-counter.json"));
}

TEST(ElfNote, reads_the_same_from_a_buffer_and_without_a_section_table) {
  std::string bytes = test_plugin_bytes();
  Elf64_Ehdr header{};
  std::memcpy(&header, bytes.data(), sizeof header);
  header.e_shoff = 0;
  header.e_shnum = 0;
  header.e_shstrndx = 0;
  std::memcpy(bytes.data(), &header, sizeof header);
  const ElfFacts facts = read_elf(as_bytes(bytes), "p.so");
  EXPECT_EQ(facts.manifest, read_elf_file(test_plugin).manifest);
  EXPECT_EQ(facts.exports, read_elf_file(test_plugin).exports);
}

TEST(ElfNote, says_what_kind_of_file_it_refuses) {
  const std::string good = test_plugin_bytes();
  EXPECT_THAT(refusal_of(""), HasSubstr("not an ELF file"));
  EXPECT_THAT(refusal_of("#!/bin/sh\necho hello, I am no plugin\n"), HasSubstr("not an ELF file"));
  EXPECT_THAT(refusal_of(with_byte(good, EI_CLASS, ELFCLASS32)), HasSubstr("32-bit"));
  EXPECT_THAT(refusal_of(with_byte(good, EI_DATA, ELFDATA2MSB)), HasSubstr("big-endian"));
  EXPECT_THAT(refusal_of(with_byte(good, offsetof(Elf64_Ehdr, e_machine), EM_RISCV)),
              HasSubstr("another processor"));
  EXPECT_THAT(refusal_of(with_byte(good, offsetof(Elf64_Ehdr, e_type), ET_EXEC)),
              HasSubstr("not a shared object"));
}

TEST(ElfNote, names_a_truncated_file_as_such_wherever_it_was_cut) {
  const std::string good = test_plugin_bytes();
  const std::string manifest = *read_elf(as_bytes(good), "p.so").manifest;
  const std::size_t end_of_note = good.find(manifest) + manifest.size();
  for (std::size_t size = EI_NIDENT; size < good.size(); size += size < end_of_note ? 7 : 97) {
    EXPECT_THAT(refusal_of(std::string_view(good).substr(0, size)), HasSubstr("truncated")) << size;
  }
}

TEST(ElfNote, finds_no_manifest_where_the_note_has_another_owner) {
  const std::string other = replaced(test_plugin_bytes(), "Cartwright", "Carpenters");
  EXPECT_FALSE(read_elf(as_bytes(other), "p.so").manifest.has_value());
}

TEST(ElfNote, tells_a_missing_file_from_one_that_is_no_file) {
  try {
    read_elf_file("/nowhere/p.so");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::not_found);
  }
  const ScratchFolder scratch;
  EXPECT_THROW(read_elf_file(scratch.path()), Error);
}

// Headers, program headers, dynamic section, hash and symbol tables stand in the first pages.
RC_GTEST_PROP(ElfNote, answers_any_corruption_with_facts_or_an_error, ()) {
  static const std::string good = test_plugin_bytes();
  std::string bytes = good;
  const std::size_t changes = *rc::gen::inRange<std::size_t>(1, 8);
  for (std::size_t i = 0; i < changes; ++i) {
    const bool near = *rc::gen::arbitrary<bool>();
    bytes[*rc::gen::inRange<std::size_t>(0, near ? 1024 : bytes.size())] =
        *rc::gen::element<char>('\0', '\1', '\x7f', '\xff', '\x80');
  }
  try {
    read_elf(as_bytes(bytes), "p.so");
  } catch (const Error& error) {
    RC_ASSERT(std::string_view(error.what()).starts_with("p.so: "));
  }
}

}  // namespace
}  // namespace cartwright::host
