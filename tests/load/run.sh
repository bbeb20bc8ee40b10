#!/bin/sh
# Many `fix` at once on the same files: each file ends mended, bumped once and whole, and each was written by
# one run.
#
#	tests/load/run.sh [PROCESSES [FILES]]        200 on 50 unless told
. "$(dirname "$0")/../lib.sh"
processes=${1:-200}
files=${2:-50}

# zone NUMBER SERIAL RECORD: each file has another length.
zone() {
	printf '$TTL 3600\n@ IN SOA ns1 hostmaster %s 7200 900 1209600 3600\n@ IN NS ns1\nns1 IN A 192.0.2.1\n@ IN TXT "%s"\n' "$2" "$3"
	awk -v n="$1" 'BEGIN { for (i = 0; i <= n * 7; i++) printf "h%d IN A 192.0.2.%d\n", i, i % 250 }'
}

mkdir "$scratch/zones" "$scratch/wanted" "$scratch/runs"
i=0
while [ "$i" -lt "$files" ]; do
	zone "$i" "$((i + 7))" 'v=spf1 mx -all' > "$scratch/zones/z$i.example.zone"
	zone "$i" "$((i + 8))" 'v=spf1 mx include:iclassprov2.com ~all' > "$scratch/wanted/z$i.example.zone"
	i=$((i + 1))
done

begun=$(date +%s)
i=0
while [ "$i" -lt "$processes" ]; do
	{
		status=0
		"$ZONEMEND" fix -p iclasspro "$scratch/zones" > "$scratch/runs/$i.out" 2> "$scratch/runs/$i.err" || status=$?
		echo "$status" > "$scratch/runs/$i.status"
	} < /dev/null &
	i=$((i + 1))
done
wait
took=$(($(date +%s) - begun))

check "$processes runs ended" test "$(find "$scratch/runs" -name '*.status' | wc -l)" -eq "$processes"
check 'each with status 0' test "$(sort -u "$scratch"/runs/*.status)" = 0
cat "$scratch"/runs/*.err | grep -v -e '^[0-9]' -e 'was mended by another run meanwhile$' | sort | uniq -c | sort -rn > "$scratch/said"
check 'no run said anything amiss' test ! -s "$scratch/said"
sed 's/^/  | /' "$scratch/said" | head -n 20
check "$files files are mended, bumped once and whole" diff -r -q "$scratch/wanted" "$scratch/zones"
check 'each was written by one run' test "$(cat "$scratch"/runs/*.out | grep -c '^fixed ')" -eq "$files"
check 'and they met' grep -q -e 'was mended by another run meanwhile$' "$scratch"/runs/*.err
echo
echo "$processes runs at once over $files files took $took s"
finish
