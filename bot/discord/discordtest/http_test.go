package discordtest_test

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"parley/bot/discord/discordtest"
)

// endpoint is an app that takes interactions over HTTP and answers by what a function says; nil for 202.
func endpoint(t *testing.T, s *discordtest.Server, answer func(discordgo.Interaction) any) string {
	t.Helper()
	key, err := hex.DecodeString(s.PublicKey())
	if err != nil {
		t.Fatal(err)
	}
	app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !discordgo.VerifyInteraction(r, ed25519.PublicKey(key)) {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		var i discordgo.Interaction
		if err := json.NewDecoder(r.Body).Decode(&i); err != nil {
			t.Error(err)
		}
		var a any = map[string]int{"type": 1}
		if i.Type != discordgo.InteractionPing {
			a = answer(i)
		}
		if a == nil {
			w.WriteHeader(http.StatusAccepted)
			return
		}
		_ = json.NewEncoder(w).Encode(a)
	}))
	t.Cleanup(app.Close)
	return app.URL
}

type object = map[string]any

// Over HTTP a command is answered at once, a modal opened and submitted, an autocomplete served; bad signatures are refused.
func TestHTTP(t *testing.T) {
	s := discordtest.New(t)
	url := endpoint(t, s, func(i discordgo.Interaction) any {
		switch i.Type {
		case discordgo.InteractionApplicationCommandAutocomplete:
			text := i.ApplicationCommandData().Options[0].StringValue()
			return object{"type": 8, "data": object{"choices": []object{{"name": text + "…", "value": "v1"}}}}
		case discordgo.InteractionModalSubmit:
			row := i.ModalSubmitData().Components[0].(*discordgo.ActionsRow)
			text := row.Components[0].(*discordgo.TextInput).Value
			return object{"type": 4, "data": object{"content": text, "flags": 64, "allowed_mentions": object{"parse": []string{}}}}
		}
		if i.ApplicationCommandData().TargetID != "" {
			text := i.ApplicationCommandData().Resolved.Messages[i.ApplicationCommandData().TargetID].Content
			return object{"type": 4, "data": object{"content": text, "allowed_mentions": object{"parse": []string{}}}}
		}
		input := object{"type": 4, "custom_id": "why", "style": 2, "label": "Why?", "max_length": 100}
		return object{"type": 9, "data": object{"custom_id": "m1", "title": "Report", "components": []object{{"type": 1, "components": []object{input}}}}}
	})
	if err := s.Verify(url); err != nil {
		t.Error(err)
	}
	s.SendHTTP(url)
	modal, ok := s.Command(discordtest.Channel, discordtest.User, "parley report").Modal()
	if !ok || modal.Title != "Report" || modal.Inputs()[0].Label != "Why?" {
		t.Fatalf("the modal is %+v", modal)
	}
	d := s.SubmitModal(discordtest.User, modal, map[string]string{"why": "wrong"})
	if a, ok := d.Wait(); !ok || !a.HTTP || a.Type != discordtest.CallMessage || len(s.Modals()) != 0 {
		t.Errorf("the modal was answered %+v %v", a, ok)
	}
	if e := s.Ephemerals(discordtest.Channel, discordtest.User); len(e) != 1 || e[0].Content != "wrong" {
		t.Errorf("one person alone sees %+v", e)
	}
	if c := s.Autocomplete(discordtest.User, "parley", "claim", "moo").Choices(); len(c) != 1 || c[0] != (discordtest.Choice{Label: "moo…", Value: "v1"}) {
		t.Errorf("the choices are %+v", c)
	}
	said := s.Say(discordtest.Channel, discordtest.User, "a claim", "")
	d = s.MessageCommand("Check this claim", discordtest.User, said.Message)
	if a, ok := d.Wait(); !ok || d.Messages()[0].Content != "a claim" {
		t.Errorf("the message command was answered %+v %v", a, ok)
	}
	if status, err := s.Replay(url, d, time.Hour); err != nil || status != http.StatusOK { // VerifyInteraction looks at no age
		t.Errorf("an old request was answered with %d: %v", status, err)
	}
}

// An interaction that is not answered in time fails; its callback then comes too late, and later its token too.
func TestTooLate(t *testing.T) {
	s := discordtest.New(t, func(c *discordtest.Config) { c.AnswerWithin, c.TokenLife = 50*time.Millisecond, time.Nanosecond })
	s.SendHTTP(endpoint(t, s, func(discordgo.Interaction) any { return nil }))
	d := s.Command(discordtest.Channel, discordtest.User, "parley check")
	if _, ok := d.Wait(); ok || d.Trouble() != discordtest.Failed {
		t.Errorf("the interaction ended %v %q", ok, d.Trouble())
	}
	path := fmt.Sprintf("/interactions/%s/%s/callback", d.ID, d.Token)
	if got := status(t, s, "POST", path, `{"type":5}`); got != 404 || s.Calls()[0].Code != 10062 {
		t.Errorf("the callback was answered with %d: %+v", got, s.Calls())
	}
	path = fmt.Sprintf("/webhooks/%s/%s", discordtest.AppID, d.Token)
	if got := status(t, s, "POST", path, `{"content":"x",`+mentions); got != 401 || s.Calls()[1].Code != 50027 {
		t.Errorf("the follow-up was answered with %d: %+v", got, s.Calls())
	}
}

// By user install there are no guild and no bot: the app answers by the webhook alone.
func TestUserInstall(t *testing.T) {
	s := discordtest.New(t)
	s.AddChannel(discordtest.Place{ID: "33", Private: true})
	s.SendHTTP(endpoint(t, s, func(i discordgo.Interaction) any {
		if i.Context != discordgo.InteractionContextPrivateChannel || i.User == nil || i.AuthorizingIntegrationOwners[discordgo.ApplicationIntegrationUserInstall] != discordtest.User {
			t.Errorf("got %+v", i)
		}
		return object{"type": 5, "data": object{"flags": 64}}
	}))
	d := s.Command("33", discordtest.User, "parley check")
	d.Wait()
	path := fmt.Sprintf("/webhooks/%s/%s", discordtest.AppID, d.Token)
	if got := status(t, s, "PATCH", path+"/messages/@original", `{"content":"x",`+mentions); got != 200 {
		t.Errorf("the edit was answered with %d", got)
	}
	if m, ok := d.Original(); !ok || m.Content != "x" || m.Loading || m.To != discordtest.User {
		t.Errorf("the response is %+v", m)
	}
	for i := range 6 {
		if got, want := status(t, s, "POST", path, `{"content":"x",`+mentions), map[bool]int{true: 200, false: 400}[i < 5]; got != want {
			t.Errorf("follow-up %d was answered with %d", i, got)
		}
	}
	if got := status(t, s, "POST", "/channels/33/messages", `{"content":"x",`+mentions); got != 403 {
		t.Errorf("posting was answered with %d", got)
	}
}
