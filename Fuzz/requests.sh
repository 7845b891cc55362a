#!/usr/bin/env bash
# Builds the fuzzer of what reads requests (targets, the router, queries, JSON:API documents) and runs it:
# Fuzz/requests.sh [SECONDS]. See Fuzz/README.md.
set -euo pipefail

seconds=${1:-60}
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
work=${MARTLET_FUZZ_DIRECTORY:-$root/.build/fuzz-requests}
package=$work/package
found=$work/found
rm -rf "$package/Sources"
mkdir -p "$package/Sources/MartletServer" "$found"
cp "$here/Requests.swift.in" "$package/Package.swift"
for target in CSodium CMicroHTTPD CSimdJSON MartletCore MartletHTTPServer; do
    ln -s "$root/Sources/$target" "$package/Sources/$target"
done
ln -s "$here/Sources/RequestFuzz" "$package/Sources/RequestFuzz"
# Of the server what knows neither store nor engine.
server=$root/Sources/MartletServer
for file in JSONAPI/{JSONAPI,FilterValue,FilterValueReader,JSONAPIQuery,JSONAPIQueryParser,PageItems,DocumentReader} \
    JSONAPI/{JSONDepth,SchemaChecker,TextFormat,ResourceInput,ResourceIdentifier,ErrorDocument} Routing/Router \
    Endpoints/{PathPattern,Schema,Property,RelationshipSchema,ResourceSchema,FilterSpec,PagingSpec,ParameterSpec,QuerySpec} \
    API/{APIError,APIError+Kinds,APIErrors,UUIDText}; do
    ln -s "$server/$file.swift" "$package/Sources/MartletServer/$(basename "$file").swift"
done
# The map of lower layers' errors may name codes of the layers that are left out.
printf 'import MartletCore\nextension APIError { init(_ error: MartletError) { self = .malformed(error.message) } }\n' \
    >"$package/Sources/MartletServer/APIError+Martlet.swift"
ln -s "$here/Sources/RequestStandIns/Endpoint.swift" "$package/Sources/MartletServer/Endpoint.swift"

swift build --package-path "$package" --scratch-path "$work/build" -c release --product RequestFuzz \
    -Xswiftc -enable-testing -Xswiftc -sanitize=fuzzer,address -Xswiftc -parse-as-library \
    -Xcxx -fsanitize=address,fuzzer-no-link >&2
swiftc -sanitize=fuzzer,address -static-stdlib -o "$work/request-fuzz" \
    -Xlinker --whole-archive "$work/build/release/libRequestFuzz.a" -Xlinker --no-whole-archive \
    -lsimdjson -lsodium -lmicrohttpd -lstdc++
export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1
exec "$work/request-fuzz" -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=1024 \
    -artifact_prefix="$work/" -print_final_stats=1 "$found" "$here/corpus/request" </dev/null
