package chattest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/answers"
	"parley/answers/library"
	"parley/bot"
	"parley/bot/compose"
	"parley/bot/deliver"
	"parley/store"
)

// Cases lists what can happen.
func Cases() []Case {
	return append([]Case{
		{"question", nil, question},
		{"repeated", repeats, repeated},
		{"repeated after a restart", repeats, repeatedAfterRestart},
		{"refused", fault(Refuses), refused},
		{"postponed", fault(Postpones), postponed},
		{"lost", fault(LosesThis), lost},
		{"reply lost", fault(LosesReply), replyLost},
		{"revoked", fault(Revoked), revoked},
		{"slow platform", slows, slow},
		{"restart before the answer", nil, restartBeforeAnswer},
		{"restart while sending", nil, restartWhileSending},
		{"long reply", splits, long},
		{"revised to fewer", edits, revisedToFewer},
		{"revised to more", edits, revisedToMore},
		{"revised and deleted", deletes, revisedAndDeleted},
		{"corrected", edits, corrected},
		{"hostile text", nil, hostile},
		{"busy", busies, busy},
		{"forgotten", commands, forgotten},
		{"removed from a team", removes, removed},
	}, editCases()...)
}

func fault(f Fault) func(Platform) string { return func(p Platform) string { return has(p, f) } }

func unless(ok bool, reason string) string {
	if ok {
		return ""
	}
	return reason
}

func repeats(p Platform) string { return unless(p.Repeats, "on this platform nothing comes twice") }
func splits(p Platform) string  { return unless(p.Splits, "this platform takes a reply of any length") }
func edits(p Platform) string   { return unless(p.Edits, "on this platform nothing can be edited") }
func deletes(p Platform) string { return unless(p.Deletes, "on this platform nobody can delete") }

func slows(p Platform) string {
	return has(p, Slow) + unless(!p.Waits, "on this platform the next event waits for the reply")
}

func busies(p Platform) string { return slows(p) + repeats(p) }

func commands(p Platform) string {
	return unless(p.Command != nil, "on this platform there are no commands")
}
func removes(p Platform) string {
	return unless(p.Remove != nil, "from this platform Parley cannot be removed")
}

// A question is answered, once, with its source, and its delivery is on record.
func question(w *world) error {
	w.start()
	w.Say("Q1", Question)
	return first(
		func() error { return w.settled(1) },
		func() error { return w.shows(Answer, 1) },
		func() error { return w.shows("The Gazette", 1) },
		func() error { return w.ends(store.Sent) },
		func() error {
			all, err := w.db.Deliveries(w.ctx, time.Time{})
			if err != nil || len(all) != 1 || len(all[0].Messages) == 0 || len(all[0].Shown) < 2 {
				return fmt.Errorf("on record is %+v: %v", all, err)
			}
			return nil
		})
}

// What the platform sends again is not answered again.
func repeated(w *world) error {
	w.start()
	w.Say("Q1", Question)
	w.Say("Q1", Question)
	return first(func() error { return w.settled(1) }, func() error { w.Say("Q1", Question); return nil }, func() error { return w.shows(Answer, 1) })
}

func repeatedAfterRestart(w *world) error {
	w.start()
	w.Say("Q1", Question)
	return first(func() error { return w.settled(1) }, w.stop, func() error {
		w.start()
		w.Say("Q1", Question)
		return w.shows(Answer, 1)
	})
}

// A reply that the platform will not take fails, with a reason, and is not tried for ever.
func refused(w *world) error {
	w.start()
	w.Fault(Refuses)
	w.Say("Q1", Question)
	return first(func() error { return w.settled(1) }, func() error { return w.ends(store.Failed) }, func() error { return w.shows(Answer, 0) })
}

// A reply that must wait arrives later, once.
func postponed(w *world) error {
	w.start()
	w.Fault(Postpones)
	w.Say("Q1", Question)
	return first(func() error { return w.settled(1) }, func() error { return w.shows(Answer, 1) }, func() error { return w.ends(store.Sent) })
}

// When a message may be lost, it is found out whether it is; where that cannot be, nothing is sent twice.
func lost(w *world) error {
	w.start()
	w.Fault(LosesThis)
	w.Say("Q1", Question)
	if err := w.settled(1); err != nil {
		return err
	}
	if w.Finds {
		return errors.Join(w.shows(Answer, 1), w.ends(store.Sent))
	}
	return errors.Join(w.shows(Answer, 0), w.ends(store.Unknown, store.Failed))
}

