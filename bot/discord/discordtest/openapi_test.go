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
		"content, astral":    {"POST", messagesPath(), `{"content":"` + strings.Repeat("👍", 1001) + `",` + mentions, "2002"},
		"name twice":         {"PUT", commandsPath(), `[{"name":"a","description":"a"},{"name":"a","description":"a"}]`, "another"},
		"no JSON":            {"POST", messagesPath(), `{`, "no JSON"},
	} {
		refused(t, s, name, c.method, c.path, c.body, c.want)
	}
}

// The rules of components hold at their last value, and a component beyond it is refused.
func TestComponentRulesRefuse(t *testing.T) {
	s := discordtest.New(&silent{TB: t}, func(c *discordtest.Config) { c.Description = "none" })
	x := func(n int) string { return strings.Repeat("é", n) }
	options := func(n int) string {
		var all []string
		for i := range n {
			all = append(all, fmt.Sprintf(`{"label":"x","value":"%d"}`, i))
		}
		return strings.Join(all, ",")
	}
	row := func(inner string) string {
		return `{"components":[{"type":1,"components":[` + inner + `]}],` + mentions
	}
	menu := func(more, options string) string {
		return row(`{"type":3,"custom_id":"m",` + more + `"options":[` + options + `]}`)
	}
	buttons := func(n int) string {
		var all []string
		for i := range n {
			all = append(all, fmt.Sprintf(`{"type":2,"style":1,"label":"x","custom_id":"%d"}`, i))
		}
		return row(strings.Join(all, ","))
	}
	field := func(more string) string {
		return `{"type":9,"data":{"custom_id":"m","title":"x","components":[{"type":1,"components":[{"type":4,"style":2,"custom_id":"a",` + more + `}]}]}}`
	}
	made := `{"label":"x","value":"1","default":true}`
	both := made + "," + strings.Replace(made, "1", "2", 1)
	for name, c := range map[string]struct{ good, bad, want string }{
		"label":        {button(`"style":1,"custom_id":"a","label":"` + x(80) + `"`), button(`"style":1,"custom_id":"a","label":"` + x(81) + `"`), "81"},
		"no label":     {button(`"style":1,"custom_id":"a","label":"x"`), button(`"style":1,"custom_id":"a"`), "no characters"},
		"custom_id":    {button(`"style":1,"label":"x","custom_id":"` + x(100) + `"`), button(`"style":1,"label":"x","custom_id":"` + x(101) + `"`), "101"},
		"no custom_id": {button(`"style":1,"label":"x","custom_id":"a"`), button(`"style":1,"label":"x"`), "without a custom_id"},
		"style":        {button(`"style":4,"label":"x","custom_id":"a"`), button(`"style":5,"label":"x","custom_id":"a"`), "style"},
		"row":          {buttons(5), buttons(6), "6 buttons"},
		"empty row":    {buttons(1), row(""), "0 buttons"},
		"not alone":    {buttons(1), row(`{"type":2,"style":1,"label":"x","custom_id":"a"},{"type":3,"custom_id":"m","options":[` + options(1) + `]}`), "1 buttons and 1 other"},
		"text in row":  {buttons(1), row(`{"type":10,"content":"x"}`), "type 10"},
		"no row":       {buttons(1), `{"components":[{"type":2,"style":1,"label":"x","custom_id":"a"}],` + mentions, "flag"},
		"options":      {menu("", options(25)), menu("", options(26)), "26 options"},
		"no options":   {menu("", options(1)), menu("", ""), "0 options"},
		"option":       {menu("", `{"label":"`+x(100)+`","value":"1"}`), menu("", `{"label":"`+x(101)+`","value":"1"}`), "101"},
		"value":        {menu("", `{"value":"`+x(100)+`","label":"1"}`), menu("", `{"value":"`+x(101)+`","label":"1"}`), "101"},
		"value twice":  {menu("", options(2)), menu("", options(1)+","+options(1)), "twice"},
		"placeholder":  {menu(`"placeholder":"`+x(150)+`",`, options(1)), menu(`"placeholder":"`+x(151)+`",`, options(1)), "151"},
		"choices":      {menu(`"max_values":2,`, options(2)), menu(`"max_values":3,`, options(2)), "1 to 3 choices"},
		"least":        {menu(`"min_values":0,`, options(2)), menu(`"min_values":2,`, options(2)), "2 to 1 choices"},
		"two made":     {menu(`"max_values":2,`, both), menu("", both), "2 choices made"},
		"channels": {row(`{"type":8,"custom_id":"m","max_values":25,"min_values":0}`), row(`{"type":8,"custom_id":"m","max_values":1,"default_values":[{"id":"1","type":"channel"},{"id":"2","type":"channel"}]}`),
			"2 choices made"},
		"title":     {field(`"label":"x","max_length":1`), strings.Replace(field(`"label":"x","max_length":1`), `"title":"x"`, `"title":"`+x(46)+`"`, 1), "46"},
		"modal id":  {field(`"label":"x","max_length":1`), strings.Replace(field(`"label":"x","max_length":1`), `"custom_id":"m"`, `"custom_id":"`+x(101)+`"`, 1), "101"},
		"input":     {field(`"label":"` + x(45) + `","max_length":1`), field(`"label":"` + x(46) + `","max_length":1`), "46"},
		"no input":  {field(`"label":"x","max_length":1`), field(`"max_length":1`), "no characters"},
		"typed":     {field(`"label":"x","max_length":4000`), field(`"label":"x","max_length":4001`), "4001"},
		"typed not": {field(`"label":"x","max_length":1`), field(`"label":"x"`), "max_length"},
		"no fields": {field(`"label":"x","max_length":1`), `{"type":9,"data":{"custom_id":"m","title":"x","components":[]}}`, "0 components"},
	} {
		path, fine := messagesPath(), 200
		if strings.HasPrefix(c.good, `{"type":9`) {
			path, fine = "/interactions/1/x/callback", 404 // a modal is looked at before its interaction is
		}
		before := len(s.Violations())
		if got := status(t, s, "POST", path, c.good); got != fine || len(s.Violations()) > before {
			t.Errorf("%s: answered with %d and %q, want %d", name, got, s.Violations()[before:], fine)
		}
		refused(t, s, name, "POST", path, c.bad, c.want)
	}
}

