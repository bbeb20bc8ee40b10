#!/bin/sh
# Evaluations a second over a zone of 100,000 names, and by pyspf with the same records: from a dict, which is the fastest it
# can be, and where NSD is here from a name server on this host, which is how it is used.
#
#	tests/bench/eval.sh build
set -u
here=$(dirname "$0")
work=$(mktemp -d "${TMPDIR:-/tmp}/zonemend-bench.XXXXXX") || exit 1
server=
trap '[ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null; rm -rf "$work"' EXIT
awk -v names=100000 -v out="$work" -f "$here/eval_data.awk" || exit 1
rate() { sed -n 's/.*rate //p' "$1"; }

"$1/bench/eval" "$work/bench.example.zone" "$work/questions" 3 > "$work/ours" || exit 1
theirs=
ours=$(rate "$work/ours")
line="eval: $ours evaluations/s over 100000 names"
if /usr/bin/python3 -c 'import spf' 2>/dev/null; then
	head -n 20000 "$work/questions" > "$work/some"
	"$1/bench/eval" "$work/bench.example.zone" "$work/some" 0 > "$work/want"
	/usr/bin/python3 "$here/eval_pyspf.py" "$work/lines" "$work/some" 0 > "$work/theirs" || exit 1
	theirs=$(rate "$work/theirs")
	if [ "$(sed 's/ rate.*//' "$work/want")" != "$(sed 's/ rate.*//' "$work/theirs")" ]; then
		echo "eval: pyspf has other results:"
		cat "$work/want" "$work/theirs"
		exit 1
	fi
	line="$line; pyspf $theirs from a dict ($((ours / theirs)) times)"
fi
if [ -n "$theirs" ] && command -v nsd >/dev/null 2>&1; then
	cat > "$work/nsd.conf" <<-END
		server:
		  ip-address: 127.0.0.1@5399
		  username: ""
		  chroot: ""
		  database: ""
		  pidfile: "$work/nsd.pid"
		  xfrdfile: "$work/xfrd"
		  zonelistfile: "$work/list"
		  logfile: "$work/log"
		remote-control:
		  control-enable: no
		zone:
		  name: bench.example
		  zonefile: "$work/bench.example.zone"
	END
	nsd -c "$work/nsd.conf" -d 2>/dev/null &
	server=$!
	if /usr/bin/python3 "$here/eval_pyspf.py" 127.0.0.1#5399 "$work/some" 4 > "$work/served"; then
		served=$(rate "$work/served")
		line="$line, $served from NSD on this host ($((ours / served)) times)"
	fi
fi
echo "$line"
