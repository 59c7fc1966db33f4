#!/bin/sh
# The same commands on PostgreSQL, there and back, and PostgreSQL that goes away.
. "$(dirname "$0")/lib.sh"

if ! postgres; then
	skip "$(cat pg.err)" 'PostgreSQL'
	plan
	exit
fi
psql() {
	command psql -X -q -t -A "$url" -c "$1"
}

world w
facts() {
	"$byname" list --format csv "$@" | cut -d, -f1,4-10,12 | sort
}

refused 4 'is empty: run `byname init`' 'an empty database' verify --db "$url" --key pg.key
works 'One-time password' 'init' init --db "$url" --key pg.key
at --db "$url" --key pg.key
unchanged 5 'instance already' 'a second init' init --db "$url" --key pg.key
unchanged 5 'instance already' 'a second init with another key' init --db "$url" --key other.key
check 'makes no key' test ! -e other.key
unchanged 4 'no key file data/byname.key' 'a key that is not named' verify --db "$url"
"$byname" init --data other >/dev/null
unchanged 2 'key does not fit this database' 'a key of another instance' verify --db "$url" --key other/byname.key
works 'Applied' 'import' import --db "$url" --key pg.key w
works '^P' 'standing' standing --db "$url" --key pg.key --as-of 2026-11-20
check 'as of the export' sh -c 'sort out >a && "$0" standing --export w --as-of 2026-11-20 | sort | cmp - a' "$byname"
works 'regions' 'regions' region import --db "$url" --key pg.key w/regions.csv
run setting --db "$url" --key pg.key window_other 70
works '^70$' 'a setting' setting --db "$url" --key pg.key window_other
works 'One-time' 'an account' user add --db "$url" --key pg.key --name 'Made Up' --role list-holder --region 4 holder
unchanged 5 'taken' 'a name that is taken' user add --db "$url" --key pg.key --name X --role specialist holder
unchanged 2 'no Export.csv' 'no Export.csv' import --db "$url" --key pg.key .
works '300 clients unchanged' 'the same import again' import --db "$url" --key pg.key w

instance d
"$byname" import --data d w >/dev/null
"$byname" region import --data d w/regions.csv >/dev/null
"$byname" setting --data d window_other 70
facts --data d >sqlite
facts --db "$url" --key pg.key >postgres
check 'the same list as on SQLite' cmp sqlite postgres

# There and back.
state --db "$url" --key pg.key >state.pg
works '^Written and checked' 'backup of PostgreSQL' backup --db "$url" --key pg.key pg.db
works '^Restored' 'into SQLite' restore --data back pg.db
cp pg.key back/byname.key
state --data back >state.back
check 'everything is there' cmp state.pg state.back
unchanged 5 'not empty' 'a restore over it' restore --db "$url" pg.db
psql 'CREATE DATABASE second' >/dev/null
second=$(echo "$url" | sed 's#/postgres?#/second?#')
works '^Restored' 'from SQLite into PostgreSQL' restore --db "$second" pg.db
state --db "$second" --key pg.key >state.second
check 'everything is there too' cmp state.pg state.second
first=$url
url=$second
psql "DROP TRIGGER journal_kept_rows ON journal"
psql "UPDATE journal SET act = 'user.reset' WHERE seq = 2"
refused 5 'journal breaks at row 2' 'a row that was changed' verify --db "$second" --key pg.key
psql "INSERT INTO schema_version VALUES (7000, 'later', 0)"
refused 5 'newer byname (schema 7000' 'a newer schema' verify --db "$second" --key pg.key
url=$first

# Somebody holds the end of the journal: the import is staged, waits, and can be applied or given up.
mkfifo hold
command psql -X -q "$url" <hold >/dev/null 2>&1 9>&- &
started="$started $!"
exec 8>hold
echo 'BEGIN; SELECT 1 FROM journal_head FOR UPDATE;' >&8
sleep 0.5
"$byname" demo --people 300 --seed 7 --today 2026-11-20 --months-later 1 later >/dev/null
facts --db "$url" --key pg.key >before
call import --db "$url" --key pg.key later
[ "$code" = 6 ] && silent out && head -1 err | grep -q 'try again in a moment'
result $? 'an import that cannot be switched on'
facts --db "$url" --key pg.key >now
check 'the list is the old one' cmp before now
echo 'COMMIT;' >&8
exec 8>&-
psql "UPDATE hmis_import SET actor = 'somebody' WHERE state = 'staged'"
known=
unchanged 5 'Import [0-9]* is staged and waits: apply or abandon it' 'the next import of somebody else has to wait' \
	import --db "$url" --key pg.key later
call setting --db "$url" --key pg.key window_other 80
[ "$code" = 5 ] && one_sentence && grep -q 'window_other is set, but the list is as it was: Import [0-9]* is staged' err
result $? 'a setting is kept, and says that the list is not derived'
works '^Import [0-9]* abandoned' 'it is given up' import --db "$url" --key pg.key --abandon
works 'Applied' 'the next goes through' import --db "$url" --key pg.key later

# The server's connection is cut, then the server goes away.
for pause in 0.1 0.3; do
	facts --db "$url" --key pg.key >before
	"$byname" import --db "$url" --key pg.key w >out 2>err &
	importing=$!
	sleep "$pause"
	psql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'byname'" >/dev/null
	wait "$importing"
	code=$?
	facts --db "$url" --key pg.key >now
	if [ "$code" = 0 ]; then grep -q '^Applied' out; else [ "$code" = 6 ] && head -1 err | grep -q 'cannot be reached\|lost\|try again' && cmp -s before now; fi
	result $? "a connection cut after $pause s: done, or to be tried again"
	works 'journal holds' 'the journal holds' verify --db "$url" --key pg.key
	"$byname" import --db "$url" --key pg.key --abandon >out 2>err
	works 'Applied' 'trying again works' import --db "$url" --key pg.key later
done
"$byname" demo --people 3000 --seed 8 --today 2026-11-20 large >/dev/null
"$byname" import --db "$url" --key pg.key large >out 2>err 9>&- &
importing=$!
until [ "$(psql "SELECT count(*) FROM hmis_import WHERE state = 'staging'")" = 1 ]; do
	kill -0 "$importing" || break
	sleep 0.02
done
exec 9>&-
wait "$importing"
code=$?
[ "$code" = 6 ] && silent out && head -1 err | grep -q 'cannot be reached just now\|lost while saving'
result $? 'PostgreSQL goes away in the middle of an import'
for command in verify list 'backup gone.db' 'import w' migrate init serve; do
	# shellcheck disable=SC2086
	call $command --db "$url" --key pg.key
	[ "$code" = 6 ] && silent out && head -1 err | grep -q 'cannot be reached just now. Is PostgreSQL running?'
	result $? "PostgreSQL is away: $command"
done
check 'no half backup is left' test ! -e gone.db
call verify --db 'postgresql://somebody:secret@127.0.0.1:1/x' --key pg.key
[ "$code" = 6 ] && ! grep -q secret err
result $? 'a password of an address is not told'
plan
