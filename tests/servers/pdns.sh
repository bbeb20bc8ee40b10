#!/bin/sh
# PowerDNS with the bind backend: its configuration of zones tells that it is the server, and which zones there are.
. "$(dirname "$0")/../servers.sh"
needs pdns_server pdns_control

cat > named.conf <<END
options { directory "$scratch"; };
zone "school.example" { type native; file "school"; };
END
cat > pdns.conf <<END
launch=bind
bind-config=$scratch/named.conf
local-address=127.0.0.1
local-port=$port
socket-dir=$scratch
daemon=no
guardian=no
setuid=
setgid=
cache-ttl=0
query-cache-ttl=0
negquery-cache-ttl=0
END
zone 2024010101 > school
start_server 'Done launching threads' pdns_server --config-dir="$scratch"
answers SOA school.example ' 2024010101 '
# Unquoted: a command with options.
ends 0 'fix' $fix --named-conf named.conf
run_steps 1 pdns_control --config-dir="$scratch"
answers SOA school.example ' 2026112300 '
answers TXT school.example "$mended"
finish
