#!/bin/sh
# The hooks, with the real pre-commit on a small repository of zones; nothing is fetched from anywhere.
. "$(dirname "$0")/../lib.sh"
if ! command -v pre-commit >/dev/null 2>&1 || ! command -v git >/dev/null 2>&1; then
	skip 'pre-commit is not here'
	pass 'nothing was asked'
	finish
fi

HOME=$scratch/home
PRE_COMMIT_HOME=$scratch/cache
GIT_CONFIG_GLOBAL=$scratch/gitconfig
GIT_CONFIG_NOSYSTEM=1
export HOME PRE_COMMIT_HOME GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE 2>/dev/null || :
mkdir "$HOME" "$scratch/bin"
printf '[user]\n\tname = Host Master\n\temail = hostmaster@example.com\n[init]\n\tdefaultBranch = main\n[safe]\n\tdirectory = *\n' > "$GIT_CONFIG_GLOBAL"
ln -s "$ZONEMEND" "$scratch/bin/zonemend"
PATH=$scratch/bin:$PATH

# What a user's `repo:` points at: this checkout, with the hooks as they are now.
hooks=$scratch/zonemend-repository
git clone -q "$ZM_TOP" "$hooks" 2>/dev/null || git init -q "$hooks"
cp "$ZM_TOP/.pre-commit-hooks.yaml" "$hooks/"
git -C "$hooks" add .pre-commit-hooks.yaml
git -C "$hooks" commit -q --allow-empty -m 'hooks: as they are'
revision=$(git -C "$hooks" rev-parse HEAD)

zones=$scratch/zones
mkdir "$zones"
cd "$zones" || exit 1
git init -q
printf 'version: 1\nextends: [iclasspro]\n' > zonemend.yaml
cat > example.com.zone <<'END'
$TTL 3600
@ IN SOA ns1 hostmaster 2026010100 7200 900 1209600 3600
@ IN NS ns1
@ IN TXT "v=spf1 include:iclassprov2.com ~all"
ns1 IN A 192.0.2.1
END

# configure HOOK [ARGUMENTS]
configure() {
	printf 'repos:\n  - repo: %s\n    rev: %s\n    hooks:\n      - id: %s\n' "$hooks" "$revision" "$1" > .pre-commit-config.yaml
	[ $# -eq 1 ] || printf '        args: [%s]\n' "$2" >> .pre-commit-config.yaml
	git add -A
}

commit() {
	git add -A
	status=0
	git commit -q -m "$1" > "$scratch/log" 2>&1 || status=$?
}

says() {
	grep -q -e "$1" "$scratch/log" || {
		sed 's/^/  | /' "$scratch/log"
		return 1
	}
}

configure zonemend-check
check 'pre-commit accepts the hooks' pre-commit validate-manifest "$hooks/.pre-commit-hooks.yaml"
check 'pre-commit installs itself' pre-commit install > "$scratch/log"
commit 'zones: a good one'
check 'check lets good zones pass' test "$status" -eq 0

sed -i 's/~all/-all/' example.com.zone
commit 'zones: a bad one'
check 'check stops a bad zone' test "$status" -ne 0
check 'and shows the finding' says 'example.com.zone:4:.*error\[policy-forbid\]'
check 'and writes nothing' grep -q 2026010100 example.com.zone

# Another file is committed, the bad zone is there all the same: the whole tree is read.
git add example.com.zone
git commit -q --no-verify -m 'zones: past the hook'
echo 'A note.' > notes.txt
commit 'notes: one'
check 'check sees a bad zone that the commit does not touch' test "$status" -ne 0
check 'and names it' says 'example.com.zone:4:'

configure zonemend-fix
commit 'zones: mend'
check 'fix mends and stops, for a look at the change' test "$status" -ne 0
check 'as pre-commit says' says 'files were modified by this hook'
check 'the record is mended' grep -q 'include:iclassprov2.com ~all' example.com.zone
check 'the serial is bumped' test "$(grep -c 2026010100 example.com.zone)" -eq 0
commit 'zones: mended'
check 'the second commit passes' test "$status" -eq 0
check 'and the tree is clean' test -z "$(git status --porcelain)"

configure zonemend-check '--base, HEAD'
commit 'hooks: compare'
check 'a commit that changes no zone passes --base HEAD' test "$status" -eq 0
sed -i 's/192\.0\.2\.1$/192.0.2.2/' example.com.zone
commit 'zones: a serial forgotten'
check 'one that forgets the serial does not' test "$status" -ne 0
check 'which is shown' says 'example.com.zone:2:.*error\[serial-not-bumped\] records changed since HEAD'
configure zonemend-fix '--base, HEAD'
commit 'zones: let fix bump it'
check 'fix --base HEAD bumps it and stops' says 'files were modified by this hook'
commit 'zones: bumped'
check 'and the next commit passes' test "$status" -eq 0
check 'with one bump' test "$(git show HEAD --numstat --format= example.com.zone | cut -f 1)" = 2

echo 'version: 2' > zonemend.yaml
commit 'policy: broken'
check 'a broken policy stops the commit' test "$status" -ne 0
check 'and is said' says 'zonemend.yaml:1:'
finish
