#!/bin/sh
# Stops `fix` at each system call it makes from the first look at the file on: by an error, once and from then
# on, and by SIGKILL. Each time the file is whole, old or new, and says so by the exit status; after one more
# ordinary run it is mended, its serial bumped once, and nothing lies beside it. Then a disk that is full.
#
#	tests/crash/run.sh           every scenario, every call, every fault
#	tests/crash/run.sh quick     one file, SIGKILL and ENOSPC
. "$(dirname "$0")/../lib.sh"
quick=${1:-}
faults='ENOSPC EIO EROFS EDQUOT'
[ -z "$quick" ] || faults=ENOSPC
# Calls of the kernel's that touch files; an error from one that gets memory is another matter.
touching='openat newfstatat faccessat2 readlink getcwd read pread64 write pwrite64 lseek fsync fdatasync renameat
	renameat2 rename link linkat unlink unlinkat fchmod fchown ftruncate fallocate flock fcntl flistxattr
	fgetxattr fsetxattr fremovexattr getdents64 getrandom close'
injected=0

zone() {
	printf '$TTL 3600\n@ IN SOA ns1 hostmaster 7 7200 900 1209600 3600\n@ IN NS ns1\n'
	printf '@ IN TXT "v=spf1 mx -all" ; written by hand\nns1 IN A 192.0.2.1\n'
}

mended() {
	zone | sed 's/hostmaster 7 /hostmaster 8 /; s/mx -all/mx include:iclassprov2.com ~all/'
}

# Two zones that have their SPF record in one file, which lies in a folder of its own.
includer() {
	zone | sed '/v=spf1/c $INCLUDE parts/spf.inc'
}

# The files below a folder, but for what zonemend puts beside them.
files_of() {
	(cd "$1" && find . -type f ! -name '.*' | sort)
}

# Mode, owner and attributes of each file, which are kept whatever happens.
attributes() {
	# Unquoted: names without blanks.
	(cd "$1" && stat -c '%n %a %u %g %h' $(files_of .))
	! command -v getfattr > /dev/null || (cd "$1" && getfattr -d -m user -- $(files_of .) 2> /dev/null)
}

# traced OPTION...: the fix under strace; its status, 137 when it was killed, 124 when it hung.
traced() {
	status=0
	# The shell's own word on who was killed is not of interest.
	{ timeout 60 strace -f -qq -o "$scratch/trace" "$@" "$ZONEMEND" fix -p iclasspro -j 1 $options "$scratch/zones" \
		> "$scratch/out" 2> "$scratch/err" < /dev/null || status=$?; } 2> /dev/null
}

fresh() {
	rm -rf "$scratch/zones"
	cp -a "$scratch/before" "$scratch/zones"
}

# The calls of the thread that writes, each as its name and which of that name it is.
calls() {
	awk '
	NR == 1 { writer = $1 }
	$1 == writer && $2 ~ /^[a-z0-9_]+\(/ {
		name = $2
		sub(/\(.*/, "", name)
		count[name]++
		begun = begun || /zones\/a\.example\.zone"/
		if (begun && name !~ /^exit/) {
			print name, count[name]
		}
	}' "$scratch/trace"
}

wrong() {
	bad="${bad:+$bad; }$*"
}

# How many of the files are as they were ($olds) and as they shall be ($news); any other is a loss.
count_states() {
	olds=0
	news=0
	for file in $(files_of "$scratch/zones"); do
		if cmp -s "$scratch/zones/$file" "$scratch/before/$file"; then
			olds=$((olds + 1))
		elif cmp -s "$scratch/zones/$file" "$scratch/after/$file"; then
			news=$((news + 1))
		else
			wrong "$file is neither old nor new"
		fi
	done
	[ $((olds + news)) -eq "$files" ] || wrong "$olds old and $news new of $files"
	attributes "$scratch/zones" | cmp -s - "$scratch/attributes" || wrong 'mode, owner or attributes differ'
}

left_over() {
	find "$scratch/zones" -name '.*.zonemend-*' | grep -q .
}

plan_is_left() {
	find "$scratch/zones" -name .zonemend-plan | grep -q .
}

# Standard output or error that cannot be written is no failure of the file.
report_failed() {
	[ "$call" = write ] && grep -q 'write([12],.*INJECTED' "$scratch/trace"
}

judge_status() {
	case $status in
	0) [ "$olds" -eq 0 ] || wrong 'status 0, but a file is old' ;;
	3 | 4 | 5) [ "$olds" -gt 0 ] || report_failed || wrong "status $status, but all files are new" ;;
	137) [ "$fault" = SIGKILL ] || wrong 'killed' ;;
	1) [ "$news" -eq 0 ] && grep -q include-missing "$scratch/out" || wrong 'status 1' ;;
	*) wrong "status $status" ;;
	esac
	if [ "$fault" != SIGKILL ]; then
		[ "$status" -le 1 ] || [ -s "$scratch/err" ] || report_failed || wrong "status $status without a word"
		case $call in
		unlink*) ;;
		*) plan_is_left || ! left_over || wrong 'a temporary file is left by a run that was not killed' ;;
		esac
		# What one error has stopped another one may keep from being put back.
		[ -z "$shared" ] || [ "$olds" -eq 0 ] || [ "$news" -eq 0 ] || plan_is_left ||
			wrong 'some files of one change are new and some are old, and nothing says so'
	fi
}

