package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"parley/answers"
	"parley/answers/library"
	"parley/bot/compose"
	"parley/bot/deliver"
	"parley/store"
)

// Edit makes of the event of a message that of an edit of it. at is the platform's time of the edit, in a form that sorts as text: an edit that comes
// twice is done once, and one that comes after a later one not at all.
func (e *Event) Edit(at string) { e.Of, e.ID = e.ID, EventID(edits(e.ID)+at) }

// Delete makes of the event of a message that of its deletion, of which only the place need be known. No edit comes after it.
func (e *Event) Delete() {
	e.Edit("gone") // sorts after every time
	e.Gone = true
}

// edits is what the ids of all edits of a message begin with.
func edits(of EventID) string { return "edit/" + string(of) + "/" }

// foreign reports whether an event concerns a message that Parley has nothing to do with: people edit and delete much that they never asked it.
func (p *path) foreign(ctx context.Context, e Event) (bool, error) {
	if e.Of == "" || !e.Gone && !e.Overheard {
		return false, nil
	}
	known, err := p.store.Known(ctx, p.chat.Name(), string(e.Of))
	if err != nil {
		return false, fmt.Errorf("look for the message of the event %s: %w", e.ID, err)
	}
	return !known, nil
}

// overtaken reports whether a later edit of a message has come in: then that decides what is said, and not what the message said before. Platforms may
// bring them in any order.
func (p *path) overtaken(ctx context.Context, e Event) (bool, error) {
	if comesOnce(e) {
		return false, nil
	}
	all := edits(cmp.Or(e.Of, e.ID))
	since := all
	if e.Of != "" {
		since = string(e.ID)
	}
	late, err := p.store.CameLater(ctx, p.chat.Name(), all, since)
	if err != nil {
		return false, fmt.Errorf("look for later edits than %s: %w", e.ID, err)
	}
	return late, nil
}

// revise turns the response to an edited or deleted message into a revision of the reply to it, if there is one that stands. Where there is none, an
// edit is answered as a question of its own.
func (p *path) revise(ctx context.Context, r *response, refused bool) error {
	platform, in := p.chat.Name(), r.in
	d, others, found, err := p.store.ReplyTo(ctx, platform, string(in.Of))
	if err != nil {
		return fmt.Errorf("look for the reply to %s: %w", in.Of, err)
	}
	var shown Reply
	if found {
		if shown, found, err = p.read(ctx, store.AsideReply, d.ID, d.Body); err != nil {
			return err
		}
	}
	former := &store.Former{Event: string(in.Of), Deleted: in.Gone}
	reply := r.out.Reply
	stands := reply.Answer.Stands()
	switch {
	case found && !in.Gone && shown.Question == "" && asksTheSame(in.Event, shown):
		r.drop()
		return nil
	case !found:
		r.stored.Former = former
		if r.stored.Dialogue != nil {
			r.stored.Dialogue.Again = false
		}
		return nil
	case in.Gone && (d.To.Direct || !others):
		reply = Reply{} // which is nothing to show: the messages are deleted
	case in.Gone:
		reply = orphaned(r.lib, shown, d.Shown, answers.DateOf(r.out.At))
		stands = reply.Answer.Stands()
	case refused, r.silence:
		r.drop()
		if shown.Question != "" {
			return nil
		}
		reply, stands, former = shown, d.Shown, nil
		reply.Question = QuestionEdited
		reply.Parts = reply.marked(reply.Parts)
	case !deliver.Editable(d, r.out.At):
		r.stored.Former, r.out.Reply.Parts = former, append([]compose.Part{answersTo("The reply above answers", shown)}, reply.Parts...)
		return nil
	default:
		reply.Asked = cmp.Or(reply.Asked, in.Text)
		if r.stored.Asked != nil {
			r.stored.Asked.ID = d.ID
		}
	}
	body, err := json.Marshal(reply)
	if err != nil {
		return fmt.Errorf("write the reply %s: %w", d.ID, err)
	}
	r.stored.Former = former
	r.stored.Item = &store.Item{
		ID: "edit-" + string(in.delivery), Delivery: d, Lane: deliver.Lane(deliver.Stored(d.To)), Act: store.Revise, Body: body, Shown: stands, At: r.out.At,
	}
	return nil
}

// drop leaves everything as it is.
func (r *response) drop() { r.silence, r.stored.Asked, r.stored.Dialogue = true, nil, nil }

// asksTheSame reports whether an event asks what a reply has answered.
func asksTheSame(e Event, shown Reply) bool {
	checks := e.Want == answers.IntentCheck
	return e.Text == shown.Asked && e.AsOf == shown.About.AsOf && checks == (shown.About.Want == answers.IntentCheck)
}

// QuestionState is what became of the question of a reply.
type QuestionState string

// The states besides that in which the question stands as it was answered.
const (
	QuestionEdited  QuestionState = "edited" // to something that the reply does not answer
	QuestionDeleted QuestionState = "deleted"
)

// marked puts before the parts of a reply what became of its question.
func (r Reply) marked(parts []compose.Part) []compose.Part {
	switch r.Question {
	case QuestionEdited:
		return append([]compose.Part{answersTo("Answers", r)}, parts...)
	case QuestionDeleted:
		return append([]compose.Part{{Role: compose.RoleHint, Text: "The message that this answered was deleted."}}, parts...)
	default:
		return parts
	}
}

// answersTo says which question a reply answers, where the message that asked it says something else by now.
func answersTo(what string, r Reply) compose.Part {
	return compose.Part{Role: compose.RoleHint, Text: what + ": “" + clipped(r.Asked, 300) + "”"}
}

// orphaned is what a reply still says when its question is gone: the answer, which stands by itself; of a rating, which means nothing without the
// statement, the claims alone.
func orphaned(lib *library.Library, shown Reply, stood []answers.Ref, today answers.Date) Reply {
	about := Subject{Want: shown.About.Want, AsOf: shown.About.AsOf, Entry: shown.About.Entry, Claims: shown.About.Claims}
	if about.Want != answers.IntentQuestion || about.Entry == "" {
		if len(about.Claims) == 0 {
			about.Want, about.Entry, about.Claims = answers.IntentClaims, "", claimsOf(stood)
		}
	}
	var r Reply
	if about.Entry != "" || len(about.Claims) > 0 {
		r = view(compose.View{}, lib.About(), again(lib, about, today))
		r.Controls = controls(r, false)
	}
	r.About, r.Changes, r.Question = about, shown.Changes, QuestionDeleted
	r.Parts = r.marked(compose.Told(r.Changes, r.Parts))
	return r
}
