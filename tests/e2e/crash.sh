#!/bin/sh
# `make crash` in short: one file, each call stopped by SIGKILL and by a disk that is full.
exec "$(dirname "$0")/../crash/run.sh" quick