# One more ordinary run.
judge_next() {
	again=0
	"$ZONEMEND" fix -p iclasspro $options "$scratch/zones" > "$scratch/out2" 2> "$scratch/err2" < /dev/null || again=$?
	[ "$again" -eq 0 ] || wrong "the next run ends with $again"
	for file in $(files_of "$scratch/zones"); do
		cmp -s "$scratch/zones/$file" "$scratch/after/$file" || wrong "$file is not mended by the next run"
	done
	attributes "$scratch/zones" | cmp -s - "$scratch/attributes" || wrong 'mode, owner or attributes differ after the next run'
	[ "$(find "$scratch/zones" | wc -l)" -eq "$entries" ] || wrong "left: $(find "$scratch/zones" -name '.?*' | tr '\n' ' ')"
}

# inject CALL NUMBER FAULT: NUMBER may end in +, for all from that on.
inject() {
	call=$1
	fault=$3
	bad=
	case $fault in
	SIGKILL) how=signal=SIGKILL ;;
	*) how=error=$fault ;;
	esac
	fresh
	traced -e trace="$call" -e inject="$call:$how:when=$2"
	injected=$((injected + 1))
	if [ "$fault" != SIGKILL ] && ! grep -q INJECTED "$scratch/trace"; then
		wrong 'the fault did not come'
	fi
	count_states
	judge_status
	judge_next
	if [ -z "$bad" ]; then
		passed=$((passed + 1))
	else
		fail "$scenario: $call number $2, $fault: $bad"
		sed 's/^/  | /' "$scratch/err"
	fi
}

is_touching() {
	for name in $touching; do
		[ "$name" != "$1" ] || return 0
	done
	return 1
}

# run_scenario NAME OPTIONS FAULTS...: with $scratch/before as it begins.
run_scenario() {
	scenario=$1
	options=$2
	shift 2
	files=$(files_of "$scratch/before" | wc -l)
	entries=$(find "$scratch/before" | wc -l)
	attributes "$scratch/before" > "$scratch/attributes"
	fresh
	traced
	calls > "$scratch/calls"
	bad=
	count_states
	check "$scenario: without a fault all are mended" test "$status" -eq 0 -a "$news" -eq "$files" -a -z "$bad"
	begun=$injected
	while read -r call number <&3; do
		for fault in "$@"; do
			if [ "$fault" = SIGKILL ] || is_touching "$call"; then
				inject "$call" "$number" "$fault"
				[ "$fault" = SIGKILL ] || [ -n "$quick$options" ] || inject "$call" "$number+" "$fault"
			fi
		done
	done 3< "$scratch/calls"
	check "$scenario: renamed or written, and each call was stopped: $((injected - begun)) faults" \
		grep -q -E "^(renameat2?|ftruncate) " "$scratch/calls"
}

begin_with() {
	rm -rf "$scratch/before" "$scratch/after"
	mkdir "$scratch/before" "$scratch/after"
	shared=
	for name in "$@"; do
		zone > "$scratch/before/$name.example.zone"
		mended > "$scratch/after/$name.example.zone"
		chmod 640 "$scratch/before/$name.example.zone"
	done
}

