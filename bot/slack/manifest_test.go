package slack

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

const manifestFile = "../../deploy/slack/manifest.json"

// manifest is what this test reads of it.
type manifest struct {
	Features struct {
		SlashCommands []struct {
			Command string
			Usage   string `json:"usage_hint"`
		} `json:"slash_commands"`
		Shortcuts []struct {
			Type     string
			Callback string `json:"callback_id"`
		}
		AppHome struct {
			Home     bool `json:"home_tab_enabled"`
			Messages bool `json:"messages_tab_enabled"`
		} `json:"app_home"`
	}
	OAuth struct {
		Scopes struct{ Bot []string }
	} `json:"oauth_config"`
	Settings struct {
		Events struct {
			Bot []string `json:"bot_events"`
		} `json:"event_subscriptions"`
		Socket bool `json:"socket_mode_enabled"`
	}
}

// Slack's own schema accepts the manifest.
func TestManifestSchema(t *testing.T) {
	schema := filepath.Join("..", "..", "..", "shared", "platforms", "slack-manifest.schema.2.0.0.json")
	if _, err := os.Stat(schema); errors.Is(err, fs.ErrNotExist) {
		t.Skip("SKIPPED: Slack's schema of manifests is not there, so it was not asked")
	}
	compiler := jsonschema.NewCompiler()
	// Two patterns, of domains that the manifest does not have, look ahead, which Go's expressions cannot.
	compiler.UseRegexpEngine(func(pattern string) (jsonschema.Regexp, error) {
		return regexp.Compile(strings.ReplaceAll(pattern, `(?![\.\-])`, ""))
	})
	compiled, err := compiler.Compile(schema)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(manifestFile)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		text  string
		valid bool
	}{
		"as it is":       {string(text), true},
		"wrong shortcut": {strings.Replace(string(text), `"type": "message"`, `"type": "nowhere"`, 1), false},
		"nameless":       {strings.Replace(string(text), `"name": "Parley"`, `"title": "Parley"`, 1), false},
		"scopes no list": {strings.Replace(string(text), `"bot": ["app_mentions:read"`, `"bot": "chat:write", "user": ["app_mentions:read"`, 1), false},
	} {
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(c.text))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := compiled.Validate(value); (err == nil) != c.valid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// needs says which scope each method of the Web API takes (docs.slack.dev/reference/methods, the page of each); "" for none. A method
// with several asks for those of the places that Parley is in by default.
func needs() map[string]string {
	return map[string]string{
		"AuthTestContext":                "",
		"PostMessageWithResponseContext": "chat:write",
		"PostEphemeralContext":           "chat:write",
		"UpdateMessageContext":           "chat:write",
		"DeleteMessageContext":           "chat:write",
		"OpenViewContext":                "",
		"StartSocketModeContext":         "", // of the app token
		"PublishViewContext":             "",
		"OpenConversationContext":        "im:write",
		"GetConversationHistoryContext":  "im:history",
		"GetConversationRepliesContext":  "im:history",
	}
}

// The manifest asks for the scopes that the calls, the events and the commands here need, and for no other.
func TestManifestMatchesTheCode(t *testing.T) {
	text, err := os.ReadFile(manifestFile)
	if err != nil {
		t.Fatal(err)
	}
	var m manifest
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	wanted := map[string]bool{"commands": true}
	call := regexp.MustCompile(`\bapi\.(\w+Context)\(`)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	calls := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		code, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range call.FindAllStringSubmatch(string(code), -1) {
			calls++
			scope, known := needs()[found[1]]
			if !known {
				t.Errorf("%s calls %s, of which this test does not know the scope", name, found[1])
			}
			if scope != "" {
				wanted[scope] = true
			}
		}
	}
	if calls < 8 {
		t.Errorf("only %d calls were found", calls)
	}
	for event, scope := range map[string]string{"app_mention": "app_mentions:read", "message.im": "im:history", "app_home_opened": "", "app_uninstalled": "", "tokens_revoked": ""} {
		if !slices.Contains(m.Settings.Events.Bot, event) {
			t.Errorf("the manifest does not subscribe to %s", event)
		}
		if scope != "" {
			wanted[scope] = true
		}
	}
	for scope := range wanted {
		if !slices.Contains(m.OAuth.Scopes.Bot, scope) {
			t.Errorf("the manifest lacks the scope %s", scope)
		}
	}
	for _, scope := range m.OAuth.Scopes.Bot {
		if !wanted[scope] {
			t.Errorf("nothing here needs the scope %s of the manifest", scope)
		}
	}
	for scope := range scopes() {
		if !slices.Contains(m.OAuth.Scopes.Bot, scope) {
			t.Errorf("at its start Parley wants the scope %s, which the manifest lacks", scope)
		}
	}
	if len(m.Features.SlashCommands) != 1 || m.Features.SlashCommands[0].Command != slashCommand {
		t.Errorf("the commands of the manifest are %+v", m.Features.SlashCommands)
	}
	var shortcuts []string
	for _, s := range m.Features.Shortcuts {
		if s.Type != "message" {
			t.Errorf("the shortcut %s is of the type %s", s.Callback, s.Type)
		}
		shortcuts = append(shortcuts, s.Callback)
	}
	slices.Sort(shortcuts)
	if !slices.Equal(shortcuts, []string{askShortcut, checkShortcut, correctShortcut}) {
		t.Errorf("the shortcuts of the manifest are %q", shortcuts)
	}
	if !m.Settings.Socket || !m.Features.AppHome.Home || !m.Features.AppHome.Messages {
		t.Error("Socket Mode, the Home tab and direct messages must be on")
	}
}