func replyLost(w *world) error {
	w.start()
	w.Fault(LosesReply)
	w.Say("Q1", Question)
	return first(func() error { return w.settled(1) }, func() error { return w.shows(Answer, 1) }, func() error {
		if w.Finds {
			return w.ends(store.Sent)
		}
		return w.ends(store.Unknown)
	})
}

// Where Parley may not post any more, it says so on record, and does not hammer at the door.
func revoked(w *world) error {
	w.start()
	w.Fault(Revoked)
	w.Say("Q1", Question)
	return first(func() error { return w.settled(1) }, func() error { return w.ends(store.Failed) }, func() error {
		all, err := w.db.Outcomes(w.ctx, time.Time{})
		if err == nil && all[0].Attempts > 2 {
			err = fmt.Errorf("it was tried %d times", all[0].Attempts)
		}
		return err
	})
}

// A platform that is slow to take replies still gets its acknowledgements.
func slow(w *world) error {
	w.start()
	w.Fault(Slow)
	for _, id := range []bot.EventID{"Q1", "Q2", "Q3"} {
		if !w.Say(id, Question) {
			return fmt.Errorf("while a reply was under way, %s was not acknowledged in time", id)
		}
	}
	w.Fault("")
	return first(func() error { return w.settled(3) }, func() error { return w.shows(Answer, 3) })
}

// What was acknowledged is answered, even if the process was lost before it could be.
func restartBeforeAnswer(w *world) error {
	ctx, end := context.WithCancel(w.ctx)
	defer end()
	chat := w.Connect()
	stored := make(chan error, 1)
	listening := make(chan error, 1)
	go func() {
		listening <- chat.Listen(ctx, func(ctx context.Context, e bot.Event) (bot.Reply, error) {
			if e.Glance {
				return bot.Reply{}, nil // nothing of it is kept
			}
			body, err := json.Marshal(e)
			if err == nil {
				id := string(e.ID)
				if id == "" {
					id = "Q1"
				}
				_, err = w.db.Accept(ctx, store.Incoming{Platform: chat.Name(), ID: id, At: time.Now(), Delivery: w.newID(), Body: body}, store.Lease{})
			}
			stored <- err
			return bot.Reply{}, err
		})
	}()
	go w.Say("Q1", Question)
	select {
	case err := <-stored:
		if err != nil {
			return err
		}
	case <-time.After(patience):
		return errors.New("the event did not come in")
	}
	end()
	if !w.Waits {
		<-listening
	}
	w.start()
	return first(func() error { return w.settled(1) }, func() error { return w.shows(Answer, 1) })
}

// What was being sent when the process was lost is not sent twice. Where the platform can tell that it did not arrive, it is sent.
func restartWhileSending(w *world) error {
	chat := w.Connect()
	arrived, missed := w.reply("ARRIVED"), w.reply("MISSED")
	to := deliver.Address{Place: deliver.Place{Team: "T1", Channel: "C1"}, Person: "U1"}
	if _, err := chat.Post(w.ctx, to, arrived); err != nil {
		return fmt.Errorf("post: %w", err)
	}
	for _, r := range []bot.Reply{arrived, missed} {
		if err := w.queue(chat, to, r); err != nil {
			return err
		}
		if ok, err := w.db.Claim(w.ctx, string(r.ID), time.Now(), store.Lease{Worker: "lost"}); err != nil || !ok {
			return fmt.Errorf("claim %s: %v %v", r.ID, ok, err)
		}
	}
	w.start()
	want := 0
	if w.Finds {
		want = 1
	}
	return first(
		func() error { return w.settled(2) },
		func() error { return w.shows("ARRIVED", 1) },
		func() error { return w.shows("MISSED", want) },
		func() error {
			if w.Finds {
				return w.ends(store.Sent)
			}
			return w.ends(store.Unknown)
		})
}

// reply is a reply of one sentence under an id of its own.
func (w *world) reply(text string) bot.Reply {
	return bot.Reply{ID: deliver.DeliveryID(w.newID()), Parts: []compose.Part{{Role: compose.RoleAnswer, Text: text}}}
}

// queue puts a reply on record and into the outbox, of nobody.
func (w *world) queue(chat bot.Chat, to deliver.Address, r bot.Reply) error {
	body, err := json.Marshal(r)
	if err != nil {
		return err
	}
	_, err = w.db.Respond(w.ctx, store.Response{At: time.Now(), Item: &store.Item{
		ID: string(r.ID), Lane: "T1/C1", Act: store.Post, At: time.Now(),
		Delivery: store.Delivery{
			ID: string(r.ID), Platform: chat.Name(), At: time.Now(), Body: body,
			To: store.Address{Team: string(to.Team), Channel: string(to.Channel), Person: string(to.Person)},
		},
	}}, store.Lease{})
	return err
}

