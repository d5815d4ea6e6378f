#!/usr/bin/env bash
# Builds the console's page into dist-console/, for Maven to put it into the gateway's jar; does nothing when nothing has changed since.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fail() {
  printf 'The console was not built: %s\n' "$*" >&2
  exit 1
}

stamp=dist-console/.built

is_fresh() {
  [ -f "$stamp" ] && [ -f dist-console/index.html ] &&
    [ -z "$(find src scripts package.json package-lock.json tsconfig*.json vite*.ts -newer "$stamp" -type f -print | head -n 1)" ]
}

is_fresh && exit 0

command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 ||
  fail "it needs Node.js 20.19 or newer with npm. Install it (Debian and Ubuntu: apt-get install nodejs npm; macOS: brew install node;" \
    "others: https://nodejs.org), or build without the console: -Dearshot.console.skip"
version=$(node --version)
[ "$(printf '%s\n' v20.19.0 "$version" | sort -V | head -n 1)" = v20.19.0 ] ||
  fail "it needs Node.js 20.19 or newer, and this is $version"

[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund --silent ||
  fail "npm could not install its packages"
npm run --silent build:console || fail "npm run build:console failed"
touch "$stamp"
# The names of its files tell their content, so those of an earlier build would pile up.
rm -rf ../gateway-service/target/classes/dev/earshot/console
