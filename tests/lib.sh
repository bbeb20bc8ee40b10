# For the test scripts, which source it: a scratch folder, counting, and the closing line.
#
#	. "$(dirname "$0")/../lib.sh"
#	check 'the claim' test -f "$scratch/file"
#	finish
#
# ZM_TOP is the checkout, ZONEMEND the program; both have defaults. The scratch folder goes at the end.
set -u
ZM_TOP=${ZM_TOP:-$(cd "$(dirname "$0")/../.." && pwd)}
ZONEMEND=${ZONEMEND:-$ZM_TOP/build/zonemend}
export ZM_TOP ZONEMEND
unset SOURCE_DATE_EPOCH NO_COLOR FORCE_COLOR 2>/dev/null || :
LC_ALL=C
TZ=UTC
export LC_ALL TZ

scratch=$(mktemp -d "${TMPDIR:-/tmp}/zonemend.XXXXXX") || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM
passed=0
failed=0

pass() {
	passed=$((passed + 1))
	echo "ok: $*"
}

fail() {
	failed=$((failed + 1))
	echo "FAILED: $*"
}

# check CLAIM COMMAND...: the claim holds when the command ends with status 0.
check() {
	claim=$1
	shift
	if "$@"; then
		pass "$claim"
	else
		fail "$claim"
	fi
}

# ends STATUS CLAIM ARGUMENT...: zonemend ends with that status; its output is in out and err of the current folder.
ends() {
	want=$1
	claim=$2
	shift 2
	status=0
	"$ZONEMEND" "$@" > out 2> err < /dev/null || status=$?
	if [ "$status" -eq "$want" ]; then
		pass "$claim: status $want"
	else
		fail "$claim: status $status, not $want"
		sed 's/^/  | /' out err | cat -v
	fi
}

# noted PATTERN: standard error has such a line.
noted() {
	check "noted: $1" grep -q -e "$1" err
}

# A part that cannot be done here is said aloud, never counted as passed.
skip() {
	echo "skipped: $*"
}

# can_inject: whether strace can make the system calls of zonemend fail here; says so where not. The leak checker,
# where there is one, cannot work while another traces.
can_inject() {
	ASAN_OPTIONS=detect_leaks=0
	export ASAN_OPTIONS
	case $ZONEMEND in
	*valgrind) ;;
	*) strace -o /dev/null -e trace=close -e inject=close:error=EIO:when=1000 true 2> /dev/null && return ;;
	esac
	skip 'strace cannot trace here'
	false
}

finish() {
	echo "$passed passed, $failed failed"
	[ "$failed" -eq 0 ] || exit 1
	exit 0
}
