#!/bin/sh
# same.sh FILE COMMAND...: FILE holds what COMMAND prints.
file=$1
shift
echo 1..1
if "$@" | cmp - "$file" >&2; then
	echo "ok 1 - docs/$(basename "$file") is true"
else
	echo "not ok 1 - docs/$(basename "$file") is out of date: ./dev docs writes it"
	exit 1
fi
