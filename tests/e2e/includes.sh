#!/bin/sh
# $INCLUDE as people write it: ten ways that are right, of which nothing is said, and what is a step further.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 1
mkdir -p parts/deep elsewhere
record='"v=spf1 -all"'
echo "mail TXT $record" > parts/spf.inc
echo "@ TXT $record" > 'parts/with a blank.inc'
printf 'sub TXT %s' "$record" > parts/no-end.inc
: > parts/empty.inc
echo "; nothing but this" > parts/comment.inc
ln -s spf.inc parts/link.inc
ln -s parts linked
# To named relative names begin in its own folder, whatever file they stand in: so whole ones.
for depth in 0 1 2 3 4 5 6 7 8 9; do
	echo "\$INCLUDE $scratch/parts/deep/$((depth + 1)).inc" > "parts/deep/$depth.inc"
done
echo "deep TXT $record" > parts/deep/10.inc
echo "\$INCLUDE $scratch/parts/loop.inc" > parts/loop.inc
echo "mail TXT $record" > elsewhere/spf.inc

# zone LINE...: the frame, and these lines.
zone() {
	printf '$TTL 3600\n@ IN SOA ns1 hostmaster 7 7200 900 1209600 3600\n@ IN NS ns1\nns1 IN A 192.0.2.1\n' > example.com.zone
	printf '%s\n' "$@" >> example.com.zone
}

# right CLAIM LINE...
right() {
	claim=$1
	shift
	zone "$@"
	ends 0 "$claim" check -q example.com.zone
	check "$claim: nothing is said" test ! -s out
	if command -v named-checkzone > /dev/null; then
		check "$claim: named loads it" named-checkzone -i none -q example.com example.com.zone
	fi
}

# wrong CLAIM PLACE WHAT LINE...
wrong() {
	claim=$1 place=$2 what=$3
	shift 3
	zone "$@"
	# Unquoted: perhaps no option.
	ends 1 "$claim" check -q $options example.com.zone
	check "$claim: at its line" grep -q "^$place:.*error.include-missing.*$what" out
}

right 'as most write it' '$INCLUDE parts/spf.inc'
right 'in small letters' '$include parts/spf.inc'
right 'in quotes' '$INCLUDE "parts/spf.inc"'
right 'with a blank in its name' '$INCLUDE "parts/with a blank.inc"'
right 'with an origin' '$INCLUDE parts/spf.inc sub.example.com.'
right 'with a relative origin, and a comment' '$INCLUDE parts/spf.inc sub ; the mail'
right 'twice, below different names' '$INCLUDE parts/spf.inc a' '$INCLUDE parts/spf.inc b'
right 'twice the same' '$INCLUDE parts/empty.inc' '$INCLUDE parts/empty.inc'
right 'by way of another folder' '$INCLUDE parts/../parts/./spf.inc'
right 'by its whole path' "\$INCLUDE $scratch/parts/spf.inc"
right 'by links to file and folder' '$INCLUDE linked/link.inc'
right 'of a file without a last line end' '$INCLUDE parts/no-end.inc' 'mail TXT "after it"'
right 'of an empty file' '$INCLUDE parts/empty.inc'
right 'of a file of comments' '$INCLUDE parts/comment.inc'
right 'ten deep' '$INCLUDE parts/deep/1.inc'
right 'a name that looks like a directive' 'include TXT "$INCLUDE nowhere.inc"' '; $INCLUDE nowhere.inc'

options=
wrong 'a file that is not there' example.com.zone:5 'No such file' '$INCLUDE parts/spff.inc'
wrong 'a folder' example.com.zone:5 'parts' '$INCLUDE parts'
wrong 'one deeper than ten' "$scratch/parts/deep/9.inc:1" 'deeper than 10' '$INCLUDE parts/deep/0.inc'
wrong 'a loop' parts/loop.inc:1 'includes itself' '$INCLUDE parts/loop.inc'
wrong 'no name' example.com.zone:6 'cannot include' 'a TXT "x"' '$INCLUDE " "'
options="--root $scratch/parts"
wrong 'out of the root' example.com.zone:5 'outside of the root' '$INCLUDE elsewhere/spf.inc'

# ---- Where a relative name begins: in the zone's folder, or in the one that the server is in ----

