#!/bin/sh
# Knot DNS: likewise.
. "$(dirname "$0")/../servers.sh"
needs knotd knotc

cat > knot.conf <<END
server:
    rundir: "$scratch"
    listen: 127.0.0.1@$port
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
log:
  - target: stdout
    any: info
database:
    storage: "$scratch/knot"
zone:
  - domain: school.example
    storage: "$scratch"
    file: school
END
zone 2024010101 > school
start_server 'server started' knotd -c knot.conf
answers SOA school.example ' 2024010101 '
# Unquoted: a command with options.
ends 0 'fix' $fix --server knot -o school.example school
run_steps 1 knotc -c knot.conf
answers SOA school.example ' 2026112300 '
answers TXT school.example "$mended"
finish
