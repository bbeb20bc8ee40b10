#!/bin/sh
# A folder or file that is read-only: refused, status 4. A disk that is full: status 5. Each time the file is as
# it was, and nothing is left beside it.
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

# fails STATUS WORDS WHAT: the fix that was just tried.
fails() {
	check "$3: status $1 (is $status)" test "$status" -eq "$1"
	check "$3: says so" grep -q "example.com.zone.*$2" "$scratch/err"
	check "$3: no word of success" test "$(grep -c '^fixed' "$scratch/out")" -eq 0
	check "$3: the file is as it was" cmp "$scratch/before" "$folder/example.com.zone"
	check "$3: nothing lies beside it" test "$(ls -A "$folder" | wc -l)" -eq 1
}

fix() {
	status=0
	"$@" "$ZONEMEND" fix -p iclasspro "$folder" > "$scratch/out" 2> "$scratch/err" || status=$?
}

chmod 555 "$folder"
fix unprivileged
fails 4 'read-only folder' 'a read-only folder'
if [ "$(id -u)" -eq 0 ]; then
	fix env
	fails 4 'read-only folder' 'a read-only folder, as root'
fi
chmod 755 "$folder"
chmod 444 "$folder/example.com.zone"
fix unprivileged
fails 4 'read-only file' 'a read-only file'
check 'it says what to do' grep -q 'make it writable, if that is not meant$' "$scratch/err"
unprivileged "$ZONEMEND" fix --diff -p iclasspro "$folder" > "$scratch/out" 2> "$scratch/err"
check 'a patch comes all the same' grep -q '^+.*iclassprov2.com' "$scratch/out"
check 'with the reason why fix would not write it' grep -q '^zonemend: fix would refuse .*example.com.zone: is a read-only file; ' "$scratch/err"
check 'its mode is as it was' test "$(stat -c %a "$folder/example.com.zone")" = 444
chmod 644 "$folder/example.com.zone"

# Every write to a file fails, as on a full disk; so what is printed goes through pipes.
{
	(
		trap '' XFSZ
		ulimit -f 0
		status=0
		unprivileged "$ZONEMEND" fix -p iclasspro "$folder" || status=$?
		echo "status $status"
	) 2>&1 >&3 | cat > "$scratch/err"
} 3>&1 | cat > "$scratch/out"
status=$(sed -n 's/^status //p' "$scratch/out")
fails 5 '' 'a full disk'

fix unprivileged
check 'the same folder with the right to write: mended' test "$status" -eq 0
check 'and only then changed' grep -q 'iclassprov2.com ~all' "$folder/example.com.zone"
finish
