package discordtest_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"parley/bot/discord/discordtest"
)

// silent is a test that keeps what would fail it.
type silent struct {
	testing.TB
	mu   sync.Mutex
	said []string
}

// Errorf implements testing.TB.
func (s *silent) Errorf(format string, a ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.said = append(s.said, fmt.Sprintf(format, a...))
}

// Logf implements testing.TB.
func (s *silent) Logf(format string, a ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.said = append(s.said, fmt.Sprintf(format, a...))
}

// mentions end every message that is as it should be.
const mentions = `"allowed_mentions":{"parse":[]}}`

func messagesPath() string { return "/channels/" + discordtest.Channel + "/messages" }
func commandsPath() string { return "/applications/" + discordtest.AppID + "/commands" }

// What Discord's description forbids is refused, and fails the test.
func TestDescriptionRefuses(t *testing.T) {
	probe := &silent{TB: t}
	s := discordtest.New(probe)
	if got := status(t, s, "POST", messagesPath(), `{"content":"x",`+mentions); got != 200 {
		t.Fatalf("a message as it should be was answered with %d: %q", got, s.Violations())
	}
	if len(probe.said) > 0 {
		t.Skip(probe.said)
	}
	long := strings.Repeat("x", 5000)
	for name, c := range map[string]struct{ method, path, body, want string }{
		"embed title":       {"POST", messagesPath(), `{"embeds":[{"title":"` + long + `"}],` + mentions, "embeds/0/title"},
		"type of content":   {"POST", messagesPath(), `{"content":5,` + mentions, "content"},
		"11 embeds":         {"POST", messagesPath(), `{"embeds":[` + strings.Repeat(`{"title":"x"},`, 10) + `{"title":"x"}],` + mentions, "embeds"},
		"label of a button": {"POST", messagesPath(), button(`"style":1,"custom_id":"a","label":"` + long + `"`), "label"},
		"unknown key":       {"POST", messagesPath(), `{"content":"x","contents":"y",` + mentions, "contents"},
		"unknown key deep":  {"POST", messagesPath(), button(`"style":1,"custom_id":"a","label":"x","title":"y"`), "title"},
		"26 choices":        {"PUT", commandsPath(), command(`"options":[{"type":3,"name":"a","description":"a","choices":[` + strings.Repeat(`{"name":"a","value":"a"},`, 25) + `{"name":"a","value":"a"}]}]`), "choices"},
		"name of a command": {"PUT", commandsPath(), `[{"name":"` + long + `","description":"a"}]`, "name"},
		"permissions":       {"PUT", commandsPath(), command(`"default_member_permissions":8`), "default_member_permissions"},
	} {
		refused(t, s, name, c.method, c.path, c.body, c.want)
	}
	if got := status(t, s, "PUT", commandsPath(), command(`"default_member_permissions":"8"`)); got != 200 {
		t.Errorf("permissions as a string were answered with %d: %q", got, s.Violations())
	}
}

// What the description leaves out is refused too, with it or without.
func TestRulesRefuse(t *testing.T) {
	s := discordtest.New(&silent{TB: t}, func(c *discordtest.Config) { c.Description = "none" })
	embed := `{"description":"` + strings.Repeat("x", 3500) + `"}`
	text := `{"type":10,"content":"x"}`
	for name, c := range map[string]struct{ method, path, body, want string }{
		"content":            {"POST", messagesPath(), `{"content":"` + strings.Repeat("x", 2001) + `",` + mentions, "2001"},
		"embeds together":    {"POST", messagesPath(), `{"embeds":[` + embed + "," + embed + `],` + mentions, "7000"},
		"no mentions":        {"POST", messagesPath(), `{"content":"x"}`, "allowed_mentions"},
		"null mentions":      {"POST", messagesPath(), `{"content":"x","allowed_mentions":{"parse":null}}`, "parse"},
		"everyone":           {"POST", messagesPath(), `{"content":"x","allowed_mentions":{"parse":["everyone"]}}`, "parse"},
		"the one replied to": {"POST", messagesPath(), `{"content":"x","allowed_mentions":{"parse":[],"replied_user":true}}`, "rung"},
		"nonce":              {"POST", messagesPath(), `{"content":"x","nonce":"` + strings.Repeat("1", 26) + `",` + mentions, "nonce"},
		"custom_id twice":    {"POST", messagesPath(), button(`"style":1,"custom_id":"a","label":"x"},{"type":2,"style":1,"custom_id":"a","label":"y"`), "twice"},
		"V2 without flag":    {"POST", messagesPath(), `{"components":[` + text + `],` + mentions, "flag"},
		"V2 with content":    {"POST", messagesPath(), `{"content":"x","flags":32768,"components":[` + text + `],` + mentions, "flags"},
		"6 rows":             {"POST", messagesPath(), rows(6), "6 rows"},
		"upper case":         {"PUT", commandsPath(), `[{"name":"Check","description":"a"}]`, "Check"},
		"upper case, pl":     {"PUT", commandsPath(), command(`"name_localizations":{"pl":"Sprawdź"}`), "Sprawd"},
		"required last":      {"PUT", commandsPath(), command(`"options":[{"type":3,"name":"a","description":"a"},{"type":3,"name":"b","description":"b","required":true}]`), "required"},
		"8000 characters":    {"PUT", commandsPath(), command(`"options":[` + strings.TrimSuffix(strings.Repeat(options(), 4), ",") + `]`), "8000"},
		"name twice":         {"PUT", commandsPath(), `[{"name":"a","description":"a"},{"name":"a","description":"a"}]`, "another"},
		"no JSON":            {"POST", messagesPath(), `{`, "no JSON"},
	} {
		refused(t, s, name, c.method, c.path, c.body, c.want)
	}
}

// refused wants a body to be refused, with a violation that says a word.
func refused(t *testing.T, s *discordtest.Server, name, method, path, body, want string) {
	t.Helper()
	before := len(s.Violations())
	got := status(t, s, method, path, body)
	after := s.Violations()[before:]
	found := slices.ContainsFunc(after, func(v string) bool {
		what, _, _ := strings.Cut(v, ", in the body")
		return strings.Contains(what, want)
	})
	if got != 400 || !found {
		t.Errorf("%s: answered with %d and %.500q, want 400 and %q", name, got, after, want)
	}
}

func button(inner string) string {
	return `{"components":[{"type":1,"components":[{"type":2,` + inner + `}]}],` + mentions
}

func rows(n int) string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf(`{"type":1,"components":[{"type":2,"style":1,"label":"x","custom_id":"%d"}]}`, i))
	}
	return `{"components":[` + strings.Join(all, ",") + `],` + mentions
}

func command(inner string) string { return `[{"name":"check","description":"a",` + inner + `}]` }

// options are many characters of choices.
func options() string {
	var all []string
	for i := range 25 {
		all = append(all, fmt.Sprintf(`{"name":"%02d%s","value":"x"}`, i, strings.Repeat("x", 90)))
	}
	return `{"type":3,"name":"a","description":"a","choices":[` + strings.Join(all, ",") + `]},`
}
