#!/bin/sh
# Runs at once, hard links, links out of the root: each file ends mended and whole, or as it was.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 1
zone='$TTL 3600
@ IN SOA ns1 hostmaster 7 7200 900 1209600 3600
@ IN NS ns1
@ IN TXT "v=spf1 mx -all"
ns1 IN A 192.0.2.1'

# Forty runs over ten files: who comes second reads again what the first one has written.
mkdir zones statuses
for i in 0 1 2 3 4 5 6 7 8 9; do
	printf '%s\n' "$zone" > "zones/z$i.example.zone"
done
i=0
while [ "$i" -lt 40 ]; do
	{
		status=0
		"$ZONEMEND" fix -p iclasspro zones > "statuses/$i.out" 2> "statuses/$i.err" || status=$?
		echo "$status" > "statuses/$i"
	} &
	i=$((i + 1))
done
wait
check 'no run failed' test "$(cat statuses/? statuses/?? | sort -u)" = 0
check 'each file is mended' test "$(grep -l 'v=spf1 mx include:iclassprov2.com ~all' zones/* | wc -l)" -eq 10
check 'each serial was bumped once' test "$(grep -l 'hostmaster 8 7200' zones/* | wc -l)" -eq 10
check 'each file was written by one run' test "$(cat statuses/*.out | grep -c '^fixed zones/')" -eq 10
check 'nothing lies beside them' test "$(ls -A zones | wc -l)" -eq 10

# Hard links.
mkdir linked
printf '%s\n' "$zone" > linked/a.example.zone
ln linked/a.example.zone linked-twin
cp linked-twin before
status=0
"$ZONEMEND" fix -p iclasspro linked > out 2> err || status=$?
check 'a hard link: status 4' test "$status" -eq 4
check 'says how' grep -q 'has 2 hard links.*--in-place' err
check 'is as it was' cmp before linked-twin
status=0
"$ZONEMEND" fix -p iclasspro --in-place linked > out 2> err || status=$?
check 'a hard link with --in-place: status 0' test "$status" -eq 0
check 'says that a crash may hurt' grep -q 'writing in place: a crash meanwhile' err
check 'both names have the new bytes' cmp linked/a.example.zone linked-twin
check 'which are mended' grep -q 'v=spf1 mx include:iclassprov2.com ~all' linked-twin
cp -p linked-twin before
status=0
"$ZONEMEND" fix -p iclasspro --in-place linked > out 2> err || status=$?
check 'a second time there is nothing to do' test "$status" -eq 0
check 'and nothing is said of writing' test ! -s err

# Symbolic links: the target is written, the link stays; not where it leads out of the root.
mkdir root outside
printf '%s\n' "$zone" > root/b.example.zone
ln -s b.example.zone root/c.example.zone
status=0
"$ZONEMEND" fix -p iclasspro --root root root/c.example.zone > out 2> err || status=$?
check 'a link inside of the root: status 0' test "$status" -eq 0
check 'the link stays' test -h root/c.example.zone
check 'its target is mended' grep -q 'iclassprov2.com ~all' root/b.example.zone
printf '%s\n' "$zone" > outside/d.example.zone
ln -s ../outside/d.example.zone root/d.example.zone
cp outside/d.example.zone before
status=0
"$ZONEMEND" fix -p iclasspro --root root root/d.example.zone > out 2> err || status=$?
check 'a link out of the root: status 4' test "$status" -eq 4
check 'says so' grep -q 'refused root/d.example.zone: the file lies outside of the root folder root' err
check 'its target is as it was' cmp before outside/d.example.zone
finish
