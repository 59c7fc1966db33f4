#!/bin/sh
# A throw-away PostgreSQL on a socket in a temporary folder, for tests.
#
# Prints one line, the URL of its database, when it is ready, and ends, leaving nothing, when its
# standard input closes: keep a pipe to it open as long as the server is needed. PostgreSQL refuses
# to run as root, so root runs it as the account that Debian's package makes.
set -eu

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(dirname "$(command -v postgres || echo /nowhere/postgres)")
if [ ! -x "$bin/initdb" ]; then
	echo "PostgreSQL is not installed: apt-get install postgresql-15" >&2
	exit 3
fi

dir=$(mktemp -d "${TMPDIR:-/tmp}/byname-pg-XXXXXX")
server=
stop() {
	trap - EXIT
	if [ -n "$server" ]; then
		kill -INT "$server" 2>/dev/null || :
		wait "$server" 2>/dev/null || :
	fi
	rm -rf "$dir"
}
trap stop EXIT
trap 'exit 1' HUP INT TERM

as=
if [ "$(id -u)" = 0 ]; then
	account=postgres
	id "$account" >/dev/null 2>&1 || account=nobody
	chown "$account" "$dir"
	as="setpriv --reuid=$account --regid=$(id -g "$account") --clear-groups"
fi

cd "$dir"
$as "$bin/initdb" --pgdata "$dir/data" --auth trust --username byname --encoding UTF8 --locale C --no-sync >"$dir/log" 2>&1 ||
	{ cat "$dir/log" >&2; exit 1; }
${as:-setpriv} --pdeathsig INT "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= \
	-c fsync=off -c full_page_writes=off -c max_connections=60 -c shared_buffers=32MB >"$dir/log" 2>&1 &
server=$!
tries=0
until "$bin/pg_isready" -q -h "$dir"; do
	tries=$((tries + 1))
	if [ "$tries" -gt 100 ] || ! kill -0 "$server" 2>/dev/null; then
		cat "$dir/log" >&2
		exit 1
	fi
	sleep 0.1
done
echo "postgresql:///postgres?host=$dir&user=byname"
exec 1>&-
cat >/dev/null
