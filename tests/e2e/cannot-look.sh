#!/bin/sh
# A system call that fails while fix looks at a file, or while the new file gets what the old one has: it is told as
# what it is, the file is whole, and nothing lies beside it.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 1

if ! can_inject; then
	pass 'nothing was asked'
	finish
fi

fresh() {
	rm -rf work before
	mkdir work
	printf '$TTL 3600\n@ IN SOA ns1 hostmaster 7 7200 900 1209600 3600\n@ IN NS ns1\nns1 IN A 192.0.2.1\n' > work/a.example.zone
	echo '@ IN TXT "v=spf1 mx -all"' >> work/a.example.zone
	chmod 604 work/a.example.zone
	# Where one of them is not possible, its call is not made and said to be skipped.
	chown 65534:65534 work/a.example.zone 2> /dev/null
	setfattr -n user.note -v kept work/a.example.zone 2> /dev/null
	setfattr -n security.selinux -v system_u:object_r:named_zone_t:s0 work/a.example.zone 2> /dev/null
	cp work/a.example.zone before
}

# traced OPTION...: the fix under strace, and its status.
traced() {
	status=0
	strace -qq -o trace "$@" "$ZONEMEND" fix -p iclasspro -j 1 work/a.example.zone > out 2> err < /dev/null || status=$?
}

# number CALL TEXT [AFTER]: which of the calls of that name is the last one with TEXT; with AFTER, the first one that
# follows the last call with that in it.
number() {
	awk -v call="$1(" -v text="$2" -v after="${3:-}" '
	index($0, call) == 1 {
		count++
		if (index($0, text) && (after == "" || armed)) {
			found = count
			armed = 0
		}
	}
	after != "" && index($0, after) { armed = 1 }
	END { if (found) print found }' trace
}

# stops STATUS CALL ERROR MESSAGE TEXT [AFTER]
stops() {
	what="$2 of $5${6:+ after $6} with $3"
	fresh
	traced
	number=$(number "$2" "$5" "${6:-}")
	if [ -z "$number" ]; then
		skip "$what: there is no such call here"
		return
	fi
	fresh
	traced -e trace="$2" -e inject="$2:error=$3:when=$number"
	check "$what: status $1 (is $status)" test "$status" -eq "$1"
	check 'it is told as what it is' grep -q -F -e "$4" err
	check 'the file is as it was' cmp before work/a.example.zone
	check 'its mode too' test "$(stat -c %a work/a.example.zone)" = 604
	check 'nothing lies beside it' test "$(ls -A work)" = a.example.zone
}

fresh
traced
check 'without a fault it is mended' test "$status" -eq 0
asks=faccessat2
grep -q '^faccessat2(' trace || asks=faccessat # of an older C library

# ---- Reading ----
for error in 'EIO Input/output error' 'EACCES Permission denied'; do
	stops 3 newfstatat "${error%% *}" "cannot read: ${error#* }" 'AT_FDCWD, "work/a.example.zone"'
done

# ---- Looking again, before it is written ----
stops 5 $asks EIO 'cannot be asked whether it may be written: Input/output error' '"a.example.zone", W_OK'
stops 5 $asks EIO 'cannot be asked whether it may be written: Input/output error' '".", W_OK'
stops 4 $asks EACCES 'is a read-only file' '"a.example.zone", W_OK'
stops 4 $asks EACCES 'is in a read-only folder' '".", W_OK'
stops 5 $asks EIO 'cannot tell whether an earlier fix was cut short in its folder' '".zonemend-plan"'
for error in EIO EACCES; do
	stops 5 newfstatat $error 'cannot be looked at again' '"a.example.zone"'
	stops 5 newfstatat $error 'cannot be looked at again' '""' '"a.example.zone", O_RDONLY'
done

# ---- What the old file has ----
stops 4 fsetxattr EPERM 'its extended attribute user.note cannot be kept' '"user.note"'
stops 4 fsetxattr EPERM 'its extended attribute security.selinux cannot be kept' '"security.selinux"'
stops 4 fsetxattr ENOSPC 'its extended attribute user.note cannot be kept' '"user.note"'
stops 4 fchown EPERM 'its owner 65534:65534 cannot be kept' '65534'
stops 4 fchmod EPERM 'its mode cannot be kept' '0604'
stops 4 fchmod EIO 'its mode cannot be kept' '0604'
finish
