package seeds

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parley/answers"
)

// rewrite makes a variant of a claim's text, or reports that it cannot.
type rewrite func(answers.Claim) (string, bool)

// variants are the kinds of change to a claim's own text, with the ratings that the outcome may have. A statement that is then
// not found in the record is silent, anything else is wrong. The floors are percentages of the variants that could be built.
var variants = []struct {
	kind  string
	make  rewrite
	want  []answers.Rating
	right float64 // at least
	wrong float64 // at most
}{
	{"unchanged", unchanged, []answers.Rating{answers.RatedSupported, answers.RatedContested, answers.RatedOutdated}, 100, 0},
	{"unattributed", unattributed, []answers.Rating{answers.RatedSupported, answers.RatedContested, answers.RatedOutdated, answers.RatedOverstated}, 100, 0},
	{"number changed", replaced(afterLead, numbers), []answers.Rating{answers.RatedContradicted}, 100, 0},
	{"name of the record", named("Meloni", "Stubb", "Finland", "Italy"), []answers.Rating{answers.RatedContradicted, answers.RatedNotInRecord}, 97, 3},
	{"name of a stranger", named("Erdogan", "Lukashenko", "Brazil", "Japan"), []answers.Rating{answers.RatedContradicted, answers.RatedNotInRecord}, 100, 0},
	{"negated", negated, []answers.Rating{answers.RatedContradicted, answers.RatedContested}, 91, 0},
	{"hedge removed", replaced(whole, hedges), []answers.Rating{answers.RatedOverstated, answers.RatedContested}, 100, 0},
	{"condition removed", unconditional, []answers.Rating{answers.RatedOverstated, answers.RatedContested, answers.RatedOutdated}, 50, 40},
}

// swap is a pattern with what takes its place.
type swap struct {
	pattern *regexp.Regexp
	with    string
}

func swaps(pairs ...string) []swap {
	var out []swap
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, swap{regexp.MustCompile(pairs[i]), pairs[i+1]})
	}
	return out
}

var numbers = swaps(`\bthree\b`, "seven", `\btwo (key|countries)\b`, "nine $1", `\b32\b`, "27", `\b2022\b`, "2019", `\$200 billion`, "$$340 billion",
	`\b6 January\b`, "9 January", `Article 5`, "Article 9", `\bFriday\b`, "Tuesday", `\bMonday\b`, "Thursday", `\bSaturday\b`, "Wednesday")

var hedges = swaps(`\bcould be held\b`, "will be held", `\bcould\b`, "will", `\bmay\b`, "will", `\bsuggested that\b`, "said that", `\ballegedly `, "", `\ban alleged\b`, "a proven",
	` in principle\b`, "", `"potentially prepared" to give`, "going to give", `\bthe proposed (.*?)\bwould\b`, "the ${1}will",
	`\bplans to ask\b`, "has asked", `\boffered earlier in the year to send\b`, "sent earlier in the year",
	`\bexpected that (.*?) would be asked\b`, "says that $1 has been asked", `^A report of 18 August 2025 expected the US to offer`, "The US offered",
	`\bwere about to meet\b`, "have met", `\bwas to be held\b`, "was held", `\brisks raising\b`, "is raising")

// Claims carry attributions for their readers. Lead is how one begins.
var lead = regexp.MustCompile(`^(?:A|An|One|The same) [^.]*?report[^.,]*?,?(?: written after the Washington meeting,)? (?:says|calls|names|expected|judges|warns|expects|reads|describes|dates|counts|sums up|lists|gives|links)(?: that)? ` +
	`|^(?:The )?[A-Z][\w ]*? (?:said|reported|wrote|told [A-Z][\w ]*?|stressed|acknowledged|cautioned)(?: that)? `)

func whole(text string) int { return 0 }

func afterLead(text string) int { return len(lead.FindString(text)) }

func unchanged(c answers.Claim) (string, bool) { return c.Text, true }

// unattributed leaves out who says it.
func unattributed(c answers.Claim) (string, bool) {
	at := afterLead(c.Text)
	if at == 0 || !strings.Contains(c.Text[:at], " says ") {
		return "", false
	}
	rest := c.Text[at:]
	return strings.ToUpper(rest[:1]) + rest[1:], true
}

