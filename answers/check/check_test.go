package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"parley/answers"
	"parley/answers/facts"
)

// checked is a checker that knows a few names and no claims: enough to read a sentence.
func checked() *Checker {
	actors := []answers.Actor{{ID: "us", Name: "US"}, {ID: "europe", Name: "Europe", Aliases: []string{"European"}}, {ID: "macron", Name: "Macron"},
		{ID: "putin", Name: "Putin"}, {ID: "nato", Name: "NATO"}, {ID: "ukraine", Name: "Ukraine"}, {ID: "russia", Name: "Russia"}}
	fs := facts.New(answers.Contents{Actors: actors})
	return &Checker{
		facts: fs, spelled: fs.Words(), propositions: &propositions{heft: map[string]float64{}, words: map[string]bool{}}, topic: topicOf(peace()),
	}
}

// peace is a topic with the few words and the one lead-in that these sentences need.
func peace() answers.About {
	return answers.About{
		Style: answers.Style{LeadIn: `^A report says[ ]`},
		Words: answers.Vocabulary{Synonyms: []answers.Concept{
			{ID: "troop", Words: []answers.Word{"troop", "soldier", "boots on the ground"}},
			{ID: "invade", Words: []answers.Word{"invade", "invasion", "attack"}},
			{ID: "ceasefire", Words: []answers.Word{"ceasefire", "truce"}},
			{ID: "settlement", Words: []answers.Word{"settlement", "treaty"}},
		}},
	}
}

// holding is a checker whose only proposition is a claim.
func holding(c answers.Claim) *Checker {
	l := checked()
	l.propositions.all = []proposition{l.claimed(c)}
	return l
}

func TestFrame(t *testing.T) {
	for _, tt := range []struct {
		text, want string
		show       func(frame) string
	}{
		{"The talks took three hours", "[10800s]", seconds},
		{"a 90-minute talk", "[5400s]", seconds},
		{"They talked for an hour", "[3600s]", seconds},
		{"One of them said so", "[]", seconds},
		{"It began in February 2022", "month=2 year=2022", amounts},
		{"on Tuesday 6 January", "weekday=2 day=6 month=1", amounts},
		{"Article 5 covers 32 members", "article=5 member=32", amounts},
		{"They spent $200bn", "money=2e+11", amounts},
		{"They sent 15,000 soldiers", "troop=15000", amounts},
		{"over three years", ">", bounds},
		{"less than two hours", "<", bounds},
		{"exactly two hours", "=", bounds},
		{"He may go on 5 May", "may be", firmly},
		{"He met them on 5 May", "is", firmly},
		{"It will happen", "will be", firmly},
		{"They plan to go", "intends", firmly},
		{"It is proven that they went", "proven", firmly},
		{"They agreed in Paris to give help", "will be", firmly},
		{"Macron said that it works", "actor/macron work", said_},
		{"It works, Macron told Putin", "actor/macron work", said_},
		{"It works, according to Macron", "actor/macron work", said_},
		{"In Macron's view it works", "actor/macron work", said_},
		{"An undated report says it works", " work", said_},
		{"Putin denied that it works", "actor/putin -work", said_},
		{"They did not agree", "-agre", denials_},
		{"They agreed, but did not pay", "agre -pay", denials_},
		{"Neither size nor cost was specified", "-size -cost -specifi", denials_},
		{"He has yet to agree", "-agre", denials_},
		{"the hardest part is yet to come", "hardest yet to come", denials_},
		{"Not only soldiers agreed", "soldier agre", denials_},
		{"Russia dropped its objections", "-actor/russia -drop -object", denials_},
		{"the US, not Europe, leads", "actor/us !actor/europe lead", denials_},
		{"a truce first and a settlement later", "truce before settlement", ordered},
		{"a truce only after a settlement", "settlement before truce", ordered},
		{"once a truce holds, soldiers go", "truce hold before soldier", ordered},
	} {
		if got := tt.show(checked().parse(tt.text, false)); got != tt.want {
			t.Errorf("%q: %s, want %s", tt.text, got, tt.want)
		}
	}
}

func seconds(f frame) string {
	var out []string
	for _, q := range f.numbers {
		out = append(out, fmt.Sprintf("%.0fs", q.value*3600))
	}
	return "[" + strings.Join(out, " ") + "]"
}

func amounts(f frame) string {
	var out []string
	for _, q := range f.numbers {
		out = append(out, fmt.Sprintf("%s=%v", q.unit, q.value))
	}
	return strings.Join(out, " ")
}

func bounds(f frame) string { return string("<=>"[f.numbers[0].bound+1]) }

