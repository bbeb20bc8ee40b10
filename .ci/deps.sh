#!/bin/sh
# Names or installs what is missing on this machine, by Debian's package names.
#
#	.ci/deps.sh check build          names what is missing, status 1 then
#	.ci/deps.sh install build test   installs it with apt-get
#
# Each package has a probe, so that a library which came another way counts too and nothing is asked
# of the network when all is there.
set -u

# set, package, probe; `optional`: its absence is only said.
table='
build  pkg-config         program pkg-config
build  libldns-dev        header  ldns/ldns.h
build  libyaml-dev        header  yaml.h
build  libjansson-dev     header  jansson.h
build  libcunit1-dev      header  CUnit/CUnit.h
test   git                program git
test   pre-commit         program pre-commit    optional
test   python3-jsonschema python  jsonschema    optional
test   python3-yaml       python  yaml          optional
lint   clang-format       program clang-format  optional
lint   cppcheck           program cppcheck      optional
corpus bind9-utils        program named-compilezone
crash  strace             program strace
crash  attr               program setfattr      optional
servers bind9            program named         optional
servers bind9-dnsutils   program nsupdate      optional
servers nsd              program nsd           optional
servers knot             program knotd         optional
servers pdns-server      program pdns_server   optional
servers pdns-backend-bind backend bind         optional
peers  python3-spf        module  spf
peers  python3-yaml       module  yaml
peers  spfquery           program spfquery
bench  hyperfine          program hyperfine     optional
bench  time               program time          optional
stress time               program time
bench  bind9-utils        program named-checkzone optional
bench  ldnsutils          program ldns-read-zone optional
bench  knot-dnssecutils   program kzonecheck    optional
memory valgrind           program valgrind
fuzz   clang              program clang
fuzz   libclang-rt-14-dev archive clang_rt.fuzzer
'

# A module of PowerDNS lies beside the system's libraries, in a folder of its own.
has_backend() {
	[ -n "$(find /usr/lib/*/pdns /usr/lib/pdns /usr/lib64/pdns -name "lib$1backend.so" 2>/dev/null)" ]
}

has_archive() {
	folder=$(clang -print-resource-dir 2>/dev/null) || return 1
	[ -n "$(find "$folder" -name "lib$1*.a" 2>/dev/null)" ]
}

is_there() {
	case $1 in
	program) command -v "$2" >/dev/null 2>&1 || [ -x "/usr/sbin/$2" ] ;;
	header) echo "#include <$2>" | ${CC:-cc} ${DEPS_CFLAGS:-} -E -xc - >/dev/null 2>&1 ;;
	module) /usr/bin/python3 -c "import $2" >/dev/null 2>&1 ;;
	archive) has_archive "$2" ;;
	backend) has_backend "$2" ;;
	python) python3 -c "import $2" >/dev/null 2>&1 ;;
	esac
}

# Fills `missing` and `missing_optional` for the sets given.
look() {
	missing=
	missing_optional=
	while read -r set package kind what optional; do
		case " $* " in
		*" $set "*) ;;
		*) continue ;;
		esac
		if is_there "$kind" "$what"; then
			continue
		fi
		if [ -n "$optional" ]; then
			missing_optional="$missing_optional $package"
		else
			missing="$missing $package"
		fi
	done <<END
$(echo "$table" | grep .)
END
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		env DEBIAN_FRONTEND=noninteractive "$@"
	else
		sudo env DEBIAN_FRONTEND=noninteractive "$@"
	fi
}

# A package of a server starts it when it is installed, unless this script, which Debian's packages ask, says no. One
# that is there already says what its machine wants.
gate=/usr/sbin/policy-rc.d
keep_services_still() {
	[ -e "$gate" ] && return
	printf '#!/bin/sh\nexit 101\n' | as_root tee "$gate" > /dev/null && as_root chmod 755 "$gate" &&
		trap 'as_root rm -f "$gate"' EXIT && trap 'exit 1' INT TERM
}

install_packages() {
	echo "deps: installing$*"
	keep_services_still
	# The lists of a fresh machine are empty or old: then once more with new ones. Unquoted: a list.
	as_root apt-get install -y -q --no-install-recommends $* && return 0
	as_root apt-get update -q && as_root apt-get install -y -q --no-install-recommends $*
}

can_install() {
	if ! command -v apt-get >/dev/null 2>&1; then
		echo "deps: no apt-get here; please install what Debian calls:$1" >&2
		return 1
	fi
	if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null 2>&1; then
		echo "deps: neither root nor sudo; please have installed:$1" >&2
		return 1
	fi
}

if ! command -v "${CC:-cc}" >/dev/null 2>&1; then
	echo "deps: no C compiler (${CC:-cc}); on Debian: apt-get install gcc make" >&2
	exit 1
fi

action=$1
shift
look "$@"
case $action in
check)
	if [ -n "$missing" ]; then
		echo "missing:$missing" >&2
		echo "\`make deps\` installs it" >&2
		exit 1
	fi
	;;
install)
	if [ -z "$missing$missing_optional" ]; then
		echo "deps: all there for: $*"
		exit 0
	fi
	if [ -n "$missing" ]; then
		can_install "$missing" && install_packages "$missing" || exit 1
	fi
	if [ -n "$missing_optional" ]; then
		can_install "$missing_optional" && install_packages "$missing_optional" ||
			echo "deps: going on without$missing_optional" >&2
	fi
	look "$@"
	if [ -n "$missing" ]; then
		echo "deps: still missing after the installation:$missing" >&2
		exit 1
	fi
	;;
*)
	echo "usage: .ci/deps.sh check|install SET..." >&2
	exit 2
	;;
esac
