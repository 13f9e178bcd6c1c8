package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"parley/answers"
	"parley/answers/library"
	"parley/store"
)

// outgoing is a reply on record that must be sent.
type outgoing struct {
	item        string // of the outbox; "" where there is nothing to say
	act         store.Act
	lane        string
	reply       Reply
	to          Address
	before      Receipt // what is there already
	at          time.Time
	attempts    int      // before
	change      int      // that a revision tells of
	found       bool     // it had arrived, at least its first message
	interrupted bool     // a worker was lost while it sent this
	sought      bool     // it was searched for in vain, and may perhaps be repeated only now: later it is searched for again
	lost        bool     // the answer to a post of it was lost, not that to an edit: edits are repeated
	otherwise   *Address // where the person is told if it cannot be delivered; nil for nowhere
}

// respond makes the reply to an event and puts it on record, together with what else the event led to.
func (b *Bot) respond(ctx context.Context, chat Chat, in accepted) (outgoing, error) {
	lib, done := b.libraries.use()
	defer done()
	now := b.config.Now()
	settings, err := b.settings(ctx, chat, in.Place)
	if err != nil {
		return outgoing{}, err
	}
	r := store.Response{Platform: chat.Name(), Event: string(in.ID), At: now}
	out := outgoing{to: address(in.Event, settings), at: now}
	say := true
	switch refusal, err := b.allowed(ctx, chat, in.Event, settings, now); {
	case err != nil:
		return outgoing{}, err
	case refusal != "" && in.Overheard:
		say = false
	case refusal != "":
		out.reply, out.to.Private = notice("%s", refusal), true
	case in.attempts > maxAttempts:
		out.reply, out.to.Private = notice("Something went wrong with this, and it is not your fault. Please ask in other words, or tell the curators."), true
	case in.Click != nil:
		if say, err = b.click(ctx, chat, lib, in, &out, &r); err != nil {
			return outgoing{}, err
		}
	case in.Verbless:
		out.reply = verbless(in)
	case in.Want == Notify:
		out.to.Private = true
		if out.reply, err = b.consent(ctx, chat, in); err != nil {
			return outgoing{}, err
		}
		out.reply.Asked = strings.TrimSpace(string(Notify) + " " + in.Text)
	default:
		var a answers.Answer
		out.reply, a = b.answer(lib, in, now)
		out.reply.Controls = controls(a, out.to.Private)
		if err := b.sinceAsked(ctx, chat, &out); err != nil {
			return outgoing{}, err
		}
		say = !in.Overheard || a.Outcome == answers.OutcomeAnswered && a.Intent != answers.IntentHelp
		if say {
			r.Asked = asked(chat, in, a, now)
		}
	}
	if say {
		out.reply.ID = cmp.Or(out.reply.ID, in.delivery)
		out.reply.Asked = cmp.Or(out.reply.Asked, in.Text)
		if r.Item, err = b.post(chat, in.ID, &out); err != nil {
			return outgoing{}, err
		}
	}
	first, err := b.store.Respond(ctx, r, b.lease())
	if err != nil {
		return outgoing{}, fmt.Errorf("store the reply %s: %w", in.delivery, err)
	}
	if !first {
		out.item = "" // another worker has answered meanwhile
	}
	b.metrics.answered(chat.Name(), out.reply)
	b.config.Log.InfoContext(ctx, "answered", "reply", in.delivery, "platform", chat.Name(), "want", out.reply.About.Want, "entry", out.reply.About.Entry,
		"outcome", out.reply.Outcome, "confidence", out.reply.Answer.Confidence, "said", say && first)
	return out, nil
}

// maxAttempts is how often an event is begun: one that brings the program down each time must not do so for ever.
const maxAttempts = 5

// post makes the item of the outbox by which a reply is posted, and lets out point to it.
func (b *Bot) post(chat Chat, e EventID, out *outgoing) (*store.Item, error) {
	body, err := json.Marshal(out.reply)
	if err != nil {
		return nil, fmt.Errorf("write the reply %s: %w", out.reply.ID, err)
	}
	out.act, out.item, out.lane = store.Post, string(out.reply.ID), lane(out.to)
	return &store.Item{
		ID: out.item, Lane: out.lane, Act: out.act, At: out.at,
		Delivery: store.Delivery{
			ID: string(out.reply.ID), Platform: chat.Name(), Event: string(e), At: out.at, To: stored(out.to), Body: body,
			Shown: out.reply.Answer.Stands(),
		},
	}, nil
}

// lane names what must go out one after another: what is said in a channel, and what is said to one person there.
func lane(to Address) string {
	if to.Private {
		return string(to.Team) + "/" + string(to.Channel) + "/" + string(to.Person)
	}
	return string(to.Team) + "/" + string(to.Channel)
}

// address is where the reply to an event goes. Clicks are answered to the person alone, and so are commands, unless the place or the
// asker wants otherwise.
func address(e Event, s Settings) Address {
	private := e.Command && !s.Public
	if e.Click != nil {
		private = true
	}
	return Address{Place: e.Place, Person: e.Person.ID, Private: private && !e.Public, Via: e.Via, ViaUntil: e.ViaUntil}
}

func stored(to Address) store.Address {
	return store.Address{
		Team: string(to.Team), Channel: string(to.Channel), Thread: string(to.Thread), Person: string(to.Person), Private: to.Private, Direct: to.Direct,
		Via: string(to.Via), ViaUntil: to.ViaUntil,
	}
}

func loaded(to store.Address) Address {
	return Address{
		Place:  Place{TeamID(to.Team), ChannelID(to.Channel), MessageID(to.Thread), to.Direct},
		Person: PersonID(to.Person), Private: to.Private, Via: Via(to.Via), ViaUntil: to.ViaUntil,
	}
}

// answer asks the engine for what an event wants, and composes. Only questions are part of a dialogue.
func (b *Bot) answer(lib *library.Library, in accepted, now time.Time) (Reply, answers.Answer) {
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
	reply := Compose(lib.About(), a)
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