func firmly(f frame) string {
	return map[firmness]string{mayBe: "may be", intends: "intends", willBe: "will be", isSo: "is", provenly: "proven"}[f.firm]
}

func said_(f frame) string { return string(f.speaker) + " " + denials_(f) }

func denials_(f frame) string {
	var out []string
	for _, e := range f.content {
		sign := ""
		if e.denied {
			sign += "-"
		}
		if e.narrow {
			sign += "!"
		}
		out = append(out, sign+e.stem)
	}
	return strings.Join(out, " ")
}

func ordered(f frame) string {
	var out []string
	for _, o := range f.order {
		out = append(out, denials_(frame{content: o.earlier})+" before "+denials_(frame{content: o.later}))
	}
	return strings.Join(out, "; ")
}

// A statement is the same as a claim, or differs from it in one respect.
func TestCompare(t *testing.T) {
	could := answers.Claim{Text: "Macron suggested that Europe could deploy soldiers to Ukraine after a ceasefire.", Claimant: "macron",
		Modality: answers.Suggested, Hedge: "could", Condition: "after a ceasefire"}
	lasted := answers.Claim{Text: "A report says the talks of Macron and Putin lasted three hours.", Modality: answers.Asserted}
	invaded := answers.Claim{Text: "A report says Russia invaded Ukraine.", Modality: answers.Asserted}
	for _, tt := range []struct {
		claim answers.Claim
		text  string
		want  relation
		by    answers.DifferenceKind
	}{
		{lasted, "The talks of Macron and Putin lasted 3 hours", same, answers.NoDifference},
		{lasted, "The talks of Macron and Putin lasted five hours", opposite, answers.ByNumber},
		{lasted, "The talks of Macron and Putin lasted more than two hours", same, answers.NoDifference},
		{lasted, "The talks of Macron and Erdogan lasted three hours", unrelated, answers.NoDifference},
		{lasted, "The talks of Macron and Putin did not last three hours", opposite, answers.ByDenial},
		{invaded, "Russia attacked Ukraine", same, answers.NoDifference},
		{invaded, "Ukraine invaded Russia", opposite, answers.ByRole},
		{invaded, "Russia did not invade Ukraine", opposite, answers.ByDenial},
		{could, "Macron said Europe could send troops to Ukraine after a truce", same, answers.NoDifference},
		{could, "Europe will send troops to Ukraine after a truce", stronger, answers.ByFirmness},
		{could, "Europe has sent troops to Ukraine", stronger, answers.ByFirmness},
		{could, "Europe could send troops to Ukraine before a truce", opposite, answers.ByOrder},
		{could, "Putin said Europe could send troops to Ukraine after a truce", unrelated, answers.NoDifference},
		{could, "NATO could send troops to Ukraine after a truce", unrelated, answers.NoDifference},
	} {
		l := holding(tt.claim)
		c := l.compare(l.frame(tt.text), 0)
		if c.relation != tt.want || c.relation != same && tt.by != answers.NoDifference && c.differ.Kind != tt.by {
			t.Errorf("%q: relation %d by %q (cover %.2f, focus %.2f), want %d by %q", tt.text, c.relation, c.differ.Kind, c.cover, c.focus, tt.want, tt.by)
		}
	}
}

func TestLexicon(t *testing.T) {
	lexical := topicOf(peace()).lexicon
	for key, concepts := range lexical.concepts {
		for _, a := range concepts {
			for _, b := range concepts {
				if a.id == b.id && a.against != b.against {
					t.Errorf("%q is on both sides of %s", key, a.id)
				}
			}
		}
	}
	for _, tt := range []struct{ phrase, id string }{{"signed off", "accept"}, {"boots on the ground", "troop"}, {"rules out", "accept"}} {
		words := strings.Fields(tt.phrase)
		for i := range words {
			words[i] = base(words[i])
		}
		found, taken := lexical.at(words, 0)
		if taken != len(words) || !slices.ContainsFunc(found, func(c concept) bool { return c.id == tt.id }) {
			t.Errorf("%q has the concepts %v over %d words, want %s over all", tt.phrase, found, taken, tt.id)
		}
	}
}

func TestParts(t *testing.T) {
	for text, want := range map[string]int{
		"They met, but agreed on nothing":        2,
		"The talks were open and lasted an hour": 2,
		"Macron and Putin met":                   1,
		"It was quick. It was good.":             2,
	} {
		if got := len(split(text)); got != want {
			t.Errorf("%q has %d parts, want %d: %q", text, got, want, split(text))
		}
	}
}
