package deliver

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/store"
)

// reply is a reply of these tests.
type reply struct {
	ID      DeliveryID `json:"-"`
	Text    string
	Control bool
}

func replies() Replies[reply] {
	return Replies[reply]{
		Identify: func(r reply, id DeliveryID) reply { r.ID = id; return r },
		Strip:    func(r reply) reply { r.Control = false; return r },
		Notice:   func(text string) reply { return reply{Text: text} },
		Note:     func(d Delivery[reply]) (reply, bool) { return reply{Text: "note"}, d.Change > 0 },
	}
}

// platform answers to one call after another as a script says, and notes the calls. Calls beyond the script succeed.
type platform struct {
	script []string
	calls  []string
}

func (p *platform) Name() string { return "stage" }

// act notes a call, and returns how many messages it leaves and its error.
func (p *platform) act(call string, there int) (int, error) {
	p.calls = append(p.calls, call)
	if len(p.script) == 0 {
		return max(there, 1), nil
	}
	what := p.script[0]
	p.script = p.script[1:]
	kind, more := strings.CutSuffix(what, "+1") // a message arrived before that
	if more {
		there++
	}
	switch kind {
	case "ok", "after":
		return max(there, 1), nil
	case "nothing":
		return 0, nil
	case "error":
		return there, errors.New("connection reset")
	default:
		return there, &Failure{Kind: FailureKind(kind), Reason: "it said " + kind}
	}
}

func messages(n int) []MessageID {
	all := make([]MessageID, n)
	for i := range all {
		all[i] = MessageID(fmt.Sprint("M", i))
	}
	return all
}

func (p *platform) Post(_ context.Context, to Address, r reply) (Receipt, error) {
	n, err := p.act("post "+string(r.ID), 0)
	return Receipt{To: to, Messages: messages(n), EditBy: "stage"}, err
}

func (p *platform) Revise(_ context.Context, old Receipt, r reply) (Receipt, error) {
	after := len(p.script) > 0 && p.script[0] == "after"
	n, err := p.act("revise "+string(r.ID), len(old.Messages))
	old.Messages, old.FollowedUp = messages(n), after
	return old, err
}

// finder is a platform that can tell what arrived.
type finder struct{ platform }

func (f *finder) Find(_ context.Context, known Receipt, id DeliveryID, _ time.Time) (Receipt, error) {
	n, err := f.act("find "+string(id), 0)
	return Receipt{To: known.To, Messages: messages(n), EditBy: "stage"}, err
}

// visited are the steps that an outbox went through, as it logs them.
type visited struct {
	slog.Handler
	mu    sync.Mutex
	steps []string
	seen  map[step]bool
}

func (v *visited) Enabled(context.Context, slog.Level) bool { return true }

func (v *visited) Handle(_ context.Context, r slog.Record) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if r.Message != "step" {
		return nil
	}
	at := map[string]string{}
	r.Attrs(func(a slog.Attr) bool { at[a.Key] = a.Value.String(); return true })
	v.steps = append(v.steps, at["outcome"])
	s := step{store.State(at["state"]), store.Act(at["act"]), outcome(at["outcome"])}
	if _, own := table[s]; !own {
		s.act = ""
	}
	v.seen[s] = true
	return nil
}

