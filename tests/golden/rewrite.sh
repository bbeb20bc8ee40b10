#!/bin/sh
# Takes what the program says now for what is expected: fixtures, pages, documents. The review is the diff.
set -eu
cd "$(dirname "$0")"
./run.sh --rewrite
./pages.sh --rewrite
./docs.sh --rewrite
git -C "${ZM_TOP:-../..}" --no-pager diff --stat -- fixtures docs README.md 2>/dev/null || true
