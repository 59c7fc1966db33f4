#!/bin/sh
# A file of a list without a browser: what is refused, in one sentence, and changes nothing; and one that is loaded.
. "$(dirname "$0")/lib.sh"

world w
instance d
"$byname" import --data d w >/dev/null
"$byname" region import --data d w/regions.csv >/dev/null
at --data d
printf 'No,Last name,First name\n1,Abbot,Ann\n' >list.csv
sqlite3 d/byname.db "INSERT INTO hmis_source (no, key, name)
	SELECT max(no) + 1, 'list:x', 'Winter shelter' FROM hmis_source;
	INSERT INTO app_user (id, login, name, role, password, must_change, created_at)
	VALUES ('u', 'lee', 'Lee Tran', 'list-holder', 'x', 0, 0);
	INSERT INTO list_source (source_no, id, name, kind, region_id, day_order, stated_by, stated_at)
	SELECT (SELECT max(no) FROM hmis_source), 'x', 'Winter shelter', 'named', min(id), 'month-first', 'u', 0 FROM region"

unchanged 2 'goes together with --source' 'a file of no list' import --data d --list list.csv
unchanged 2 'goes together with --source' 'a list without a file' import --data d --source 'Winter shelter'
unchanged 2 'give PATH' 'two things at once' import --data d --list list.csv --source 'Winter shelter' w
unchanged 2 'give PATH' 'a list and releases' import --data d --list list.csv --source x --releases list.csv
unchanged 2 'give PATH' 'a list and an import that waits' import --data d --list list.csv --source x --apply
unchanged 4 'no list "Summer shelter"' 'a list that nobody added' import --data d --list list.csv --source 'Summer shelter'
unchanged 2 'Nobody has said what the column "No" of "Winter shelter" is' 'a list of which nobody has said what its columns are' \
	import --data d --list list.csv --source 'winter shelter'
unchanged 2 'Nobody has said' 'also by its id, and to look at' import --data d --dry-run --list list.csv --source x
unchanged 2 'cannot be read' 'no file' import --data d --list nowhere.csv --source x
printf 'Code,Size\nQ1,3\n' >coded.csv
unchanged 2 'no sheet of that name' 'a sheet of a table that has none' import --data d --list coded.csv --source x --sheet Two
works 'a workbook or a CSV of a list' 'the help tells of it' import --help

# Somebody has said on the page what the columns are: that is kept by the hash of their names, in small letters.
sqlite3 d/byname.db "INSERT INTO list_column (source_no, header, field) SELECT source_no, h.n, h.field FROM list_source,
	(SELECT -8154895436855438256 AS n, 'key' AS field UNION SELECT -2825471944575219026, 'last'
	UNION SELECT -7650937900167560833, 'first' UNION SELECT -7581991659901674519, '') h"
cat >list.csv <<-END
	No,Last name,First name,Notes
	1,Abbotsmere,Annika,likes tea
	2,Bramblewick,Bo,
	2,Bramblewick,Bo,
	,Cloverly,Cy,
	4,,,
END
listed() {
	"$byname" list --data d --format csv | wc -l
}
before=$(listed)
works '^Winter shelter, 5 rows: 2 new, 0 changed, 0 as before, 0 not in this file (flagged, kept), 3 rows set aside, 0 values left out$' \
	'a file to look at' import --data d --dry-run --list list.csv --source 'Winter shelter'
check 'says so' grep -q '^Nothing was changed: this was a dry run\.$' out
check 'and changes nothing' test "$(listed)" = "$before"
works '^Winter shelter, 5 rows: 2 new, 0 changed, 0 as before' 'a file' import --data d --list list.csv --source x
check 'is loaded' grep -q '^Applied\.$' out
check 'a number twice is told by its line' grep -q '^line 4	Another row above has the same number or code\.$' out
check 'a row without one, too' grep -q '^line 5	The row has no number or code of its own' out
check 'and one that names nobody' grep -q '^line 6	Nobody is named in this row\.$' out
check 'two households are on the list' test "$(listed)" = $((before + 2))
works '^Winter shelter, 5 rows: 0 new, 0 changed, 2 as before' 'the same again' import --data d --list list.csv --source x
check 'changes nothing' test "$(listed)" = $((before + 2))
sed -i '/Bramblewick/d; s/Annika/Anna/' list.csv
works ': 0 new, 1 changed, 0 as before, 1 not in this file (flagged, kept)' 'a later file' import --data d --list list.csv --source x
check 'takes nobody off the list' test "$(listed)" = $((before + 2))
check 'and no name of it is kept as text' test "$(cat d/byname.db* | grep -ac 'Abbotsmere')" = 0

plan
