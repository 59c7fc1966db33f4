#!/bin/sh
# What is typed wrong is told in one sentence with exit code 2 and touches nothing.
. "$(dirname "$0")/lib.sh"

commands='init|import|list|flags|region import|user add|user reset|user disable|user list|setting|backup|restore
migrate|verify|demo|version|serve'

each_command() {
	echo "$commands" | tr '|' '\n'
}

each_command >commands
while read -r command; do
	# shellcheck disable=SC2086 # two words are two words
	works "^Usage: byname $command" "$command --help" $command --help
	cp out with-option
	works "^Usage: byname $command" "help $command" help $command
	check "help $command says the same" cmp -s out with-option
	refused 2 'no option --frobnicate here; see: byname .* --help' "$command --frobnicate" $command --frobnicate
	refused 2 'no option -x here' "$command -x" $command -x
	case $command in
	version | demo) refused 2 'no option --data' "$command knows no database" $command --data d ;;
	*)
		refused 2 '^byname: --data wants a value: --data DIR$' "$command --data without a value" $command --data
		refused 2 '^byname: --data wants a value' "$command --data with an empty value" $command --data=
		refused 2 '^byname: --key is there twice' "$command --key twice" $command --key a --key=b
		;;
	esac
	refused 2 'one argument too many' "$command with too many arguments" $command -- a b c d e f
done <commands

for command in 'region import' 'user add' 'user reset' 'user disable' backup restore demo; do
	# shellcheck disable=SC2086
	refused 2 "something is missing; usage: byname $command" "$command without its argument" $command
	refused 2 'an argument is empty' "$command with an empty argument" $command ''
done

works '^  restore ' 'byname help lists the commands' help
each_command | while read -r command; do grep -q "^  $command  " out || echo "$command"; done >missing
check 'all of them' cmp -s missing /dev/null
works '^byname [0-9.]*, schema [0-9]*$' 'byname version' version
works '^byname [0-9.]*, schema [0-9]*$' 'byname --version' --version
refused 2 '^byname: say what to do' 'no command at all'
refused 2 'no command "frobnicate"; byname help lists them' 'an unknown command' frobnicate
refused 2 'no command "user"' 'half a command' user
refused 2 'no command "user"' 'half a command and a wrong word' user frobnicate
refused 2 'no command "frobnicate"' 'help for an unknown command' help frobnicate
refused 2 'no command "verify"' 'help with too many words' help verify x
refused 2 '--help takes no value' 'a value for a switch' verify --help=yes

refused 2 'not both' 'two places' verify --data d --db postgresql:///x
refused 2 '--db wants an address' 'a folder as an address' verify --db d
refused 2 '--data wants a folder' 'an address as a folder' verify --data postgresql:///x
refused 2 'not a date; write it as' 'a day that is none' demo --today 2026-02-31 w
refused 2 'not a whole number from' 'a number that is none' demo --people many w
refused 2 'not a whole number from' 'a number out of bounds' demo --people 0 w
refused 2 'not a whole number from' 'a number that does not fit' demo --seed 99999999999999999999 w
refused 2 'is not one of: table, csv, json' 'a format that is none' list --format xml
refused 4 'no database in data: run `byname init`' 'the default folder, where nothing is' verify
refused 4 'no database in nowhere' 'a folder that is not there' verify --data nowhere
BYNAME_DATA=elsewhere
export BYNAME_DATA
refused 4 'no database in elsewhere' 'the folder of BYNAME_DATA' verify
unset BYNAME_DATA
check 'nothing was made by all this' test ! -e data -a ! -e d -a ! -e nowhere -a ! -e w

works '^.TH BYNAME 1' 'the manual' help --man
if command -v mandoc >/dev/null; then
	cp out byname.1
	mandoc -T lint -W warning byname.1 >lint.out
	check 'the manual is well-formed' cmp -s lint.out /dev/null
else
	skip 'mandoc is not installed' 'the manual is well-formed'
fi

"$byname" version >/dev/full 2>err
code=$?
: >out
[ "$code" = 1 ] && one_sentence && grep -q 'could not be written' err
result $? 'an output that cannot be written is an error'
plan
