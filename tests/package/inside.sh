#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Signalbox authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What check.sh runs in the clean root: the life of the two packages, from apt install to apt purge.
set -euo pipefail
cd /check
user=ann
data=/home/$user/.local/share/signalbox
as_user=(setpriv --reuid="$user" --regid="$user" --init-groups env -C "/home/$user" HOME="/home/$user" PATH=/usr/bin:/bin)
log=/check/apt.log

say() { printf '\033[1m-- %s\033[0m\n' "$*"; }
fail() { echo "FAILED: $*" >&2; exit 1; }
apt() { # apt-get, silent unless it fails or complains
    apt-get -y -q -o Dpkg::Use-Pty=0 "$@" >"$log" 2>&1 || { cat "$log" >&2; fail "apt-get $*"; }
    ! grep -E '^(dpkg: |W: |E: )' "$log" | grep -v 'unsandboxed' || fail "apt-get $* complained"
}
address_in() { # LOG: the address that a program prints once it accepts
    local i address
    for ((i = 0; i < 200; i++)); do
        address=$(sed -n 's/^listening on http:\/\/\([^ ]*\)$/\1/p' "$1")
        [[ -n $address ]] && { echo "$address"; return; }
        sleep 0.1
    done
    cat "$1" >&2
    fail "no address in $1"
}
nothing_is_left() { # of the programs; all of what the user has
    local path left
    while read -r path; do
        [[ -d $path ]] || [[ ! -e $path && ! -L $path ]] || fail "$path was left behind"
    done <installed
    left=$(find / -xdev -iname '*signalbox*' -not -path '/check/*' -not -path '/home/*')
    [[ -z $left ]] || fail "left behind: $left"
    [[ $(find "$data" -type f -exec sha256sum {} + | sort) == "$kept" ]] || fail "the user's data was touched"
}

say "install"
apt update
apt install --no-install-recommends ./signalboxctl*.deb ./signalbox_*.deb
dpkg -L signalboxctl signalbox | sort -u >installed
for path in \
    /usr/bin/signalbox /usr/bin/signalboxctl /usr/lib/systemd/user/signalbox-gateway.service \
    /usr/share/applications/io.signalbox.Signalbox.desktop /usr/share/metainfo/io.signalbox.Signalbox.metainfo.xml \
    /usr/share/icons/hicolor/{scalable/apps/io.signalbox.Signalbox.svg,symbolic/apps/io.signalbox.Signalbox-symbolic.svg} \
    /usr/share/icons/hicolor/{128x128,256x256}/apps/io.signalbox.Signalbox.png \
    /usr/share/man/man1/{signalbox,signalboxctl}.1.gz \
    /usr/share/doc/{signalbox,signalboxctl}/{copyright,changelog.gz}; do
    grep -qxF "$path" installed || fail "$path is in no package"
done
! ldd /usr/bin/signalboxctl | grep -E 'Widgets|Charts|not found' || fail "signalboxctl needs a desktop's libraries"
! ldd /usr/bin/signalbox | grep 'not found' || fail "a library is missing"
useradd --create-home --shell /bin/bash "$user"

say "run as an ordinary user"
version=$(dpkg-query -W -f '${Version}' signalboxctl)
for program in signalbox signalboxctl; do
    [[ $("${as_user[@]}" "$program" --version) == *"$version" ]] || fail "$program --version does not say $version"
done
"${as_user[@]}" signalboxctl doctor

export SIM_KEY=sim-key
"${as_user[@]}" signalboxctl simulate --listen 127.0.0.1:0 >simulator.log 2>&1 &
simulator=$!
cat >/home/$user/signalbox.yaml <<YAML
version: 1
services:
  - name: Simulator
    context: /simulator
    provider: openai-compatible
    scope: organization
    url: http://$(address_in simulator.log)/v1
    summary: The built-in provider simulator
    environments:
      development:
        auth: { header: Authorization, prefix: "Bearer ", secret: "env:SIM_KEY" }
connections:
  - { name: check, project: default, service: /simulator, environments: { development: {} } }
YAML
"${as_user[@]}" signalboxctl apply signalbox.yaml
key=$("${as_user[@]}" signalboxctl key create --connection check --environment development --ttl 1d | grep -o 'sbx_[A-Za-z0-9_]*' | head -n 1)
"${as_user[@]}" signalboxctl gateway --listen 127.0.0.1:0 >gateway.log 2>&1 &
gateway=$!
address=$(address_in gateway.log)
body='{"model":"sim-small","messages":[{"role":"user","content":"Hello"}]}'
exec 3<>"/dev/tcp/${address%:*}/${address##*:}"
printf '%s\r\n' "POST /simulator/v1/chat/completions HTTP/1.1" "Host: $address" "Authorization: Bearer $key" \
    "Content-Type: application/json" "Content-Length: ${#body}" "Connection: close" "" >&3
printf '%s' "$body" >&3
answer=$(cat <&3)
exec 3<&-
[[ $answer == "HTTP/1.1 200 "* && $answer == *chat.completion* ]] || fail "the gateway answered: $answer"
kill "$gateway" "$simulator"
wait "$gateway" || fail "the gateway ended with $?"
wait "$simulator" || fail "the simulator ended with $?"
"${as_user[@]}" signalboxctl export >before.yaml

say "use the window"
apt install --no-install-recommends xvfb openbox dbus xdotool gnome-keyring at-spi2-core python3-gi gir1.2-atspi-2.0 fonts-dejavu-core
"${as_user[@]}" python3 -W ignore /check/test_register_and_measure.py /usr/bin/signalbox /usr/bin/signalboxctl

say "upgrade with data"
apt install ./next/signalboxctl*.deb ./next/signalbox_*.deb
[[ $(dpkg-query -W -f '${Version}' signalbox) == *+next ]] || fail "the later version was not installed"
"${as_user[@]}" signalboxctl doctor >doctor.log || { cat doctor.log >&2; fail "doctor after the upgrade"; }
"${as_user[@]}" signalboxctl export | diff before.yaml - || fail "the configuration is another one after the upgrade"

stored=$(python3 -c 'import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM request_analytics WHERE success").fetchone()[0])' "$data/signalbox.db")
[[ $stored == 1 ]] || fail "$stored requests are stored instead of the one that was sent"

say "remove and purge"
kept=$(find "$data" -type f -exec sha256sum {} + | sort)
apt remove signalbox signalboxctl
nothing_is_left
apt install --no-install-recommends ./next/signalboxctl*.deb ./next/signalbox_*.deb
apt purge signalbox signalboxctl
nothing_is_left
