# The serial of a zone file's first SOA record, found without a DNS library: the third word after `SOA`.
{
	line = $0
	gsub(/"([^"\\]|\\.)*"/, " ", line)
	sub(/;.*/, "", line)
	gsub(/[()\r]/, " ", line)
	count = split(line, word, /[ \t]+/)
	for (i = 1; i <= count; i++) {
		if (word[i] == "") {
			continue
		}
		if (after && ++words == 3) {
			print word[i]
			exit
		}
		after = after || toupper(word[i]) == "SOA"
	}
}
