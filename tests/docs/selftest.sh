#!/bin/bash
# selftest.sh TREE BUILD: run_page.sh notices what it is there to notice.
set -uo pipefail
tree=$1 build=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
status=0
export CARTWRIGHT_DOCS_DEADLINE_S=5

# page EXPECTED SAID: a page from standard input ends well ("yes") or not, and this is said.
page() {
  cat >"$scratch/page.md"
  local well=no
  "$tree/tests/docs/run_page.sh" "$tree" "$build" "$scratch/page.md" >"$scratch/log" 2>&1 && well=yes
  if [[ $well != "$1" ]] || ! grep -qF -- "$2" "$scratch/log"; then
    echo "expected $1 and \"$2\" of this page:" && cat "$scratch/page.md"
    echo "it said:" && cat "$scratch/log"
    status=1
  fi
}

page yes '3 commands' <<'END'
```text greeting.txt
good   morning
```
```console
$ cat greeting.txt \
    greeting.txt
good morning
$ printf 'one\ntwo and more\nthree\n'
one
two ... more
...
$ cat
> hello
hello
```
END
page no 'did not say: two' <<'END'
```console
$ printf 'two\none\n'
one
two
```
END
page no 'exit code 1: false' <<'END'
```console
$ false
```
END
page no 'exit code 3' <<'END'
```console
$ read line; exit 3
> anything
```
END
page no 'ended without saying: hello' <<'END'
```console
$ true &
hello
```
END
page no 'did not end' <<'END'
```console
$ read line; sleep 60
> anything
```
END
page yes '1 commands' <<'END'
```console
$ trap 'exit 0' TERM; echo ready; while true; do sleep 0.1; done
ready
> ^C
```
END
page no './dev has no command "dance"' <<'END'
```console
$ ./dev dance
```
END
page yes '1 commands' <<'END'
```console
$ ./dev test -R gs1
100 tests
```
```sh
false
```
END
exit $status
