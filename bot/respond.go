package bot

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"parley/answers"
	"parley/bot/deliver"
	"parley/store"
)

// respond makes the reply to an event and puts it on record, together with what else the event led to.
func (b *Bot) respond(ctx context.Context, chat Chat, in accepted) (deliver.Delivery[Reply], error) {
	lib, done := b.libraries.use()
	defer done()
	now := b.config.Now()
	settings, err := b.settings(ctx, chat, in.Place)
	if err != nil {
		return deliver.Delivery[Reply]{}, err
	}
	r := store.Response{Platform: chat.Name(), Event: string(in.ID), At: now}
	out := deliver.Delivery[Reply]{To: address(in.Event, settings), At: now}
	say := true
	switch refusal, err := b.allowed(ctx, chat, in.Event, settings, now); {
	case err != nil:
		return deliver.Delivery[Reply]{}, err
	case refusal != "" && in.Overheard:
		say = false
	case refusal != "":
		out.Reply, out.To.Private = notice("%s", refusal), true
	case in.attempts > maxAttempts:
		out.Reply, out.To.Private = notice("Something went wrong with this, and it is not your fault. Please ask in other words, or tell the curators."), true
	case in.Click != nil:
		if say, err = b.click(ctx, chat, lib, in, &out, &r); err != nil {
			return deliver.Delivery[Reply]{}, err
		}
	case in.Verbless:
		out.Reply = verbless(in)
	case in.Want == Notify:
		out.To.Private = true
		if out.Reply, err = b.consent(ctx, chat, in); err != nil {
			return deliver.Delivery[Reply]{}, err
		}
		out.Reply.Asked = strings.TrimSpace(string(Notify) + " " + in.Text)
	default:
		var a answers.Answer
		out.Reply, a = b.answer(lib, in, now)
		out.Reply.Controls = controls(a, out.To.Private)
		if err := b.sinceAsked(ctx, chat, &out); err != nil {
			return deliver.Delivery[Reply]{}, err
		}
		say = !in.Overheard || a.Outcome == answers.OutcomeAnswered && a.Intent != answers.IntentHelp
		if say {
			r.Asked = asked(chat, in, a, now)
		}
	}
	if say {
		out.ID = cmp.Or(out.Reply.ID, in.delivery)
		out.Reply.ID, out.Reply.Asked = out.ID, cmp.Or(out.Reply.Asked, in.Text)
		out.Shown = out.Reply.Answer.Stands()
		if r.Item, err = out.Queue(chat.Name(), string(in.ID)); err != nil {
			return deliver.Delivery[Reply]{}, err
		}
	}
	first, err := b.store.Respond(ctx, r, b.outbox.Lease())
	if err != nil {
		return deliver.Delivery[Reply]{}, fmt.Errorf("store the reply %s: %w", in.delivery, err)
	}
	if !first {
		out.Item = "" // another worker has answered meanwhile
	}
	b.metrics.answered(chat.Name(), out.Reply)
	b.config.Log.InfoContext(ctx, "answered", "reply", in.delivery, "platform", chat.Name(), "want", out.Reply.About.Want, "entry", out.Reply.About.Entry,
		"outcome", out.Reply.Outcome, "confidence", out.Reply.Answer.Confidence, "said", say && first)
	return out, nil
}

// maxAttempts is how often an event is begun: one that brings the program down each time must not do so for ever.
const maxAttempts = 5

// address is where the reply to an event goes. Clicks are answered to the person alone, and so are commands, unless the place or the
// asker wants otherwise.
func address(e Event, s Settings) Address {
	private := e.Command && !s.Public
	if e.Click != nil {
		private = true
	}
	return Address{Place: e.Place, Person: e.Person.ID, Private: private && !e.Public, Via: e.Via, ViaUntil: e.ViaUntil}
}

// answer asks the engine for what an event wants, and composes. Only questions are part of a dialogue.
func (b *Bot) answer(lib *answers.Library, in accepted, now time.Time) (Reply, answers.Answer) {
	q := answers.Question{Text: in.Text, AsOf: in.AsOf, Today: answers.DateOf(now)}
	var a answers.Answer
	leant := false
	switch in.Want {
	case "", answers.IntentQuestion:
		here := conversation(in.Event)
		before := b.dialogues.in(here, now)
		var after answers.Dialogue
		a, after = lib.Converse(before, q)
		b.dialogues.keep(here, after, now)
		leant = (before.Asked != "" || len(before.Suggestions) > 0) && answers.FateOf(a) != lib.Fate(q)
	case answers.IntentCheck:
		a = lib.Check(q)
	default:
		a = lib.LookUp(answers.LookUp{Intent: in.Want, Term: in.Text, AsOf: in.AsOf, Today: q.Today})
	}
	reply := Compose(a)
	reply.ID, reply.Asked, reply.About = in.delivery, in.Text, subject(in.Event, a)
	reply.About.Leant = leant
	return reply, a
}

// notice is a reply of one sentence.
func notice(format string, args ...any) Reply {
	return Reply{Parts: []Part{{Role: RoleNotice, Text: fmt.Sprintf(format, args...)}}}
}

// verbless offers to ask what was typed behind a command without a verb.
func verbless(in accepted) Reply {
	r := notice("Parley has no command “%s”. To ask it as a question, use the button, or type it behind “ask”.", clipped(strings.Join(strings.Fields(in.Text), " "), 100))
	r.About = Subject{Want: answers.IntentQuestion, Text: in.Text}
	r.Controls = []Control{{Verb: AskThis, Label: AskThis.label()}}
	return r
}

// asked is a question or a statement with what became of it, so that curators see what is missing. Look-ups are not kept.
func asked(chat Chat, in accepted, a answers.Answer, now time.Time) *store.Asked {
	switch in.Want {
	case "", answers.IntentQuestion, answers.IntentCheck:
	default:
		return nil
	}
	q := &store.Asked{
		ID: string(in.delivery), At: now, Platform: chat.Name(), Text: in.Text, AsOf: in.AsOf, Outcome: a.Outcome, Confidence: a.Confidence,
	}
	if a.Entry != nil {
		q.Entry, q.Revision = a.Entry.ID, a.Entry.Revision
	}
	return q
}
