package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"parley/answers"
	"parley/answers/library"
	"parley/bot/compose"
	"parley/bot/deliver"
	"parley/store"
)

// Draft is a change of an entry that an editor makes in a chat, step by step: what kind, what words, a preview, and then it is published or
// discarded.
type Draft struct {
	Entry    answers.EntryID `json:"entry"`
	Revision int             `json:"revision"`        // that the editor saw
	Lines    bool            `json:"lines,omitempty"` // it is from a list of questions and answers, whose texts have lines
	Class    answers.Class   `json:"class,omitempty"`
	Lead     answers.Prose   `json:"lead,omitempty"`
	Polar    answers.Prose   `json:"polar,omitempty"`
	Basis    answers.Prose   `json:"basis,omitempty"`
	Caveat   answers.Prose   `json:"caveat,omitempty"`
	Detail   answers.Prose   `json:"detail,omitempty"`
	Wrong    string          `json:"wrong,omitempty"`
	Right    string          `json:"right,omitempty"`
}

// The fields of a correction: five, as many as a form holds, so that two of them hold two texts, one below the other.
const (
	fieldLead   = "lead"  // and below it the one for yes or no
	fieldBasis  = "basis" // and below it the caveat
	fieldDetail = "detail"
	fieldWrong  = "wrong"
	fieldRight  = "right"
)

// class is the kind of change that a verb stands for.
func (v Verb) class() answers.Class {
	switch v {
	case MinorChange:
		return answers.Minor
	case Clarify:
		return answers.Clarification
	case CorrectThis:
		return answers.Corrected
	case Withdraw:
		return answers.Withdrawal
	default:
		return answers.Unclassed
	}
}

// mayEdit reports whether a person may change the record.
func (b *Bot) mayEdit(ctx context.Context, chat Chat, e Event) (bool, error) {
	role, err := b.role(ctx, chat, e.Place, e.Person)
	return seniority(role) >= seniority(store.Editor), err
}

// correctionForm asks an editor for the words of a change; nil for anybody else, and where there is nothing to change.
func (b *Bot) correctionForm(ctx context.Context, chat Chat, e Event) (*Form, error) {
	may, err := b.mayEdit(ctx, chat, e)
	if err != nil || !may {
		return nil, err
	}
	_, shown, found, err := b.clicked(ctx, chat, e)
	if err != nil || !found || shown.Draft == nil {
		return nil, err
	}
	d := *shown.Draft
	wrong := Field{fieldWrong, "What was wrong, for readers", d.Wrong, true, maxForm}
	right := Field{fieldRight, "What is right, for readers", d.Right, true, maxForm}
	said := []Field{
		{fieldLead, "The lead; below it, the one for yes or no", below(d.Lead, d.Polar), true, maxAnswer},
		{fieldBasis, "The basis; below it, the caveat", below(d.Basis, d.Caveat), false, maxAnswer},
		{fieldDetail, "The detail, with its [claims]", string(d.Detail), false, maxAnswer},
	}
	form := &Form{Click: Click{Verb: e.Click.Verb, On: e.Click.On}, Title: e.Click.Verb.label()}
	switch e.Click.Verb {
	case MinorChange:
		form.Fields = said
	case Clarify:
		right.Label, right.Required = "What is clearer now, for readers", false
		form.Fields = append(said, right)
	case CorrectThis:
		form.Fields = append(said, wrong, right)
	case Withdraw:
		wrong.Label = "Why it is withdrawn, for readers"
		form.Fields = []Field{wrong}
	}
	return form, nil
}

// below puts one text below another in a field of a form.
func below(first, second answers.Prose) string {
	return strings.TrimSpace(string(first + "\n" + second))
}

// typed reads into a draft what was typed into the fields of a form.
func (d *Draft) typed(fields map[string]string) {
	lines := func(name string) (first, rest answers.Prose) {
		one, more, _ := strings.Cut(strings.TrimSpace(fields[name]), "\n")
		return answers.Prose(answers.OneLine(one)), answers.Prose(answers.OneLine(more))
	}
	if d.Lines {
		d.Lead, d.Detail = answers.Prose(answers.Lines(fields[fieldLead])), answers.Prose(answers.Lines(fields[fieldDetail]))
	} else {
		d.Lead, d.Polar = lines(fieldLead)
		d.Detail = answers.Prose(answers.OneLine(fields[fieldDetail]))
	}
	if d.Basis, d.Caveat = lines(fieldBasis); d.Basis.Warns() {
		d.Basis, d.Caveat = "", d.Basis.With(d.Caveat)
	}
}

