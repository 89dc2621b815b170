#include "tools/command.hpp"

int main(int argc, char** argv) {
  return cartwright::tools::run_command_line(argc, argv);
}
