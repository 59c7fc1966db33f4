#!/bin/sh
# What `byname ledger` prints, on both databases, and what it refuses.
. "$(dirname "$0")/lib.sh"

world made
instance data
# Months of the CoC's clock, so that the test holds on any day.
month() {
	TZ=America/Chicago date -d "$(TZ=America/Chicago date +%Y-%m-15) -$1 months" +%Y-%m
}
year=$(month 12)
header=month,active_start,newly_identified,returned_from_housing,returned_from_inactive,move_ins,moved_to_inactive,no_longer_eligible,adjustments,active_end

# balances [OPTIONS]: in every month what comes less what goes makes the end, and that is the next one's start.
balances() {
	"$byname" ledger --data data --from "$year" "$@" | awk -F, '
		NR == 1 { next }
		{ for (i = 2; i <= 8; i++) if ($i < 0) bad = 1 }
		$10 != $2 + $3 + $4 + $5 - $6 - $7 - $8 + $9 { bad = 1 }
		NR > 2 && $2 != last { bad = 1 }
		{ last = $10 }
		END { exit bad || NR < 3 }'
}

# ends [OPTIONS]: how many are active at the end.
ends() {
	"$byname" ledger --data data "$@" | tail -n 1 | cut -d, -f10
}

active() {
	"$byname" list --data data --format csv "$@" | awk -F, '$5 == "active"' | wc -l
}

works "^$header\$" 'a new instance has an empty ledger' ledger --data data
works '^\[\]$' 'also as JSON' ledger --data data --format json
works 'regions' 'regions' region import --data data made/regions.csv
works 'Applied' 'import' import --data data made

works "^$header\$" 'a header' ledger --data data --from "$(month 2)" --to "$(month 0)"
check 'and one line for each month' [ "$(wc -l <out)" = 4 ]
check 'the months that were asked for' [ "$(cut -d, -f1 out | tail -n +2 | tr '\n' ' ')" = "$(month 2) $(month 1) $(month 0) " ]
works '^\[{"month":"20[0-9-]*","active_start":[0-9]*,"newly_identified":[0-9]*,"returned_from_housing":[0-9]*,"returned_from_inactive":[0-9]*,"move_ins":[0-9]*,"moved_to_inactive":[0-9]*,"no_longer_eligible":[0-9]*,"adjustments":-\?[0-9]*,"active_end":[0-9]*}\]$' \
	'every key, in its order' ledger --data data --from "$(month 1)" --to "$(month 1)" --format json
check 'it balances and its months join' balances
check 'it ends where the list stands' [ "$(ends)" = "$(active)" ]
check 'a part balances' balances --region 4
check 'and ends where the list of the part stands' [ "$(ends --region 4)" = "$(active --region 4)" ]
check 'so does what a filter lets through' balances --where 'chronic:verified,likely months>=6'
parts=$(($(ends --where status:active,inactive) + $(ends --where -status:active,inactive)))
check 'two parts make the whole' [ "$parts" = "$(ends)" ]

# Tenancies at risk are of households that are housed: they are in the flows of the months, and not among the active.
sqlite3 data/byname.db "INSERT INTO app_user (id, login, name, role, password, must_change, created_at)
	VALUES ('u', 'lee', 'Lee Tran', 'list-holder', 'x', 0, 0);
	INSERT INTO household_entry (household_no, item, no, value, at, by_id, newest)
	SELECT l.household_no, 'tenancy', 1, x'00', 0, 'u', 1 FROM listing l, hmis_now n
	WHERE l.to_import > n.import_no AND l.status = 3 ORDER BY l.household_no LIMIT 3"
flows() {
	"$byname" ledger --data data --from "$year" "$@" | awk -F, '{ n += $3 + $4 + $5 + $6 + $7 + $8 } END { print n + 0 }'
}
check 'the part of tenancies at risk balances' balances --where 'tenancy:at_risk'
check 'none of them is active' [ "$(ends --where 'tenancy:at_risk')" = 0 ]
check 'their months tell of them' [ "$(flows --where tenancy:at_risk)" -gt 0 ]
check 'they and the others make the whole' [ $(($(flows --where tenancy:at_risk) + $(flows --where -tenancy:at_risk))) = "$(flows)" ]
"$byname" ledger --data data --from "$year" >before
works '' 'the same facts again' import --data data made
"$byname" ledger --data data --from "$year" >after
check 'change nothing' cmp before after

refused 2 'comes after' 'months the wrong way round' ledger --data data --from "$(month 1)" --to "$(month 2)"
refused 2 'not a month like 2026-03' 'a month that does not exist' ledger --data data --from 2026-13
refused 2 'not a month like 2026-03' 'a day' ledger --data data --to 2026-03-01
refused 2 'ends with' 'months to come' ledger --data data --from 2190-01
refused 2 'fewer' 'too many months' ledger --data data --from 1900-01
refused 4 'no region "Atlantis"' 'a region that does not exist' ledger --data data --region Atlantis
refused 2 'no .*colour' 'a filter that cannot be read' ledger --data data --where colour:red
refused 2 'not by names' 'a filter of names' ledger --data data --where quandt
refused 2 'not one of: csv, json' 'another format' ledger --data data --format xml

if postgres; then
	"$byname" init --db "$url" --key pg.key >/dev/null
	"$byname" region import --db "$url" --key pg.key made/regions.csv >/dev/null
	works 'Applied' 'import on PostgreSQL' import --db "$url" --key pg.key made
	"$byname" ledger --db "$url" --key pg.key --from "$year" >postgres.csv
	check 'the same ledger there' cmp before postgres.csv
else
	skip "$(cat pg.err)" 'PostgreSQL'
fi
plan
