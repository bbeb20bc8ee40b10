#!/bin/sh
# Records parsed a second, and address sets made of them.
#
#	tests/bench/spf.sh build
exec "$1/bench/spf" 500000
