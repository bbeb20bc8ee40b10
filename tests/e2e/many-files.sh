#!/bin/sh
# A folder with very many files, few of them zones: all are looked at, and those that are none cost little memory.
#
#	ZM_MANY=200000 tests/e2e/many-files.sh        as many as that; 20,000 without
if [ -z "${TMPDIR:-}" ] && [ -w /dev/shm ]; then
	TMPDIR=/dev/shm # a disk takes long to forget so many files
fi
. "$(dirname "$0")/../lib.sh"
many=${ZM_MANY:-20000}
cd "$scratch" || exit 1
mkdir folder
seq "$many" | (cd folder && split -a 5 -l 1 -)
zone='$TTL 3600
@ IN SOA ns1.hoster.example. h.hoster.example. 7 7200 900 1209600 3600
@ IN NS ns1.hoster.example.
@ IN TXT "v=spf1 mx -all"'
for i in 1 2 3; do
	printf '%s\n' "$zone" > "folder/z$i.example.zone"
done
ln -s . folder/loop

# Memory counts as addresses here, so that the sanitizer and valgrind, which take those by the terabyte, have none
# of it: a fixed part for the program, and one and a half kilobytes a file.
limit=$((100000 + many * 3 / 2))
case $ZONEMEND in
*san* | *valgrind*)
	limit=unlimited
	skip 'memory is not limited under a sanitizer or valgrind'
	;;
esac
status=0
(
	ulimit -v "$limit" || exit 99
	"$ZONEMEND" check -p strict -j 1 folder
) > out 2> err || status=$?
check "$many files: status 0 (is $status)" test "$status" -eq 0
check 'the three zones are found' grep -q '^3 zones, 3 SPF records: no findings' out
check 'nothing is said of the others' test ! -s err
"$ZONEMEND" check -v -p strict folder > out 2> err || :
check 'each of them is with -v' test "$(grep -c 'skipped: not a zone, for it has no SOA record' err)" -eq "$many"
find folder -type f > list
status=0
"$ZONEMEND" zones --format jsonl --files-from list > out 2> err < /dev/null || status=$?
check 'as a list, each is named and must be a zone: status 2' test "$status" -eq 2
check 'and each is blamed' test "$(grep -c 'cannot tell which zone this is' err)" -eq "$many"
finish
