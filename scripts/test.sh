#!/usr/bin/env bash
# Builds and runs all tests with coverage. Ends with the closing lines of the test runner.
#
# Arguments are handed on to `swift test`, for example: scripts/test.sh --filter Ingest
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

swift=${SWIFT:-swift}
"$swift" build --build-tests --enable-code-coverage
binaries=$("$swift" build --show-bin-path)

rm -rf coverage
mkdir coverage
log=coverage/test.log

# Tests of the program run the binary built here. Each process writes a profile of its own: some are killed on
# purpose, and a half-written profile must not spoil the others. A crash must end a test, not wait for a debugger.
export MARTLET_BINARY=$binaries/martlet
export LLVM_PROFILE_FILE=$PWD/coverage/%m-%p.profraw
export SWIFT_BACKTRACE=enable=no

# A part that takes longer hangs: the longest needs 12 minutes on two cores. It is ended, and what had not ended is named.
limit=${MARTLET_TEST_MINUTES:-$((${MARTLET_TEST_ALL:+140} + 40))}m

outcome=0
: >"$log"
run() {
    local code=0
    timeout --signal=INT --kill-after=60 "$limit" "$swift" test --skip-build --disable-xctest "$@" </dev/null 2>&1 |
        tee "$log.part" || code=$?
    if ((code == 124 || code == 137)); then
        {
            printf '\n'
            echo "error: the tests with $* did not end within $limit; these had begun and not ended, as far as was printed:"
            sed -nE '/^◇ Test (case|run) /d; s/^◇ (Test .*) started\.$/\1/p' "$log.part" | while IFS= read -r name; do
                grep -qF -e "✔ $name " -e "✘ $name " -e "➜ $name " "$log.part" || echo "error: $name"
            done
        } | tee -a "$log.part"
    fi
    cat "$log.part" >>"$log"
    ((code == 0)) || outcome=$code
}
if (($# > 0)); then
    run "$@"
else
    # Tests that wait for children or talk to servers on loopback would hold the few threads that all tests share.
    apart='MartletServerTests|MartletProvidersTests|MartletHTTPClientTests'
    run --skip "MartletProcessTests|MartletExternalTests|MartletFaultTests|$apart"
    for suites in "$apart" MartletProcessTests MartletExternalTests MartletFaultTests; do run --filter "$suites"; done
fi

unset LLVM_PROFILE_FILE
gate=0
scripts/coverage.sh "$binaries" || gate=$?

# What failed is told again here: of a long log only the end may be seen.
printf '\n'
grep -E '^✘ Test .*(recorded an issue|failed after)|error: ' "$log" | cut -c1-400 | head -n 40 || true
grep 'Test run with' "$log"
if ((outcome != 0)); then exit "$outcome"; fi
exit "$gate"
