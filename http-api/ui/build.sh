#!/bin/sh
# build.sh <ui dir> <out dir, absolute>: checks, tests and builds the web UI.
# By content, not by time: npm ci only when the lock or Node changed, the rest only when an input did.
set -eu
ui=$1
out=$2
command -v npm >/dev/null || {
  echo "ui: npm is not there (wanted: Node 20.19 or later with its npm; on Debian: apt-get install npm)" >&2
  exit 1
}
mkdir -p "$(dirname "$out")"
cd "$ui"

hash_of() {
  find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-64
}

lock="$(hash_of package.json package-lock.json .npmrc) $(node -v)"
# Beside the modules, not beside the output: that is packed into the jar.
stamp="node_modules/.built-$(printf %s "$out" | sha256sum | cut -c1-12)"
want="$lock $(hash_of src public index.html build.sh svelte.config.js tsconfig.json vite.config.ts)"
if [ "$(cat "$stamp" 2>/dev/null || true)" = "$want" ] && [ -f "$out/index.html" ]; then
  echo "ui: up to date"
  exit 0
fi
if [ "$(cat node_modules/.lock-stamp 2>/dev/null || true)" != "$lock" ]; then
  npm ci --no-fund --no-audit --prefer-offline
  printf %s "$lock" >node_modules/.lock-stamp
fi
rm -f "$stamp"
npm run --silent check
npm run --silent test
UI_OUT="$out" npm run --silent build -- --logLevel warn
printf %s "$want" >"$stamp"
echo "ui: built"
