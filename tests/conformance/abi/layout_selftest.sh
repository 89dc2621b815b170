#!/bin/bash
# The guard catches what it is for: a field put into the middle, one removed, one widened, an id that
# changed. And it lets a struct grow at its end, telling that golden/ is behind.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
headers=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# expect STATUS WHAT FILE SED-SCRIPT [MACHINE]: the check's exit status after a change to one header.
expect() {
  local status=0
  rm -rf "$scratch/include" && cp -r "$headers" "$scratch/include"
  sed -i "$4" "$scratch/include/cartwright/abi/$3"
  if cmp -s "$headers/cartwright/abi/$3" "$scratch/include/cartwright/abi/$3"; then
    echo "$2: the change did not apply; mend this test" && exit 1
  fi
  "$here/layout.sh" check "$scratch/include" "${5-x86_64}" >"$scratch/said" || status=$?
  if [[ $status -ne $1 ]]; then
    echo "$2: exit status $status, expected $1" && cat "$scratch/said" && exit 1
  fi
}

expect 1 "a field put into the middle" input.h \
  's/^  uint32_t message_count;/  uint32_t between;\n  uint32_t between2;\n&/'
expect 1 "a field removed" scale.h '/^  int64_t tare;/d'
expect 1 "a field widened" display.h 's/^  uint32_t rows;/  uint64_t rows;/'
expect 1 "a field renamed" display.h 's/^  uint32_t rows;/  uint32_t lines;/'
expect 1 "an id that changed" scale.h 's/^#define CW_UNIT_POUND 3u/#define CW_UNIT_POUND 9u/' constants
expect 1 "a constant removed" scale.h '/^#define CW_UNIT_OUNCE/d' constants
expect 2 "a field added at the end" scale.h 's/^  int64_t tare;.*/&\n  int64_t gross;/'
expect 2 "a constant added" scale.h 's/^#define CW_UNIT_OUNCE.*/&\n#define CW_UNIT_TONNE 6u/' constants
expect 0 "a comment changed" scale.h 's/UnifiedPOS category/The UnifiedPOS category/'
