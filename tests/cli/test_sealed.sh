#!/bin/sh
# Who people are stands in no file of an instance, and in nothing that the program prints or logs.
. "$(dirname "$0")/lib.sh"

world w
# Names and a note that occur nowhere else; in the note's place stands no date.
sed -i -E '2,$ s/^("[^"]*"),("[^"]*")?,("[^"]*")?,("[^"]*")?,/\1,"Zquoxfirst","Zquoxmiddle","Zquoxlast",/' w/Client.csv
sed -i -E '2 s/(PR-[0-9]*",)[0-9-]*/\1Zquoxnote about somebody/' w/Enrollment.csv
{
	echo zquox
	# SSNs of nine digits, and days of birth before anything else in this world happened.
	sed -E -n '2,$ s/^"[^"]*","[^"]*","[^"]*","[^"]*",[^,]*,[^,]*,"([0-9]{9})",.*/\1/p' w/Client.csv
	sed -E -n '2,$ s/^"[^"]*","[^"]*","[^"]*","[^"]*",[^,]*,[^,]*,[^,]*,[^,]*,(19[0-9]{2}-[0-9]{2}-[0-9]{2}),.*/\1/p' w/Client.csv
} | sort -u >planted
check 'names, numbers and days are planted' test "$(wc -l <planted)" -gt 400
check 'they stand in the export' grep -q -i -F -f planted w/Client.csv

# names_nobody FILE...: none of what was planted is in them, however it is written.
names_nobody() {
	for file in "$@"; do
		{ strings -a "$file"; strings -a -e l "$file"; } | grep -i -F -f planted && return 1
	done
	return 0
}

# every_command WHERE...: all that there is to see of an instance, into files said.*
every_command() {
	n=0
	for command in 'import --dry-run w' 'import w' 'region import w/regions.csv' list 'list --format csv' \
		'list --format json' 'list --as-of 2026-06-01' flags 'user list' setting verify 'backup said.db' \
		'list --export w' 'list --export w --order nights' 'import nowhere' 'import w/Client.csv' \
		'region import w/Client.csv' 'list --region Zquo' 'flags --import 99' 'restore w/Client.csv' migrate; do
		n=$((n + 1))
		rm -f said.db
		case $command in
		# shellcheck disable=SC2086
		*--export*) "$byname" $command >"said.$n.out" 2>"said.$n.err" ;;
		# shellcheck disable=SC2086
		*) "$byname" $command "$@" >"said.$n.out" 2>"said.$n.err" ;;
		esac
	done
}

instance d
# Somebody who looks on keeps the log of changes from being folded into the database.
mkfifo look
sqlite3 d/byname.db <look >/dev/null &
started="$started $!"
exec 8>look
echo 'SELECT count(*) FROM sqlite_schema;' >&8
sleep 0.2
every_command --data d
check 'the list is there' test "$(wc -l <said.4.out)" -gt 100
check 'the note was set aside' grep -q 'day_bad' said.8.out
check 'nothing that is printed names anybody' names_nobody said.*
check 'there is a log of changes' test -s d/byname.db-wal
check 'the database names nobody' names_nobody d/byname.db
check 'nor does its log of changes' names_nobody d/byname.db-wal
exec 8>&-
works '^Written' 'backup' backup --data d b.db
check 'nor a backup' names_nobody b.db
check 'nor any other file of the folder' names_nobody d/*
for table in $(sqlite3 b.db "SELECT name FROM sqlite_schema WHERE type = 'table'"); do
	sqlite3 b.db "SELECT * FROM $table" >"table.$table"
done
check 'nor what is left when blobs are taken apart' names_nobody table.*

if postgres; then
	"$byname" init --db "$url" --key pg.key >init.out
	every_command --db "$url" --key pg.key
	check 'PostgreSQL: the list is there' test "$(wc -l <said.4.out)" -gt 100
	check 'PostgreSQL: nothing that is printed names anybody' names_nobody said.*
	check 'PostgreSQL: a dump' eval 'pg_dump "$url" >dump.sql'
	check 'PostgreSQL: it is one' grep -q '^COPY .*enrollment' dump.sql
	# Bytes are written as hexadecimal digits there, which may look like a number by chance: they are read as bytes.
	sed -E 's/\\\\x[0-9a-f]+//g' dump.sql >dump.text
	check 'PostgreSQL: a dump names nobody' names_nobody dump.text
	perl -ne 'print pack("H*", $1) while /\\x([0-9a-f]+)/g' dump.sql >dump.bytes
	check 'PostgreSQL: bytes are in it' test -s dump.bytes
	check 'PostgreSQL: nor do its bytes' names_nobody dump.bytes
else
	skip "$(cat pg.err)" 'PostgreSQL: a dump names nobody'
fi
plan
