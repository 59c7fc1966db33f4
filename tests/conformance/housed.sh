#!/bin/sh
# The program of housed.c: on a small made-up export whose answers were worked out by hand, on what it must
# tell and refuse, and on the reference data where they are.
. "$(dirname "$0")/../cli/lib.sh"

shared=${BYNAME_SHARED:-$source_root/../shared}

mkdir export
cat >export/Project.csv <<'CSV'
ProjectID,ProjectType,RRHSubType
RAPID,13,2
ONLY,13,1
STAY,3,
BEDS,1,
CSV
# A and her child AC: in shelter, then housed from 20 June, supportively from 11 July; the child came on 25 June. B: a
# move-in before the entry is none. C: services only.
cat >export/Enrollment.csv <<'CSV'
PersonalID,EnrollmentID,HouseholdID,ProjectID,RelationshipToHoH,EntryDate,MoveInDate,DateDeleted
A,A1,H1,BEDS,1,2026-05-01,,
A,A2,H2,RAPID,1,2026-06-01,2026-06-20,
AC,A3,H2,RAPID,2,2026-06-25,,
A,A4,H3,STAY,1,2026-07-11,2026-07-11,
B,B1,H4,RAPID,1,2026-02-01,2026-01-01,
C,C1,H5,ONLY,1,2026-02-01,2026-02-10,
CSV
cat >export/Exit.csv <<'CSV'
EnrollmentID,ExitDate,DateDeleted
A1,2026-06-01,
A2,2026-07-21,
A3,2026-07-21,
A4,2026-08-01,2026-08-02
C1,2026-03-01,
CSV
cat >export/Services.csv <<'CSV'
EnrollmentID,RecordType,DateProvided,DateDeleted
A1,200,2026-05-02,
A1,200,2026-05-20,
A1,200,2026-05-27,
A1,200,2026-05-28,2026-05-29
A1,141,2026-05-10,
CSV
cat >enrollments.csv <<'CSV'
PersonalID,EnrollmentID,HouseholdID,RelationshipToHoH,LSAProjectType,EntryDate,MoveInDate,ExitDate,Active
A,A1,H1,1,1,2026-05-01,,2026-06-01,1
A,A2,H2,1,13,2026-06-01,2026-06-20,2026-07-21,1
AC,A3,H2,2,13,2026-06-25,2026-06-25,2026-07-21,1
A,A4,H3,1,3,2026-07-11,2026-07-11,,1
B,B1,H4,1,13,2026-02-01,,,1
C,C1,H5,1,15,2026-02-01,2026-02-10,2026-03-01,1
CSV
cat >households.csv <<'CSV'
HoHID,FirstEntry,LastInactive,ESDays,RRHHousedDays,PSHHousedDays
A,2026-06-01,2026-05-19,2,21,82
B,2026-02-01,2026-01-31,0,0,0
C,2026-02-01,2026-01-31,0,0,0
CSV
cat >days.csv <<'CSV'
HoHID,StartDate,EndDate
A,2026-05-02,2026-05-08
A,2026-05-20,2026-05-26
A,2026-05-27,2026-06-02
A,2026-06-01,2026-07-27
A,2026-07-11,2026-09-30
CSV
works '^5 of 5 move-ins, 3 of 3 households. housed days, 1 of 1 stretches, 3 of 3 shelter days agree$' \
	'a small export agrees' export enrollments.csv households.csv days.csv 2026-09-30

# differs PATTERN NAME ARGUMENT...: exit 1, and the difference is told.
differs() {
	pattern=$1
	name=$2
	shift 2
	call "$@"
	[ "$code" = 1 ] && grep -q "$pattern" out
	result $? "$name"
}
sed 's/2026-06-25,2026-07-21,1$/2026-06-20,2026-07-21,1/' enrollments.csv >wrong.csv
differs '^A3: move-in 2026-06-25; expected 2026-06-20$' 'another move-in is told' \
	export wrong.csv households.csv days.csv 2026-09-30
sed 's/,2,21,82$/,2,31,82/' households.csv >wrong.csv
differs '^A: housed 21 days rapidly, 82 with support; expected 31, 82$' 'other housed days are told' \
	export enrollments.csv wrong.csv days.csv 2026-09-30
sed 's/,2,21,82$/,3,21,82/' households.csv >wrong.csv
differs '^A: 2 shelter days; expected 3$' 'other shelter days are told' \
	export enrollments.csv wrong.csv days.csv 2026-09-30
sed 's/2026-05-08/2026-05-19/' days.csv >wrong.csv
differs '^A: in the system in 2 stretches, the last after 2026-05-19; expected 1, 2026-05-19$' \
	'other stretches are told' export enrollments.csv households.csv wrong.csv 2026-09-30

# refuses CODE PATTERN NAME ARGUMENT...: that exit, one sentence.
refuses() {
	want=$1
	pattern=$2
	name=$3
	shift 3
	call "$@"
	[ "$code" = "$want" ] && [ "$(wc -l <err)" = 1 ] && grep -q "$pattern" err && silent out
	result $? "$name"
}
refuses 2 '^usage: housed EXPORT_DIR' 'too few arguments' export
refuses 2 '^"soon" is not a date' 'a last day that is none' export enrollments.csv households.csv days.csv soon
refuses 4 '^none/Enrollment.csv cannot be read' 'an export that is not there' \
	none enrollments.csv households.csv days.csv 2026-09-30
sed 's/A,A2/A,A9/' enrollments.csv >wrong.csv
refuses 4 'A9 of wrong.csv is not in the export' 'an enrollment of another export' \
	export wrong.csv households.csv days.csv 2026-09-30

sample=$shared/data/lsa-sample
if [ -d "$sample/expected" ]; then
	expected=$sample/expected
	call "$sample/export" "$expected/enrollments.csv" "$expected/households.csv" "$expected/household_days.csv" \
		2026-09-30
	[ "$code" = 1 ] && [ "$(wc -l <out)" = 3 ] && grep -q \
		'^2062 of 2062 move-ins, 2128 of 2128 households. housed days, 115 of 116 stretches, 2115 of 2116 shelter' out
	result $? 'the reference data, but for two households of two types'
else
	skip "$sample is not there" 'the reference data, but for two households of two types'
fi
plan
