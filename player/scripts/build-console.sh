#!/usr/bin/env bash
# Builds the console's page into dist-console/, for Maven to put it into the gateway's jar; does nothing when nothing has changed since.
# Safe to be run by several builds at a time, and to be interrupted: the page is built beside and moved into place.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fail() {
  printf 'The console was not built: %s\n' "$*" >&2
  exit 1
}

stamp=dist-console/.built
lock=dist-console.lock
beside=dist-console.new

# Folders too: one is newer when something in it was deleted or renamed.
is_fresh() {
  [ -f "$stamp" ] && [ -f dist-console/index.html ] &&
    [ -z "$(find src scripts package.json package-lock.json tsconfig*.json vite*.ts -newer "$stamp" -print | head -n 1)" ]
}

is_fresh && exit 0

command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 ||
  fail "it needs Node.js 20.19 or newer with npm. Install it (Debian and Ubuntu: apt-get install nodejs npm; macOS: brew install node;" \
    "others: https://nodejs.org), or build without the console: -Dearshot.skip.console"
version=$(node --version)
[ "$(printf '%s\n' v20.19.0 "$version" | sort -V | head -n 1)" = v20.19.0 ] ||
  fail "it needs Node.js 20.19 or newer, and this is $version"

# A folder is made by one process only, on every system; flock is not everywhere.
take_lock() {
  local holder nameless=0 patience=600
  until mkdir "$lock" 2>/dev/null; do
    holder=$(cat "$lock/pid" 2>/dev/null) || holder=
    if [ -n "$holder" ]; then nameless=0; else nameless=$((nameless + 1)); fi
    if [ "$nameless" -gt 10 ] || { [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; }; then
      break_lock "$holder"
    fi
    [ "$patience" -gt 0 ] ||
      fail "another build of it (process ${holder:-unknown}) has not ended for ten minutes; if there is none, remove player/$lock*"
    patience=$((patience - 1))
    sleep 1
  done
  echo "$$" >"$lock/pid"
}

# Takes away the lock of a process that is gone, or that ended before it had written who it is. One breaks at a time and looks again
# first: it may be somebody else's lock by now.
break_lock() {
  mkdir "$lock.break" 2>/dev/null || return 0
  [ "$(cat "$lock/pid" 2>/dev/null)" != "$1" ] || rm -rf "$lock"
  rmdir "$lock.break"
}

clean_up() {
  rm -rf "$beside"
  rm -rf "$lock"
}

take_lock
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Whoever held it has built it, perhaps.
is_fresh && exit 0

rm -rf "$beside"
mkdir "$beside"
# What changes from here on is newer than the page.
touch "$beside/begun"

[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund --silent ||
  fail "npm could not install its packages"
npm run --silent build:console -- --outDir "$PWD/$beside/page" || fail "npm run build:console failed"
mv "$beside/begun" "$beside/page/.built"

# The names of its files tell their content, so those of an earlier build would pile up.
rm -rf ../gateway-service/target/classes/dev/earshot/console
[ ! -e dist-console ] || mv dist-console "$beside/before"
mv "$beside/page" dist-console
