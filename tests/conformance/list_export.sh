#!/bin/sh
# The list straight from an export says what importing the export and listing it says: the same
# households with the same facts in the same order, on the day of the data and on an earlier one. The
# two go different ways (a book in memory; a database with merged, sealed rows), so each is the other's
# oracle. Only lots differ: of households that tie, either may come first, so ranks are compared by what
# ranks: at each place both have the same days and months.
. "$(dirname "$0")/../cli/lib.sh"

shared=${BYNAME_SHARED:-$source_root/../shared}

# facts FILE: what both must say of each household. places FILE: what stands at each place.
facts() {
	cut -d, -f1,5-10,12 "$1" | LC_ALL=C sort
}

places() {
	awk -F, 'NR > 1 && $11 != "" { print $11, $7, $8 }' "$1"
}

same_facts() {
	facts kept.csv >kept && facts exported.csv >exported && cmp kept exported
}

same_places() {
	places kept.csv >kept && places exported.csv >exported && cmp kept exported
}

holds() {
	[ "$(wc -l <kept.csv)" -ge "$1" ]
}

# compare NAME EXPORT HOUSEHOLDS DAY...: HOUSEHOLDS is how many lines there must be at least.
compare() {
	what=$1
	export=$2
	least=$3
	shift 3
	rm -rf data
	instance data
	works '' "$what: imports" import --data data "$export"
	for day; do
		check "$what, $day: lists" sh -c '"$0" list --data data --as-of "$1" --format csv >kept.csv &&
			"$0" list --export "$2" --as-of "$1" --format csv >exported.csv' "$byname" "$day" "$export"
		check "$what, $day: there is a list" holds "$least"
		check "$what, $day: the same households and facts" same_facts
		check "$what, $day: the same order" same_places
	done
}

world made
compare 'made-up CoC' made 100 2026-11-20 2026-02-01

zip -qj made.zip made/*.csv
"$byname" list --export made --as-of 2026-11-20 --format json >folder.json
"$byname" list --export made.zip --as-of 2026-11-20 --format json >zip.json
check 'a zip says what the folder says' cmp folder.json zip.json
"$byname" list --export made --as-of 2026-11-20 --format json >again.json
check 'asked again, the same bytes' cmp folder.json again.json

for folder in lsa-sample/export eva-demo; do
	if [ -d "$shared/data/$folder" ]; then
		compare "$folder" "$shared/data/$folder" 500 2026-11-20 2025-12-31
	else
		skip 'the sample is not here' "$folder"
	fi
done
for folder in "$shared"/data/edge-exports/*/; do
	export=$(find "$folder" -name Export.csv 2>/dev/null | head -n 1)
	[ -n "$export" ] && compare "$(basename "$folder")" "$(dirname "$export")" 1 2026-11-20 2020-06-01
done
plan
