#!/bin/sh
# What `byname standing` prints, from a database and from an export, and what it refuses.
. "$(dirname "$0")/lib.sh"

shared=${BYNAME_SHARED:-$source_root/../shared}
header=personal_id,as_of,months_36,nights_3y,episodes,chtime,chtime_status,chronic,chronic_at_entry
today=2026-11-20

# nobody NAME ARGUMENT...: exit 0, nobody on it, and a sentence says why.
nobody() {
	want=$1
	name=$2
	shift 2
	call "$@"
	[ "$code" = 0 ] && [ "$(cat out)" = "$want" ] && one_sentence && grep -q 'nobody had an enrollment on' err
	result $? "$name"
}

world made
instance data
nobody $header 'a new instance: the header alone' standing --data data
nobody '[]' 'as JSON an empty array' standing --data data --format json
works '' 'import' import --data data made
works "^$header\$" 'the header' standing --data data --as-of $today
cp out kept.csv
check 'one line for each client with an enrollment' sh -c \
	'[ "$(tail -n +2 kept.csv | cut -d, -f1 | sort -u | wc -l)" = "$(($(wc -l <kept.csv) - 1))" ] && [ "$(wc -l <kept.csv)" = 301 ]'
check 'every value is one of those that it may be' awk -F, '
	NR > 1 && !(NF == 9 && $2 == "2026-11-20" && $3 >= 0 && $3 <= 36 && $4 >= 0 && $4 <= 1096 && $5 >= 0 &&
		$6 $7 ~ /^(-1-1|0-1|099|270-1|27099|365[123]|36599|4002)$/ && $8 ~ /^(verified|likely|unknown|not)$/ &&
		$9 ~ /^(yes|no|don.t know|missing|)$/) { print; bad = 1 }
	END { exit bad }' kept.csv
check 'the answers differ' sh -c '[ "$(cut -d, -f8 kept.csv | sort -u | wc -l)" -ge 4 ] && [ "$(cut -d, -f6 kept.csv | sort -u | wc -l)" -ge 4 ]'

# heads: months of the heads on the list, as the list says them.
heads() {
	"$byname" list --data data --as-of $today --format csv | tail -n +2 | cut -d, -f1,8 | sort >list.heads
	cut -d, -f1,3 kept.csv | sort >standing.all
	comm -12 list.heads standing.all | cmp - list.heads
}
check 'months are those of the list' heads

works '"personal_id":"P' 'as JSON' standing --data data --as-of $today --format json
cp out kept.json
check 'one array of as many objects' sh -c '[ "$(grep -c "^{\"personal_id\":\".*\",\"as_of\":\"2026-11-20\",\"months_36\":[0-9]*,\"nights_3y\":[0-9]*,\"episodes\":[0-9]*,\"chtime\":-*[0-9]*,\"chtime_status\":-*[0-9]*,\"chronic\":\"[a-z]*\",\"chronic_at_entry\":\(\"[a-z'"'"' ]*\"\|null\)}" kept.json)" = 300 ]'
if command -v node >/dev/null; then
	check 'that can be parsed' node -e 'if (JSON.parse(require("fs").readFileSync("kept.json")).length !== 300) process.exit(1)'
else
	skip 'node is not there' 'that can be parsed'
fi

# same DAY: an export says what its database says.
same() {
	"$byname" standing --data data --as-of "$1" | sort >a
	"$byname" standing --export made --as-of "$1" | sort >b
	[ "$(wc -l <a)" -ge 50 ] && cmp a b
}
for day in $today 2026-02-01 2024-02-29; do
	check "$day: an export says the same" same $day
done
zip -qj made.zip made/*.csv
works "^$header\$" 'from a zip' standing --export made.zip --as-of $today
check 'the same' sh -c 'sort out >a && sort kept.csv | cmp - a'
nobody $header 'a day before all data: nobody' standing --data data --as-of 1990-01-01
nobody '[]' 'from an export too' standing --export made --as-of 1990-01-01 --format json
named() {
	cut -d, -f3,5 made/Client.csv | tail -n +2 | tr ',' '\n' | tr -d '"' | sort -u | grep -E '^.{4,}$' >names
	grep -qwFf names kept.csv
}
if named; then result 1 'nobody is named'; else result 0 'nobody is named'; fi

unchanged 2 'xml' 'a format that there is not' standing --data data --format xml
unchanged 2 '2026-02-30' 'a day that there is not' standing --data data --as-of 2026-02-30
unchanged 2 'region' 'an option of another command' standing --data data --region 4
unchanged 4 '' 'an instance that is not there' standing --data nowhere
unchanged 4 '' 'an export that is not there' standing --export nowhere
mkdir empty
unchanged 2 '' 'a folder that is no export' standing --export empty
full() {
	"$byname" standing --data data --as-of $today >/dev/full 2>err
	[ $? = 1 ] && grep -q "could not be written" err
}
check 'a full disk' full

sample=$shared/data/lsa-sample
# As these are the raw dates, which the reference code cleans first, a few differ.
raw() {
	"$byname" standing --export "$sample/export" --as-of 2026-09-30 | cut -d, -f1,6,7 | sort >ours
	tail -n +2 "$sample/expected/persons.csv" | cut -d, -f1,6,7 | sort >theirs
	[ $((1000 * $(comm -12 ours theirs | wc -l))) -ge $((990 * $(wc -l <theirs))) ]
}
if [ -d "$sample/expected" ]; then
	check 'of the reference data, raw, 99 of 100 people agree' raw
else
	skip "$sample is not there" 'of the reference data, raw, 99 of 100 people agree'
fi
plan
