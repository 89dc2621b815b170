#!/bin/bash
# Each relative link of the tree's Markdown pages leads to a file of the tree.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

status=0
count=0
while IFS=: read -r page line link; do
  link=${link#*](}
  link=${link%%[)# ]*}
  [[ -n $link && $link != *://* && $link != mailto:* ]] || continue
  count=$((count + 1))
  if [[ ! -e $(dirname "$page")/$link ]]; then
    echo "$page:$line: link to \"$link\", which is not there"
    status=1
  fi
done < <(git ls-files --cached --others --exclude-standard '*.md' |
  xargs -r -d '\n' grep -HnoE '\]\([^)]+\)' || true)
[[ $status -ne 0 ]] || echo "$count links lead somewhere"
exit $status
