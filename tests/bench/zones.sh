#!/bin/bash
# How long a check takes beside the programs that only read: hyperfine, the median of several runs, each as a
# multiple of `wc -l` (of reading the files, where they are many) in the same run. What is not installed is left out.
#
#	tests/bench/zones.sh build
#
# With SHARED/bench/genzone.py the zones come from there, else from zones.c, which makes the same three shapes.
set -u
build=$1
zonemend=$build/zonemend
generator=${SHARED:-../shared}/bench/genzone.py
work=$(mktemp -d "${TMPDIR:-/tmp}/zonemend-bench.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
PATH=$PATH:/usr/sbin:/sbin
RUNS=${RUNS:-7}

if ! command -v hyperfine >/dev/null 2>&1; then
	echo "zones: hyperfine is not installed: skipped"
	exit 0
fi

make_zone() { # SHAPE COUNT
	if [ -f "$generator" ]; then
		python3 "$generator" "$1" "$2"
	else
		"$build/bench/zones" "$1" "$2"
	fi
}

has() { command -v "${1%% *}" >/dev/null 2>&1; }

# time_all TITLE RUNS COMMAND...: one table; the first command is the measure.
time_all() {
	title=$1
	runs=$2
	shift 2
	commands=()
	for command in "$@"; do
		! has "$command" || commands+=("$command")
	done
	hyperfine -i -N --output pipe -w 1 -r "$runs" --export-csv "$work/times.csv" "${commands[@]}" >/dev/null 2>"$work/said" || {
		cat "$work/said"
		exit 1
	}
	echo "$title"
	tail -n +2 "$work/times.csv" | awk -F, -v work="$work/" -v build="$build/" '
		{
			# The command may hold commas; the numbers are the last seven fields.
			median = $(NF - 4)
			name = $1
			gsub(work, "", name)
			gsub(build, "", name)
			gsub(/bench\/zones read [a-z]*/, "reading the files alone", name)
			if (NR == 1) first = median
			printf "  %-58s %9.1f ms %9.1f\n", name, median * 1000, median / first
		}'
}

memory() { # FILE
	[ -x /usr/bin/time ] || return
	/usr/bin/time -f %M "$zonemend" check -q --output /dev/null "$1" 2>"$work/peak" >/dev/null
	peak=$(tail -n 1 "$work/peak")
	size=$(($(stat -c %s "$1") / 1024))
	echo "  peak memory of check: $((peak / 1024)) MB, the file has $((size / 1024)) MB"
}

echo "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) processors, $(. /etc/os-release && echo "$PRETTY_NAME"); median of $RUNS runs"

zone=$work/tld.zone
make_zone tld 1000000 > "$zone"
time_all "1,000,000 delegations, $(wc -c < "$zone") bytes" "$RUNS" "wc -l $zone" "grep -c v=spf1 $zone" \
	"$zonemend check -q $zone" "$zonemend check -q -j1 $zone"
time_all "the same by others, once" 1 "wc -l $zone" "named-checkzone -i none tldx $zone" "ldns-read-zone -c $zone" \
	"kzonecheck -o tldx $zone"
memory "$zone"
rm "$zone"

zone=$work/txt.zone
make_zone txt 500000 > "$zone"
time_all "500,000 SPF records, $(wc -c < "$zone") bytes" "$RUNS" "wc -l $zone" "grep -c v=spf1 $zone" \
	"$zonemend check -q $zone" "$zonemend check -q -j1 $zone"
time_all "the same by others, once" 1 "wc -l $zone" "named-checkzone -i none spfheavy.example $zone" \
	"ldns-read-zone -c $zone" "kzonecheck -o spfheavy.example $zone"
memory "$zone"
rm "$zone"

zones=$work/hosting
if [ -f "$generator" ]; then
	python3 "$generator" hosting 20000 "$zones"
else
	mkdir "$zones"
	"$build/bench/zones" hosting 20000 "$zones"
fi
time_all "20,000 small zone files" "$RUNS" "$build/bench/zones read $zones" "grep -r -c v=spf1 $zones" \
	"$zonemend check -q $zones" "$zonemend check -q -j1 $zones"
if has named-checkconf && [ -f "$zones.named.conf" ]; then
	time_all "the same by others, once" 1 "$build/bench/zones read $zones" "named-checkconf -z $zones.named.conf"
fi
