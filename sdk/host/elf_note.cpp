#include "host/elf_note.hpp"

#include <elf.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <functional>
#include <span>
#include <string_view>
#include <system_error>

#include <cartwright/abi/plugin.h>

#include "base/error.hpp"

namespace cartwright::host {
namespace {

#if defined(__x86_64__)
constexpr std::uint16_t this_machine = EM_X86_64;
#elif defined(__aarch64__)
constexpr std::uint16_t this_machine = EM_AARCH64;
#else
#error "Plugins are read on x86-64 and arm64 only"
#endif

constexpr std::size_t most_headers = 256;          // program headers
constexpr std::size_t most_dynamic = 4096;         // entries of the dynamic section
constexpr std::size_t most_symbols = 1u << 20;     // of the dynamic symbol table
constexpr std::size_t most_exports = 65536;        // collected
constexpr std::size_t longest_name = 4096;         // of a symbol
constexpr std::size_t largest_notes = 1u << 20;    // one note segment
constexpr std::size_t largest_strings = 1u << 26;  // the dynamic string table

// The file behind one face: its size, and a read that fills all of `into` or says false.
struct Source {
  std::uint64_t size = 0;
  std::function<bool(std::uint64_t offset, std::span<std::byte> into)> read;
};

class ElfReader {
 public:
  ElfReader(const Source& source, const std::string& name) : source_(source), name_(name) {}

  ElfFacts read() {
    read_header();
    read_segments();
    ElfFacts facts;
    for (const Elf64_Phdr& segment : segments_) {
      if (segment.p_type == PT_NOTE) read_notes(segment, facts);
    }
    for (const Elf64_Phdr& segment : segments_) {
      if (segment.p_type == PT_DYNAMIC) read_exports(segment, facts);
    }
    std::sort(facts.exports.begin(), facts.exports.end());
    facts.exports.erase(std::unique(facts.exports.begin(), facts.exports.end()),
                        facts.exports.end());
    return facts;
  }

 private:
  struct Tables {
    std::uint64_t symbols = 0;
    std::uint64_t strings = 0;
    std::uint64_t strings_size = 0;
    std::uint64_t hash = 0;
    std::uint64_t gnu_hash = 0;
  };

  [[noreturn]] void refuse(const std::string& what) const {
    throw Error(ErrorKind::invalid_input, name_ + ": " + what);
  }
  [[noreturn]] void corrupt(const std::string& part) const {
    refuse("the " + part + " is truncated or corrupt; copy or build the plugin again");
  }

  void read_bytes(std::uint64_t offset, std::span<std::byte> into, const char* part) const {
    if (offset > source_.size || into.size() > source_.size - offset ||
        !source_.read(offset, into)) {
      corrupt(part);
    }
  }
  template <typename T>
  T read_at(std::uint64_t offset, const char* part) const {
    std::array<std::byte, sizeof(T)> raw{};
    read_bytes(offset, raw, part);
    return std::bit_cast<T>(raw);
  }
  template <typename T>
  std::vector<T> read_table(std::uint64_t offset, std::size_t count, const char* part) const {
    // Checked here so that a lying count allocates nothing.
    if (offset > source_.size || count > (source_.size - offset) / sizeof(T)) corrupt(part);
    std::vector<T> table(count);
    read_bytes(offset, std::as_writable_bytes(std::span(table)), part);
    return table;
  }

  void read_header() {
    std::array<std::byte, EI_NIDENT> ident{};
    if (source_.size < ident.size() || !source_.read(0, ident) ||
        std::memcmp(ident.data(), ELFMAG, SELFMAG) != 0) {
      refuse("not an ELF file; a plugin is a shared object for Linux (.so)");
    }
    if (ident[EI_CLASS] != std::byte{ELFCLASS64}) {
      refuse("a 32-bit binary; this host takes 64-bit plugins, build it for this machine");
    }
    if (ident[EI_DATA] != std::byte{ELFDATA2LSB}) {
      refuse("a big-endian binary; build it for this machine");
    }
    header_ = read_at<Elf64_Ehdr>(0, "ELF header");
    if (header_.e_machine != this_machine) {
      refuse("built for another processor (ELF machine " + std::to_string(header_.e_machine) +
             ", this host is " + std::to_string(this_machine) + "); build it for this machine");
    }
    if (header_.e_type != ET_DYN) {
      refuse("not a shared object (ELF type " + std::to_string(header_.e_type) +
             "); build the plugin as a module library");
    }
  }

