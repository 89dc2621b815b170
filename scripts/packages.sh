#!/bin/bash
# The Debian 12 packages that building and testing needs, by purpose, and their installer.
#
#   scripts/packages.sh build test      installs what is missing for these purposes
#   scripts/packages.sh --list [...]    names the packages instead
#   scripts/packages.sh --missing [...] names those that are not installed
#
# Quick where nothing is missing: only the local package database is asked. Works as root and, where
# sudo is there, as another user.
set -euo pipefail

declare -A PACKAGES=(
  [build]="ca-certificates git g++ cmake ninja-build pkgconf ccache mold
    libboost1.81-dev libprotobuf-dev protobuf-compiler libspdlog-dev nlohmann-json3-dev
    libtomlplusplus-dev libsqlite3-dev libsodium-dev libzstd-dev libserialport-dev libssl-dev
    libusb-1.0-0-dev libcli11-dev tzdata"
  [test]="libgtest-dev libgmock-dev librapidcheck-dev libumockdev-dev umockdev clang-16
    libusbredirparser-dev coinor-libcbc-dev xz-utils
    gcc-i686-linux-gnu gcc-arm-linux-gnueabihf gcc-aarch64-linux-gnu"
  [hardware]="qemu-system-x86 busybox-static cpio kmod udev"
  [lint]="clang-format-16 clang-tidy-16 shellcheck"
  [fuzz]="clang-16 libclang-rt-16-dev"
)
ALL=(build test hardware lint fuzz)

usage() {
  sed -n '2,9s/^# \{0,1\}//p' "$0"
  echo
  for purpose in "${ALL[@]}"; do
    printf '%s: %s\n' "$purpose" "$(tr -s ' \n' ' ' <<<"${PACKAGES[$purpose]}")"
  done
}

# The packages of the named purposes, one a line, each once.
listed() {
  local purpose package
  for purpose in "$@"; do
    if [[ -z ${PACKAGES[$purpose]-} ]]; then
      echo "scripts/packages.sh: no purpose \"$purpose\"; known are ${ALL[*]}" >&2
      exit 2
    fi
    for package in ${PACKAGES[$purpose]}; do echo "$package"; done
  done | sort -u
}

missing() {
  local package
  declare -A installed=()
  while read -r package; do installed[$package]=1; done < <(
    dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p')
  for package in $(listed "$@"); do
    [[ -n ${installed[$package]-} ]] || echo "$package"
  done
}

install_missing() {
  local wanted=() run=()
  mapfile -t wanted < <(missing "$@")
  [[ ${#wanted[@]} -gt 0 ]] || return 0
  if [[ $(id -u) -ne 0 ]]; then
    if ! command -v sudo >/dev/null; then
      echo "These packages are missing and you are not root; as root, run:" >&2
      echo "  apt-get install --no-install-recommends ${wanted[*]}" >&2
      exit 1
    fi
    run=(sudo)
  fi
  echo "Installing ${#wanted[@]} packages: ${wanted[*]}"
  "${run[@]}" apt-get update -q
  "${run[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-install-recommends "${wanted[@]}"
}

action=install_missing
case ${1-} in
  -h | --help)
    usage
    exit 0
    ;;
  --list) action=listed && shift ;;
  --missing) action=missing && shift ;;
esac
[[ $# -gt 0 ]] || set -- "${ALL[@]}"
# A wrong purpose ends here, where it is not hidden in a substitution.
listed "$@" >/dev/null
"$action" "$@"
