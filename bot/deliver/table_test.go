package deliver

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"parley/store"
)

// Every step, of every act, goes on as written here; all others do not come about.
const steps = `
sending    post    found       queued
sending    revise  found       queued
sending    tell    found       queued
sending    post    not-found   queued
sending    revise  not-found   queued
sending    tell    not-found   queued
sending    revise  repeatable  queued
sending    post    refused     unknown       failure-notice
sending    revise  refused     unknown       failure-notice
sending    tell    refused     unknown       failure-notice
sending    post    closed      unknown       failure-notice
sending    revise  closed      rerouting
sending    tell    closed      unknown       failure-notice
sending    post    uncertain   sending
sending    revise  uncertain   sending
sending    tell    uncertain   sending
sending    post    unknown     unknown       failure-notice
sending    revise  unknown     unknown       failure-notice
sending    tell    unknown     unknown       failure-notice
queued     post    done        sent
queued     revise  done        edited        correction-note
queued     tell    done        followed-up
queued     post    said-after  sent
queued     revise  said-after  followed-up
queued     tell    said-after  followed-up
queued     post    arrived     sent
queued     post    refused     failed        failure-notice
queued     revise  refused     failed        failure-notice
queued     tell    refused     rerouting
queued     post    closed      failed        failure-notice
queued     revise  closed      rerouting
queued     tell    closed      failed        failure-notice
queued     post    postponed   queued
queued     revise  postponed   queued
queued     tell    postponed   queued
queued     post    too-late    failed        failure-notice
queued     revise  too-late    failed        failure-notice
queued     tell    too-late    failed        failure-notice
queued     post    uncertain   sending
queued     revise  uncertain   sending
queued     tell    uncertain   sending
queued     post    unknown     unknown       failure-notice
queued     revise  unknown     unknown       failure-notice
queued     tell    unknown     unknown       failure-notice
rerouting  revise  needless    failed
rerouting  tell    needless    failed
rerouting  revise  consented   queued,tell
rerouting  revise  unapproved  waiting
rerouting  tell    unapproved  waiting
`

func TestTable(t *testing.T) {
	var want []string
	for line := range strings.Lines(strings.TrimSpace(steps)) {
		want = append(want, strings.Join(strings.Fields(line), " "))
	}
	var got []string
	for _, state := range []store.State{store.Sending, store.Queued, rerouting} {
		for _, act := range []store.Act{store.Post, store.Revise, store.Tell} {
			for _, o := range []outcome{
				found, notFound, repeatable, done, saidAfter, postponed, tooLate, arrived, refused, closed, uncertain, unknown, needless, consented, unapproved,
			} {
				n, ok := row(step{state, act, o})
				if !ok || state == rerouting && act == store.Post {
					continue
				}
				dash := func(s any) string { return strings.ReplaceAll(fmt.Sprint(s), " ", "-") }
				line := strings.Join([]string{dash(state), dash(act), dash(o), dash(n.state)}, " ")
				if n.act != "" {
					line += "," + dash(n.act)
				}
				if n.then != "" {
					line += " " + dash(n.then)
				}
				got = append(got, line)
			}
		}
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("missing: %s", line)
		}
	}
	for _, line := range got {
		if !slices.Contains(want, line) {
			t.Errorf("not wanted: %s", line)
		}
	}
}