// The rules of commands hold at their last value, and a command beyond it is refused.
func TestCommandRulesRefuse(t *testing.T) {
	s := discordtest.New(&silent{TB: t}, func(c *discordtest.Config) { c.Description = "none" })
	x := func(n int) string { return strings.Repeat("é", n) }
	one := func(more string) string { return `{"type":3,"name":"a","description":"a"` + more + `}` }
	with := func(options ...string) string { return command(`"options":[` + strings.Join(options, ",") + `]`) }
	sub := func(name, options string) string {
		return `{"type":1,"name":"` + name + `","description":"a","options":[` + options + `]}`
	}
	many := func(n int, kind, format string) string {
		var all []string
		for i := range n {
			all = append(all, fmt.Sprintf(`{"type":`+kind+`,"name":"`+format+`"`, i)+`}`)
		}
		return "[" + strings.Join(all, ",") + "]"
	}
	described := func(list string) string { return strings.ReplaceAll(list, "}", `,"description":"a"}`) }
	for name, c := range map[string]struct{ good, bad, want string }{
		"name":             {`[{"name":"` + x(32) + `","description":"a"}]`, `[{"name":"` + x(33) + `","description":"a"}]`, "name"},
		"space":            {`[{"name":"na-me","description":"a"}]`, `[{"name":"na me","description":"a"}]`, "na me"},
		"description":      {`[{"name":"a","description":"` + x(100) + `"}]`, `[{"name":"a","description":"` + x(101) + `"}]`, "101"},
		"no description":   {`[{"name":"a","description":"a"}]`, `[{"name":"a"}]`, "no characters"},
		"translation":      {command(`"description_localizations":{"de":"` + x(100) + `"}`), command(`"description_localizations":{"de":"` + x(101) + `"}`), "101"},
		"no translation":   {command(`"description_localizations":{"de":"x"}`), command(`"description_localizations":{"de":""}`), "no characters"},
		"options":          {with(strings.Split(strings.Trim(described(many(25, "3", "o%d")), "[]"), ";")...), with(strings.Split(strings.Trim(described(many(26, "3", "o%d")), "[]"), ";")...), "26"},
		"typed":            {with(one(`,"max_length":6000`)), with(one(`,"max_length":6001`)), "6001"},
		"name in language": {with(one(""), strings.Replace(one(""), `"name":"a"`, `"name":"b"`, 1)), with(one(""), strings.Replace(one(""), `"name":"a"`, `"name":"b","name_localizations":{"de":"a"}`, 1)), `"de"`},
		"mixed":            {with(sub("a", ""), sub("b", "")), with(sub("a", ""), strings.Replace(one(""), `"name":"a"`, `"name":"b"`, 1)), "beside sub-commands"},
		"nested":           {with(sub("a", one(""))), with(sub("a", sub("b", ""))), "within one"},
		"required sub":     {with(sub("a", "")), with(strings.Replace(sub("a", ""), `"type":1`, `"type":1,"required":true`, 1)), "required"},
		"options of one":   {with(one("")), with(one(`,"options":[` + one("") + `]`)), "no sub-command"},
		"completes":        {with(one(`,"autocomplete":true`)), with(strings.Replace(one(`,"autocomplete":true`), `"type":3`, `"type":5`, 1)), "type 5"},
		"both":             {with(one(`,"autocomplete":true`)), with(one(`,"autocomplete":true,"choices":[{"name":"x","value":"x"}]`)), "both"},
		"choice":           {with(one(`,"choices":[{"name":"x","value":"` + x(100) + `"}]`)), with(one(`,"choices":[{"name":"x","value":"` + x(101) + `"}]`)), "101"},
		"no choice":        {with(one(`,"choices":[{"name":"x","value":"x"}]`)), with(one(`,"choices":[{"name":"x","value":""}]`)), "no characters"},
		"choice as number": {with(one(`,"choices":[{"name":"x","value":"1"}]`)), with(one(`,"choices":[{"name":"x","value":1}]`)), "for an option of type 3"},
		"slash commands":   {described(many(100, "1", "c%d")), described(many(101, "1", "c%d")), "too many"},
		"message commands": {many(15, "3", "C %d"), many(16, "3", "C %d"), "too many"},
		"described":        {many(1, "3", "C %d"), described(many(1, "3", "C %d")), "type 3"},
	} {
		before := len(s.Violations())
		if got := status(t, s, "PUT", commandsPath(), c.good); got != 200 || len(s.Violations()) > before {
			t.Errorf("%s: answered with %d and %.500q, want 200", name, got, s.Violations()[before:])
		}
		refused(t, s, name, "PUT", commandsPath(), c.bad, c.want)
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
