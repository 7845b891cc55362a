#!/usr/bin/env bash
# Writes a software bill of materials (CycloneDX 1.5, JSON) of a built program: the program, the Swift runtime that is
# linked into it, and the Debian packages whose libraries it is linked with, with versions and hashes.
#
#   scripts/sbom.sh .build/release/martlet > martlet.cdx.json
#
# SWIFT_VERSION: of the linked runtime, where no toolchain is installed.
set -euo pipefail

program=${1:?usage: scripts/sbom.sh PROGRAM}
[[ -x $program ]] || { echo "sbom: $program is no program" >&2; exit 2; }
version=$("$program" version | awk '{print $2}')
swift=${SWIFT_VERSION:-$("${SWIFT:-swift}" --version 2>/dev/null </dev/null |
    sed -nE 's/.*Swift version ([0-9.]+).*/\1/p' | head -n 1)}

# A library's file to its package; /lib is a link into /usr on today's Debian, but packages name either.
package_of() {
    local path
    for path in "$1" "$(readlink -f "$1")" "/usr$1" "${1#/usr}"; do
        if dpkg-query --search "$path" 2>/dev/null | head -n 1 | cut -d: -f1; then return; fi
    done
}

components() {
    printf '{"type":"library","name":"swift-runtime","version":"%s","purl":"pkg:generic/swift@%s"}' "$swift" "$swift"
    ldd "$program" | awk '$3 ~ /^\// {print $3}' | while read -r library; do package_of "$library"; done | sort -u |
        while read -r package; do
            [[ -n $package ]] || continue
            IFS='|' read -r name number architecture source < <(
                dpkg-query --show --showformat='${Package}|${Version}|${Architecture}|${source:Package}\n' "$package" |
                    head -n 1)
            printf ',{"type":"library","name":"%s","version":"%s","purl":"pkg:deb/debian/%s@%s?arch=%s&upstream=%s"}' \
                "$name" "$number" "$name" "${number//+/%2B}" "$architecture" "$source"
        done
}

hash=$(sha256sum "$program" | cut -d' ' -f1)
printf '{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"metadata":{"component":{"type":"application",'
printf '"name":"martlet","version":"%s","licenses":[{"license":{"id":"Apache-2.0"}}],' "$version"
printf '"hashes":[{"alg":"SHA-256","content":"%s"}]}},"components":[' "$hash"
components
printf ']}\n'
