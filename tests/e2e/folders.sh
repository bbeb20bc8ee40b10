#!/bin/sh
# What lies in folders beside zones, and lists of files: nothing is read that is no file, nothing is left out
# without a word, and no name is too odd.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 1

zone() {
	printf '%s\n' '$TTL 3600' "@ IN SOA ns1.hoster.example. h.hoster.example. 2026112300 7200 900 1209600 3600" \
		'@ IN NS ns1.hoster.example.' "@ IN TXT \"$1\""
}

mkdir -p zones/deep/er zones/.hidden
zone 'v=spf1 -all' > zones/example.com.zone
zone 'v=spf1 -all' > zones/deep/er/example.net.zone
zone 'v=spf1 ip5:1.2.3.4' > zones/.hidden/hidden.example.zone
mkfifo zones/fifo.zone
touch zones/empty.zone
ln -s nowhere zones/dangling.zone
ln -s self.zone zones/self.zone
ln -s .. zones/deep/up
ln -s /dev/zero zones/zero.zone
ln -s example.com.zone zones/example.org.zone
ends 0 'a folder of all sorts' check -v -p strict zones
check 'three zones' grep -q '^3 zones, 3 SPF records: no findings' out
noted 'zones/fifo.zone: skipped: a FIFO, not a file$'
noted 'zones/zero.zone: skipped: a device, not a file$'
noted 'zones/empty.zone: skipped: empty$'
noted 'zones/dangling.zone: skipped: a link that leads nowhere$'
noted 'zones/self.zone: skipped: a link that leads nowhere$'
noted 'zones/deep/up: skipped: a link to a folder, which is not followed$'
check 'nothing hidden was looked at' sh -c '! grep -q hidden out err'
ends 0 'the same without -v' check -p strict zones
check 'is silent about them' test ! -s err
ends 3 'a FIFO that is named' check zones/fifo.zone
ends 3 'a device that is named' check zones/zero.zone
ends 3 'a link that is named and leads nowhere' check zones/dangling.zone

# One file under two names is one zone, where its content tells which.
mkdir -p linked/live
{ echo '$ORIGIN school.example.' && zone 'v=spf1 ptr -all'; } > linked/school.zone
ln -s ../school.zone linked/live/school.zone
ln linked/school.zone linked/saved.zone
ends 0 'a file, a link to it and a second name of it' check -v -p recommended linked
check 'one zone, one finding' grep -q '^1 warning in 1 of 1 zone$' out
check 'named as the file' grep -q '^linked/saved.zone:[0-9]*:.*ptr-mechanism' out
noted 'linked/live/school.zone: skipped: the same file as linked/saved.zone, and the same zone$'
noted 'linked/school.zone: skipped: the same file as linked/saved.zone, and the same zone$'
rm linked/saved.zone
ends 0 'a link and its folder' check -v -p recommended linked/live/school.zone linked
noted 'linked/school.zone: skipped: the same file as linked/live/school.zone, and the same zone$'

# Named, what cannot be text is passed over, aloud; alone it is nothing to check.
printf '\0\0\0\2\0\0\0\1\0\0\0\0\0\0' > raw.example
printf ';BIND LOG V9.2\n\0' > example.com.zone.jnl
ends 2 'raw format that is named' check raw.example
noted 'raw.example: skipped: raw format'
check 'and no finding' test ! -s out
ends 2 'a journal that is named' check example.com.zone.jnl
noted 'example.com.zone.jnl: skipped: a journal'
ends 0 'raw format beside a zone' check -p strict raw.example zones/example.com.zone
noted 'raw.example: skipped: raw format'

# Folders that nobody may read: the rest is done all the same.
mkdir -p locked/inside
zone 'v=spf1 -all' > locked/example.com.zone
zone 'v=spf1 -all' > locked/inside/example.net.zone
chmod 000 locked/inside
if [ "$(id -u)" -eq 0 ]; then
	skip 'a folder that nobody may read: root may'
else
	ends 3 'a folder that nobody may read' check -p strict locked
	noted 'locked/inside: cannot read the folder: Permission denied'
	check 'the other zone was checked' grep -q '^1 zone, ' out
fi
chmod 755 locked/inside
deep=deep
for i in 1 2 3 4 5 6 7; do deep=$deep/1/2/3/4/5/6/7/8/9/$i; done
mkdir -p "$deep"
zone 'v=spf1 -all' > deep/example.com.zone
ends 3 'folders too deep' check -p strict deep
noted 'more than 64 folders deep'

# Names that are no UTF-8, hold blanks, line ends, or begin like an option.
mkdir odd
bytes=$(printf 'caf\351.example.zone')
zone 'v=spf1 -all' > "odd/$bytes"
zone 'v=spf1 -all' > 'odd/two words.zone'
zone 'v=spf1 -all' > 'odd/-p'
newline='odd/new
line.zone'
sed 's/^@/newline.example./' odd/-p > "$newline"
sed 's/^@/option.example./' odd/-p > odd/option && mv odd/option odd/-p
sed 's/^@/blank.example./' 'odd/two words.zone' > odd/blank && mv odd/blank 'odd/two words.zone'
sed 's/^@/latin.example./' "odd/$bytes" > odd/latin && mv odd/latin "odd/$bytes"
ends 0 'odd names in a folder' check -p strict odd
check 'four zones' grep -q '^4 zones, ' out
ends 0 'odd names in JSON' zones --format json odd
check 'which is ASCII' sh -c '! LC_ALL=C grep -q "[^ -~]" out'
find odd -type f -print0 > list0
ends 0 'a list with NUL' check -p strict --files-from list0 -0
check 'has all four' grep -q '^4 zones, ' out
status=0
find odd -type f -print0 | "$ZONEMEND" check -p strict --files-from - -0 > out 2> err || status=$?
check 'the same from standard input' test "$status" -eq 0
check 'has all four' grep -q '^4 zones, ' out
find odd -type f ! -name 'new*' > list
printf '\r\n\n' >> list
ends 0 'a list of lines, with one of Windows at its end' check -p strict --files-from list
check 'has the three that have no line end in their names' grep -q '^3 zones, ' out
printf 'zones\nzones/example.com.zone\n' > list
ends 0 'a list of folders' check -p strict --files-from list
check 'has no file twice' grep -q '^3 zones, ' out
printf 'zones\nmissing.zone\n' > list
ends 3 'a list with a file that is not there' check -p strict --files-from list
noted 'missing.zone: cannot read: No such file'
: > list
ends 2 'an empty list' check --files-from list
noted 'no files were named'
ends 3 'a list that is not there' check --files-from missing-list
ends 2 'a list and named.conf, both from standard input' check --files-from - --named-conf -
noted 'standard input (-) is named for more than one thing'
finish
