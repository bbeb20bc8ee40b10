#!/bin/sh
# The demonstration of `make run`: findings in fixtures/demo, then the patch that mends them.
#
#	.ci/demo.sh build/zonemend
#
# Status 1 of zonemend means findings, which is what a demonstration wants; more than that fails it.
set -u
program=$1

show() {
	echo
	echo "\$ $program $*"
	"$program" "$@"
	status=$?
	echo "(exit status $status)"
	[ "$status" -le 1 ] || exit "$status"
}

show check -p policies/iclasspro.yaml fixtures/demo
show fix --diff -p policies/iclasspro.yaml fixtures/demo
