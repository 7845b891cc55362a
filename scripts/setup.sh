#!/usr/bin/env bash
# Installs the Debian packages the build needs and does not find, and checks the Swift toolchain.
# Does nothing, and needs no network, when everything is there.
#
#   scripts/setup.sh [tests]      with `tests` also what only the tests need
set -euo pipefail

packages=(
    make pkg-config g++
    libsimdjson-dev libsqlite3-dev libpq-dev libzstd-dev zlib1g-dev libyaml-dev libsodium-dev libssl-dev libmicrohttpd-dev
    libgnutls28-dev libcurl4-openssl-dev tzdata
)
# The tests start servers of their own in temporary directories.
if [[ ${1:-} == tests ]]; then packages+=(postgresql pgbouncer openssl); fi
swift=${SWIFT:-swift}

say() { printf 'setup: %s\n' "$*" >&2; }

missing_packages() {
    local package state
    for package in "${packages[@]}"; do
        state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
        if [[ $state != installed ]]; then printf '%s\n' "$package"; fi
    done
}

install_packages() {
    local -a root=()
    if [[ $(id -u) -ne 0 ]]; then
        if ! command -v sudo >/dev/null; then
            say "these packages are missing: $*"
            say "install them as root (apt-get install $*), then try again; there is no sudo here to do it for you."
            exit 1
        fi
        root=(sudo)
        # Without a terminal nobody can type a password: fail instead of waiting.
        if [[ ! -t 0 ]]; then root+=(--non-interactive); fi
    fi
    say "installing $*"
    "${root[@]}" apt-get update --quiet=2
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --quiet=2 --no-install-recommends "$@" >&2
}

check_swift() {
    local text version major minor
    if ! command -v "$swift" >/dev/null; then
        say "Swift was not found. Install a toolchain of version 6.3 or later and put its usr/bin on PATH."
        exit 1
    fi
    # The command prints to both outputs, and its wording differs between builds of the toolchain.
    text=$("$swift" --version 2>&1 </dev/null || true)
    version=$(sed -nE 's/.*Swift version ([0-9]+\.[0-9]+).*/\1/p' <<<"$text" | head -n 1)
    major=${version%%.*}
    minor=${version#*.}
    if [[ -z $version ]] || ((major < 6 || (major == 6 && minor < 3))); then
        say "Swift 6.3 or later is needed, but '$swift --version' says: ${text%%$'\n'*}"
        say "Install a newer toolchain and put its usr/bin first on PATH, or name it: make SWIFT=/path/to/swift"
        exit 1
    fi
}

if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
    mapfile -t missing < <(missing_packages)
    if ((${#missing[@]} > 0)); then install_packages "${missing[@]}"; fi
else
    say "this is no Debian; make sure that these or their like are installed: ${packages[*]}"
fi
check_swift
