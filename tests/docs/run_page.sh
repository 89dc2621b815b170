#!/bin/bash
# run_page.sh TREE BUILD PAGE: does what a Markdown page shows, in its order, in a scratch folder.
#
#   ```console          a session: lines after "$ " are commands, lines after "> " are typed into the
#                       command above them, all others are output that must appear, in this order;
#                       "..." stands for anything, blanks count as one, more output may come between
#   ```LANGUAGE FILE    the content of FILE, which is written before the commands that follow
#
# A command that ends with "&" goes on until the page ends. A command with typed lines ends by itself,
# when its input does, or with "> ^C". `./dev NAME` is not run: it is enough that it exists. Commands find the
# build's programs first in PATH, the tree's folders beside them, and in $PREFIX an installed SDK for
# vendors. Anything else that a page fences is not run.
set -uo pipefail
tree=$1 build=$2 page=$3
readonly deadline_s=${CARTWRIGHT_DOCS_DEADLINE_S:-90}

scratch=$(mktemp -d)
groups=()
started=

stop_group() {
  kill -TERM -- "-$1" 2>/dev/null || return 0
  for ((i = 0; i < 100; ++i)); do
    kill -0 -- "-$1" 2>/dev/null || return 0
    sleep 0.05
  done
  kill -KILL -- "-$1" 2>/dev/null
}
clean_up() {
  for group in "${groups[@]}"; do stop_group "$group"; done
  cd / && rm -rf "$scratch"
}
trap clean_up EXIT

fail() { # line, what, output
  echo "$page:$1: $2"
  [[ -z ${3-} ]] || sed 's/^/    /' "$3"
  exit 1
}

squeezed() { tr -s ' \t' ' ' <<<"$1" | sed 's/^ //; s/ $//'; }

# The glob that an output line of the page stands for.
pattern_of() {
  local text
  text=$(squeezed "$1" | sed -e 's/[][\\*?]/\\&/g' -e 's/\.\.\./*/g')
  printf '%s' "$text"
}

# Sets `position` behind the first line of $1 after `position` that matches; false where there is none.
appears() {
  local pattern=$2 number=0 line
  while IFS= read -r line; do
    number=$((number + 1))
    # shellcheck disable=SC2053  # a glob on purpose
    if ((number > position)) && [[ $line == $pattern ]]; then
      position=$number
      return 0
    fi
  done < <(tr -s ' \t' ' ' <"$1" | sed 's/^ //; s/ $//')
  return 1
}

# Waits until the line appears, or until the command has ended without it.
await() { # output, line number, expected line
  [[ $3 != ... ]] || return 0
  local pattern end=$((SECONDS + deadline_s))
  pattern=$(pattern_of "$3")
  until appears "$1" "$pattern"; do
    if [[ -z $started ]] || ((SECONDS > end)); then fail "$2" "did not say: $3" "$1"; fi
    if ! kill -0 "$started" 2>/dev/null; then
      appears "$1" "$pattern" && return 0
      fail "$2" "ended without saying: $3" "$1"
    fi
    sleep 0.05
  done
}

dev_command() { # line, command
  local word
  read -r _ word _ <<<"$2"
  "$tree/dev" "$word" --help >/dev/null 2>&1 || fail "$1" "./dev has no command \"$word\""
}

# Steps of the command at hand: "=LINE:TEXT" is output, ">LINE:TEXT" is typed.
run() { # line, command; steps in `steps`
  local at=$1 command=$2 output=$scratch/.output.$1 step kind number text typed=
  position=0 started=
  count=$((count + 1))
  if [[ $command == ./dev\ * ]]; then
    dev_command "$at" "$command"
    return
  fi
  for step in "${steps[@]}"; do [[ $step != '>'* ]] || typed=1; done
  if [[ -z $typed && $command != *'&' ]]; then
    eval "$command" >"$output" 2>&1 </dev/null || fail "$at" "exit code $?: $command" "$output"
  else
    mkfifo "$output.typed"
    setsid bash -c "${command%&}" <"$output.typed" >"$output" 2>&1 &
    started=$!
    groups+=("$started")
    exec {typing}>"$output.typed"
  fi
  for step in "${steps[@]}"; do
    kind=${step:0:1} number=${step%%:*} text=${step#*:}
    if [[ $kind == '=' ]]; then
      await "$output" "${number:1}" "$text"
    elif [[ $text == ^C ]]; then
      kill -TERM -- "-$started"
    else
      printf '%s\n' "$text" >&"$typing"
    fi
  done
  [[ -n $started ]] || return 0
  # What runs on keeps its input open as well: it would take the end for a wish to stop.
  [[ $command != *'&' ]] || return 0
  exec {typing}>&-
  local end=$((SECONDS + deadline_s))
  while kill -0 "$started" 2>/dev/null; do
    ((SECONDS <= end)) || fail "$at" "did not end: $command" "$output"
    sleep 0.05
  done
  wait "$started" || fail "$at" "exit code $?: $command" "$output"
}

for folder in samples drivers plugins docs; do ln -s "$tree/$folder" "$scratch/$folder"; done
export PATH=$build/bin:$PATH PREFIX=$scratch/sdk CMAKE_GENERATOR=Ninja NO_COLOR=1
unset CARTWRIGHT_PLUGIN_PATH
page_file=$(realpath "$page")
# shellcheck disable=SC2016  # the page says it literally
if grep -q '\$PREFIX' "$page_file"; then
  cmake --install "$build" --prefix "$PREFIX" --component driver >/dev/null || exit 1
fi
cd "$scratch" || exit 1

count=0 line=0 inside='' command='' command_at=0 steps=()
flush() {
  [[ -z $command ]] || run "$command_at" "$command"
  command='' steps=()
}
while IFS= read -r text <&3; do
  line=$((line + 1))
  case $inside in
    '')
      if [[ $text == '```console'* ]]; then
        inside=console
      elif [[ $text =~ ^'```'[a-z]+\ ([A-Za-z0-9._/-]+)$ ]]; then
        inside=${BASH_REMATCH[1]}
        mkdir -p "$(dirname "$inside")" && : >"$inside"
      elif [[ $text == '```'* ]]; then
        inside=other:
      fi
      ;;
    *)
      if [[ $text == '```' ]]; then
        flush
        inside=''
      elif [[ $inside == console && $command == *\\ ]]; then
        command=${command%?}${text#"${text%%[! ]*}"}
      elif [[ $inside == console && $text == '$ '* ]]; then
        flush
        command=${text:2} command_at=$line
      elif [[ $inside == console && $text == '> '* ]]; then
        steps+=(">$line:${text:2}")
      elif [[ $inside == console && -n $text ]]; then
        steps+=("=$line:$text")
      elif [[ $inside != console && $inside != other: ]]; then
        printf '%s\n' "$text" >>"$inside"
      fi
      ;;
  esac
done 3<"$page_file"
echo "$page: $count commands"
