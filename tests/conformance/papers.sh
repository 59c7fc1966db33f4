#!/bin/sh
# Documents open in other people's programs: LibreOffice, poppler and qpdf, 7-Zip; with the pass-phrase that
# belongs to them and no other. And while they are made, nothing is written but them.
. "$(dirname "$0")/../cli/lib.sh"

name='Quillfeather-Zzyzx Ada'
wrong=00000-00000-00000-00000

there() {
	command -v "$1" >/dev/null
}

has() {
	grep -qF "$2" "$1"
}

lacks() {
	! grep -qF "$2" "$1"
}

fails() {
	! "$@"
}

# --- LibreOffice, in a profile of its own ---

# office FILE PHRASE TARGET: opened and saved as CSV.
office() {
	rm -f "$3"
	HOME=$work timeout 120 /usr/bin/python3 "$source_root/tests/conformance/papers_office.py" "$work" "$@" >office.log 2>&1
	[ -s "$3" ]
}

try_office() {
	if ! there soffice || ! /usr/bin/python3 -c 'import uno' 2>import.err; then
		skip 'LibreOffice is not here' 'a workbook opens in LibreOffice'
		return
	fi
	phrase=$(cat list.xlsx.phrase)
	check 'LibreOffice opens a workbook with its pass-phrase' office list.xlsx "$phrase" list.csv
	check '… and has its cells' has list.csv "$name,-3,2024-10-04,"
	check '… a formula as text' has list.csv '"=HYPERLINK(""http://127.0.0.1/"",""open"")",4,'
	check '… other scripts' has list.csv 'שלום עולם,'
	check '… the last row' has list.csv 'Invented Person 299,'
	check '… whose copy it is' has list.csv 'Invented Harbor House & Friends'
	check 'LibreOffice refuses another pass-phrase' fails office list.xlsx "$wrong" none.csv
	size=$(wc -c <list.xlsx)
	cp list.xlsx flipped.xlsx
	printf '\377\0\377\0' | dd of=flipped.xlsx bs=1 seek=$((size / 2)) conv=notrunc 2>/dev/null
	check 'LibreOffice refuses a workbook with other bytes in it' fails office flipped.xlsx "$phrase" none.csv
}

# --- PDF ---

try_pdf() {
	if ! there pdftotext || ! there qpdf; then
		skip 'poppler or qpdf is not here' 'a PDF opens'
		return
	fi
	phrase=$(cat list.pdf.phrase)
	check 'poppler opens a PDF with its pass-phrase' pdftotext -layout -upw "$phrase" list.pdf pdf.txt
	check '… and has its cells' has pdf.txt "$name"
	check '… other scripts' grep -q 'שלום\|םולש' pdf.txt
	check '… the last row' has pdf.txt 'Invented Person 299'
	pages=$(pdfinfo -upw "$phrase" list.pdf | awk '/^Pages:/ { print $2 }')
	check '… several pages' test "$pages" -gt 3
	check '… numbered' has pdf.txt "Page $pages of $pages"
	check '… each with the head of the table' test "$(grep -c 'Last seen' pdf.txt)" = "$pages"
	check '… and the notice' test "$(grep -c 'written consent' pdf.txt)" = "$pages"
	pdfinfo -upw "$phrase" list.pdf >info.txt
	check '… across' has info.txt '792 x 612'
	check '… tagged' has info.txt 'Tagged:          yes'
	check '… by AES-256' has info.txt 'algorithm:AES-256'
	check 'poppler refuses another pass-phrase' fails pdftotext -upw "$wrong" list.pdf none.txt
	printf %s "$phrase" >password
	check 'qpdf finds nothing wrong' qpdf --password-file=password --check list.pdf
}

# --- zip ---

try_zip() {
	if ! there 7z; then
		skip '7-Zip is not here' 'a zip opens'
		return
	fi
	check '7-Zip opens a zip with its pass-phrase' 7z x -y -ozip "-p$(cat list.zip.phrase)" list.zip
	check '… and has its cells' has zip/list.csv "$name,-3,2024-10-04,"
	check '… and what is to be known' has zip/about.txt 'Expires: 20 Dec 2026'
	check '… by AES-256' sh -c '7z l -slt list.zip | grep -q "Method = AES-256"'
	check '7-Zip refuses another pass-phrase' fails 7z x -y -onone "-p$wrong" list.zip
}

# --- what is written meanwhile ---

try_trace() {
	mkdir traced
	if ! ASAN_OPTIONS=detect_leaks=0 strace -f -o trace -e trace=open,openat,creat,rename,link,linkat,mknod \
		"$program" traced 300 >/dev/null 2>trace.err; then
		skip 'strace cannot watch here' 'nothing else is written'
		return
	fi
	grep -E 'O_WRONLY|O_RDWR|O_CREAT|creat\(|rename|link|mknod' trace |
		grep -vE '"(/proc/self/fd/[0-9]+|/dev/tty|/dev/null|traced/list\.[a-z.]+)"| = -1 E' >written
	check 'nothing is written but the documents' test ! -s written
	cat written | sed 's/^/# /'
	check '… which are' test -s traced/list.xlsx -a -s traced/list.pdf -a -s traced/list.zip
}

program=$byname
"$program" "$work" 300 >made.txt || exit 1
for word in xlsx pdf zip; do
	check "a $word shows no name" lacks "list.$word" Quillfeather
done
try_office
try_pdf
try_zip
try_trace
plan
