#!/bin/sh
# The README's first command, where nothing has been made yet and where something has.
. "$(dirname "$0")/lib.sh"

if [ ! -e "$source_root/build/byname" ]; then
	skip 'build/byname is not built; ./dev build' './dev run'
	plan
	exit
fi

# comes_up NAME: ./dev run makes what is missing and serves, in a folder whose parents are not there either.
comes_up() {
	: >listening
	BYNAME_DATA=$work/new/data BYNAME_LISTEN=127.0.0.1:0 "$source_root/dev" run >listening 2>err &
	running=$!
	started="$started $running"
	waited=0
	until address=$(sed -n 's|^byname is at http://||p' listening) && [ -n "$address" ]; do
		kill -0 "$running" 2>/dev/null && [ "$waited" -lt 1200 ] || break
		waited=$((waited + 1))
		sleep 0.1
	done
	check "$1" curl -fsS -o /dev/null "http://${address:-}/sign-in"
	kill "$running"
	wait "$running"
}

comes_up 'on a fresh machine'
check 'the made-up people are on a list' "$byname" list --data new/data --top 3
comes_up 'once more'
rm new/data/byname.db*
comes_up 'where the database was never finished'
plan
