#!/bin/bash
# Debian's kernel for the guest: kernel.sh FOLDER
#
# Puts into FOLDER: vmlinuz, and lib/modules/VERSION with the USB, HID and virtio drivers and their
# dependencies written down. The version is the one that linux-image-amd64 stands for in the package
# lists of this machine. Nothing is installed, so any user may run it. Where FOLDER is there already
# nothing is done: removing it fetches the kernel of today.
set -euo pipefail

folder=${1:?the folder to make}
[[ ! -f $folder/vmlinuz ]] || exit 0

fail() {
  echo "The guest's kernel is missing: $*" >&2
  exit 1
}

package=$(apt-cache depends linux-image-amd64 2>/dev/null |
  sed -n 's/^ *Depends: \(linux-image-[0-9].*-amd64\)$/\1/p' | head -n 1)
[[ -n $package ]] || fail "the package lists do not know linux-image-amd64; as root, run: apt-get update"

made=$(mktemp -d "$folder.XXXXXX")
trap 'rm -rf "$made"' EXIT
# As root apt would download as a user of its own, who may not write here.
(cd "$made" && apt-get -q -o APT::Sandbox::User="$(id -un)" download "$package" >download.log 2>&1) ||
  fail "$(cat "$made/download.log")
$package can not be downloaded; where its version is gone, run as root: apt-get update"
dpkg --fsys-tarfile "$made/$package"_*.deb | tar -x -C "$made" --wildcards \
  './boot/vmlinuz-*' './lib/modules/*/modules.*' \
  './lib/modules/*/kernel/drivers/usb/*' './lib/modules/*/kernel/drivers/hid/*' \
  './lib/modules/*/kernel/drivers/virtio/*' './lib/modules/*/kernel/drivers/char/*'
version=${package#linux-image-}
mv "$made/boot/vmlinuz-$version" "$made/vmlinuz"
rm -r "${made:?}/boot" "$made/$package"_*.deb "$made/download.log"
PATH=$PATH:/sbin:/usr/sbin depmod -b "$made" "$version"
chmod 755 "$made"
rm -rf "$folder"
mv "$made" "$folder"
trap - EXIT
echo "The guest's kernel is $package"
