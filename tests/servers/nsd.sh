#!/bin/sh
# NSD: the zone is mended while it is served, and the step that fix prints makes NSD serve it.
. "$(dirname "$0")/../servers.sh"
needs nsd nsd-control

cat > nsd.conf <<END
server:
	ip-address: 127.0.0.1@$port
	do-ip6: no
	server-count: 1
	username: ""
	zonesdir: "$scratch"
	database: ""
	pidfile: ""
	xfrdfile: "$scratch/xfrd.state"
	xfrdir: "$scratch"
	zonelistfile: "$scratch/zone.list"
remote-control:
	control-enable: yes
	control-interface: "$scratch/nsd.sock"
zone:
	name: school.example
	zonefile: school
END
zone 2024010101 > school
start_server 'nsd started' nsd -d -c nsd.conf
answers SOA school.example ' 2024010101 '

# The policy says which server it is.
printf 'version: 1\nextends: [iclasspro]\nserver: nsd\n' > zonemend.yaml
ends 0 'fix' fix --now 2026-11-23T12:00:00Z -o school.example school
run_steps 1 nsd-control -c nsd.conf
answers SOA school.example ' 2026112300 '
answers TXT school.example "$mended"
finish
