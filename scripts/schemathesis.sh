#!/usr/bin/env bash
# Lets schemathesis (PyPI) call a server by its OpenAPI document, on each store, and fails for an answer of 5xx or one that
# its schema does not describe. Needs python3-venv and the network once, for the package.
#
#   scripts/schemathesis.sh [sqlite|postgresql] [SECONDS]
#
# It takes SECONDS (120) and a minute at the most. The packages go into a virtual environment outside of the repository,
# which SCHEMATHESIS_VENV names.
#
# For postgresql MARTLET_TEST_DATABASE names a database that may be filled.
set -euo pipefail

kind=${1:-sqlite}
seconds=${2:-120}
version=${SCHEMATHESIS_VERSION:-3.39.16}
root=$(cd "$(dirname "$0")/.." && pwd)
program=${MARTLET_BINARY:-$root/.build/debug/martlet}
work=$(mktemp -d)
server=
finish() {
    if [[ -n $server ]]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
    rm -rf "$work"
}
trap finish EXIT

venv=${SCHEMATHESIS_VENV:-${XDG_CACHE_HOME:-$HOME/.cache}/martlet/schemathesis-$version}
if [[ ! -x $venv/bin/schemathesis ]]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet "schemathesis==$version" "hypothesis==${HYPOTHESIS_VERSION:-6.131.9}"
fi

export MARTLET_HOME=$work/home
case $kind in
    sqlite) database=sqlite:$work/store.db ;;
    postgresql)
        database=${MARTLET_TEST_DATABASE:?name a database that may be filled}
        (umask 077 && "$program" secret key >"$work/key")
        export MARTLET_SECRET_KEY_FILE=$work/key
        ;;
    *) echo "usage: scripts/schemathesis.sh [sqlite|postgresql] [SECONDS]" >&2; exit 2 ;;
esac
printf 'Schema-Thesis-7' >"$work/password"
"$program" user add --database "$database" --owner --from-file "$work/password" fuzz@example.com >&2
# Something to answer with: two scans of the sample account.
"$program" import --database "$database" --quiet "$root/Samples/fernhill-2026-09-01.ocsf.ndjson.gz" >&2
"$program" import --database "$database" --quiet "$root/Samples/fernhill-2026-10-01.ocsf.json.gz" >&2
"$program" serve --database "$database" --listen 127.0.0.1:0 --rate-limit 0 --address-rate-limit 0 --access-log none \
    >"$work/out" 2>"$work/err" &
server=$!
touch "$work/out"
until url=$(sed -n 's/^martlet serves //p' "$work/out") && [[ -n $url ]]; do
    kill -0 "$server" || { cat "$work/err" >&2; exit 1; }
    sleep 0.1
done
token=$(curl --silent --fail --header 'Content-Type: application/vnd.api+json' "$url/api/v1/tokens" --data '{"data":{"type":"tokens",
    "attributes":{"email":"fuzz@example.com","password":"Schema-Thesis-7"}}}' |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["data"]["attributes"]["access"])')

ask() { curl --silent --fail --globoff --header "Authorization: Bearer $token" "$url$1"; }

# Left out: what ends the session or takes its rights away, and a stream that lives as long as its
# scan.
left_out=(
    scans_events users_destroy users_partial_update tenants_destroy users_relationships_roles_partial_update
    tokens_current_destroy
)
common=(
    --header "Authorization: Bearer $token" --checks not_a_server_error,response_schema_conformance,status_code_conformance
    --workers 2 --experimental openapi-3.1 --request-timeout 20000 --hypothesis-suppress-health-check all --hypothesis-seed "${SCHEMATHESIS_SEED:-20261129}"
)
for operation in "${left_out[@]}"; do common+=(--exclude-operation-id "$operation"); done

# What hypothesis remembers goes with the folder.
cd "$work"
status=0
run() {
    local left=$((end - SECONDS))
    ((left > 0)) || { echo "schemathesis: the time is over, before: $*" >&2; status=1; return; }
    timeout --signal=INT "$left" "$venv/bin/schemathesis" run "$url/api/v1/openapi.json" "${common[@]}" "$@" || status=$?
}
end=$((SECONDS + seconds + 60))
run --hypothesis-max-examples "${SCHEMATHESIS_EXAMPLES:-15}"
# Ids that are made up lead nowhere: what is read is asked for once more, by ids that there are.
for family in providers scans findings resources; do
    id=$(ask "/api/v1/$family" | python3 -c 'import json, sys; print(json.load(sys.stdin)["data"][0]["id"])')
    run --hypothesis-max-examples 5 --include-method GET --set-path "id=$id"
done
kill -0 "$server" || { echo "the server has ended" >&2; cat "$work/err" >&2; exit 1; }
grep -v '"event":"request"' "$work/err" | head -n 50 >&2 || true
exit "$status"
