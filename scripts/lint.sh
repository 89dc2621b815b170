#!/bin/bash
# The checks of `./dev lint`; the packages are there already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

all=
fix=
for word in "$@"; do
  case $word in
    --all) all=1 ;;
    --fix) fix=1 ;;
    *)
      echo "./dev lint: unknown option $word; see ./dev lint --help" >&2
      exit 2
      ;;
  esac
done

jobs_wanted=${CARTWRIGHT_JOBS:-$(nproc)}
status=0
step() { printf '\n== %s\n' "$*"; }
# Files of the tree, those not yet committed too, that match the patterns and exist.
files() { git ls-files --cached --others --exclude-standard -- "$@" | while read -r file; do
  [[ ! -f $file ]] || echo "$file"
done; }

step "clang-format"
mapfile -t sources < <(files '*.cpp' '*.hpp' '*.c' '*.h')
if [[ -n $fix ]]; then
  clang-format-16 -i "${sources[@]}"
else
  for file in "${sources[@]}"; do
    clang-format-16 "$file" | cmp -s - "$file" || {
      echo "$file is not formatted; ./dev lint --fix does it"
      status=1
    }
  done
fi

step "arrows between rooms"
cmake -D ROOT="$PWD" -P cmake/CartwrightArrows.cmake || status=1

step "shellcheck"
mapfile -t shells < <(files 'dev' '.ci/run' '*.sh')
shellcheck "${shells[@]}" || status=1

step "house rules"
rule() {  # what is wrong, the pattern, and where
  local what=$1 pattern=$2
  shift 2
  if git grep --untracked -nIE "$pattern" -- "$@" ':!scripts/lint.sh' ':!LICENSE'; then
    echo "^ $what"
    status=1
  fi
}
rule "finish it or file it; no such marks in the tree" '\b(TODO|FIXME|XXX|HACK)\b' .
rule "no floating point near a price or a weight" '^[^"/]*\b(float|double)\b' \
  'sdk/offers/*' 'sdk/trip/*' 'sdk/gs1/*' 'drivers/scale*'
rule "errors are cartwright::Error" 'throw std::(runtime_error|logic_error|invalid_argument)\b' \
  'sdk/*.cpp' 'sdk/*.hpp' ':!sdk/driver'
rule "headers begin with #pragma once or the ABI's guard, not both ways" \
  '^#ifndef [A-Z_]+_(HPP|HPP_)$' 'sdk/*.hpp'
rule "tests wait for events, not for time" 'sleep_for|usleep\(|nanosleep\(' 'tests/unit/*' \
  ':!*_kill_test.cpp'  # there an instant is chosen, not waited for
rule "no path of one machine" '(^|[^a-zA-Z0-9_./-])/(work|home)/[a-z]' .
rule "no tab in sources" $'\t' '*.cpp' '*.hpp' '*.c' '*.h' '*.cmake' '*CMakeLists.txt'

step "clang-tidy"
if [[ ! -f build/lint/compile_commands.json || -n $all ]]; then
  cmake --preset dev -B build/lint -D CMAKE_CXX_COMPILER=clang++-16 -D CMAKE_C_COMPILER=clang-16 \
    -D CARTWRIGHT_SANITIZE= -D CMAKE_CXX_COMPILER_LAUNCHER= >/dev/null
fi
# The generated message headers, without compiling them.
mapfile -t messages < <(files 'sdk/proto/*.proto')
cmake --build build/lint --target "${messages[@]/%.proto/.pb.h}" >/dev/null
if [[ -n $all ]]; then
  mapfile -t tidy < <(files 'sdk/*.cpp' 'drivers/*.cpp' 'plugins/*.cpp' 'samples/*.cpp')
else
  base=$(git merge-base HEAD '@{upstream}' 2>/dev/null || git rev-parse 'HEAD~1' 2>/dev/null ||
    git rev-parse HEAD)
  mapfile -t tidy < <({
    git diff --name-only "$base" -- 'sdk/*.cpp' 'drivers/*.cpp' 'plugins/*.cpp' 'samples/*.cpp'
    git ls-files --others --exclude-standard -- 'sdk/*.cpp' 'drivers/*.cpp' 'plugins/*.cpp'
  } | sort -u | while read -r file; do [[ ! -f $file ]] || echo "$file"; done)
fi
# Files that no target builds here (a vendor's template) have no command to be read with.
known=()
for file in "${tidy[@]}"; do
  if grep -qF "$PWD/$file\"" build/lint/compile_commands.json; then known+=("$file"); fi
done
echo "${#known[@]} files"
if [[ ${#known[@]} -gt 0 ]]; then
  printf '%s\0' "${known[@]}" |
    xargs -0 -n 1 -P "$jobs_wanted" clang-tidy-16 -p build/lint --quiet 2>/dev/null || status=1
fi

printf '\n'
if [[ $status -eq 0 ]]; then echo "LINT CLEAN"; else echo "LINT FAILED"; fi
exit $status
