#!/bin/sh
# A folder or file that may not be written: status 5, the file as it was, nothing left beside it.
. "$(dirname "$0")/../lib.sh"
folder=$scratch/zones
mkdir "$folder"
cat > "$folder/example.com.zone" <<'END'
$TTL 3600
@ IN SOA ns1 hostmaster 2026112300 7200 900 1209600 3600
@ IN NS ns1
@ IN TXT "v=spf1 include:iclassprov2.com -all"
ns1 IN A 192.0.2.1
END
cp "$folder/example.com.zone" "$scratch/before"

# Root may write anywhere, so the test is another user then.
unprivileged() {
	if [ "$(id -u)" -ne 0 ]; then
		"$@"
	else
		setpriv --reuid=65534 --regid=65534 --clear-groups -- "$@"
	fi
}

if [ "$(id -u)" -eq 0 ]; then
	# The program may lie below a folder that only root may enter.
	case $ZONEMEND in
	*valgrind) skip 'valgrind as another user'; program=${ZONEMEND%-valgrind} ;;
	*) program=$ZONEMEND ;;
	esac
	cp "$program" "$scratch/zonemend"
	ZONEMEND=$scratch/zonemend
	chmod 755 "$scratch"
	chown -R 65534:65534 "$folder" 2>/dev/null
fi
if ! unprivileged "$ZONEMEND" --version > /dev/null 2>&1; then
	skip 'no way to run as an unprivileged user here'
	pass 'nothing was asked'
	finish
fi

fix_fails() {
	status=0
	unprivileged "$ZONEMEND" fix -p iclasspro "$folder" > "$scratch/out" 2> "$scratch/err" || status=$?
	check "$1: status 5 (is $status)" test "$status" -eq 5
	check "$1: says which file" grep -q 'example.com.zone' "$scratch/err"
	check "$1: no word of success" test "$(grep -c '^fixed' "$scratch/out")" -eq 0
	check "$1: the file is as it was" cmp "$scratch/before" "$folder/example.com.zone"
	check "$1: nothing lies beside it" test "$(ls -A "$folder" | wc -l)" -eq 1
}

chmod 555 "$folder"
fix_fails 'a read-only folder'
chmod 755 "$folder"
chmod 444 "$folder/example.com.zone"
fix_fails 'a read-only file'
check 'its mode is as it was' test "$(stat -c %a "$folder/example.com.zone")" = 444
chmod 644 "$folder/example.com.zone"
status=0
unprivileged "$ZONEMEND" fix -p iclasspro "$folder" > /dev/null 2>&1 || status=$?
check 'the same folder with the right to write: mended' test "$status" -eq 0
check 'and only then changed' grep -q 'iclassprov2.com ~all' "$folder/example.com.zone"
finish
