# Reads `diff` of two dumps of named-compilezone: only SPF TXT records and the SOA's serial may differ.
#
#	diff before after | awk -v origin=example.com. -f tests/corpus/dumps.awk
#
# Prints `OLD NEW` serials when all is well (nothing when the dumps are equal); else what is wrong, status 1.
function text(line,   joined) {
	joined = ""
	sub(/^[<>] [^ \t]+/, "", line) # an owner may hold quotes
	while (match(line, /"([^"\\]|\\.)*"/)) {
		joined = joined substr(line, RSTART + 1, RLENGTH - 2)
		line = substr(line, RSTART + RLENGTH)
	}
	return tolower(joined)
}

function complain(what) {
	print what
	bad = 1
}

# RFC 1982: is b after a?
function is_after(a, b,   step) {
	step = b - a
	if (step < 0) {
		step += 4294967296
	}
	return step > 0 && step < 2147483648
}

/^[<>]/ && $5 == "SOA" {
	rest = $2 " " $3 " " $6 " " $7 " " $9 " " $10 " " $11 " " $12
	soas[$1]++
	serial[$1] = $8
	soa[$1] = rest
	next
}
/^[<>]/ && $5 == "TXT" && text($0) ~ /^v=spf/ {
	changed++
	if ($1 == "<") {
		ttl[$2] = $3
		next
	}
	if ($2 in ttl && ttl[$2] != $3) {
		complain("the TTL of an SPF record changed: " $0)
	}
	next
}
/^[<>]/ {
	complain("another record changed: " $0)
}
END {
	if (soas["<"] == 0 && soas[">"] == 0) {
		if (changed) {
			complain("a record changed, the serial did not")
		}
		exit bad
	}
	if (soas["<"] != 1 || soas[">"] != 1 || soa["<"] != soa[">"]) {
		complain("the SOA changed in more than its serial")
	}
	if (!is_after(serial["<"], serial[">"])) {
		complain("the serial went from " serial["<"] " to " serial[">"])
	}
	if (!bad) {
		print serial["<"], serial[">"]
	}
	exit bad
}