  void read_segments() {
    if (header_.e_phentsize != sizeof(Elf64_Phdr) || header_.e_phnum == 0 ||
        header_.e_phnum > most_headers) {
      corrupt("program header table");
    }
    segments_ = read_table<Elf64_Phdr>(header_.e_phoff, header_.e_phnum, "program header table");
    for (const Elf64_Phdr& segment : segments_) {
      // The linker would map what is not there, and its first use would end the process.
      if (segment.p_type == PT_LOAD) check_whole(segment.p_offset, segment.p_filesz, "code");
    }
    // Nothing is read from it, but it stands at the end: what lacks it was cut on its way.
    check_whole(header_.e_shoff, std::uint64_t{header_.e_shnum} * sizeof(Elf64_Shdr),
                "section header table");
  }

  void check_whole(std::uint64_t offset, std::uint64_t size, const char* part) const {
    if (offset > source_.size || size > source_.size - offset) corrupt(part);
  }

  // The place in the file of an address that the dynamic section names.
  std::uint64_t offset_of(std::uint64_t address, const char* part) const {
    for (const Elf64_Phdr& segment : segments_) {
      if (segment.p_type == PT_LOAD && address >= segment.p_vaddr &&
          address - segment.p_vaddr < segment.p_filesz) {
        const std::uint64_t within = address - segment.p_vaddr;
        if (segment.p_offset > source_.size || within > source_.size - segment.p_offset) break;
        return segment.p_offset + within;
      }
    }
    corrupt(part);
  }

  void read_notes(const Elf64_Phdr& segment, ElfFacts& facts) const {
    if (segment.p_filesz > largest_notes) corrupt("note segment");
    const std::vector<std::byte> notes =
        read_table<std::byte>(segment.p_offset, segment.p_filesz, "note segment");
    // gABI: name and descriptor are padded to the segment's alignment, 4 or 8.
    const std::size_t align = segment.p_align == 8 ? 8 : 4;
    std::size_t at = 0;
    const auto take = [&](std::size_t size) {
      if (size > notes.size() - at) corrupt("note");
      const std::string_view part = as_text(ByteView(notes).subspan(at, size));
      at = std::min(notes.size(), at + size + (align - (at + size) % align) % align);
      return part;
    };
    while (notes.size() - at >= sizeof(Elf64_Nhdr)) {
      Elf64_Nhdr head{};
      std::memcpy(&head, notes.data() + at, sizeof head);
      at += sizeof head;  // 12 bytes; the name follows without padding
      const std::string_view owner = take(head.n_namesz);
      const std::string_view content = take(head.n_descsz);
      if (owner != std::string_view(CW_NOTE_OWNER, sizeof CW_NOTE_OWNER) ||
          head.n_type != CW_NOTE_MANIFEST) {
        continue;
      }
      if (facts.manifest) refuse("holds two manifests; embed manifest.json once");
      facts.manifest = std::string(content);
    }
  }

  Tables read_dynamic(const Elf64_Phdr& segment) const {
    Tables tables;
    const std::size_t count = segment.p_filesz / sizeof(Elf64_Dyn);
    if (count > most_dynamic) corrupt("dynamic section");
    for (const Elf64_Dyn& entry :
         read_table<Elf64_Dyn>(segment.p_offset, count, "dynamic section")) {
      if (entry.d_tag == DT_NULL) break;
      if (entry.d_tag == DT_SYMTAB) tables.symbols = entry.d_un.d_ptr;
      if (entry.d_tag == DT_STRTAB) tables.strings = entry.d_un.d_ptr;
      if (entry.d_tag == DT_STRSZ) tables.strings_size = entry.d_un.d_val;
      if (entry.d_tag == DT_HASH) tables.hash = entry.d_un.d_ptr;
      if (entry.d_tag == DT_GNU_HASH) tables.gnu_hash = entry.d_un.d_ptr;
    }
    return tables;
  }

