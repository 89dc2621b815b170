#!/bin/bash
# compile_matrix.sh HEADERS COMPILER STANDARD: each header of the ABI by itself, drafts too, and the
# layout probe, which uses each struct, compile without a warning.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
headers=$1 compiler=$2 standard=$3

language=c
[[ $standard != c++* ]] || language=c++
flags=(-std="$standard" -pedantic-errors -Wall -Wextra -Wpadded -Wundef -Werror -I "$headers" -x "$language" -)

(cd "$headers" && find cartwright/abi -name '*.h') | while read -r header; do
  echo "#include <$header>" | "$compiler" -fsyntax-only "${flags[@]}" ||
    { echo "$header does not stand alone in $standard with $compiler" && exit 1; }
done
"$here/layout.sh" probe "$headers" | "$compiler" -S -o /dev/null "${flags[@]}"
