package grammar_test

import (
	"slices"
	"strings"
	"testing"

	"parley/answers"
	"parley/answers/grammar"
)

// Two ways to say the same, each of which the reader brings to the same tokens in the same roles.
func TestReadsAlike(t *testing.T) {
	reader := grammar.NewReader(answers.Contents{Actors: []answers.Actor{
		{ID: "norland", Name: "Norland", Aliases: []string{"norlandic"}, Role: "a country"},
		{ID: "suderia", Name: "Suderia", Role: "a country"},
		{ID: "olm", Name: "Ada Olm", Aliases: []string{"Olm"}, Role: "Norland Prime Minister"},
		{ID: "berg", Name: "Ivo Berg", Aliases: []string{"Berg"}, Role: "Suderia President"},
	}})
	for _, pair := range [][2]string{
		{"Olm opened the bridge.", "Norland's prime minister opened the bridge."},
		{"Olm opened the bridge.", "The Norlandic premier opened the bridge."},
		{"Olm opened the bridge.", "the leader of norland opened the bridge"},
		{"Berg opened the bridge.", "The president of Suderia opened the bridge."},
		{"Norland's bridge was closed.", "norlands bridge was closed"},
		{"The talks between Norland and Suderia ended.", "The Norland-Suderia talks ended."},
		{"The plans include a bridge.", "A bridge is among the plans."},
		{"The plans would include a bridge.", "A bridge would be one of the plans."},
		{"The bridge cost over three million dollars.", "The bridge cost upwards of three million dollars."},
		{"Norland will open the bridge.", "Norland is set to open the bridge."},
		{"Olm said that the bridge was closed.", "The bridge was closed, Olm made clear."},
	} {
		a, b := reader.Read(pair[0]), reader.Read(pair[1])
		if x, y := spelt(a), spelt(b); x != y || a.Level != b.Level {
			t.Errorf("%q is read as %s (%d), %q as %s (%d)", pair[0], x, a.Level, pair[1], y, b.Level)
		}
	}
	if former := reader.Read("The former president of Suderia opened the bridge."); strings.Contains(spelt(former), "actor/berg") {
		t.Errorf("a former president is the present one: %s", spelt(former))
	}
}

// spelt is the content of a sentence with its roles, and its speakers.
func spelt(s grammar.Sentence) string {
	var out []string
	for i := range s.Tokens {
		t := &s.Tokens[i]
		if t.Content() {
			out = append(out, t.Key+"/"+grammar.Role(t))
		}
	}
	slices.Sort(out)
	return strings.Join(append(out, s.Speakers...), " ")
}
