#!/bin/bash
# commands_run.sh TREE BUILD [PAGE...]: every command that the README and the pages of docs/ show is
# run, or only those of the pages named.
set -euo pipefail
tree=$1 build=$2
shift 2
cd "$tree"
pages=("$@")
[[ ${#pages[@]} -gt 0 ]] || mapfile -t pages < <(grep -lr '^```console' README.md docs | sort)
status=0
for page in "${pages[@]}"; do
  tests/docs/run_page.sh "$tree" "$build" "$page" || status=1
done
exit $status
