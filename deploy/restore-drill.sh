#!/usr/bin/env bash
# Tries whether a database of Parley comes back from its backup, on a database of its own: nothing of yours is touched.
# It asks questions while Litestream runs with the litestream.yml beside this script, kills both in the middle, destroys
# the database, restores it elsewhere, and compares. Exit status 0: it came back; anything else: it did not, or could not
# be tried.
#
#   deploy/restore-drill.sh [--parley FILE] [--litestream FILE] [--seconds N]
#
# Programs that are not named are built: that needs Go, a C compiler and the Go module proxy. sqlite3 is needed always.
set -euo pipefail

litestream_version=v0.5.18
limit=10 # seconds: a question older than this at the time of the kill must come back
seconds=10
parley=
litestream=
while [ $# -gt 0 ]; do
	case $1 in
	--parley) parley=$(realpath "$2") && shift 2 ;;
	--litestream) litestream=$(realpath "$2") && shift 2 ;;
	--seconds) seconds=$2 && shift 2 ;;
	*)
		sed -n '2,9s/^# \{0,1\}//p' "$0"
		exit 2
		;;
	esac
done

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/parley-drill.XXXXXX")
pids=()

cleanup() {
	status=$?
	trap - EXIT
	for pid in "${pids[@]}"; do kill -9 "$pid" 2>/dev/null || true; done
	wait 2>/dev/null || true
	if [ "$status" -ne 0 ] && [ -f "$work/litestream.log" ]; then
		echo "The last that Litestream said:" >&2
		tail -n 5 "$work/litestream.log" >&2
	fi
	rm -rf "$work"
	exit "$status"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

step() { printf '%s\n' "$*"; }
fail() {
	printf 'FAILED: %s\n' "$*" >&2
	exit 1
}

command -v sqlite3 >/dev/null || fail "sqlite3 is missing"
if [ -z "$parley" ]; then
	step "building parley"
	(cd "$here/.." && go build -trimpath -o "$work/parley" ./cmd/parley)
	parley=$work/parley
fi
if [ -z "$litestream" ]; then
	step "building litestream $litestream_version"
	GOBIN=$work go install "github.com/benbjohnson/litestream/cmd/litestream@$litestream_version" 2>"$work/build.log" ||
		{ cat "$work/build.log" >&2 && fail "litestream could not be built"; }
	litestream=$work/litestream
fi

export PARLEY_DB=$work/live/parley.db LITESTREAM_REPLICA=$work/backup
back=$work/back/parley.db
mkdir -p "$work/live" "$work/backup" "$work/back"

# questions prints the texts of the drill's questions in a database, sorted.
questions() { sqlite3 "$1" "SELECT text FROM question WHERE text LIKE 'drill %' ORDER BY text"; }

step "first start: makes, seeds and learns"
"$parley" ask who was in paris >"$work/first.txt" || fail "parley does not answer on a new database"

step "starting litestream with $here/litestream.yml"
"$litestream" replicate -config "$here/litestream.yml" >"$work/litestream.log" 2>&1 &
pids+=($!)
replicator=$!
for _ in $(seq 100); do
	[ -n "$(find "$work/backup" -name '*.ltx' -print -quit)" ] && break
	kill -0 "$replicator" 2>/dev/null || fail "litestream ended by itself"
	sleep 0.2
done
[ -n "$(find "$work/backup" -name '*.ltx' -print -quit)" ] || fail "no backup after 20 s"

step "asking for $seconds s, about ten questions a second"
ask() {
	n=0
	while :; do
		n=$((n + 1))
		printf 'drill %06d: who was in paris\n' "$n"
		sleep 0.1
	done
}
ask 2>/dev/null | "$parley" ask --json - >"$work/shown.txt" 2>"$work/asker.err" &
pids+=($!)
asker=$!
sleep "$seconds"
kill -0 "$asker" 2>/dev/null || fail "parley ended by itself: $(cat "$work/asker.err")"
kill -0 "$replicator" 2>/dev/null || fail "litestream ended by itself"

step "kill -9 for both"
kill -9 "$asker" "$replicator"
wait "$asker" "$replicator" 2>/dev/null || true
pids=()

# What the dead machine held, to compare with. An operator would not have this.
shown=$(grep -c . "$work/shown.txt" || true)
questions "$PARLEY_DB" >"$work/held.txt"
newest_held=$(sqlite3 "$PARLEY_DB" "SELECT max(at) FROM question")
held=$(grep -c . "$work/held.txt" || true)
[ "$held" -gt 0 ] || fail "no question was recorded"

step "destroying the database"
rm -rf "$work/live"

step "restoring to a new place"
"$litestream" restore -config "$here/litestream.yml" -o "$back" "$PARLEY_DB" >"$work/restore.log" 2>&1 ||
	{ cat "$work/restore.log" >&2 && fail "litestream restore"; }

integrity=$(sqlite3 "$back" 'PRAGMA integrity_check')
[ "$integrity" = ok ] || fail "integrity_check: $integrity"
questions "$back" >"$work/restored.txt"
restored=$(grep -c . "$work/restored.txt" || true)
[ "$restored" -gt 0 ] || fail "none of $held questions came back"
newest_back=$(sqlite3 "$back" "SELECT max(at) FROM question")
lint=$("$parley" lint --db "$back") || fail "lint: $lint"
"$parley" ask --db "$back" who was in paris >"$work/again.txt" || fail "the restored database does not answer"
cmp -s "$work/first.txt" "$work/again.txt" || fail "the restored database answers otherwise than before"

# The numbers in the texts are in the order of asking. What came back must be what was asked first, without a hole.
head -n "$restored" "$work/held.txt" | cmp -s - "$work/restored.txt" || fail "there is a hole in what came back"
window=$(sqlite3 :memory: "SELECT printf('%.1f', (julianday('$newest_held') - julianday('$newest_back')) * 86400)")
step ""
step "integrity_check: $integrity"
step "lint: $lint"
step "answers shown: $shown, questions in the database when it died: $held"
step "questions that came back: $restored, lost: $((held - restored)), all of them the newest"
step "loss window: $window s before the last question"
awk -v w="$window" -v l="$limit" 'BEGIN { exit !(w <= l) }' || fail "more than $limit s of questions are lost"
step "The drill passed."
