#!/bin/bash
# The guest's first file system: image.sh KERNEL OUT PROGRAM... -- PLUGIN...
#
# KERNEL is the folder that kernel.sh made, OUT the cpio archive to write (not compressed: unpacking
# would cost the guest more than reading). It holds busybox, udev's daemon with its default rules, the
# users and groups that these and the tests name, the zone UTC, the kernel modules of guest/modules,
# the programs and plugins without debugging information, and every shared library that these ask for.
set -euo pipefail

kernel=${1:?the folder of kernel.sh}
out=${2:?the archive to write}
shift 2
here=$(dirname "${BASH_SOURCE[0]}")
PATH=$PATH:/sbin:/usr/sbin
root=$(mktemp -d "$out.XXXXXX")
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"
mkdir -p "$root"/{bin,dev,etc/udev/rules.d,lib/modules,lib/udev/rules.d,plugins,proc,run,sys,tmp}

# A program or library and what the loader will want with it.
add() {
  local folder=$1 file=$2 library
  strip --strip-debug -o "$root/$folder/$(basename "$file")" "$file"
  while read -r library; do
    [[ ! -e $root$library ]] || continue
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
  done < <(ldd "$file" 2>/dev/null | grep -o '/[^ ]*' || true)
}

folder=bin
for file in "$@"; do
  if [[ $file == -- ]]; then
    folder=plugins
  else
    add "$folder" "$file"
  fi
done
cp "$(command -v busybox)" "$root/bin/busybox"
for name in $(busybox --list); do
  [[ -e $root/bin/$name ]] || ln -s busybox "$root/bin/$name"
done
# The daemon is udevadm under another name.
add bin "$(command -v udevadm)"
mv "$root/bin/udevadm" "$root/bin/systemd-udevd"
ln -s systemd-udevd "$root/bin/udevadm"
# Debian's groups and modes of nodes, without what it does beside for other kinds of devices.
cp /lib/udev/rules.d/50-udev-default.rules "$root/lib/udev/rules.d/"
install -m 644 "$here/guest/passwd" "$here/guest/group" "$root/etc/"
# The zone of the carts' stores.
install -D -m 644 -t "$root/usr/share/zoneinfo" /usr/share/zoneinfo/UTC

# Modules in the order in which they want to be inserted.
version=$(basename "$kernel"/lib/modules/*)
while read -r name; do
  modprobe --dirname "$kernel" --set-version "$version" --show-depends "$name"
done <"$here/guest/modules" | sed -n 's/^insmod \([^ ]*\).*/\1/p' | awk '!seen[$0]++' |
  while read -r file; do
    cp "$file" "$root/lib/modules/"
    basename "$file"
  done >"$root/lib/modules/order"

install -m 755 "$here/guest/init" "$root/init"
(cd "$root" && find . -print0 | cpio --quiet --null --create --format=newc --owner=0:0) >"$out.new"
mv "$out.new" "$out"