// Deliveries of every kind, and what becomes of them. Each row of the table is gone through.
func TestDeliver(t *testing.T) {
	seen := map[step]bool{}
	const ago = time.Hour           // more than a reply is tried for
	const long = 8 * 24 * time.Hour // more than a correction is tried for
	for _, c := range []struct {
		name   string
		act    store.Act
		cut    bool // an earlier worker was lost while it sent this
		there  int  // messages on record
		script string
		blind  bool // the platform finds nothing
		age    time.Duration
		minor  bool // nobody need be told
		agreed bool // the person may be written to

		calls, steps, want string
	}{
		{name: "done", act: store.Post, calls: "post D", steps: "done", want: "sent"},
		{name: "at the second try", act: store.Post, script: "postponed", calls: "post D, post D", steps: "postponed, done", want: "sent"},
		{name: "half, then the rest", act: store.Post, script: "postponed+1 ok", calls: "post D, revise D", steps: "postponed, done", want: "sent"},
		{name: "the rest said after", act: store.Post, script: "postponed+1 after", calls: "post D, revise D", steps: "postponed, said after", want: "sent"},
		{name: "refused", act: store.Post, script: "refused", calls: "post D, post failed-D", steps: "refused, done", want: "failed: it said refused"},
		{name: "closed", act: store.Post, script: "closed", calls: "post D, post failed-D", steps: "closed, done", want: "failed: it said closed"},
		{name: "too late", act: store.Post, age: ago, script: "postponed", calls: "post D, post failed-D", steps: "too late, done",
			want: "failed: it was tried in vain until it was too late; the last time, it said postponed"},
		{name: "lost, and not there", act: store.Post, script: "lost nothing", calls: "post D, find D, post D", steps: "uncertain, not found, done", want: "sent"},
		{name: "lost, and there", act: store.Post, script: "error ok", calls: "post D, find D, revise D", steps: "uncertain, found, done", want: "sent"},
		{name: "sought, then postponed", act: store.Post, script: "lost nothing postponed nothing", calls: "post D, find D, post D, find D, post D",
			steps: "uncertain, not found, uncertain, not found, done", want: "sent"},
		{name: "there, and no more taken", act: store.Post, cut: true, script: "ok refused", calls: "find D, revise D", steps: "found, arrived",
			want: "sent: it arrived; whether all of it did cannot be seen to any more: it said refused"},
		{name: "lost for good", act: store.Post, blind: true, script: "lost", calls: "post D, post failed-D", steps: "unknown, done", want: "unknown: it said lost"},
		{name: "lost too late", act: store.Post, age: ago, script: "error", calls: "post D, post failed-D", steps: "unknown, done",
			want: "unknown: it is not known whether the platform took it"},
		{name: "cut off, and blind", act: store.Post, cut: true, blind: true, calls: "post failed-D", steps: "unknown, done",
			want: "unknown: the sending was interrupted, and the platform cannot tell whether it arrived"},
		{name: "cut off, and not there", act: store.Post, cut: true, script: "nothing", calls: "find D, post D", steps: "not found, done", want: "sent"},
		{name: "the search is refused", act: store.Post, cut: true, script: "refused", calls: "find D, post failed-D", steps: "refused, done", want: "unknown: it said refused"},
		{name: "the search is closed", act: store.Post, cut: true, script: "closed", calls: "find D, post failed-D", steps: "closed, done", want: "unknown: it said closed"},
		{name: "the search is postponed", act: store.Post, cut: true, script: "postponed nothing", calls: "find D, find D, post D",
			steps: "uncertain, not found, done", want: "sent"},

		{name: "edited", act: store.Revise, there: 1, calls: "revise D, post note-7-C1-M0", steps: "done, done", want: "edited"},
		{name: "said after", act: store.Revise, there: 1, script: "after", calls: "revise D", steps: "said after", want: "followed up"},
		{name: "an edit refused", act: store.Revise, there: 1, script: "refused", calls: "revise D", steps: "refused", want: "failed: it said refused"},
		{name: "an edit too late", act: store.Revise, there: 1, age: long, script: "postponed", calls: "revise D", steps: "too late",
			want: "failed: it was tried in vain until it was too late; the last time, it said postponed"},
		{name: "an edit lost and made again", act: store.Revise, there: 1, cut: true, script: "refused", calls: "find D, revise D, post note-7-C1-M0",
			steps: "repeatable, done, done", want: "edited"},
		{name: "an edit lost twice is not", act: store.Revise, there: 1, script: "lost refused", calls: "revise D, find D", steps: "uncertain, refused",
			want: "unknown: it said refused"},
		{name: "closed to who may not be written to", act: store.Revise, there: 1, script: "closed", calls: "revise D", steps: "closed, unapproved",
			want: "waiting: it said closed"},
		{name: "closed in the search", act: store.Revise, there: 1, cut: true, script: "closed", calls: "find D", steps: "closed, unapproved",
			want: "waiting: it said closed"},
		{name: "closed, of better words", act: store.Revise, there: 1, minor: true, script: "closed", calls: "revise D", steps: "closed, needless",
			want: "failed: it said closed"},
		{name: "closed to who may be written to", act: store.Revise, there: 1, agreed: true, script: "closed", calls: "revise D, post tell-I",
			steps: "closed, consented, done", want: "followed up"},

		{name: "told", act: store.Tell, agreed: true, calls: "post tell-I", steps: "done", want: "followed up"},
		{name: "told in two", act: store.Tell, script: "postponed+1 ok after", calls: "post tell-I, find tell-I, revise tell-I",
			steps: "uncertain, found, said after", want: "followed up"},
		{name: "telling refused", act: store.Tell, script: "refused", calls: "post tell-I", steps: "refused, unapproved", want: "waiting: it said refused"},
		{name: "telling closed", act: store.Tell, script: "closed", calls: "post tell-I", steps: "closed", want: "failed: it said closed"},
		{name: "the search for it closed", act: store.Tell, cut: true, script: "closed", calls: "find tell-I", steps: "closed", want: "unknown: it said closed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"))
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			ctx := t.Context()
			stage := queued(t, db, c.act, c.there, time.Now().Add(-c.age), c.minor)
			if c.agreed {
				if err := db.SetConsent(ctx, "stage", "T1", "U1", true, time.Now()); err != nil {
					t.Fatal(err)
				}
			}
			if c.cut {
				if _, err := db.Claim(ctx, stage, time.Now(), store.Lease{Worker: "lost"}); err != nil {
					t.Fatal(err)
				}
			}
			log := &visited{seen: seen}
			o := New(db, replies(), Config{Now: time.Now, Log: slog.New(log), Worker: "w", Lease: time.Minute, Pause: time.Millisecond, Hold: 10})
			p := &finder{platform{script: strings.Fields(c.script)}}
			var chat Sender[reply] = p
			if c.blind {
				chat = &p.platform
			}
			run := o.Run(ctx, ctx, chat)
			if n, err := run.TakeUp(ctx); n != 1 || err != nil {
				t.Fatalf("taken up are %d, %v", n, err)
			}
			run.Wait()
			if got := strings.Join(p.calls, ", "); got != c.calls {
				t.Errorf("the calls are %q, want %q", got, c.calls)
			}
			if got := strings.Join(log.steps, ", "); got != c.steps {
				t.Errorf("the steps are %q, want %q", got, c.steps)
			}
			all, err := db.Outcomes(ctx, time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			for _, out := range all {
				got := string(out.State)
				if out.Reason != "" {
					got += ": " + out.Reason
				}
				if out.Item == stage && got != c.want {
					t.Errorf("it ended as %q, want %q", got, c.want)
				}
			}
		})
	}
	for s := range table {
		if !seen[s] {
			t.Errorf("nothing went through %s, %s, %s", s.state, s.act, s.outcome)
		}
	}
}