// replaced makes the first swap that fits behind where the text may be changed.
func replaced(from func(string) int, all []swap) rewrite {
	return func(c answers.Claim) (string, bool) {
		at := from(c.Text)
		for _, s := range all {
			if m := s.pattern.FindStringSubmatchIndex(c.Text[at:]); m != nil {
				rest := c.Text[at:]
				return c.Text[:at] + rest[:m[0]] + string(s.pattern.ExpandString(nil, s.with, rest, m)) + rest[m[1]:], true
			}
		}
		return "", false
	}
}

var (
	persons   = regexp.MustCompile(`\b(?:NATO Secretary General Mark Rutte|Steve Witkoff|Jared Kushner|Donald Trump|Trump|Putin|Zelensky|Macron|Starmer|Merz|Rutte)\b`)
	countries = regexp.MustCompile(`\b(?:Russia|Moscow|Ukraine|Kyiv|Britain|France|Canada|the US|Washington|the Senate)\b`)
)

// named puts another person or country in the place of the first that the text names.
func named(person, otherPerson, country, otherCountry string) rewrite {
	return func(c answers.Claim) (string, bool) {
		at := 0
		if m := lead.FindString(c.Text); strings.Contains(m, "report") {
			at = len(m)
		}
		rest := c.Text[at:]
		p, k := persons.FindStringIndex(rest), countries.FindStringIndex(rest)
		with, alternative := person, otherPerson
		m := p
		if p == nil || k != nil && k[0] < p[0] {
			m, with, alternative = k, country, otherCountry
		}
		if m == nil {
			return "", false
		}
		if strings.Contains(c.Text, with) {
			with = alternative
		}
		if strings.Contains(c.Text, with) {
			return "", false
		}
		return c.Text[:at] + rest[:m[0]] + with + rest[m[1]:], true
	}
}

var (
	denials     = swaps(`\bhad made no specific\b`, "had made a specific", `\bno commitment has been made\b`, "a commitment has been made", `\b(had|was|were|would|does|could|is) not\b`, "$1", `\bneither (.*?) nor\b`, "both $1 and", `\bthere would be no\b`, "there would be", `\btoo little was\b`, "enough was", `\b(still )?unclear\b`, "clear")
	auxiliaries = swaps(`\b(has|have|had|was|were|is|are|would|could|may)\b`, "$1 not")
	verbs       = swaps(`\btook part\b`, "did not take part", `\bcame together\b`, "did not come together", `\brepresented\b`, "did not represent",
		`\bexplicitly backed\b`, "did not explicitly back", `\blasted\b`, "did not last", `\bmet\b`, "did not meet", `\bdiscussed\b`, "did not discuss",
		`\bstayed guarded\b`, "did not stay guarded", `\bsees\b`, "does not see", `\bdemands\b`, "does not demand", `\bplans\b`, "does not plan",
		`\bagreed\b`, "did not agree", `\bpledged\b`, "did not pledge", `\binclude\b`, "do not include", `\baims\b`, "does not aim", `\bexpected\b`, "did not expect",
		`\bfollowed\b`, "did not follow", `\bcalled\b`, "did not call")
)

// negated takes a denial out, or puts one in.
func negated(c answers.Claim) (string, bool) {
	c.Text, _, _ = strings.Cut(c.Text, "; the report")
	for _, all := range [][]swap{denials, auxiliaries, verbs} {
		if text, ok := replaced(afterLead, all)(c); ok {
			return text, true
		}
	}
	return "", false
}

var conditions = regexp.MustCompile(`,? (?:planned )?(?:only )?(?:if|once|after|in case|as part of|in exchange for|under) (?:a|an|the|such|guarantees|Russia|questions|one)\b[^.,]*`)

// unconditional leaves out the condition and says that it will be so.
func unconditional(c answers.Claim) (string, bool) {
	at := afterLead(c.Text)
	m := conditions.FindStringIndex(c.Text[at:])
	if c.Condition == "" || m == nil || c.Modality == answers.Asserted && !strings.HasPrefix(c.Condition, "only") {
		return "", false
	}
	text := c.Text[:at] + c.Text[at:][:m[0]] + c.Text[at:][m[1]:]
	for _, word := range []string{" would ", " could ", " may "} {
		text = strings.Replace(text, word, " will ", 1)
	}
	return text, true
}

