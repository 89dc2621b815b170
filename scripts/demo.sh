#!/bin/bash
# What `./dev demo` builds and runs; the packages are there already. A build folder of its own, without
# tests: those need packages that the demo does not.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

build=build/demo
log=$build/build.log
mkdir -p "$build"
echo "Building in $build (the first time takes some minutes) ..."
if ! { cmake --preset release -B "$build" -D CARTWRIGHT_BUILD_TESTS=OFF -D CARTWRIGHT_BUILD_BENCH=OFF &&
  cmake --build "$build" --target cartwright-demo --parallel "${CARTWRIGHT_JOBS:-$(nproc)}"; } \
  >"$log" 2>&1; then
  tail -40 "$log" >&2
  echo "The build failed; all of its output is in $log" >&2
  exit 1
fi
exec "$build/bin/cartwright-demo" "$@"
