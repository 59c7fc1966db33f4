#!/bin/sh
# A file of a list without a browser: what is refused, in one sentence, and changes nothing.
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

plan