// Each live claim, changed in one respect, is rated by what was changed.
func TestVariantsOfEveryClaim(t *testing.T) {
	lib := ownLibrary(t)
	var table strings.Builder
	fmt.Fprintf(&table, "\n%-20s %5s %8s %7s %7s %7s\n", "change", "n", "skipped", "right", "silent", "wrong")
	for _, v := range variants {
		n, skipped, counts := 0, 0, map[answers.Verdict]int{}
		for _, c := range lib.Contents().Claims {
			if c.Retracted != "" {
				continue
			}
			text, ok := v.make(c)
			if !ok {
				skipped++
				continue
			}
			n++
			got := lib.Check(answers.Question{Text: text}).Rating
			outcome := answers.Wrong
			switch {
			case slices.Contains(v.want, got):
				outcome = answers.Right
			case got == answers.RatedNotInRecord:
				outcome = answers.Silent
			}
			if outcome != answers.Right {
				t.Logf("%s: %s, %s: %s, got %s", outcome, v.kind, c.ID, text, got)
			}
			counts[outcome]++
		}
		if n == 0 {
			t.Errorf("%s: no variant could be built", v.kind)
			continue
		}
		share := func(o answers.Verdict) float64 { return 100 * float64(counts[o]) / float64(n) }
		fmt.Fprintf(&table, "%-20s %5d %8d %6.1f%% %6.1f%% %6.1f%%\n", v.kind, n, skipped, share(answers.Right), share(answers.Silent), share(answers.Wrong))
		if share(answers.Right) < v.right {
			t.Errorf("%s: %.1f%% right, %.1f%% were reached before", v.kind, share(answers.Right), v.right)
		}
		if share(answers.Wrong) > v.wrong {
			t.Errorf("%s: %.1f%% wrong, %.1f%% were reached before", v.kind, share(answers.Wrong), v.wrong)
		}
	}
	t.Log(table.String())
}

// What is near to the record without being in it is told apart: testdata/check.txt.
func TestCheckTellsApart(t *testing.T) {
	text, err := os.ReadFile("testdata/check.txt")
	if err != nil {
		t.Fatal(err)
	}
	lib, n := ownLibrary(t), 0
	for line := range strings.Lines(string(text)) {
		rating, statement, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if strings.HasPrefix(line, "#") || !ok {
			continue
		}
		n++
		if got := lib.Check(answers.Question{Text: statement}).Rating; string(got) != strings.ReplaceAll(rating, " ", "_") {
			t.Errorf("%q is rated %s, not %s", statement, got, rating)
		}
	}
	if n == 0 {
		t.Error("there is no statement")
	}
}

// Any text gets a rating, the same one every time, and a long one is not rated on its beginning alone.
func TestCheckIsTotal(t *testing.T) {
	lib := ownLibrary(t)
	supported := "The Alaska meeting of Trump and Putin lasted three hours. "
	for _, text := range []string{"", " ", ".", "\xff\xfe", "مرحبا", "e\u0301\u0301", "after", "not", "according to", "Trump said", "a b c, but and; while",
		strings.Repeat("after ", 100), strings.Repeat(supported, 20000), strings.Repeat("a", 1<<20)} {
		first := lib.Check(answers.Question{Text: text})
		if second := lib.Check(answers.Question{Text: text}); first.Rating != second.Rating || first.Confidence != second.Confidence {
			t.Errorf("%.40q: %s, then %s", text, first.Rating, second.Rating)
		}
		if first.Rating != answers.RatedNotInRecord {
			t.Errorf("%.40q is rated %s", text, first.Rating)
		}
	}
	if got := lib.Check(answers.Question{Text: supported}).Rating; got != answers.RatedSupported {
		t.Errorf("%q is rated %s", supported, got)
	}
}

func BenchmarkCheck(b *testing.B) {
	lib := ownLibrary(b)
	for b.Loop() {
		lib.Check(answers.Question{Text: "Steve Witkoff says Moscow agreed to let the US and Europe offer Kyiv robust guarantees"})
	}
}
