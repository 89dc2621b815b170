#include <memory>
#include <nlohmann/json.hpp>

#include "tools/command.hpp"
#include "tools/output.hpp"
#include "tools/plugin_dirs.hpp"

namespace cartwright::tools {
namespace {

struct Options {
  PluginDirs plugins;
  bool why = false;
  bool json = false;
};

std::string verdict(const host::PluginCandidate& plugin) {
  if (!plugin.refusal.empty()) return "refused";
  return plugin.shadowed_by.empty() ? "ok" : "shadowed";
}

nlohmann::ordered_json json_of(const host::PluginCandidate& plugin) {
  nlohmann::ordered_json json = {{"file", plugin.file.string()}, {"verdict", verdict(plugin)}};
  if (!plugin.refusal.empty()) json["why"] = plugin.refusal;
  if (!plugin.shadowed_by.empty()) json["shadowed_by"] = plugin.shadowed_by.string();
  if (plugin.manifest) {
    json["id"] = plugin.manifest->id;
    json["version"] = plugin.manifest->version;
    json["abi"] = host::to_text(plugin.manifest->abi);
    json["summary"] = plugin.manifest->summary;
    for (const host::ManifestUnit& unit : plugin.manifest->units) {
      json["classes"].push_back(unit.class_id);
    }
  }
  return json;
}

void print_why(const host::PluginIndex& index) {
  print_line("\nSearched, first wins:");
  Table folders({"FOLDER", "NAMED BY", ""});
  for (const host::PluginFolder& folder : index.folders()) {
    folders.add({folder.path.string(), folder.origin,
                 std::filesystem::is_directory(folder.path) ? "" : "(not there)"});
  }
  folders.print();
  for (const host::PluginCandidate& plugin : index.candidates()) {
    if (plugin.usable()) continue;
    print_line(
        "\n" + coloured(plugin.file.string(), Colour::bold) + "\n  " +
        (plugin.refusal.empty() ? "shadowed by " + plugin.shadowed_by.string() : plugin.refusal));
  }
}

void list(const Options& options) {
  const host::PluginIndex index = options.plugins.index();
  Table table({"PLUGIN", "VERSION", "ABI", "CLASS", "VERDICT", "SUMMARY"});
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  bool refused = false;
  for (const host::PluginCandidate& plugin : index.candidates()) {
    refused = refused || !plugin.refusal.empty();
    rows.push_back(json_of(plugin));
    if (!plugin.manifest) {
      table.add({plugin.file.filename().string(), "-", "-", "-", "refused", ""});
      continue;
    }
    std::string classes;
    for (const host::ManifestUnit& unit : plugin.manifest->units) {
      classes += (classes.empty() ? "" : " ") + unit.class_id;
    }
    table.add({plugin.manifest->id, plugin.manifest->version, host::to_text(plugin.manifest->abi),
               classes, verdict(plugin), plugin.manifest->summary});
  }
  if (options.json) return print_line(json_line(rows));
  if (table.empty()) {
    print_line("No plugins found");
  } else {
    table.print();
  }
  if (options.why) return print_why(index);
  if (refused) print_line("\nWhy some are refused:  cartwright plugins --why");
}

}  // namespace

void add_plugins_command(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "plugins", "The drivers and services that are there. Reads manifests, runs nothing.");
  options->plugins.add_to(*command);
  command->add_flag("--why", options->why, "Say where was looked and why a plugin is refused");
  command->add_flag("--json", options->json, "Print JSON");
  command->footer(
      "Folders are searched in this order: --plugin-dir, CARTWRIGHT_PLUGIN_PATH (divided by "
      "\":\"),\n"
      "the installed one. The first plugin with an id wins. A refusal names file, versions, "
      "remedy:\n"
      "  cartwright plugins --why");
  command->callback([options] { list(*options); });
}

}  // namespace cartwright::tools
