# Reads `diff --text` of two zone files: only the lines of SPF records and of the serial may differ, and
# of those only what stands in quotes, the unquoted text of an SPF record, and the serial's digits.
#
#	diff --text before after | awk -v old=2024010199 -v new=2026112300 -f tests/corpus/lines.awk
function complain(what) {
	print what
	bad = 1
}

# As text, or as the bytes of RFC 3597.
function is_spf(line) {
	return tolower(line) ~ /v=spf|\\#.* 76 ?3d ?73 ?70 ?66/
}

# What of a line must be the same on both sides.
function frame(line) {
	gsub(/"[^"]*"/, "\"\"", line)
	return line
}

# The frame of an SPF record that is not in quotes: what stands before it.
function head(line) {
	sub(/["(]*[ \t]*"?[vV]=[sS][pP][fF].*/, "", line)
	sub(/[ \t]*\\#.*/, "", line)
	return line
}

# Whether b is a with one number, the old serial, replaced by the new one.
function is_bumped(a, b,   at, from) {
	from = 0
	while ((at = index(substr(a, from + 1), old)) > 0) {
		at += from
		if ((at == 1 || substr(a, at - 1, 1) !~ /[0-9]/) && substr(a, at + length(old), 1) !~ /[0-9]/ &&
		    substr(a, 1, at - 1) new substr(a, at + length(old)) == b) {
			return 1
		}
		from = at
	}
	return 0
}

function pair_is_good(a, b) {
	return is_bumped(a, b) || frame(a) == frame(b) || (is_spf(a) && is_spf(b) && head(a) == head(b))
}

function drop_common(   i, j) {
	for (i in before) {
		for (j in after) {
			if (before[i] == after[j]) {
				delete before[i]
				delete after[j]
				break
			}
		}
	}
}

function judge_hunk(   i, j, k, found) {
	drop_common()
	k = 0
	for (i = 1; i <= befores; i++) {
		if (!(i in before)) {
			continue
		}
		found = 0
		for (j = 1; j <= afters && !found; j++) {
			if (j in after && pair_is_good(before[i], after[j])) {
				delete after[j]
				found = 1
			}
		}
		if (!found && !is_spf(before[i])) {
			complain("a line went: " before[i])
		}
	}
	for (j in after) {
		if (!is_spf(after[j])) {
			complain("a line came: " after[j])
		}
	}
	split("", before)
	split("", after)
	befores = afters = 0
}

/^[0-9]/ {
	judge_hunk()
}
/^< / {
	before[++befores] = substr($0, 3)
}
/^> / {
	after[++afters] = substr($0, 3)
}
END {
	judge_hunk()
	exit bad
}