mkdir -p server/zones/parts server/parts
cd server || exit 1
zone '$INCLUDE parts/spf.inc'
mv example.com.zone zones
echo '@ TXT "v=spf1 mx -all"' > parts/spf.inc
options=

# fixes STATUS CLAIM ARGUMENT...
fixes() {
	want=$1 claim=$2
	shift 2
	rm -rf "$scratch/before"
	cp -R "$scratch/server" "$scratch/before"
	ends "$want" "$claim" fix -p iclasspro "$@"
}

mended() {
	check "$1 is mended" grep -q include:iclassprov2.com "$1"
	echo '@ TXT "v=spf1 mx -all"' > "$1"
}

as_before() {
	check 'nothing is written' diff -r -x out -x err "$scratch/before" "$scratch/server"
}

ends 0 'a name that begins in the current folder' check -q zones
if command -v named-checkzone > /dev/null; then
	check 'as named has it' named-checkzone -i none -q example.com zones/example.com.zone
fi
fixes 4 'the folder of the zone is not all that there is' zones
as_before
fixes 4 'nor is it with that of the included file, for others may name it too' zones parts
as_before
ends 0 'which is no folder without zones all the same' check -q zones parts
fixes 0 'the current folder is, and a command is started in it' . \
	--verify-cmd 'grep -q include:iclassprov2.com parts/spf.inc # {file}'
mended parts/spf.inc
cd zones || exit 1
printf 'zone "example.com" { type primary; file "zones/example.com.zone"; };\n' > ../no-directory.conf
fixes 0 'names begin where the configuration has found the zone' --named-conf ../no-directory.conf \
	--verify-cmd 'grep -q include:iclassprov2.com parts/spf.inc # {file}'
mended ../parts/spf.inc
cp ../parts/spf.inc parts
fixes 1 'there the name leads to two files as well' --named-conf ../no-directory.conf
rm parts/spf.inc
cd ..
mkdir elsewhere
cp -R parts elsewhere
cd elsewhere || exit 1
fixes 0 'not where zonemend is' --named-conf ../no-directory.conf
mended ../parts/spf.inc
cd ..
echo '$INCLUDE deep.inc' > parts/deeper.inc
cp parts/spf.inc parts/deep.inc
sed 's/parts.spf/parts\/deeper/' zones/example.com.zone > zones/mixed.example.zone
fixes 1 'two names of which a server finds one' zones/mixed.example.zone
check 'is told at the second' grep -q '^parts/deeper.inc:1:10: .*include-missing.* parts/deeper.inc begins where the server is, that of parts/deep.inc in the' out
as_before
rm zones/mixed.example.zone parts/deep*.inc
cp parts/spf.inc zones/parts
fixes 1 'a name that leads to two files' .
check 'is told at its line' grep -q '^zones/example.com.zone:5:10: .*include-missing. both parts/spf.inc and zones/parts/spf.inc are there: rename one, or write the whole path$' out
as_before
cd zones || exit 1
fixes 0 'in the folder of the zone it leads to one' .
cd ..
mended zones/parts/spf.inc
printf 'options { directory "%s/server/zones"; };\nzone "example.com" { type primary; file "example.com.zone"; };\n' "$scratch" > named.conf
fixes 0 'as it does where the configuration says the folder' --named-conf named.conf
mended zones/parts/spf.inc
mv parts aside
ln -s parts parts
fixes 1 'a place where nobody can look' .
check 'is no place where nothing is' grep -q 'include-missing. parts/spf.inc: cannot include: Too many levels' out
check 'nothing is written' cmp "$scratch/before/zones/example.com.zone" zones/example.com.zone
rm parts
mv aside parts
ln -f parts/spf.inc zones/parts/spf.inc
ends 0 'two names of one file are no two files' check -q zones
rm zones/parts/spf.inc
ln -s ../../parts/spf.inc zones/parts/spf.inc
fixes 0 'nor is a link' .
mended parts/spf.inc
check 'which stays one' test -h zones/parts/spf.inc
rm parts/spf.inc zones/parts/spf.inc
ends 1 'in neither' check zones
check 'the name is told as it stands in the zone' grep -q 'zones/parts/spf.inc: cannot include: No such file' out
finish