// queued puts a delivery D into the outbox, and returns the id of its item: D, or I for what revises it.
func queued(t *testing.T, db *store.Store, act store.Act, there int, at time.Time, minor bool) string {
	t.Helper()
	ctx := t.Context()
	body, err := json.Marshal(reply{Text: "said"})
	if err != nil {
		t.Fatal(err)
	}
	d := store.Delivery{ID: "D", Platform: "stage", At: at, To: store.Address{Team: "T1", Channel: "C1", Person: "U1"}, Body: body}
	post := &store.Item{ID: "D", Delivery: d, Lane: "T1/C1", Act: store.Post, At: at}
	if act == store.Post {
		post.Delivery.FailureNotice = "It could not be said"
		if _, err := db.Respond(ctx, store.Response{Item: post}, store.Lease{}); err != nil {
			t.Fatal(err)
		}
		return "D"
	}
	if _, err := db.Respond(ctx, store.Response{Item: post}, store.Lease{Worker: "before"}); err != nil {
		t.Fatal(err)
	}
	ids := make([]string, there)
	for i := range ids {
		ids[i] = fmt.Sprint("M", i)
	}
	sent := store.Settlement{Item: "D", Delivery: "D", State: store.Sent, Receipt: store.Receipt{Messages: ids, EditBy: "stage"}, At: at}
	if err := db.Settle(ctx, "before", sent); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Apply(ctx, store.Stmt{SQL: `INSERT INTO change (number, id, at, author, why, kind) VALUES (7, 'c', '', 'ada', '', 'edit')`}); err != nil {
		t.Fatal(err)
	}
	if err := db.Revise(ctx, store.Item{ID: "I", Delivery: d, Lane: "T1/C1", Act: act, Body: body, Change: 7, MustReach: !minor, At: at}); err != nil {
		t.Fatal(err)
	}
	return "I"
}