// curate carries a change of the record one step on. Whoever may not make it is told so at each step.
func (b *Bot) curate(ctx context.Context, chat Chat, lib *library.Library, in inbound, shown Reply, out *deliver.Delivery[Reply]) error {
	out.To.Private = true
	switch may, err := b.mayEdit(ctx, chat, in.Event); {
	case err != nil:
		return err
	case !may:
		out.Reply = notice("Only editors may change the record. Those who manage this Parley can give you that role; “Report an error” is for everybody.")
		return nil
	}
	switch verb := in.Click.Verb; {
	case verb == Correct:
		out.Reply = begin(lib, shown)
		return nil
	case shown.Draft == nil || verb.class() != answers.Unclassed && !in.Click.Typed:
		out.Reply = notice("There is no change to go on with. Choose “%s” on the reply again.", Correct.label())
		return nil
	case verb == Discard:
		out.Reply = notice("Discarded. Nothing was changed.")
		return nil
	case verb == Publish:
		return b.publish(ctx, chat, in, shown, out)
	default:
		return b.propose(ctx, lib, in, *shown.Draft, out)
	}
}

// begin asks what kind of change an editor wants to make to the entry that a reply gave.
func begin(lib *library.Library, shown Reply) Reply {
	e, ok := lib.Entry(shown.About.Entry)
	if !ok {
		claims := "the claims that it lists"
		if ids := shown.About.Claims; len(ids) > 0 {
			claims = joined(ids)
		}
		return notice("That reply gives no curated answer but lists what is on record. Change %s in a terminal: parley edit ID.", claims)
	}
	r := notice("What kind of change to “%s” (%s v%d) is it?", e.Question, e.ID, e.Revision)
	r.Draft = &Draft{Entry: e.ID, Revision: e.Revision, Lines: e.Kind == answers.KindFAQ, Lead: e.Lead, Polar: e.Polar, Basis: e.Basis, Caveat: e.Caveat, Detail: e.Detail}
	verbs := []Verb{MinorChange, Clarify, CorrectThis, Withdraw}
	if slices.ContainsFunc([]string{below(e.Lead, e.Polar), below(e.Basis, e.Caveat), string(e.Detail)}, func(text string) bool {
		return utf8.RuneCountInString(text) > maxAnswer
	}) {
		r.Parts = append(r.Parts, compose.Part{Role: compose.RoleNotice, Text: fmt.Sprintf("Its words are too long for a form. Change them in a terminal: parley edit %s.", e.ID)})
		verbs = []Verb{Withdraw}
	}
	for _, v := range verbs {
		r.Controls = append(r.Controls, Control{Verb: v, Label: v.label()})
	}
	return r
}

// propose shows what a change would do, or what stands in its way.
func (b *Bot) propose(ctx context.Context, lib *library.Library, in inbound, d Draft, out *deliver.Delivery[Reply]) error {
	f := in.Click.Fields
	d.Class = in.Click.Verb.class()
	if d.Class != answers.Withdrawal {
		d.typed(f)
	}
	d.Wrong, d.Right = answers.OneLine(f[fieldWrong]), answers.OneLine(f[fieldRight])
	out.Reply = Reply{Draft: &d}
	edit, err := d.edit(lib)
	if err == nil {
		err = d.told()
	}
	var p Preview
	if err == nil {
		p, err = b.Preview(ctx, d.Class, edit)
	}
	again := Control{Verb: in.Click.Verb, Label: "Change the words"}
	if problems := Unfit(err); problems != nil {
		list := compose.Part{Role: compose.RoleList, Heading: "This cannot be published as it stands:"}
		for _, text := range problems {
			list.Items = append(list.Items, compose.Item{Label: "", Text: text})
		}
		out.Reply.Parts = []compose.Part{list}
		if stale := (*store.Stale)(nil); !errors.As(err, &stale) { // which no words can mend
			out.Reply.Controls = []Control{again, {Verb: Discard, Label: Discard.label()}}
		}
		return nil
	}
	if err != nil {
		return fmt.Errorf("preview a change of %s: %w", d.Entry, err)
	}
	out.Reply.Parts = append([]compose.Part{{Role: compose.RoleHint, Text: "A preview: nothing has been changed yet."}}, d.parts()...)
	out.Reply.Parts = append(out.Reply.Parts, p.Parts()...)
	out.Reply.Controls = []Control{{Verb: Publish, Label: Publish.label()}, again, {Verb: Discard, Label: Discard.label()}}
	return nil
}

