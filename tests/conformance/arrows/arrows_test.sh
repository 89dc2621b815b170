#!/bin/bash
# arrows_test.sh CMAKE SCRIPT: a small tree with includes that point up, sideways and out.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

file() {
  mkdir -p "$(dirname "$scratch/$1")"
  printf '%s\n' "${@:2}" >"$scratch/$1"
}
# CMake wraps its messages; they are compared with single spaces.
check() { "$1" -D ROOT="$scratch" -P "$2" 2>&1 | tr -s ' \n' ' '; }

file sdk/offers/basket.hpp '#pragma once' '#include <vector>' '#include "gs1/gtin.hpp"' '#include "base/error.hpp"'
file sdk/tools/main.cpp '#include "cart/loop.hpp"' '#include "trip/trip_log.hpp"'
file drivers/x/x.cpp '#include <cartwright/driver/driver.hpp>' '#include "../common/words.hpp"'
file samples/s/s.cpp '#include <cartwright/cart.hpp>'
clean=$(check "$@") || { echo "a tree without violations is refused: $clean" && exit 1; }

expect() {  # the whole complaint about the file written last
  local said
  if said=$(check "${@:2}"); then echo "not caught: $1" && exit 1; fi
  [[ $said == *"$1"* ]] || { echo "expected: $1"; echo "said: $said"; exit 1; }
}

file sdk/gs1/up.hpp '#pragma once' '' '#include "trip/trip_log.hpp"'
expect 'sdk/gs1/up.hpp:3: gs1 may not include "trip/trip_log.hpp"; allowed are: base' "$@"
rm "$scratch/sdk/gs1/up.hpp"
file drivers/x/x.cpp '#include <cartwright/driver/driver.hpp>' '#include "base/hex.hpp"'
expect 'drivers/x/x.cpp:2: drivers may not include "base/hex.hpp"; allowed are: driver, abi' "$@"
file drivers/x/x.cpp '  #  include "../../sdk/base/hex.hpp"'
expect 'drivers/x/x.cpp:1: drivers may not include "../../sdk/base/hex.hpp"' "$@"
rm "$scratch/drivers/x/x.cpp"
file samples/s/s.cpp '#include <cartwright/cart.hpp>' '#include "cart/loop.hpp"'
expect 'samples/s/s.cpp:2: samples may not include "cart/loop.hpp"' "$@"