// A long reply arrives whole, in order, each message within the limits of the platform.
func long(w *world) error {
	w.start()
	w.Say("Q1", LongQuestion)
	return first(func() error { return w.settled(1) }, func() error {
		messages := w.Messages()
		if len(messages) < 2 {
			return fmt.Errorf("a long reply became %d messages", len(messages))
		}
		all := strings.Join(messages, "\n")
		at := 0
		for _, sentence := range LongAnswer() {
			i := strings.Index(all[at:], sentence)
			if i < 0 {
				return fmt.Errorf("%q is missing or out of order", sentence)
			}
			at += i
		}
		return nil
	})
}

// revise asks a question, waits for the reply, and queues another in its place.
func (w *world) revise(asked string, to bot.Reply, meanwhile func()) error {
	w.Say("Q1", asked)
	if err := w.settled(1); err != nil {
		return err
	}
	if meanwhile != nil {
		meanwhile()
	}
	all, err := w.db.Deliveries(w.ctx, time.Time{})
	if err != nil || len(all) != 1 {
		return fmt.Errorf("on record are %d deliveries: %v", len(all), err)
	}
	body, err := json.Marshal(to)
	if err != nil {
		return err
	}
	err = w.db.Revise(w.ctx, store.Item{ID: w.newID(), Delivery: all[0], Lane: all[0].To.Team + "/" + all[0].To.Channel, Body: body, At: time.Now()})
	if err != nil {
		return err
	}
	return w.settled(2)
}

// A correction that is shorter takes away what is too much.
func revisedToFewer(w *world) error {
	w.start()
	return first(func() error { return w.revise(LongQuestion, w.reply("CORRECTED"), nil) },
		func() error { return w.ends(store.Edited) },
		func() error { return w.shows("CORRECTED", 1) },
		func() error { return w.shows(LongAnswer()[0], 0) },
		func() error { return w.shows(LongAnswer()[len(LongAnswer())-1], 0) })
}

// A correction that is longer adds what is missing.
func revisedToMore(w *world) error {
	w.start()
	longer := w.reply("CORRECTED")
	for _, sentence := range LongAnswer() {
		longer.Parts = append(longer.Parts, compose.Part{Role: compose.RoleDetail, Text: sentence + "."})
	}
	return first(func() error { return w.revise(Question, longer, nil) },
		func() error { return w.ends(store.Edited) },
		func() error { return w.shows("CORRECTED", 1) },
		func() error { return w.shows(Answer, 0) },
		func() error { return w.shows(LongAnswer()[len(LongAnswer())-1], 1) })
}

// A correction of what people have deleted does not count as made.
func revisedAndDeleted(w *world) error {
	w.start()
	return first(func() error { return w.revise(Question, w.reply("CORRECTED"), func() { w.Delete(0) }) },
		func() error { return w.ends(store.Failed, store.FollowedUp) })
}

// A correction of the record reaches what was answered, once: the reply says what is right, and what was wrong stands beside it.
func corrected(w *world) error {
	w.start()
	w.Say("Q1", Question)
	return first(
		func() error { return w.settled(1) },
		func() error { return w.correct() },
		func() error { return w.shows(Correction, 1) },
		func() error { return w.shows(Answer, 0) },
		func() error {
			return w.until("the note stood beside it", func() bool { return strings.Count(w.all(), "The month.") == 2 })
		},
		func() error { return w.correct() },
		func() error { return w.settled(3) },
		func() error { return w.shows(Correction, 1) })
}

// all is what people see now, as one text.
func (w *world) all() string { return strings.Join(w.Messages(), "\n") }

// correct changes the answer in the store and lets the bot follow. Done again, it changes nothing more.
func (w *world) correct() error {
	c := w.lib.Contents()
	e := c.Entries[slices.IndexFunc(c.Entries, func(e answers.Entry) bool { return e.ID == "reopening" })]
	e.Lead = Correction + " [gz-reopens]."
	change := store.Change{ID: "june", At: time.Now(), Author: "an editor", Why: "a test", Class: answers.Corrected, Wrong: "The month.", Right: "June."}
	if _, err := w.db.Edit(w.ctx, change, store.Edit{Patch: answers.Patch{Put: answers.Contents{Entries: []answers.Entry{e}}}}); err != nil {
		return err
	}
	now, err := w.db.Record(w.ctx)
	if err != nil {
		return err
	}
	lib, err := library.New(now, nil)
	if err != nil {
		return err
	}
	w.bot.Swap(lib)
	_, err = w.bot.FanOut(w.ctx)
	return err
}
