#!/bin/bash
# docs/demo_picture.sh [PROGRAM]: makes docs/demo.svg, the picture in the README, of what the demo draws
# in a terminal: the moment after one of its drivers was killed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
program=${1:-build/demo/bin/cartwright-demo}
[[ -x $program ]] || { echo "$program is not there; ./dev demo builds it" >&2 && exit 1; }

log=$(mktemp)
trap 'rm -f "$log" "$log.svg"' EXIT
script -q -e -c "stty cols 80 rows 24; '$program'" "$log" </dev/null >/dev/null

# Frames begin with ESC [ H; colours are ESC [ N m; lines end with ESC [ K.
LC_ALL=C awk -v killed='kill -9' -v away='restarting' '
  BEGIN { RS = "\033\\[H" }
  index($0, killed) && (index($0, away) || picture == "") { picture = $0 }
  END { sub(/\033\[J.*/, "", picture); printf "%s", picture }' "$log" |
  LC_ALL=C awk '
    function columns(text) { gsub(/[\200-\277]/, "", text); return length(text) }
    function escaped(text) { gsub(/&/, "\\&amp;", text); gsub(/</, "\\&lt;", text); return text }
    # One piece of a row; textLength keeps columns together in any font.
    function piece(text, style,   width) {
      while (substr(text, 1, 1) == " ") { text = substr(text, 2); ++at }
      width = columns(text)
      if (text != "")
        printf "<text x=\"%.1f\" y=\"%d\" textLength=\"%.1f\" class=\"%s\">%s</text>\n",
          16 + at * 8.4, 30 + row * 18, width * 8.4, style, escaped(text)
      at += width
    }
    BEGIN {
      styles["0"] = "n"; styles["1"] = "b"; styles["32"] = "g"; styles["33"] = "y"
      print "<svg xmlns=\"http://www.w3.org/2000/svg\" " \
            "xml:space=\"preserve\" viewBox=\"0 0 744 446\">"
      print "<title>The demo in a terminal; made by docs/demo_picture.sh</title>"
      print "<style>text{font:14px ui-monospace,\"DejaVu Sans Mono\",Menlo,Consolas,monospace;" \
            "white-space:pre;fill:#d8dee9}.b{font-weight:bold;fill:#fff}.g{fill:#a3be8c}.y{fill:#ebcb8b}</style>"
      print "<rect width=\"744\" height=\"446\" rx=\"8\" fill=\"#1f2430\"/>"
    }
    {
      at = 0; style = "n"; line = $0
      gsub(/\r|\033\[K/, "", line)
      while (match(line, /\033\[[0-9]+m/)) {
        piece(substr(line, 1, RSTART - 1), style)
        style = styles[substr(line, RSTART + 2, RLENGTH - 3)]
        line = substr(line, RSTART + RLENGTH)
      }
      piece(line, style)
      ++row
    }
    END { print "</svg>" }' >"$log.svg"
[[ $(wc -c <"$log.svg") -gt 2000 ]] || { echo "the demo drew nothing" >&2 && exit 1; }
mv "$log.svg" docs/demo.svg
echo "docs/demo.svg"
