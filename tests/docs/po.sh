#!/bin/sh
# po.sh POC SOURCE…: the catalogues of po/ are sound and have what the sources mark, and a catalogue with a gap is refused.
poc=$1
shift
po=$(dirname "$0")/../../po
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
number=0
failed=0

is() {
	number=$((number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $number - $2"
	else
		echo "not ok $number - $2"
		failed=1
	fi
}

# A catalogue of one entry, from its three lines; how poc takes it.
catalogue() {
	printf 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n%s\nmsgid "%s"\nmsgstr "%s"\n' "$1" "$2" "$3" >"$scratch/one.po"
	"$poc" "$scratch/one.c" es "$scratch/one.po" 2>>"$scratch/said"
}

command -v msgcmp >/dev/null || {
	echo "1..0 # SKIP gettext is not installed"
	exit 0
}
# Of a table's rows with four columns the last two are said to people.
xgettext --keyword=N_ --keyword=X:3,4t --from-code=UTF-8 --add-location=never -o "$scratch/sheets.pot" "$@"
xgettext --join-existing --keyword=X:4,4t --from-code=UTF-8 --add-location=never -o "$scratch/sheets.pot" "$@"
for file in "$po"/*.po; do
	name=$(basename "$file")
	msgfmt --check --output-file=/dev/null "$file" >&2
	is $? "$name is sound"
	msgcmp "$file" "$scratch/sheets.pot" >&2
	is $? "$name says all that the sheets say"
done
catalogue "# a translator" "The agencies of {} meet" "Las agencias de {} se reúnen" && grep -q 'Las agencias de {} se reúnen' "$scratch/one.c"
is $? "a whole catalogue becomes a table"
! catalogue "# a translator" "The agencies of {} meet" ""
is $? "an entry without a translation is refused"
! catalogue "#, fuzzy" "The agencies of {} meet" "Las agencias de {} se reúnen"
is $? "an entry that is marked as fuzzy is refused"
! catalogue "# a translator" "The agencies of {} meet" "Las agencias se reúnen"
is $? "an entry without its placeholder is refused"
! catalogue "msgctxt \"sheet\"" "Name:" "Nombre:"
is $? "what is not understood is refused"
test "$(grep -c '^poc: .*one.po:[0-9]*: ' "$scratch/said")" = 4
is $? "each time with the line and the reason"
echo "1..$number"
exit $failed
