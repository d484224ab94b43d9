#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Signalbox authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# keyring-session.sh unlocked|locked|none PROGRAM
#
# Runs the keychain tests against a real Secret Service: a private message bus, home and runtime folder for each run, so that
# neither the user's keyring nor another test is touched. Exit 77 (skipped) names the missing program.
set -eu
case_name=$1
program=$2

if [ -z "${SB_KEYRING_HOME:-}" ]; then
    for tool in dbus-run-session dbus-send gnome-keyring-daemon; do
        if [ "$case_name" != none ] && ! command -v "$tool" >/dev/null; then
            echo "skipped: $tool is not installed"
            exit 77
        fi
    done
    SB_KEYRING_HOME=$(mktemp -d "${TMPDIR:-/tmp}/sb-keyring.XXXXXX")
    trap 'rm -rf "$SB_KEYRING_HOME"' EXIT INT TERM
    mkdir -m 700 "$SB_KEYRING_HOME/run"
    export SB_KEYRING_HOME HOME="$SB_KEYRING_HOME" XDG_RUNTIME_DIR="$SB_KEYRING_HOME/run"
    export XDG_DATA_HOME="$SB_KEYRING_HOME/data" XDG_CONFIG_HOME="$SB_KEYRING_HOME/config" XDG_CACHE_HOME="$SB_KEYRING_HOME/cache"
    unset DISPLAY WAYLAND_DISPLAY GNOME_KEYRING_CONTROL SSH_AUTH_SOCK DBUS_SESSION_BUS_ADDRESS
    if [ "$case_name" = none ]; then
        export DBUS_SESSION_BUS_ADDRESS="unix:path=$SB_KEYRING_HOME/no-such-bus"
        SB_KEYRING_CASE=none "$program"
    else
        dbus-run-session -- "$0" "$case_name" "$program"
    fi
    exit
fi

keyring() { printf 'test password' | gnome-keyring-daemon "$@" --unlock --components=secrets >/dev/null 2>&1; }
run() { SB_KEYRING_CASE=$1 "$program"; }

keyring
case $case_name in
unlocked)
    run unlocked
    ;;
locked)
    run seed
    dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets \
        org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/collection/login >/dev/null
    run locked
    keyring --replace # a daemon of its own again, unlocked
    run reopened
    ;;
*)
    echo "unknown case: $case_name" >&2
    exit 2
    ;;
esac
