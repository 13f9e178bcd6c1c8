package discord

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"parley/answers"
	"parley/bot"
	"parley/bot/compose"
	"parley/bot/deliver"
)

// corrections adds to replies those that tell of changes of the record.
func corrections(t *testing.T, list map[string]bot.Reply) {
	at := time.Date(2026, 11, 22, 14, 5, 0, 0, time.UTC)
	moment := "22 Nov 2026, 14:05 UTC"
	asked := list["answered"].Asked
	wrong := compose.Part{Role: compose.RoleNotice, Heading: "Corrected on " + moment, Items: []compose.Item{
		{Label: "What was wrong", Text: "We wrote that a report of the Washington meeting names a number of US troops. It names none."},
		{Label: "What is right", Text: "No such commitment is on record."},
	}}
	clearer := compose.Part{Role: compose.RoleNotice, Heading: "Worded more clearly on " + moment, Text: "“Any” means any US troops on Ukrainian soil."}
	withdrawn := compose.Part{
		Role: compose.RoleNotice, Heading: "Withdrawn on " + moment,
		Text: "The answer to “" + asked + "” has been withdrawn: The Post has withdrawn the report on which it stood.",
	}
	since := wrong
	since.Heading += ", since you asked “" + asked + "”"
	before := func(name string, controls []bot.Control, parts ...compose.Part) {
		r := list["answered"]
		r.ID, r.Controls, r.Parts = deliver.DeliveryID("d-"+name), controls, append(parts, r.Parts...)
		list[name] = r
	}
	public := with(bot.Copy, bot.More, bot.Sources, bot.Quote, bot.Timeline, bot.WhyThis, bot.Helpful, bot.Unhelpful, bot.Report)
	before("corrected", public, wrong)
	before("clarified", public)
	clarified := list["clarified"]
	clarified.Parts = append(clarified.Parts, clearer)
	list["clarified"] = clarified
	before("since-you-asked", append(with(bot.Share), public...), since)
	alone := func(name string, controls []bot.Control, parts ...compose.Part) {
		list[name] = bot.Reply{ID: deliver.DeliveryID("d-" + name), Controls: controls, Parts: parts}
	}
	alone("withdrawn", nil, withdrawn)
	alone("note-beside", nil, wrong)

	lib := ownLibrary(t, func(c *answers.Contents) {
		entry := []answers.Ref{{Noun: answers.NounEntry, ID: "us-troops", Revision: 2}}
		c.Corrections = []answers.Correction{
			{Number: 2, At: at.Add(-24 * time.Hour), Class: answers.Corrected, Wrong: wrong.Items[0].Text, Right: wrong.Items[1].Text, Items: entry},
			{Number: 3, At: at, Class: answers.Withdrawal, Wrong: "The Post has withdrawn the report on which it stood.", Items: entry},
		}
	})
	log := bot.Compose(lib.About(), lib.LookUp(answers.LookUp{Intent: answers.IntentCorrections, Today: day(t, "2026-11-22")}))
	log.ID, log.Controls = "d-corrections", with(bot.Share, bot.Copy, bot.Helpful, bot.Unhelpful, bot.Report)
	list["corrections"] = log

	kinds := []bot.Control{
		{Verb: bot.MinorChange, Label: "A slip of the pen"}, {Verb: bot.Clarify, Label: "Say it more clearly"},
		{Verb: bot.CorrectThis, Label: "Correct an error"}, {Verb: bot.Withdraw, Label: "Withdraw it"},
	}
	alone("kinds-of-change", kinds, compose.Part{Role: compose.RoleNotice, Text: "What kind of change to “" + asked + "” (us-troops v1) is it?"})
	preview := bot.Preview{
		Class: answers.Corrected, Changed: []answers.Ref{{Noun: answers.NounEntry, ID: "us-troops", Revision: 2}}, Asked: 412,
		Past: []answers.Shift{{
			Question: answers.Question{Text: "how many us soldiers go to ukraine"},
			Before:   answers.Fate{Outcome: answers.OutcomeAnswered, Entry: "us-troops"}, After: answers.Fate{Outcome: answers.OutcomeDeclined},
		}},
	}
	preview.BlastRadius.Replies, preview.BlastRadius.Private, preview.BlastRadius.Direct, preview.BlastRadius.Channels, preview.BlastRadius.Fixed = 17, 9, 3, 4, 6
	steps := []bot.Control{
		{Verb: bot.Publish, Label: "Publish"}, {Verb: bot.CorrectThis, Label: "Change the words"}, {Verb: bot.Discard, Label: "Discard"},
	}
	alone("preview", steps, append([]compose.Part{
		{Role: compose.RoleHint, Text: "A preview: nothing has been changed yet."},
		{Role: compose.RoleDetail, Heading: "The short answer", Text: "Our record holds no commitment to send any [post-no-troops]."},
	}, preview.Parts()...)...)
	alone("no-editor", nil, compose.Part{
		Role: compose.RoleNotice,
		Text: "Only editors may change the record. Those who manage this Parley can give you that role; “Report an error” is for everybody.",
	})
}

