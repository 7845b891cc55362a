#!/usr/bin/env bash
# Builds Martlet, imports three scans of a made-up account into a fresh database, and shows what it found.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

swift=${SWIFT:-swift}
samples=(
    Samples/fernhill-2026-09-01.ocsf.ndjson.gz
    Samples/fernhill-2026-10-01.ocsf.json.gz
    Samples/fernhill-2026-11-01.ocsf.ndjson.zst
)

# Settings of the person who calls must not lead the demonstration to their own store.
unset MARTLET_DATABASE MARTLET_TENANT MARTLET_QUIET
export MARTLET_HOME=$PWD/.demo

if [[ -t 1 ]]; then bold=$'\e[1m' plain=$'\e[0m'; else bold='' plain=''; fi
heading() { printf '\n%s== %s%s\n' "$bold" "$1" "$plain"; }
run() {
    printf '%s$ martlet %s%s\n' "$bold" "$*" "$plain"
    "$martlet" "$@"
}

heading "Building (the first time takes a few minutes)"
"$swift" build -c release --product martlet --quiet
martlet=$("$swift" build -c release --show-bin-path)/martlet

rm -rf .demo
mkdir .demo

heading "Three scans of Fernhill Outfitters, oldest first"
for sample in "${samples[@]}"; do run import "$sample"; done

heading "Frameworks: those of the program are in use without being asked for"
run frameworks list

heading "The account"
run accounts

heading "What is wrong: open findings of high and critical severity"
run findings --status FAIL --severity critical,high --unmuted --limit 12

heading "What changed since the last scan"
run diff

heading "What it means for compliance"
run compliance
run threatscore

printf '\nThe database is in .demo/. Look around: MARTLET_HOME=.demo %s --help\n' "${martlet#"$PWD"/}"
