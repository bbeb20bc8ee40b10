#!/bin/sh
# Does zonemend read zone files as named does? Every file of the corpus that has an SOA record, against
# named-checkzone -i none; every disagreement has to be in known-differences.tsv.
#
#	tests/corpus/agree.sh [PATTERN]        SHARED is where corpus/ lies; DUMP is build/tests/dump
#
#	verdict    one accepts what the other rejects
#	records    both accept, and BIND's dump of the file differs from its dump of what zonemend read
#	line       both reject, and BIND's first error is not at a line that zonemend names
. "$(dirname "$0")/../lib.sh"
corpus=${SHARED:-$ZM_TOP/../shared}/corpus
known=$ZM_TOP/tests/corpus/known-differences.tsv
dump=${DUMP:-$ZM_TOP/build/tests/dump}
pattern=${1:-.}
tab=$(printf '\t')
PATH=$PATH:/usr/sbin:/sbin
if [ ! -d "$corpus" ]; then
	echo "no corpus: $corpus is not there; SHARED=FOLDER names another place" >&2
	exit 1
fi

# A line a file: its folder in the corpus, its name there, its origin.
list() {
	awk -F "$tab" 'FNR > 1 { print "ldns-cases\t" $1 ".zone\texample." }' "$corpus/ldns-cases.tsv"
	for set in real peers; do
		awk -F "$tab" -v OFS="$tab" -v set="$set" 'FNR > 1 { print set, $1, $2 == "" ? "example.com." : $2 }' "$corpus/$set.tsv"
	done
}

# bind FILE DUMP: its verdict is the status, its words are in bind.log.
bind() {
	named-checkzone -D -i none -s full -o "$2" "$origin" "$1" > "$scratch/bind.log" 2>&1
}

# What BIND says that refuses the zone; the rest are warnings.
errors() {
	grep -a -v -E 'warning:|owner name|check-names|loaded serial|RFC1035 TTL|MINTTL|ignoring out-of-zone|has expired|end with newline|appears to be an address|old style DNSSEC|MAXTTL|set to prior TTL|inherited owner|wildcard|^OK' "$scratch/bind.log"
}

# same_line LINE WORD: LINE is among zonemend's. BIND takes back a number that is out of range and then names
# the line before: where it quotes the word, the next line that holds it is meant.
same_line() {
	grep -a -q -F ":$1: " "$scratch/faults" && return 0
	[ -n "$2" ] || return 1
	meant=$(awk -v from="$1" -v word="$2" 'FNR >= from && index($0, word) { print FNR; exit }' "$base")
	[ -n "$meant" ] && grep -a -q -F ":$meant: " "$scratch/faults"
}

compare_lines() {
	errors | head -n 1 > "$scratch/error"
	line=$(sed -n 's/^[^ ]*:* *[^ ]*:\([0-9][0-9]*\): .*/\1/p' "$scratch/error")
	word=$(sed -n "s/.*: near '\(.*\)': .*/\1/p" "$scratch/error")
	[ -z "$line" ] || [ ! -s "$scratch/faults" ] || same_line "$line" "$word" || result=line
}

compare_records() {
	sort "$scratch/theirs" > "$scratch/a"
	if bind "$scratch/flat" "$scratch/ours"; then
		sort "$scratch/ours" | cmp -s - "$scratch/a" || result=records
	else
		result=records
	fi
}

judge() {
	theirs=reject
	ours=reject
	result=same
	! bind "$base" "$scratch/theirs" || theirs=accept
	"$dump" "$base" "$origin" > "$scratch/flat" 2> "$scratch/faults"
	status=$?
	[ "$status" -ne 0 ] || ours=accept
	if [ "$status" -gt 1 ]; then
		result="status $status"
	elif [ "$ours" != "$theirs" ]; then
		result=verdict
	elif [ "$ours" = accept ]; then
		compare_records
	else
		compare_lines
	fi
}

settle() {
	expected=$(awk -F "$tab" -v file="$set/$file" '$2 == file { print $1 }' "$known")
	if [ "$result" = "${expected:-same}" ]; then
		passed=$((passed + 1))
	elif [ "$result" = same ]; then
		fail "$set/$file: listed for its $expected, and agrees"
	else
		fail "$set/$file: $result: BIND $theirs, zonemend $ours: $(errors | head -n 1) / $(head -n 1 "$scratch/faults")"
	fi
	echo "$set$tab$theirs$tab$ours$tab$result" >> "$scratch/results"
}

list | grep -e "$pattern" > "$scratch/list"
while IFS=$tab read -r set file origin <&3; do
	grep -a -q -i -w soa "$corpus/$set/$file" || continue
	# named looks for what a zone includes from the current folder on.
	cd "$corpus/$set/$(dirname "$file")" || exit 1
	base=$(basename "$file")
	judge
	settle
done 3< "$scratch/list"
cd "$ZM_TOP" || exit 1
echo
awk -F "$tab" '
{
	files[$1]++
	verdicts[$1] += $4 != "verdict"
	if ($2 == $3 && $2 == "accept") { both[$1]++; records[$1] += $4 == "same" }
	if ($2 == $3 && $2 == "reject") { bad[$1]++; lines[$1] += $4 == "same" }
}
END {
	for (set in files) {
		printf "%s: %d of %d verdicts are BIND'"'"'s (%.1f %%), of those accepted %d of %d have the same records, of those rejected %d of %d name the same line\n", \
			set, verdicts[set], files[set], 100 * verdicts[set] / files[set], records[set], both[set], lines[set], bad[set]
	}
}' "$scratch/results"
finish
