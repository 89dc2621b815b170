// Runs a fuzz target without libFuzzer: each file of the seed corpus as it stands, then mutations
// of the files with a fixed seed, so that a failure comes back. Stops after --iterations or
// --seconds, whichever is first; the seconds only bound the run, they decide nothing.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Input = std::vector<std::uint8_t>;

std::vector<Input> read_corpus(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  if (std::filesystem::is_directory(folder)) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<Input> inputs(1);  // the empty input is always worth a try
  for (const auto& file : files) {
    std::ifstream stream(file, std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  }
  return inputs;
}

void mutate(Input& input, std::mt19937& random, const std::vector<Input>& corpus) {
  const auto below = [&](std::size_t end) { return static_cast<std::size_t>(random() % end); };
  const std::size_t at = input.empty() ? 0 : below(input.size());
  const auto place = input.begin() + static_cast<std::ptrdiff_t>(at);
  const auto any = static_cast<std::uint8_t>(random());
  switch (below(input.empty() ? 2 : 6)) {
    case 0:
      input.insert(place, below(8) + 1, any);
      break;
    case 1: {  // a piece of another seed
      const Input& other = corpus[below(corpus.size())];
      const std::size_t from = other.empty() ? 0 : below(other.size());
      const std::size_t size = std::min<std::size_t>(other.size() - from, below(64) + 1);
      const auto begin = other.begin() + static_cast<std::ptrdiff_t>(from);
      input.insert(place, begin, begin + static_cast<std::ptrdiff_t>(size));
      break;
    }
    case 2:
      *place = any;
      break;
    case 3:
      *place = static_cast<std::uint8_t>(*place ^ (1u << below(8)));
      break;
    case 4:
      input.erase(place,
                  place + static_cast<std::ptrdiff_t>(std::min(input.size() - at, below(16) + 1)));
      break;
    default:
      input.resize(at);
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t iterations = 20000;
  std::chrono::seconds limit{5};
  std::filesystem::path folder;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--iterations" && i + 1 < argc) {
      iterations = std::stoull(argv[++i]);
    } else if (word == "--seconds" && i + 1 < argc) {
      limit = std::chrono::seconds(std::stoll(argv[++i]));
    } else {
      folder = word;
    }
  }
  const std::vector<Input> corpus = read_corpus(folder);
  for (const Input& input : corpus) LLVMFuzzerTestOneInput(input.data(), input.size());

  std::mt19937 random(8217);
  const auto end = std::chrono::steady_clock::now() + limit;
  std::uint64_t done = 0;
  for (; done < iterations && std::chrono::steady_clock::now() < end; ++done) {
    Input input = corpus[random() % corpus.size()];
    for (std::size_t changes = random() % 6 + 1; changes > 0; --changes) {
      mutate(input, random, corpus);
    }
    // A copy of exact size lets the address sanitizer see the first byte past the end.
    input.shrink_to_fit();
    LLVMFuzzerTestOneInput(input.data(), input.size());
  }
  std::printf("%zu seeds, %llu mutations\n", corpus.size() - 1,
              static_cast<unsigned long long>(done));
  return 0;
}
