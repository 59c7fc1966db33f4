#!/bin/sh
# What `byname list` prints, from a database and from an export, and what it refuses.
. "$(dirname "$0")/lib.sh"

world made
instance data
today=2026-11-20

# rows FILE: how many objects a JSON list has.
rows() {
	grep -o '"personal_id"' "$1" | wc -l
}

works '^\[\]$' 'a new instance has an empty list' list --data data --format json
works '^personal_id,household_id,code,region,status,situation,days_on_list,months_36,last_contact,score,rank,members$' \
	'also as CSV, with its header' list --data data --format csv
works 'regions' 'regions' region import --data data made/regions.csv
works '' 'import' import --data data made
works '^\[{"personal_id":"P' 'JSON is one array' list --data data --as-of $today --format json
cp out all.json
works '^\[{"personal_id":"[^"]*","household_id":"[0-9a-z]\{20\}","code":"[A-Z][a-z]* [0-9]*","region":\("[^"]*"\|null\),"status":"active","situation":\("[A-Za-z ]*"\|null\),"days_on_list":[0-9]*,"months_36":[0-9]*,"last_contact":\("20[0-9-]*"\|null\),"score":\(-\?[0-9]*\|null\),"rank":1,"members":[0-9]*}\]$' \
	'every key, in its order' list --data data --as-of $today --top 1 --format json
check 'one row was asked for, one came' [ "$(rows out)" = 1 ]

ranks() {
	"$byname" list --data data --as-of $today --format csv "$@" | awk -F, '
		NR == 1 { next }
		$5 == "active" && (others || $11 != ++n) { bad = 1 }
		$5 != "active" { others = 1; if ($11 != "") bad = 1 }
		END { exit bad || n == 0 }'
}
check 'ranks count from 1 without a gap, the others come last without one' ranks
check 'also within a region' ranks --region 4
asked() {
	"$byname" list --data data --as-of $today --format csv --where "$1" | awk 'END { print NR - 1 }'
}
housed=$(asked status:housed)
check 'somebody is housed' [ "$housed" -gt 0 ]
check 'and no tenancy is at risk' [ "$(asked 'status:housed tenancy:not_at_risk')" = "$housed" ]
check 'nobody has released anything yet' [ "$(asked release:none)" = "$(rows all.json)" ]
check 'and no conference spoke of anybody' [ "$(asked reviewed:unknown)" = "$(rows all.json)" ]
check 'who never was on the list is printed to who asks' [ "$(asked status:none)" = "$(asked 'status:none -status:active')" ]
never() {
	"$byname" list --data data --as-of $today --format csv --where status:none |
		awk -F, 'NR > 1 && ($5 != "none" || $11 != "") { bad = 1 } END { exit bad || NR < 2 }'
}
check 'with that status, and no rank' never
check 'and to nobody else' [ "$(grep -c '"status":"none"' all.json)" = 0 ]
one_region() {
	"$byname" list --data data --as-of $today --format csv --region "$1" |
		awk -F, 'NR > 1 && $4 != "Region 4" { bad = 1 } END { exit bad || NR < 2 }'
}
check 'a region by number' one_region 4
check 'a region by name' one_region 'region 4'
refused 4 'no region "Atlantis"' 'a region that does not exist' list --data data --region Atlantis
named() {
	cut -d, -f3,5 made/Client.csv | tail -n +2 | tr ',' '\n' | tr -d '"' | sort -u | grep -E '^.{4,}$' >names
	"$byname" list --data data --as-of $today --format csv | cut -d, -f1,2,5- | grep -qwFf names
}
if named; then result 1 'nobody is named'; else result 0 'nobody is named'; fi

# Of four heads one is protected, one declined, one withdrew, and of one the release has run out; a fifth agreed.
"$byname" list --data data --as-of $today --format csv | awk -F, 'NR > 1 && NR < 7 { print $1 "," $3 }' >five
protected=$(sed -n '1s/.*,//p' five)
echo 'An invented reason' >why
works 'protected' 'somebody is protected' protect --data data "$protected" <why
said() {
	id=$(sed -n "$1s/,.*//p" five)
	sqlite3 data/byname.db "INSERT INTO release (id, client_no, refused, scope, purposes, laws, given, language, from_day,
		until_day, ended_day, recorded_at) SELECT 'r$1', client_no, $2, 'coc', 255, 1, 'written', 'en', 20000, $3, $4, 0
		FROM client WHERE personal_id = '$id'"
}
said 2 1 NULL NULL
said 3 0 NULL 20001
said 4 0 20001 NULL
said 5 0 NULL NULL
# withheld ARGUMENTS: of the five that many lines are there, and the fifth alone has its HMIS id.
withheld() {
	"$byname" list --data data --format csv "$@" >listed
	for n in 1 2 3 4; do
		grep -q "^,[^,]*,$(sed -n "${n}s/.*,//p" five)," listed || return 1
		! grep -q "^$(sed -n "${n}s/,.*//p" five)," listed || return 1
	done
	grep -q "^$(sed -n '5s/,.*//p' five),[^,]*,$(sed -n '5s/.*,//p' five)," listed
}
check 'no HMIS id of who said no or is protected' withheld --as-of $today
check 'nor on another day' withheld --as-of 2026-11-19
check 'nor in the order of an opening' withheld --opening psh
works '"personal_id":null' 'which is null in JSON' list --data data --as-of $today --format json
check 'the export has them all' [ "$("$byname" list --export made --as-of $today --format csv | grep -c '^,')" = 0 ]

export="--export made --as-of $today"
# shellcheck disable=SC2086 # several words
{
	works '^personal_id  *household_id  *code' 'a table for people' list $export --top 3
	check 'with one line for each' [ "$(wc -l <out)" = 4 ]
	works '"region":"Region' 'regions come from a file of regions' list $export --regions made/regions.csv --format json
	works '"region":null' 'without it there are none' list $export --format json
	works '^personal_id,nights_3y,project$' 'nights' list $export --order nights --top 5 --format csv
	awk -F, 'NR > 2 && $2 > last { bad = 1 } { last = $2 } END { exit bad || NR != 6 }' out
	result $? 'most nights first'
	works '^\[\]$' 'a CoC that nobody is in' list $export --order nights --coc XX-999 --format json
	refused 2 '--coc goes together with --order nights' 'a CoC without nights' list $export --coc XX-606
	refused 2 'knows no regions' 'nights of a region' list $export --order nights --region 4
}
refused 2 'with --export PATH' 'nights of the database' list --data data --order nights
refused 2 'goes together with --export' 'a file of regions for the database' list --data data --regions made/regions.csv
refused 4 '.' 'an export that is not there' list --export nowhere
mkdir empty
refused 2 'Export.csv' 'a folder that is no export' list --export empty
refused 2 'not a date' 'a day that does not exist' list --export made --as-of 2026-02-31
refused 2 'whole number' 'the first 0' list --export made --top 0
refused 2 'not one of: table, csv, json' 'another format' list --export made --format xml
plan
