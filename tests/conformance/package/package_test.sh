#!/bin/bash
# package_test.sh SOURCE BUILD CXX FLAGS: what was built is installed into a scratch prefix, moved to
# another place, and used from there by projects that stand outside the tree.
set -euo pipefail
source=$1 build=$2 cxx=$3 flags=$4
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

step() { echo "-- $*"; }
# Says all that was said if it fails.
quiet() { "$@" >"$scratch/log" 2>&1 || { cat "$scratch/log" && exit 1; }; }

step "install and move"
quiet cmake --install "$build" --prefix "$scratch/first"
mv "$scratch/first" "$scratch/sdk"
sdk=$scratch/sdk
pkgconfig=$(dirname "$(find "$sdk" -name cartwright-driver.pc)")
plugins=$(find "$sdk" -type d -path '*/cartwright/plugins')

# project FOLDER: configures and builds a copy that sees the installed SDK alone.
project() {
  local folder=$1
  quiet cmake -S "$folder" -B "$folder/build" -G Ninja -D CMAKE_PREFIX_PATH="$sdk" \
    -D CMAKE_CXX_COMPILER="$cxx" -D CMAKE_CXX_FLAGS="$flags"
  if grep -qF "$source/sdk" "$folder/build/build.ninja"; then
    echo "$folder is built with headers of the tree, not of the installed SDK" && exit 1
  fi
  quiet cmake --build "$folder/build"
}

step "a vendor's plugin in plain C, no C++ compiler asked for"
mkdir "$scratch/c-plugin"
cp "$source"/tests/unit/host/plugins/* "$scratch/c-plugin"
cat >"$scratch/c-plugin/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.25)
project(CPlugin LANGUAGES C)
find_package(Cartwright 0.1 REQUIRED COMPONENTS driver)
cartwright_add_driver(test-counter SOURCES test_counter.c MANIFEST test-counter.json INSTALL)
END
quiet cmake -S "$scratch/c-plugin" -B "$scratch/c-plugin/build" -G Ninja -D CMAKE_PREFIX_PATH="$sdk"
quiet cmake --build "$scratch/c-plugin/build"
quiet cmake --install "$scratch/c-plugin/build" --prefix "$scratch/vendor"
test -n "$(find "$scratch/vendor" -path '*/cartwright/plugins/test-counter.so')"
test -n "$(find "$scratch/vendor" -path '*/cartwright/plugins/test-counter.json')"

step "headers through pkg-config"
read -ra cflags < <(PKG_CONFIG_PATH=$pkgconfig pkg-config --cflags cartwright-driver)
for language in "c -std=c99" "c++ -std=c++17"; do
  read -ra as <<<"$language"
  quiet gcc -x "${as[@]}" -fsyntax-only "${cflags[@]}" - <<<'#include <cartwright/abi/cartwright.h>'
done

for sample in hello-scanner vendor-template hello-cart kiosk; do
  [[ -f $source/samples/$sample/CMakeLists.txt ]] || continue
  step "samples/$sample"
  cp -r "$source/samples/$sample" "$scratch/$sample"
  project "$scratch/$sample"
done

if [[ -x $sdk/bin/cartwright ]]; then
  step "the installed command finds installed and given plugins"
  found=$(mktemp -p "$scratch")
  quiet "$sdk/bin/cartwright" plugins --json
  cp "$scratch/log" "$found"
  for plugin in "$plugins"/*.so; do
    grep -qF "$(basename "$plugin" .so)" "$found" ||
      { echo "cartwright plugins does not list $plugin" && cat "$found" && exit 1; }
  done
  quiet "$sdk/bin/cartwright" plugins --plugin-dir "$scratch/c-plugin/build/lib/cartwright/plugins"
  grep -qF test-counter "$scratch/log" || { cat "$scratch/log" && exit 1; }
fi

# Samples that say how they are run: a script run.sh that gets the prefix and its build folder.
for sample in hello-scanner vendor-template hello-cart; do
  [[ -x $scratch/$sample/run.sh ]] || continue
  step "run samples/$sample"
  quiet "$scratch/$sample/run.sh" "$sdk" "$scratch/$sample/build"
done
echo "the installed SDK works"
