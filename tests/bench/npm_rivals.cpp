#include "bench/npm_rivals.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "bench/scratch.hpp"

namespace cartwright::bench {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

// Runs `timeout SECONDS PROGRAM...` in the folder; what it prints goes to the log. True for exit
// code 0.
bool run_there(const fs::path& folder, const fs::path& log, int seconds,
               std::vector<std::string> words) {
  words.insert(words.begin(), {"timeout", std::to_string(seconds)});
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0644);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  pid_t pid = -1;
  const int failed = posix_spawnp(&pid, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  return failed == 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
         WEXITSTATUS(status) == 0;
}

fs::path sources() {
  return fs::path(CARTWRIGHT_SOURCE_DIR) / "tests" / "bench" / "rivals";
}

// The shop as rivals/shop.mjs describes it.
void write_shop(const fs::path& file, const Market& market,
                const std::vector<judge::ShopBasket>& baskets) {
  using Json = nlohmann::ordered_json;
  Json shop;
  shop["offers"] = Json::parse(judge::offers_text(market.shop()))["offers"];
  for (const judge::ShopBasket& basket : baskets) {
    Json lines = Json::array();
    for (const judge::ShopLine& line : basket.lines) {
      const judge::ShopProduct& product = market.assortment().products[line.product];
      lines.push_back({{"key", line.key},
                       {"product", product.id},
                       {"categories", product.categories},
                       {"units", line.units},
                       {"price_minor", line.price}});
    }
    shop["baskets"].push_back({{"lines", lines}});
  }
  std::ofstream stream(file);
  stream << shop.dump();
  if (!stream.flush()) throw std::runtime_error(file.string() + " can not be written");
}

}  // namespace

NpmRivals::NpmRivals(bool install) : folder_(program_folder().parent_path() / "bench-rivals") {
  fs::create_directories(folder_);
  const fs::path log = folder_ / "log";
  const fs::path marker = folder_ / "installed.json";
  const std::string wanted = text_of(sources() / "package.json");
  const bool is_installed = fs::exists(marker) && text_of(marker) == wanted;
  for (const fs::directory_entry& entry : fs::directory_iterator(sources())) {
    fs::copy_file(entry, folder_ / entry.path().filename(), fs::copy_options::overwrite_existing);
  }
  const std::string check =
      "process.exit(Number(process.versions.node.split('.')[0]) < 20 ? 1 : 0)";
  if (!run_there(folder_, log, 20, {"node", "-e", check})) {
    missing_ = "node 20 or newer is not there; install it and run again";
  } else if (!is_installed && !install) {
    missing_ = "they are not installed; run without --quick";
  } else if (!is_installed && !run_there(folder_, log, 600,
                                         {"npm", "install", "--ignore-scripts", "--no-audit",
                                          "--no-fund", "--no-package-lock"})) {
    missing_ = "npm install failed; " + log.string() + " says why:\n" + text_of(log);
  } else if (!is_installed) {
    fs::copy_file(folder_ / "package.json", marker, fs::copy_options::overwrite_existing);
  }
}

nlohmann::json NpmRivals::run(const std::string& script, const Market& market,
                              const std::vector<judge::ShopBasket>& baskets, int seconds) const {
  const fs::path log = folder_ / "log";
  write_shop(folder_ / "shop.json", market, baskets);
  fs::remove(folder_ / "answer.json");
  // Beside what is measured there are the start, one answer before and one begun at the end.
  const bool is_done =
      run_there(folder_, log, seconds * 2 + 120,
                {"node", script, "shop.json", "answer.json", std::to_string(seconds)});
  if (!is_done) throw std::runtime_error(script + " failed: " + text_of(log));
  return nlohmann::json::parse(text_of(folder_ / "answer.json"));
}

}  // namespace cartwright::bench