  // The number of dynamic symbols stands nowhere but in the hash tables: the SysV one says it, the
  // GNU one ends its last chain with it.
  std::size_t symbol_count(const Tables& tables) const {
    if (tables.hash != 0) {
      const std::uint64_t at = offset_of(tables.hash, "hash table");
      return read_at<std::array<std::uint32_t, 2>>(at, "hash table")[1];
    }
    if (tables.gnu_hash == 0) return 0;
    const char* const part = "hash table";
    const std::uint64_t at = offset_of(tables.gnu_hash, part);
    const auto [buckets, first, bloom, shift] = read_at<std::array<std::uint32_t, 4>>(at, part);
    static_cast<void>(shift);
    if (buckets > most_symbols || bloom > most_symbols) corrupt(part);
    const std::uint64_t bucket_at = at + 16 + std::uint64_t{bloom} * 8;
    std::uint32_t last = 0;
    for (const std::uint32_t bucket : read_table<std::uint32_t>(bucket_at, buckets, part)) {
      last = std::max(last, bucket);
    }
    if (last == 0) return first;
    const std::uint64_t chains = bucket_at + std::uint64_t{buckets} * 4;
    for (; last >= first && last < most_symbols; ++last) {
      const std::uint64_t chain = chains + std::uint64_t{last - first} * 4;
      if ((read_at<std::uint32_t>(chain, part) & 1u) != 0) return std::size_t{last} + 1;
    }
    corrupt(part);
  }

  void read_exports(const Elf64_Phdr& segment, ElfFacts& facts) const {
    const Tables tables = read_dynamic(segment);
    const std::size_t count = symbol_count(tables);
    if (count == 0) return;
    if (count > most_symbols || tables.strings_size > largest_strings) corrupt("symbol table");
    const std::vector<char> strings = read_table<char>(offset_of(tables.strings, "string table"),
                                                       tables.strings_size, "string table");
    for (const Elf64_Sym& symbol :
         read_table<Elf64_Sym>(offset_of(tables.symbols, "symbol table"), count, "symbol table")) {
      if (!is_export(symbol)) continue;
      if (symbol.st_name >= strings.size()) corrupt("symbol table");
      const std::string_view rest(strings.data() + symbol.st_name, strings.size() - symbol.st_name);
      const std::size_t end = rest.substr(0, longest_name).find('\0');
      if (end == std::string_view::npos || facts.exports.size() == most_exports) {
        corrupt("symbol table");
      }
      facts.exports.emplace_back(rest.substr(0, end));
    }
  }

  static bool is_export(const Elf64_Sym& symbol) {
    const unsigned bind = ELF64_ST_BIND(symbol.st_info);
    const unsigned visibility = ELF64_ST_VISIBILITY(symbol.st_other);
    return symbol.st_shndx != SHN_UNDEF && bind != STB_LOCAL && visibility != STV_HIDDEN &&
           visibility != STV_INTERNAL;
  }

  const Source& source_;
  const std::string& name_;
  Elf64_Ehdr header_{};
  std::vector<Elf64_Phdr> segments_;
};

// A file descriptor that closes itself.
class OpenFile {
 public:
  explicit OpenFile(const std::filesystem::path& file)
      : descriptor_(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

bool read_fully(int descriptor, std::uint64_t offset, std::span<std::byte> into) {
  while (!into.empty()) {
    const ssize_t got = ::pread(descriptor, into.data(), into.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    into = into.subspan(static_cast<std::size_t>(got));
    offset += static_cast<std::uint64_t>(got);
  }
  return true;
}

}  // namespace

ElfFacts read_elf(ByteView bytes, const std::string& name) {
  const Source source{bytes.size(), [bytes](std::uint64_t offset, std::span<std::byte> into) {
                        std::ranges::copy(bytes.subspan(offset, into.size()), into.begin());
                        return true;
                      }};
  return ElfReader(source, name).read();
}

ElfFacts read_elf_file(const std::filesystem::path& file) {
  const OpenFile open(file);
  const int number = errno;
  if (open.descriptor() < 0) {
    throw Error(number == ENOENT ? ErrorKind::not_found : ErrorKind::unavailable,
                file.string() + ": can not be read: " + std::generic_category().message(number));
  }
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) {
    throw Error(ErrorKind::invalid_input, file.string() + ": not a regular file");
  }
  const off_t size = ::lseek(open.descriptor(), 0, SEEK_END);
  const Source source{static_cast<std::uint64_t>(std::max<off_t>(size, 0)),
                      [&](std::uint64_t offset, std::span<std::byte> into) {
                        return read_fully(open.descriptor(), offset, into);
                      }};
  return ElfReader(source, file.string()).read();
}

}  // namespace cartwright::host
