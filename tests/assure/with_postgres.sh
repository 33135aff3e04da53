#!/bin/sh
# Runs a command with DATABASE_URL at a private cluster of the PostgreSQL in the folder given:
# `sh tests/assure/with_postgres.sh /usr/lib/postgresql/15/bin COMMAND…`. Removes it afterwards.
set -eu
programs=$1; shift
[ -x "$programs/initdb" ] || { echo "SKIP: no PostgreSQL in $programs"; exit 77; }
home=$(mktemp -d /tmp/cscareers-pg-XXXXXX)
as_owner() { "$@"; }
if [ "$(id -u)" = 0 ]; then
  owner=$(id -un postgres 2>/dev/null || echo nobody)
  chown "$owner" "$home"
  as_owner() { (cd / && setpriv --reuid="$owner" --regid="$(id -g "$owner")" --clear-groups "$@"); }
fi
chmod 700 "$home"
stop() {
  as_owner "$programs/pg_ctl" -D "$home/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$home"
}
trap stop EXIT
trap 'exit 130' INT TERM
as_owner "$programs/initdb" -D "$home/data" -U cscareers --auth=trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
as_owner "$programs/pg_ctl" -D "$home/data" -w -l "$home/log" \
  -o "-c listen_addresses= -k $home -c fsync=off" start >/dev/null || { cat "$home/log"; exit 1; }
"$programs/createdb" -h "$home" -U cscareers cscareers
DATABASE_URL="postgres://cscareers@/cscareers?host=$home" "$@"
