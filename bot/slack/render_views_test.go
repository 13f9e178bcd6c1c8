package slack

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"parley/answers"
	"parley/bot"
	"parley/bot/compose"
	"parley/bot/deliver"
)

// readBack reads a golden view with the client library's types, in which every block must be known.
func readBack[V any](t *testing.T, written []byte) V {
	t.Helper()
	var v V
	if err := json.Unmarshal(written, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestHome(t *testing.T) {
	lib := ownLibrary(t, func(c *answers.Contents) {
		for i, class := range []answers.Class{answers.Corrected, answers.Withdrawal} {
			c.Corrections = append(c.Corrections, answers.Correction{
				Number: i + 1, At: time.Date(2026, time.November, 20+i, 14, 5, 0, 0, time.UTC), Class: class, Wrong: "It was not as we said.",
				Right: []string{"It is so.", ""}[i], Items: []answers.Ref{{Noun: answers.NounEntry, ID: "us-troops", Revision: 2 + i}},
			})
		}
	})
	today := day(t, "2026-11-22")
	h := homePage{
		Corrections: bot.Compose(lib.About(), lib.LookUp(answers.LookUp{Intent: answers.IntentCorrections, Today: today})),
		Try:         []string{"Will US troops be sent to Ukraine?", "What is the UK offering?", "How long did the Alaska meeting last?", "A fourth?"},
	}
	v := readBack[slack.HomeTabViewRequest](t, goldenJSON(t, "home", home(h)))
	newLocal(t).publish(t, v)
	var asked []string
	for _, b := range v.Blocks.BlockSet {
		if s, ok := b.(*slack.SectionBlock); ok {
			button := s.Accessory.ButtonElement
			text, ok := question(slack.BlockAction{ActionID: button.ActionID, Value: button.Value})
			if !ok || !strings.Contains(s.Text.Text, text) {
				t.Errorf("the button asks %q, %v, beside %q", text, ok, s.Text.Text)
			}
			asked = append(asked, text)
		}
	}
	if !reflect.DeepEqual(asked, h.Try[:3]) {
		t.Errorf("Home offers %q", asked)
	}
	if text, ok := question(slack.BlockAction{ActionID: "copy:d-1", Value: "copy:d-1"}); ok {
		t.Errorf("the click on a control asks %q", text)
	}
	shown := strings.Join(blockTexts(v.Blocks.BlockSet), " ")
	for _, want := range []string{"Withdrawn on 21 Nov 2026", "Corrected on 20 Nov 2026"} {
		if !strings.Contains(shown, want) {
			t.Errorf("Home lacks %q", want)
		}
	}
}

// Whatever the record holds, Home stays within the limits.
func TestHomeHostile(t *testing.T) {
	to := newLocal(t)
	for seed := range uint64(40) {
		r := hostileReply("<!channel>", seed)
		r.Outcome = answers.OutcomeAnswered
		to.publish(t, home(homePage{Corrections: r, Try: hostile[len(hostile)-6:][seed%4:]}))
	}
	many := bot.Reply{Outcome: answers.OutcomeAnswered}
	for range 500 {
		many.Parts = append(many.Parts, compose.Part{Role: compose.RoleHint, Text: "a"})
	}
	to.publish(t, home(homePage{Corrections: many, Try: hostile[:3]}))
	to.publish(t, home(homePage{}))
}

var somewhere = deliver.Place{Team: "T1", Channel: "C1", Thread: "1755.1"}

func TestFormModal(t *testing.T) {
	for _, f := range []bot.Form{
		{Click: bot.Click{Verb: bot.Report, On: "d-1"}, Title: "Report an error", Fields: []bot.Field{{Name: bot.FieldText, Label: "What is wrong, and how do you know?", Required: true, Most: 1000}}},
		{Click: bot.Click{Verb: bot.Unhelpful, On: "d-1"}, Title: "Not helpful", Fields: []bot.Field{{Name: bot.FieldText, Label: "What was missing? You may leave this empty.", Most: 1000}}},
		{Click: bot.Click{Verb: bot.CorrectThis, On: "d-1"}, Title: "Correct an error", Fields: []bot.Field{
			{Name: "lead", Label: "The lead; below it, the one for yes or no", Value: "It reopens in May [gz-reopens].", Required: true, Most: 3000},
			{Name: "basis", Label: "The basis; below it, the caveat", Value: "The report says so [gz-reopens].\nStill open: our record gives no day.", Most: 3000},
			{Name: "detail", Label: "The detail, with its [claims]", Value: strings.Repeat("é", 3000), Most: 3000},
			{Name: "wrong", Label: "What was wrong, for readers", Required: true, Most: 1000},
			{Name: "right", Label: "What is right, for readers", Required: true, Most: 1000},
		}},
	} {
		v := readBack[slack.ModalViewRequest](t, goldenJSON(t, "form-"+string(f.Click.Verb), formModal(f, somewhere)))
		newLocal(t).open(t, v)
		at, click, ok := metadataFrom(slack.View{PrivateMetadata: v.PrivateMetadata})
		if !ok || at != somewhere || click == nil || !reflect.DeepEqual(*click, f.Click) {
			t.Errorf("the form of %s remembers %v, %v, %v", f.Click.Verb, at, click, ok)
		}
		values := map[string]map[string]any{}
		for i, b := range v.Blocks.BlockSet {
			input := b.(*slack.InputBlock)
			typed := input.Element.(*slack.PlainTextInputBlockElement)
			if want := f.Fields[i]; input.Optional == want.Required || typed.InitialValue != want.Value || typed.MaxLength != want.Most {
				t.Errorf("the field %s of %s is optional: %v, takes %d characters, and holds %q", want.Name, f.Click.Verb, input.Optional, typed.MaxLength, typed.InitialValue)
			}
			values[input.BlockID] = map[string]any{typed.ActionID: map[string]any{"type": typed.Type, "value": typed.InitialValue}}
		}
		sent := formFields(state(t, jsonOf(t, values)))
		for _, field := range f.Fields {
			if got, ok := sent[field.Name]; !ok || got != field.Value {
				t.Errorf("the field %s of %s comes back as %q", field.Name, f.Click.Verb, got)
			}
		}
	}
	much := bot.Form{Click: bot.Click{Verb: bot.Report, On: "d-1"}, Title: strings.Repeat("<!here> ", 9), Fields: []bot.Field{{Name: bot.FieldText, Label: strings.Repeat("x", 5000), Most: 1000}}}
	newLocal(t).open(t, formModal(much, somewhere))
}

// What a modal remembered may be forged or out of date.
func TestMetadataFrom(t *testing.T) {
	for _, s := range []string{"", "x", `{"control":"no-such-verb:d-1"}`, `{"control":"report"}`, `[]`} {
		if at, click, ok := metadataFrom(slack.View{PrivateMetadata: s}); ok {
			t.Errorf("%s is read as %v, %v", s, at, click)
		}
	}
}

func TestFormText(t *testing.T) {
	sent := state(t, `{"text": {"text": {"type": "plain_text_input", "value": "the <month> is wrong"}}}`)
	if got := formFields(sent)[bot.FieldText]; got != "the <month> is wrong" {
		t.Errorf("typed is %q", got)
	}
	for _, s := range []*slack.ViewState{nil, state(t, `{}`), state(t, `{"text": {"text": {"type": "plain_text_input", "value": null}}}`)} {
		if got := formFields(s)[bot.FieldText]; got != "" {
			t.Errorf("nothing typed is %q", got)
		}
	}
}

// state is a submitted state as Slack sends it (docs.slack.dev/reference/interaction-payloads/view-interactions-payload).
func state(t *testing.T, values string) *slack.ViewState {
	t.Helper()
	var s slack.ViewState
	if err := json.Unmarshal([]byte(`{"values": `+values+`}`), &s); err != nil {
		t.Fatal(err)
	}
	return &s
}

// unchanged is what Slack sends for a modal in which nothing was touched.
func unchanged(t *testing.T, v slack.ModalViewRequest) *slack.ViewState {
	t.Helper()
	values := map[string]map[string]any{}
	for _, b := range v.Blocks.BlockSet {
		input := b.(*slack.InputBlock)
		var value any
		switch e := input.Element.(type) {
		case *slack.SelectBlockElement:
			value = map[string]any{"type": "static_select", "selected_option": e.InitialOption}
		case *slack.MultiSelectBlockElement:
			value = map[string]any{"type": e.Type, "selected_conversations": e.InitialConversations}
		case *slack.CheckboxGroupsBlockElement:
			value = map[string]any{"type": "checkboxes", "selected_options": e.InitialOptions}
		case *slack.NumberInputBlockElement:
			value = map[string]any{"type": "number_input", "value": e.InitialValue}
			if e.InitialValue == "" {
				value = map[string]any{"type": "number_input", "value": nil}
			}
		}
		values[input.BlockID] = map[string]any{input.BlockID: value}
	}
	return state(t, jsonOf(t, values))
}

func TestSettingsModal(t *testing.T) {
	for i, s := range []bot.Settings{
		{},
		{Ask: "curator", Channels: []deliver.ChannelID{"C1", "G2"}, Public: true, FollowUps: true, Idle: 300, Cooldown: 60},
		{Ask: "reader", FollowUps: true},
		{Ask: "editor", Public: true, Cooldown: 3600},
	} {
		v := settingsModal(s, somewhere)
		if i < 2 {
			v = readBack[slack.ModalViewRequest](t, goldenJSON(t, fmt.Sprintf("settings-%d", i+1), v))
		}
		newLocal(t).open(t, v)
		if got, problems := settingsFrom(unchanged(t, v)); len(problems) > 0 || !reflect.DeepEqual(got, s) {
			t.Errorf("%+v comes back as %+v, %q", s, got, problems)
		}
		if at, click, ok := metadataFrom(slack.View{PrivateMetadata: v.PrivateMetadata}); !ok || at != somewhere || click != nil {
			t.Errorf("the settings remember %v, %v, %v", at, click, ok)
		}
	}
}

func TestSettingsFromWrong(t *testing.T) {
	const everyone = `"ask": {"ask": {"type": "static_select", "selected_option": {"value": "everybody"}}}`
	for values, want := range map[string][]string{
		`{` + everyone + `}`: nil,
		`{}`:                 {askField},
		`{"ask": {"ask": {"type": "static_select", "selected_option": {"value": "owner"}}}}`:                               {askField},
		`{` + everyone + `, "idle": {"idle": {"type": "number_input", "value": "soon"}}}`:                                  {idleField},
		`{` + everyone + `, "idle": {"idle": {"type": "number_input", "value": "999999"}}}`:                                {idleField},
		`{` + everyone + `, "idle": {"idle": {"type": "number_input", "value": "-1"}}}`:                                    {idleField},
		`{` + everyone + `, "cooldown": {"cooldown": {"type": "number_input", "value": "99999999999999999999"}}}`:          {cooldownField},
		`{` + everyone + `, "cooldown": {"cooldown": {"value": "3601"}}, "idle": {"idle": {"value": "1.5"}}}`:              {cooldownField, idleField},
		`{` + everyone + `, "cooldown": {"cooldown": {"value": " 3600 "}}, "idle": {"idle": {"value": "` + "1800" + `"}}}`: nil,
	} {
		_, problems := settingsFrom(state(t, values))
		for _, id := range want {
			if problems[id] == "" {
				t.Errorf("%s: nothing is wrong with %s", values, id)
			}
		}
		if len(problems) != len(want) {
			t.Errorf("%s: problems are %q, want them with %q", values, problems, want)
		}
	}
}

// A message goes out as it is: nothing in it is parsed, and nothing unfurled.
func TestContent(t *testing.T) {
	var form url.Values
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		form = r.PostForm
		fmt.Fprint(w, `{"ok": true, "channel": "C1", "ts": "1.1"}`)
	}))
	defer server.Close()
	m := render(bot.Reply{ID: "d-1", Parts: []compose.Part{{Role: compose.RoleAnswer, Text: "<!channel> & *co*"}}}, options{})[0]
	client := slack.New("", slack.OptionAPIURL(server.URL+"/"), slack.OptionHTTPClient(server.Client()))
	if _, _, err := client.PostMessageContext(t.Context(), "C1", m.content()); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"text": "&lt;!channel&gt; &amp; *co*", "mrkdwn": "false", "parse": "none", "unfurl_links": "false", "unfurl_media": "false",
		"blocks": `[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"\u003c!channel\u003e \u0026 *co*","style":{"bold":true}}]}]}]`,
	} {
		if got := form.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}
