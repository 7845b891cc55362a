#!/usr/bin/env bash
# Writes the files of Samples/ from the project's generator. The same generator gives the same findings; the
# compressed bytes are the same as well as long as gzip and zstd are of the same version.
#
# MARTLET_BENCH names the built martlet-bench.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

bench=${MARTLET_BENCH:?name the built martlet-bench in MARTLET_BENCH}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$bench" sample "$work"
for name in fernhill-2026-09-01.ocsf.ndjson fernhill-2026-10-01.ocsf.json; do
    # No name and no time in the header, so that the bytes depend on the content alone.
    gzip --no-name --best --stdout "$work/$name" >"Samples/$name.gz"
done
zstd --quiet --force -19 --single-thread --no-progress "$work/fernhill-2026-11-01.ocsf.ndjson" \
    -o Samples/fernhill-2026-11-01.ocsf.ndjson.zst
ls -l Samples