// errUntold means that readers would be told of a correction without being told what it is.
var errUntold = errors.New("readers are not told what was wrong, or what is right")

// told reports whether readers are told enough. A form asks for that, but blanks fill it.
func (d Draft) told() error {
	if d.Class == answers.Corrected && (d.Wrong == "" || d.Right == "") || d.Class == answers.Withdrawal && d.Wrong == "" {
		return errUntold
	}
	return nil
}

// parts is the new wording, for its editor.
func (d Draft) parts() []compose.Part {
	var parts []compose.Part
	add := func(heading, text string) {
		if text != "" {
			parts = append(parts, compose.Part{Role: compose.RoleDetail, Heading: heading, Text: text})
		}
	}
	if d.Class != answers.Withdrawal {
		add("The lead", string(d.Lead))
		add("The lead for yes or no", string(d.Polar))
		add("The basis", string(d.Basis))
		add("The caveat", string(d.Caveat))
		add("The detail", string(d.Detail))
	}
	wrong, right := "what was wrong", "what is right"
	switch d.Class {
	case answers.Withdrawal:
		wrong = "why it is withdrawn"
	case answers.Clarification:
		right = "what is clearer now"
	}
	add("Readers are told "+wrong, d.Wrong)
	add("Readers are told "+right, d.Right)
	return parts
}

// edit is the draft as an edit of the record.
func (d Draft) edit(lib *library.Library) (store.Edit, error) {
	seen := answers.Ref{Noun: answers.NounEntry, ID: string(d.Entry), Revision: d.Revision}
	if d.Class == answers.Withdrawal {
		patch, err := lib.Contents().Retract(answers.NounEntry, string(d.Entry), d.Wrong)
		return store.Edit{Patch: patch, Base: append(patch.Base(), seen)}, err
	}
	e, ok := lib.Entry(d.Entry)
	if !ok {
		return store.Edit{}, fmt.Errorf("the entry %q %w", d.Entry, answers.ErrUnknown)
	}
	e.Lead, e.Polar, e.Basis, e.Caveat, e.Detail = d.Lead, d.Polar, d.Basis, d.Caveat, d.Detail
	if e.State == answers.Retracted && d.Class == answers.Corrected {
		e.State, e.Withdrawn = answers.Live, "" // put right, it is told again
	}
	return store.Edit{Patch: answers.Patch{Put: answers.Contents{Entries: []answers.Entry{e}}}, Base: []answers.Ref{seen}}, nil
}

// publish makes a change that was previewed, once however often that is clicked.
func (b *Bot) publish(ctx context.Context, chat Chat, in inbound, shown Reply, out *deliver.Delivery[Reply]) error {
	d := *shown.Draft
	lib, done := b.libraries.use()
	defer done()
	edit, err := d.edit(lib)
	if err == nil {
		err = d.told()
	}
	var changed []answers.Ref
	if err == nil {
		changed, err = b.store.Edit(ctx, store.Change{
			ID: "publish-" + string(shown.ID), At: b.config.Now(), Author: fmt.Sprintf("%s/%s", chat.Name(), in.Person.ID),
			Why: strings.TrimSpace("changed in a chat. " + d.Wrong), Class: d.Class, Wrong: d.Wrong, Right: d.Right,
		}, edit)
	}
	if problems := Unfit(err); problems != nil {
		out.Reply = notice("%s", strings.Join(problems, " "))
		return nil
	}
	if err != nil {
		return fmt.Errorf("publish a change of %s: %w", d.Entry, err)
	}
	text := "Published"
	for _, r := range changed {
		if r.Noun == answers.NounEntry && r.ID == string(d.Entry) {
			text += fmt.Sprintf(" as %s v%d", r.ID, r.Revision)
		}
	}
	if d.Class.Told() {
		text += ". Replies that were given are corrected from now on; `parley corrections` tells how that goes"
	}
	out.Reply = notice("%s.", text)
	return nil
}
