#!/bin/bash
# exports.sh BINARY LIST [--update]: the dynamic symbols that BINARY defines, demangled and sorted,
# are exactly the lines of LIST. What sanitizers add to a test build is left out.
set -euo pipefail
binary=$1 list=$2

now=$(nm -D --defined-only "$binary" | awk '{ print $NF }' |
  grep -vE '^(__asan_|__odr_asan|__ubsan_|__tsan_|__sancov|__gcov_|__llvm_profile)' |
  c++filt | LC_ALL=C sort -u)
if [[ ${3-} == --update ]]; then
  printf '%s\n' "$now" >"$list"
  exit 0
fi
if ! diff --unified=0 --label "$list" --label "$binary" "$list" <(printf '%s\n' "$now"); then
  echo "What $binary exports differs from $list."
  echo "If that is meant: tests/conformance/abi/exports.sh $binary $list --update"
  exit 1
fi
