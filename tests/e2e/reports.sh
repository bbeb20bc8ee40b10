#!/bin/sh
# Reports say what was done, no more and no less.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 1
zone() {
	cat <<-END
		\$TTL 3600
		@ IN SOA ns1 hostmaster 2026112300 7200 900 1209600 3600
		@ IN NS ns1
		@ IN TXT "v=spf1 include:iclassprov2.com -all"
		ns1 IN A 192.0.2.1
	END
}
zone > a.com.zone
zone > b.com.zone

"$ZONEMEND" fix -p iclasspro --diff --format json --output report a.com.zone > out 2>&1
check '--diff says that nothing was fixed' grep -q '"fixed": false, "new_serial": null' report
check 'nor in the summary' grep -q '"fixable": [1-9][0-9]*, "fixed": 0, "hidden": 0}' report
"$ZONEMEND" check -p iclasspro --format json a.com.zone > whole
"$ZONEMEND" check -p iclasspro --format json --summary a.com.zone > out
check '--summary leaves no finding out of JSON' cmp whole out
check 'which has some' grep -q '"rule": ' whole
"$ZONEMEND" check -p iclasspro --format jsonl a.com.zone > whole
"$ZONEMEND" check -p iclasspro --format jsonl --summary a.com.zone > out
check 'nor out of JSON lines' cmp whole out

"$ZONEMEND" fix -p iclasspro -o a.com - < a.com.zone > out 2> err
check 'fix - fixes' grep -q '^fixed <stdin>' err
check 'but no server reads standard input' test "$(grep -c reload err)" -eq 0

printf 'a.com.zone\r\n\r\n  \nb.com.zone\r\n' > list
status=0
"$ZONEMEND" check -p iclasspro --format concise --files-from list > out 2> err || status=$?
check '--files-from with CRLF and blank lines' test "$status" -eq 1
check 'reads both' test "$(cut -d: -f1 out | sort -u | wc -l)" -eq 2
check 'and complains of nothing' test ! -s err

printf '$TTL 1h\n@ SOA ns1 h 1 2 3 4 5\n@ NS ns1\n$INCLUDE spf.inc\n' > c.com.zone
echo '@ TXT "v=spf1 include:iclassprov2.com -all"' > spf.inc
"$ZONEMEND" check -p iclasspro c.com.zone > out 2> err
check 'a finding in an included file' grep -q '^spf.inc:1:.*error' out
check 'is not counted as one that fix mends' test "$(grep -c 'can be fixed' out)" -eq 0
finish
