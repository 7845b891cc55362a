#!/usr/bin/env bash
# Installs a built binary with its man page and completions under $DESTDIR$PREFIX.
#
#   PREFIX=/usr/local scripts/install.sh BINARY
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

binary=$1
target=${DESTDIR:-}${PREFIX:-/usr/local}
completions=$(mktemp -d)
trap 'rm -rf "$completions"' EXIT

for shell in bash zsh fish; do "$binary" completions "$shell" >"$completions/$shell"; done

install -D -m 755 "$binary" "$target/bin/martlet"
install -D -m 644 docs/martlet.1 "$target/share/man/man1/martlet.1"
install -D -m 644 "$completions/bash" "$target/share/bash-completion/completions/martlet"
install -D -m 644 "$completions/zsh" "$target/share/zsh/site-functions/_martlet"
install -D -m 644 "$completions/fish" "$target/share/fish/vendor_completions.d/martlet.fish"
printf 'installed %s\n' "$target/bin/martlet"
