# A zone whose N names each have an SPF record that is decided inside of it, in three files: as a master file, as lines
# `NAME TYPE VALUE...` for whoever cannot read that, and as questions `IP SENDER`.
#
#	awk -v names=100000 -v out=FOLDER -f eval_data.awk
function record(owner, type, value) {
	printf "%s\t%s\t%s\n", owner, type, type == "TXT" ? "\"" value "\"" : value > zone
	full = value
	if (type == "MX") {
		full = value ".bench.example"
	}
	printf "%s.bench.example %s %s\n", owner, type, full > lines
}
function address(i) {
	return "10." int(i / 65536) % 256 "." int(i / 256) % 256 "." i % 256
}
function spf(i,   kind) {
	kind = i % 5
	if (kind == 0) {
		return "v=spf1 ip4:10.200.0.0/16 ip4:" address(i) " ip4:10.201.7.0/24 -all"
	}
	if (kind == 1) {
		return "v=spf1 mx -all"
	}
	if (kind == 2) {
		return "v=spf1 a include:_spf" i % 1000 ".bench.example ~all"
	}
	if (kind == 3) {
		return "v=spf1 redirect=_spf" i % 1000 ".bench.example"
	}
	return "v=spf1 include:_spf" i % 1000 ".bench.example include:_spf" (i + 1) % 1000 ".bench.example mx ?all"
}
BEGIN {
	zone = out "/bench.example.zone"
	lines = out "/lines"
	questions = out "/questions"
	print "$TTL 3600\n@\tSOA\tns hostmaster 1 7200 900 1209600 3600\n@\tNS\tns\nns\tA\t192.0.2.1" > zone
	for (i = 0; i < 1000; i++) {
		record("_spf" i, "TXT", "v=spf1 ip4:10.210." i % 256 ".0/24 ip4:10.211.0.0/20 ip6:2001:db8:" i "::/48 -all")
		record("m" i, "A", "10.220." int(i / 256) "." i % 256)
	}
	for (i = 0; i < names; i++) {
		record("n" i, "TXT", spf(i))
		record("n" i, "A", address(i))
		record("n" i, "MX", "10 m" i % 1000)
		record("n" i, "MX", "20 m" (i + 7) % 1000)
		# Every third asks from an address of its own, the others from elsewhere.
		print (i % 3 == 0 ? address(i) : i % 3 == 1 ? "10.210." i % 256 ".9" : "10.99.9.9"), "u@n" i ".bench.example" > questions
	}
}
