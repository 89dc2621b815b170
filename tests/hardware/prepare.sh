#!/bin/bash
# All that the stage boots: prepare.sh FOLDER PROGRAM... -- PLUGIN...
#
# Says what this machine lacks; fetches the kernel where it is not in FOLDER yet; packs the guest.
set -euo pipefail

folder=${1:?the folder to work in}
shift
here=$(dirname "${BASH_SOURCE[0]}")
PATH=$PATH:/sbin:/usr/sbin

missing=()
for program in qemu-system-x86_64 busybox cpio depmod modprobe udevadm strip apt-get dpkg; do
  command -v "$program" >/dev/null || missing+=("$program")
done
if [[ ${#missing[@]} -gt 0 ]]; then
  echo "The hardware stage needs ${missing[*]}, which this machine lacks. Install: scripts/packages.sh hardware" >&2
  echo "Or leave the stage out, knowing it: ./dev test --without-qemu" >&2
  exit 1
fi
"$here/kernel.sh" "$folder/kernel"
"$here/image.sh" "$folder/kernel" "$folder/guest.cpio" "$@"