begin_shared() {
	begin_with
	shared=yes
	mkdir "$scratch/before/parts" "$scratch/after/parts"
	for name in "$@"; do
		includer > "$scratch/before/$name.example.zone"
		includer | sed 's/hostmaster 7 /hostmaster 8 /' > "$scratch/after/$name.example.zone"
		chmod 640 "$scratch/before/$name.example.zone"
	done
	zone | grep v=spf1 > "$scratch/before/parts/spf.inc"
	mended | grep v=spf1 > "$scratch/after/parts/spf.inc"
}

# A disk with a mount of its own, which goes with the namespace: SIZE, then what is run in it.
on_small_disk() {
	for user in '' --map-root-user; do
		# Unquoted: perhaps no option.
		if unshare --mount $user -- mount -t tmpfs none "$scratch/disk" 2> /dev/null; then
			unshare --mount $user -- sh -c 'mount -t tmpfs -o "$1" none "$2/disk" && cd "$2/disk" && eval "$3"' \
				sh "$1" "$scratch" "$2"
			return 0
		fi
	done
	return 1
}

# full_disk NAME OPTIONS FILL: FILL takes all the room there is.
full_disk() {
	options=
	rm -rf "$scratch/kept"
	mkdir -p "$scratch/disk" "$scratch/kept"
	if ! on_small_disk "$2" "mkdir zones; cp ../large zones/a.example.zone; $3 2> /dev/null
		'$ZONEMEND' fix -p iclasspro zones > ../out 2> ../err < /dev/null; echo \$? > ../status
		cp zones/a.example.zone ../kept/full; ls -A zones > ../kept/listing; rm -f filler*
		'$ZONEMEND' fix -p iclasspro zones > ../out2 2>&1 < /dev/null; echo \$? > ../status2
		cp zones/a.example.zone ../kept/freed"; then
		skip "$1: no file system may be mounted here"
		return
	fi
	injected=$((injected + 1))
	check "$1: status 5 (is $(cat "$scratch/status"))" test "$(cat "$scratch/status")" -eq 5
	check "$1: says so" grep -q 'No space left on device' "$scratch/err"
	check "$1: the file is as it was" cmp "$scratch/large" "$scratch/kept/full"
	check "$1: nothing lies beside it" test "$(cat "$scratch/kept/listing")" = a.example.zone
	check "$1: with room again it is mended" test "$(cat "$scratch/status2")" -eq 0
	check "$1: and bumped once" cmp "$scratch/large.new" "$scratch/kept/freed"
}

if ! can_inject; then
	pass 'nothing was asked'
	finish
fi

begin_with a
# Unquoted: a list.
run_scenario 'one file' '' SIGKILL $faults
if [ -z "$quick" ]; then
	begin_with a
	chmod 604 "$scratch/before/a.example.zone"
	setfattr -n user.note -v kept "$scratch/before/a.example.zone" 2> /dev/null || skip 'extended attributes'
	chown 65534:65534 "$scratch/before/a.example.zone" 2> /dev/null || skip 'another owner'
	run_scenario 'owner and attributes' '' SIGKILL $faults

	begin_with a b c
	run_scenario 'three files' '' SIGKILL ENOSPC EIO

	begin_shared a b
	run_scenario 'a shared include' '' SIGKILL $faults

	# In place a crash may leave a mixture, as is said then; an error may not.
	begin_with a
	run_scenario 'in place' --in-place $faults

	{ zone; awk 'BEGIN { for (i = 0; i < 1000; i++) printf "h%d IN A 192.0.2.7\n", i }'; } > "$scratch/large"
	{ mended; tail -n 1000 "$scratch/large"; } > "$scratch/large.new"
	full_disk 'a full disk' size=64k 'cat /dev/zero > filler'
	full_disk 'a disk that fills meanwhile' size=52k 'head -c 16384 /dev/zero > filler'
	full_disk 'a disk without inodes' size=1m,nr_inodes=6 'touch filler1 filler2 filler3 filler4'
fi
echo
echo "$injected faults were injected"
finish