// correctionForm is one with as many texts as a modal takes, which stand there already.
func correctionForm() bot.Form {
	return bot.Form{
		Click: bot.Click{Verb: bot.CorrectThis, On: "d-1"}, Title: "Correct an error",
		Fields: []bot.Field{
			{Name: "lead", Label: "The lead; below it, the one for yes or no", Value: "It reopens in “May” [gz-reopens].", Required: true, Most: 3000},
			{Name: "detail", Label: "The detail, with its [claims]", Value: strings.Repeat("é", 3500), Most: 3000},
			{Name: "wrong", Label: "What was wrong, for readers", Required: true, Most: 1000},
			{Name: "right", Label: "What is right, for readers", Required: true, Most: 1000},
			{Name: "text", Label: strings.Repeat("x", 50), Most: 5000},
		},
	}
}

// A form shows five texts that stand already, in full, and gives back what was typed into each.
func TestCorrectionForm(t *testing.T) {
	f := correctionForm()
	d := formModal(f)
	newLocal(t).open(t, f)
	var sent []any
	for i, component := range d.Components {
		in := component.(discordgo.ActionsRow).Components[0].(discordgo.TextInput)
		if in.Value != f.Fields[i].Value || in.MaxLength < units(in.Value) || in.Required != f.Fields[i].Required {
			t.Errorf("%s holds %d characters of %d, and takes %d", in.CustomID, units(in.Value), units(f.Fields[i].Value), in.MaxLength)
		}
		sent = append(sent, map[string]any{"type": 1, "components": []any{map[string]any{"type": 4, "custom_id": in.CustomID, "value": in.Value}}})
	}
	raw, err := json.Marshal(map[string]any{"custom_id": d.CustomID, "components": sent})
	if err != nil {
		t.Fatal(err)
	}
	var back discordgo.ModalSubmitInteractionData
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, field := range f.Fields {
		want[field.Name] = field.Value
	}
	if got := formFields(back); !reflect.DeepEqual(got, want) {
		t.Errorf("what comes back is %.200q", got)
	}
}

// Where an interaction came from tells whether Parley can reach what it says there, and whether anybody else is there.
func TestWhereFrom(t *testing.T) {
	for name, c := range map[string]struct {
		place           string
		outside, direct bool
	}{
		"guild":                          {`"guild_id":"2","context":0,"authorizing_integration_owners":{"0":"2"}`, false, false},
		"guild, installed twice":         {`"guild_id":"2","context":0,"authorizing_integration_owners":{"0":"2","1":"4"}`, false, false},
		"guild, by user install alone":   {`"guild_id":"2","context":0,"authorizing_integration_owners":{"1":"4"}`, true, false},
		"direct":                         {`"context":1,"authorizing_integration_owners":{"0":"0"}`, false, true},
		"direct, by user install":        {`"context":1,"authorizing_integration_owners":{"1":"4"}`, false, true},
		"between people":                 {`"context":2,"authorizing_integration_owners":{"1":"4"}`, true, false},
		"guild, without a word on it":    {`"guild_id":"2"`, false, false},
		"no guild, without a word on it": {`"channel_id":"3"`, false, true},
	} {
		raw := `{"id":"1","type":2,"token":"a/b","user":{"id":"4"},"data":{"name":"parley","type":1,"options":[{"name":"help","type":1}]},` + c.place + `}`
		e := fromInteraction(json.RawMessage(raw), time.Now()).event
		id, token := parseVia(e.Via)
		if id != "1" || token != "a/b" || userInstalled(e.Via) != c.outside || e.Place.Direct != c.direct {
			t.Errorf("%s: %q, %q; outside %v, direct %v", name, id, token, userInstalled(e.Via), e.Place.Direct)
		}
	}
	for guild, want := range map[string]bool{"": true, `"guild_id":"2","mentions":[{"id":"9"}],`: false} {
		raw := `{"id":"1","type":0,` + guild + `"channel_id":"3","author":{"id":"4"},"content":"hello"}`
		if a := fromMessage(json.RawMessage(raw), discordgo.User{ID: "9"}); a.kind != said || a.event.Place.Direct != want {
			t.Errorf("%s: %+v", raw, a)
		}
	}
}

// The menu of a message names the message alone; without one it is nothing.
func TestCorrectThis(t *testing.T) {
	const form = `{"id":"1","type":2,"token":"t","guild_id":"2","channel_id":"3","member":{"user":{"id":"4"}},"data":{"name":"Correct this","type":3%s}}`
	a := fromInteraction(json.RawMessage(strings.Replace(form, "%s", `,"target_id":"77"`, 1)), time.Now())
	if want := (bot.Click{Verb: bot.Correct, Message: "77"}); a.kind != asked || a.event.Click == nil || !reflect.DeepEqual(*a.event.Click, want) {
		t.Errorf("it is read as %+v", a.event)
	}
	if a := fromInteraction(json.RawMessage(strings.Replace(form, "%s", "", 1)), time.Now()); a.kind != nothing {
		t.Errorf("without a message it is read as %+v", a.event)
	}
}
