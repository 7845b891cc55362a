#!/usr/bin/env bash
# Prints line coverage of Sources from the profiles in coverage/, a line for each target and one TOTAL.
#
#   scripts/coverage.sh DIRECTORY-OF-BINARIES
#
# With MARTLET_COVERAGE_GATE=1 it fails below 85 %. coverage/report.txt has every file.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

binaries=$1
minimum=85

# Profiles can be read only by the LLVM that wrote them: the one beside the compiler, not the system's.
toolchain=$(dirname "$(readlink -f "$(command -v "${SWIFT:-swift}")")")
for tool in llvm-profdata llvm-cov; do
    if [[ ! -x $toolchain/$tool ]]; then
        echo "coverage: $tool is missing beside swift; no coverage" >&2
        exit $((${MARTLET_COVERAGE_GATE:-0} == 1))
    fi
done

find coverage -name '*.profraw' -size +0 >coverage/profiles.txt
if [[ ! -s coverage/profiles.txt ]]; then
    echo "coverage: no profiles were written" >&2
    exit $((${MARTLET_COVERAGE_GATE:-0} == 1))
fi
"$toolchain/llvm-profdata" merge --sparse --failure-mode=all --input-files=coverage/profiles.txt \
    --output=coverage/merged.profdata 2>coverage/merge.log
find coverage -name '*.profraw' -delete

objects=()
for program in "$binaries"/*PackageTests.xctest "$binaries/martlet" "$binaries/martlet-bench"; do
    if [[ -f $program ]]; then objects+=(-object "$program"); fi
done

# llvm-cov takes the first object without its flag. Columns 8 and 9 are lines and missed lines.
"$toolchain/llvm-cov" report "${objects[@]:1}" --instr-profile=coverage/merged.profdata Sources \
    >coverage/report.txt 2>>coverage/merge.log

printf '\nLine coverage of Sources\n'
awk -v minimum="$minimum" -v gate="${MARTLET_COVERAGE_GATE:-0}" '
    NF < 10 || $1 == "Filename" { next }
    $1 == "TOTAL" { next }
    {
        split($1, parts, "/")
        target = parts[1] == "Sources" ? parts[2] : parts[1]
        lines[target] += $8; missed[target] += $9; all += $8; allMissed += $9
    }
    function share(total, missing) { return total ? 100 * (total - missing) / total : 100 }
    END {
        for (target in lines)
            printf "%-18s %7d lines %7.2f %%\n", target, lines[target], share(lines[target], missed[target]) | "sort"
        close("sort")
        printf "%-18s %7d lines %7.2f %%\n", "TOTAL", all, share(all, allMissed)
        if (all == 0 || share(all, allMissed) < minimum) {
            if (gate == 1) { printf "coverage: below %d %%\n", minimum; exit 1 }
        }
    }' coverage/report.txt
