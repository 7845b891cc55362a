#!/usr/bin/env bash
# Runs the real Prowler as an external source: queue, worker, scanner, import and publish, end to end.
#
#     MARTLET=.build/release/martlet PROWLER=prowler scripts/prowler.sh ENDPOINT
#
# ENDPOINT is an emulated AWS, such as moto's server: http://127.0.0.1:5555. Nothing else is asked, and no real credentials
# are used. Everything is kept in a folder of its own that is removed at the end.
#
#   MARTLET          the program                                     (default: .build/release/martlet)
#   PROWLER          Prowler's program, a name or a path             (default: prowler)
#   ACCOUNT          the account that the endpoint emulates          (default: 123456789012)
#   REGIONS          regions to scan, separated by commas            (default: us-east-1,eu-west-1)
#   SERVICES         services to scan; empty for all                 (default: s3,kms)
#   EXCLUDED_CHECKS  a file of checks that Prowler is to leave out   (default: none)
set -euo pipefail

(($# == 1)) || { sed -n '2,16p' "${BASH_SOURCE[0]}" >&2; exit 2; }
endpoint=$1
martlet=$(realpath "${MARTLET:-.build/release/martlet}")
prowler=$(command -v "${PROWLER:-prowler}") || { echo "prowler.sh: ${PROWLER:-prowler} is not installed" >&2; exit 2; }
prowler=$(realpath -s "$prowler")
account=${ACCOUNT:-123456789012}
regions=${REGIONS:-us-east-1,eu-west-1}
services=${SERVICES-s3,kms}

folder=$(mktemp -d)
worker=
finish() {
    if [[ -n $worker ]]; then
        kill -TERM "$worker" 2>/dev/null || true
        wait "$worker" || true
    fi
    rm -rf "$folder"
}
trap finish EXIT
mkdir "$folder/runs"
export MARTLET_HOME=$folder TMPDIR=$folder/runs
say() { printf '\n== %s\n' "$*"; }
fail() {
    echo "prowler.sh: $*" >&2
    tail -n 20 "$folder/worker.log" >&2 || true
    exit 1
}

say "a source with secrets of the account"
"$martlet" account add "aws/$account"
AWS_ACCESS_KEY_ID=testing AWS_SECRET_ACCESS_KEY=testing-secret \
    "$martlet" secret set "accounts/aws/$account" --from-env AWS_ACCESS_KEY_ID,AWS_SECRET_ACCESS_KEY
excluded=
extra=()
if [[ -n ${EXCLUDED_CHECKS:-} ]]; then
    extra=(--excluded-checks-file "$(realpath "$EXCLUDED_CHECKS")")
    excluded=", \"--excluded-checks-file\", \"${extra[1]}\""
fi
"$martlet" source add prowler --output 'file:*.ocsf.json' --exit-codes 3 --timeout 1h \
    --command "[\"$prowler\", \"{provider}\", \"-M\", \"json-ocsf\", \"-o\", \"{output}\", \"--no-banner\", \"--no-color\",
        \"--aws-retries-max-attempts\", \"0\"$excluded,
        [\"--region\", \"{regions}\"], [\"--check\", \"{checks}\"], [\"--service\", \"{services}\"],
        [\"--severity\", \"{severity}\"]]" \
    --secret 'accounts/{provider}/{account}' --environment "AWS_ENDPOINT_URL=$endpoint" \
    --environment "HTTP_PROXY=$endpoint" --environment AWS_EC2_METADATA_DISABLED=true
"$martlet" source show prowler

"$martlet" worker --log-level info --concurrency 1 2>"$folder/worker.log" &
worker=$!

limits=(--regions "$regions")
if [[ -n $services ]]; then limits+=(--services "$services"); fi
scan() { "$martlet" scan start --account "$account" --source external:prowler --wait -o json "$@"; }
number() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p"; }

say "a scan: ${limits[*]}"
first=$(scan "${limits[@]}") || fail "the scan failed: $first"
new=$(number new <<<"$first")
echo "published: $new findings"
((new > 0)) || fail "nothing was found"

say "the same by hand: Prowler, then an import, compared line by line"
direct=(aws -M json-ocsf -o "$folder/direct" -F direct -z --no-banner --aws-retries-max-attempts 0 "${extra[@]}"
    --region ${regions//,/ })
if [[ -n $services ]]; then direct+=(--service ${services//,/ }); fi
env -i PATH="$PATH" HOME="$folder/runs" AWS_ACCESS_KEY_ID=testing AWS_SECRET_ACCESS_KEY=testing-secret \
    AWS_ENDPOINT_URL="$endpoint" HTTP_PROXY="$endpoint" AWS_EC2_METADATA_DISABLED=true \
    "$prowler" "${direct[@]}" >"$folder/direct.log" 2>&1 || fail "Prowler by hand failed: $(tail -n 3 "$folder/direct.log")"
MARTLET_HOME=$folder/other "$martlet" import --quiet "$folder/direct/direct.ocsf.json"
"$martlet" findings -o ndjson | sed 's/.*"check":"\([^"]*\)".*"status":"\([^"]*\)".*/\1 \2/' | sort >"$folder/a"
MARTLET_HOME=$folder/other "$martlet" findings -o ndjson |
    sed 's/.*"check":"\([^"]*\)".*"status":"\([^"]*\)".*/\1 \2/' | sort >"$folder/b"
cmp "$folder/a" "$folder/b" || fail "they differ: $(diff "$folder/a" "$folder/b" | head -n 5)"
echo "equal: $(wc -l <"$folder/a") findings"

say "a scan limited to one service changes nothing of the others"
one=${services%%,*}
one=${one:-s3}
# A check's id begins with its service. Which scan is read, and what it says of the difference, changes with every scan.
others() {
    "$martlet" findings -o ndjson | grep -v "\"check\":\"${one}_" |
        sed 's/"delta":[^,]*,//; s/"scan":[^,]*,//; s/"observed_at":[^,]*,//' | sort
}
others >"$folder/before"
limited=$(scan --regions "$regions" --services "$one") || fail "the limited scan failed: $limited"
others >"$folder/after"
# Prowler may say something else of the service now; then these are what it does not say any more.
"$martlet" findings --delta gone -o ndjson | sed 's/.*"check":"\([^"]*\)".*"uid":"\([^"]*\)".*/gone: \1 \2/' >"$folder/gone"
cat "$folder/gone"
echo "gone: $(number gone <<<"$limited"), findings of other services: $(wc -l <"$folder/after")"
if grep -v "^gone: ${one}_" "$folder/gone"; then fail "a limited scan closed what is outside of it"; fi
cmp "$folder/before" "$folder/after" || fail "a limited scan changed what is outside of it"
listed=$("$martlet" findings -o ndjson | wc -l)

say "a scan that is cancelled in the middle"
id=$("$martlet" scan start --account "$account" --source external:prowler "${limits[@]}" -o json |
    sed 's/.*"scan":"\([^"]*\)".*/\1/')
for _ in {1..600}; do
    [[ -n $(ls "$folder/runs") ]] && break
    sleep 0.1
done
sleep 2
"$martlet" scan cancel "$id" -o json
for _ in {1..50}; do
    [[ -z $(ls "$folder/runs") ]] && break
    sleep 0.1
done
[[ -z $(ls "$folder/runs") ]] || fail "the scanner is still there"
"$martlet" scan "$id" -o json | grep -q '"state":"cancelled"' || fail "the scan was not cancelled"
(($("$martlet" findings -o ndjson | wc -l) == listed)) || fail "a cancelled scan has changed something"
if grep -q testing-secret "$folder/worker.log"; then fail "a secret is in the worker's log"; fi

say "all is as it should be"
