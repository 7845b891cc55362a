#!/usr/bin/env bash
# Builds the fuzzer of the readers, or the one of expressions, and runs it over one corpus:
# Fuzz/run.sh array|ndjson|csv|compressed|expression|pattern [SECONDS]
# New inputs go to .build/fuzz/found/NAME; `Fuzz/run.sh NAME merge` adds the useful ones to the committed corpus.
set -euo pipefail

name=${1:?usage: Fuzz/run.sh array|ndjson|csv|compressed|expression|pattern [SECONDS|merge]}
seconds=${2:-60}
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
work=${MARTLET_FUZZ_DIRECTORY:-$root/.build/fuzz}
package=$work/package
found=$work/found/$name
corpus=$here/corpus/$name
[ -d "$corpus" ] || { echo "no corpus named $name" >&2; exit 2; }

case $name in
    expression | pattern) product=ExpressionFuzz program=expression-fuzz dictionary=$here/expression.dict ;;
    *) product=ReaderFuzz program=reader-fuzz dictionary=$here/reader.dict ;;
esac

# A package of its own, because the flags of the fuzzer must reach every module and the program has no main of ours.
mkdir -p "$package/Sources" "$found"
cp "$here/Package.swift.in" "$package/Package.swift"
for target in CSodium CZlib CZstd CSimdJSON MartletCore MartletCEL MartletFormats; do
    ln -sfn "$root/Sources/$target" "$package/Sources/$target"
done
for target in ReaderFuzz ExpressionFuzz; do ln -sfn "$here/Sources/$target" "$package/Sources/$target"; done
swift build --package-path "$package" --scratch-path "$work/build" -c release --product $product \
    -Xswiftc -enable-testing -Xswiftc -sanitize=fuzzer,address -Xswiftc -parse-as-library \
    -Xcxx -fsanitize=address,fuzzer-no-link >&2
swiftc -sanitize=fuzzer,address -static-stdlib -o "$work/$program" \
    -Xlinker --whole-archive "$work/build/release/lib$product.a" -Xlinker --no-whole-archive \
    -lsimdjson -lz -lzstd -lsodium -lstdc++

export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1
[ "$name" = csv ] && export MARTLET_FUZZ_TABLE=1
[ "$name" = pattern ] && export MARTLET_FUZZ_PATTERN=1
if [ "$seconds" = merge ]; then
    exec "$work/$program" -merge=1 -max_len=8192 "$corpus" "$found" </dev/null
fi
exec "$work/$program" -max_total_time="$seconds" -max_len=8192 -timeout=10 -rss_limit_mb=2048 -dict="$dictionary" \
    -artifact_prefix="$work/" -print_final_stats=1 "$found" "$corpus" </dev/null
