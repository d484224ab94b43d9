#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Signalbox authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# check.sh FOLDER WORK: installs the two Debian packages of FOLDER into a fresh Debian 12 below WORK, uses, upgrades and purges
# them there (inside.sh). Needs root, debootstrap and the machine's own apt configuration. Mounts and processes are private
# to this script and end with it.
set -euo pipefail
folder=$(readlink -f "$1") root=$(readlink -f "$2")/clean-root
here=$(dirname "$(readlink -f "$0")")
suite=bookworm

say() { printf '\033[1m== %s\033[0m\n' "$*"; }

((EUID == 0)) || { echo "The check of the packages makes a clean root with debootstrap: run it as root." >&2; exit 1; }
if [[ ${SB_PRIVATE_MOUNTS:-} != yes ]]; then
    exec env SB_PRIVATE_MOUNTS=yes unshare --mount --pid --fork --kill-child --mount-proc "$0" "$@"
fi

# The same packages, one version later.
repack() { # DEB TARGET
    local tree
    tree=$(mktemp -d)
    dpkg-deb -R "$1" "$tree"
    sed -i -E 's/^(Version: .*)$/\1+next/; s/(signalboxctl \(= [^)]*)\)/\1+next)/' "$tree/DEBIAN/control"
    dpkg-deb --root-owner-group -b "$tree" "$2/$(basename "$1")" >/dev/null
    rm -r "$tree"
}

say "making a clean root in $root"
rm -rf --one-file-system "$root"
mkdir -p "$root"
# shellcheck disable=SC2016 # apt's variable, not the shell's
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "Codename: $suite" | head -n 1)
debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$root.log" 2>&1 || { tail -n 20 "$root.log" >&2; exit 1; }
rm -f "$root/etc/apt/sources.list"
cp -r /etc/apt/. "$root/etc/apt/"
cp -rn /usr/share/keyrings/. "$root/usr/share/keyrings/"
cp -L /etc/resolv.conf "$root/etc/resolv.conf"

mkdir -p "$root/check/next"
cp "$folder"/signalbox*.deb "$root/check/"
for deb in "$folder"/signalbox*.deb; do
    repack "$deb" "$root/check/next"
done
cp "$here/inside.sh" "$here"/../journey/*.py "$root/check/"

mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
chroot "$root" /usr/bin/env -u SB_PRIVATE_MOUNTS HOME=/root LC_ALL=C.UTF-8 TZ=UTC DEBIAN_FRONTEND=noninteractive bash /check/inside.sh
umount "$root/tmp" "$root/dev/shm" "$root/proc"
rm -rf --one-file-system "$root" "$root.log"
say "the packages install, run, upgrade and leave as they should"
