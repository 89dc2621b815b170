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

# The last command's output holds this text.
said() {
  grep -qF -- "$1" "$scratch/log" || { echo "expected: $1" && cat "$scratch/log" && exit 1; }
}

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

step "a manifest that does not fit its target is refused when configuring"
cp -r "$scratch/c-plugin" "$scratch/wrong-plugin"
sed -i 's/"pure"/"own"/' "$scratch/wrong-plugin/test-counter.json"
if cmake -S "$scratch/wrong-plugin" -B "$scratch/wrong-plugin/build2" -G Ninja \
  -D CMAKE_PREFIX_PATH="$sdk" >"$scratch/log" 2>&1; then
  echo "a pure driver with an own-io manifest was configured" && exit 1
fi
said 'io is "own"'

step "headers through pkg-config"
read -ra cflags < <(PKG_CONFIG_PATH=$pkgconfig pkg-config --cflags cartwright-driver)
for language in "c -std=c99" "c++ -std=c++17"; do
  read -ra as <<<"$language"
  quiet gcc -x "${as[@]}" -fsyntax-only "${cflags[@]}" - <<<'#include <cartwright/abi/cartwright.h>'
done

for list in "$source"/samples/*/CMakeLists.txt; do
  grep -q '^project(' "$list" || continue # it runs from the build tree alone
  sample=$(basename "$(dirname "$list")")
  if grep -q 'COMPONENTS.* cart' "$list" && [[ -z $(find "$sdk" -name 'libcartwright.so') ]]; then
    continue
  fi
  step "build samples/$sample"
  cp -r "$source/samples/$sample" "$scratch/$sample"
  project "$scratch/$sample"
done

command=$sdk/bin/cartwright
if [[ -x $command ]]; then
  step "the installed command finds the installed plugins"
  quiet "$command" plugins --json
  for plugin in "$plugins"/*.so; do
    said "\"$(basename "$plugin" .so)\""
  done

  for sample in hello-scanner hello-scanner-c; do
    [[ -d $scratch/$sample ]] || continue
    step "run samples/$sample"
    export CARTWRIGHT_PLUGIN_PATH=$scratch/$sample/build/lib/cartwright/plugins
    quiet "$command" decode "$sample" --hex 343030363338313333333933310d
    said '"gtin":"04006381333931"'
  done
  unset CARTWRIGHT_PLUGIN_PATH

  if [[ -d $scratch/hello-cart ]]; then
    step "run samples/hello-cart"
    mkdir "$scratch/shop"
    quiet "$command" catalog --dir "$scratch/shop/catalog" import "$source/samples/data/catalog.jsonl"
    cat >"$scratch/shop/cart.toml" <<'END'
[cart]
id = "cart-1"
state = "state"
catalog = "catalog"
[store]
gln = "9521234000006"
zone = "Europe/Berlin"
currency = "EUR"
[store.taxes]
reduced = 700
standard = 1900
END
    quiet "$scratch/hello-cart/build/hello-cart" "$scratch/shop/cart.toml" 9521234543213
    said 'Milk 3.5 % 1 l'
    said 'due: 129'
  fi
fi
echo "the installed SDK works"
