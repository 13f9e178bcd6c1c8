package seeds

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parley/answers"
	"parley/answers/check"
	"parley/answers/facts"
)

// mutation is an operator that makes a false statement of a true one, or one that says more.
type mutation struct {
	name    string
	make    func(answers.Contents, answers.Claim, string) []string
	allowed []answers.Rating // beside not_in_record
	named   bool             // the rating itself is the operator's: one of those allowed is what it should be
}

var (
	less  = []answers.Rating{answers.RatedOverstated, answers.RatedContested}
	other = []answers.Rating{answers.RatedContradicted, answers.RatedContested}
	none  []answers.Rating
)

var mutations = []mutation{
	{"actor", otherActor, none, false},
	{"office", otherOffice, none, false},
	{"place", otherPlace, none, false},
	{"recipient", otherRecipient, none, false},
	{"number", rewritten(numberSwaps...), other, true},
	{"unit", rewritten(unitSwaps...), []answers.Rating{answers.RatedContradicted}, false},
	{"date", rewritten(dateSwaps...), other, true},
	{"only", only, less, true},
	{"all", rewritten(`\b(?:several|some|two|top)\b`, "all"), less, false},
	{"never", negatedBy("never"), other, true},
	{"negation", negatedBy("not"), other, true},
	{"hedge dropped", rewritten(hedgeSwaps...), append(slices.Clone(less), answers.RatedContradicted), true},
	{"condition dropped", conditionDropped, less, true},
	{"attribution moved", attributionMoved, none, false},
	{"tense", rewritten(tenseSwaps...), none, false},
	{"swapped roles", swappedRoles, none, false},
}

var (
	numberSwaps = []string{`\bthree hours\b`, "seven hours", `\bthree-hour\b`, "seven-hour", `\bthree years\b`, "eight years", `\b32\b`, "27", `\$200 billion`, "$$340 billion", `\b200 billion\b`, "340 billion",
		`\btwo (key|issues)\b`, "nine $1", `Article 5`, "Article 9"}
	unitSwaps  = []string{`\bthree hours\b`, "three times", `\bhours\b`, "days", `\byears\b`, "months", `\bbillion\b`, "million", `\bmembers\b`, "votes"}
	dateSwaps  = []string{`\bFriday\b`, "Tuesday", `\bMonday\b`, "Thursday", `\bTuesday\b`, "Sunday", `\b2022\b`, "2019", `\b6 January\b`, "9 January", `\b15 August\b`, "11 August", `\b18 August\b`, "21 August"}
	hedgeSwaps = []string{`\bcould be\b`, "will be", `\b(?:could|may|might)\b`, "will", `\b(?:allegedly|reportedly|potentially) `, "", `\ban alleged\b`, "a proven",
		` in principle\b`, "", `\bplans to\b`, "will", `\bwere expected to\b`, "did", `\bwas expected to\b`, "did", `\bproposed `, ""}
	tenseSwaps = []string{`\bmet\b`, "will meet", `\blasted\b`, "will last", `\btook part\b`, "will take part", `\bdiscussed the\b`, "will discuss the", `\brepresented the\b`, "will represent the",
		`\bhas spent\b`, "will spend", `\bwas represented\b`, "will be represented", `\binvaded\b`, "will invade", `\bhave both accepted\b`, "will both accept"}
)

// rewritten makes a statement of each pattern that fits.
func rewritten(pairs ...string) func(answers.Contents, answers.Claim, string) []string {
	var patterns []*regexp.Regexp
	for i := 0; i < len(pairs); i += 2 {
		patterns = append(patterns, regexp.MustCompile(pairs[i]))
	}
	return func(_ answers.Contents, _ answers.Claim, text string) []string {
		var out []string
		for i, p := range patterns {
			if p.MatchString(text) {
				out = append(out, p.ReplaceAllString(text, pairs[2*i+1]))
			}
		}
		return out
	}
}

var (
	people    = strings.Split("Trump Putin Zelensky Macron Starmer Meloni Merz Stubb Rutte Witkoff Kushner", " ")
	countries = strings.Split("Russia Ukraine France Britain Germany Italy Finland Canada NATO", " ")
	towns     = strings.Split("Paris Alaska Anchorage Washington Miami Geneva Istanbul", " ")
	alike     = map[string][]string{"Britain": {"the UK", "UK", "British", "London"}, "Russia": {"Moscow", "Kremlin", "Russian"}, "Ukraine": {"Kyiv", "Ukrainian"}, "Anchorage": {"Alaska"}, "Alaska": {"Anchorage"},
		"France": {"French", "Paris"}, "Germany": {"German"}, "Italy": {"Italian"}, "Finland": {"Finnish"}}
)

// within reports whether a text names one of a group, by whatever name.
func within(text, name string) bool {
	return slices.ContainsFunc(append([]string{name}, alike[name]...), func(s string) bool { return strings.Contains(text, s) })
}

func otherOf(groups ...[]string) func(answers.Contents, answers.Claim, string) []string {
	return func(_ answers.Contents, c answers.Claim, text string) []string {
		var out []string
		for _, group := range groups {
			for _, name := range group {
				p := regexp.MustCompile(`\b` + name + `\b`)
				if !p.MatchString(text) {
					continue
				}
				for i, with := range group {
					if with != name && !within(c.Text+text, with) && (i+len(text))%3 == 0 { // a third of them is plenty
						out = append(out, p.ReplaceAllString(text, with))
					}
				}
			}
		}
		return out
	}
}

var (
	otherActor = otherOf(people, countries)
	otherPlace = otherOf(towns)
)

var recipients = regexp.MustCompile(`\b(to|for|against|with) (Ukraine|Kyiv|Russia|Trump|Putin|NATO|Zelensky|European leaders|European countries|Britain and France)\b`)

func otherRecipient(_ answers.Contents, c answers.Claim, text string) []string {
	var out []string
	for _, with := range []string{"Finland", "Canada", "Meloni"} {
		if recipients.MatchString(text) && !within(c.Text+text, with) {
			out = append(out, recipients.ReplaceAllString(text, "$1 "+with))
		}
	}
	return out
}

// otherOffice pairs the first person that a text names with the office of another.
func otherOffice(contents answers.Contents, _ answers.Claim, text string) []string {
	var out []string
	for _, a := range contents.Actors {
		for _, b := range contents.Actors {
			role, _, _ := strings.Cut(b.Role, " (")
			last := a.Name[strings.LastIndex(a.Name, " ")+1:]
			if a.ID != b.ID && a.Role != "" && a.Role[0] <= 'Z' && b.Role != "" && b.Role[0] <= 'Z' && strings.HasPrefix(text, last+" ") {
				out = append(out, fmt.Sprintf("%s is the %s.", last, role))
			}
		}
	}
	return out
}

var capital = regexp.MustCompile(`^(?:Trump|Putin|Zelensky|Macron|Starmer|Witkoff|Kushner|Rutte|Meloni|Russia|Ukraine|Britain|France|Canada|Moscow|Kyiv|NATO|European leaders|The US|The allies)\b`)

func only(_ answers.Contents, _ answers.Claim, text string) []string {
	m := capital.FindString(text)
	if m == "" || strings.Contains(text, " said ") || strings.Contains(text, "only") {
		return nil
	}
	return []string{"Only " + strings.Replace(m, "The ", "the ", 1) + text[len(m):]}
}

var auxiliary = regexp.MustCompile(`\b(has|have|had|was|were|is|are|would|could|will|may|might)\b`)

func negatedBy(word string) func(answers.Contents, answers.Claim, string) []string {
	return func(_ answers.Contents, _ answers.Claim, text string) []string {
		at := auxiliary.FindStringIndex(text)
		if at == nil || regexp.MustCompile(`\b(not|no|never|neither|nor|who|that|unclear)\b`).MatchString(text) {
			return nil
		}
		return []string{text[:at[1]] + " " + word + text[at[1]:]}
	}
}

var conditions = regexp.MustCompile(`,? (?:planned )?(?:only )?(?:if|once|after|in case|as part of|in exchange for|in return for|under) (?:a|an|the|such|guarantees|Russia|questions|one|there)\b[^.,]*|^(?:If|Once|After|In exchange for|Under) [^,]*, `)

func conditionDropped(_ answers.Contents, c answers.Claim, text string) []string {
	if c.Condition == "" || c.Modality == answers.Asserted || !conditions.MatchString(text) {
		return nil
	}
	bare := conditions.ReplaceAllString(text, "")
	for _, w := range []string{" would ", " could ", " may ", " might "} {
		bare = strings.Replace(bare, w, " will ", 1)
	}
	return []string{strings.ToUpper(bare[:1]) + bare[1:]}
}

var saying = regexp.MustCompile(`^[\w ]+ (?:said|says|suggested|wrote on X|told Fox News|warned|cautioned)(?: that)? `)

func attributionMoved(_ answers.Contents, c answers.Claim, text string) []string {
	bare := saying.ReplaceAllString(text, "")
	var out []string
	for _, who := range []string{"Meloni", "Stubb", "Putin"} {
		if c.Claimant != "putin" && c.Claimant != "russia" || who != "Putin" {
			out = append(out, who+" said that "+bare, "According to "+who+", "+bare)
		}
	}
	return out
}

// swappedRoles puts each of two names in the place of the other.
func swappedRoles(_ answers.Contents, _ answers.Claim, text string) []string {
	var found []string
	for _, name := range append(slices.Clone(people), "Russia", "Ukraine", "Kyiv", "Moscow", "Britain", "France", "Canada", "NATO", "the US", "European leaders", "the Senate", "European countries") {
		if regexp.MustCompile(`\b` + name + `\b`).MatchString(text) {
			found = append(found, name)
		}
	}
	var out []string
	for i, a := range found {
		for _, b := range found[i+1:] {
			if symmetric.MatchString(text) || regexp.MustCompile(`\b(`+a+`|`+b+`)('s)?(,| and| or|, Zelensky and|-) ?[^.]*\b(`+a+`|`+b+`)\b`).MatchString(text) || a == "Ukraine" && b == "Kyiv" {
				continue
			}
			swapped := strings.NewReplacer(a, "@", b, a).Replace(text)
			out = append(out, strings.ReplaceAll(swapped, "@", b))
		}
	}
	return out
}

// symmetric tells sentences that say the same with the two names exchanged.
var symmetric = regexp.MustCompile(`\b(meet|met|meeting|talked|talks|discussed|spoke|between|mutual|together|understanding|lasted)\b`)

// A statement that a known change makes of a claim is never supported by it, and contradicted only where the change is a contrary. PARLEY_MUTATIONS=all
// takes every wording of every claim; by itself the test takes one of each.
func TestMutations(t *testing.T) {
	contents := contents(t)
	checker := check.New(facts.New(contents))
	for _, f := range wholeMutations(t, contents, checker, os.Getenv("PARLEY_MUTATIONS") == "all") {
		t.Error(f)
	}
}

func wholeMutations(t *testing.T, contents answers.Contents, checker *check.Checker, all bool) (failed []string) {
	type tally struct{ n, named, silent, supported, contradicted int }
	counts := map[string]*tally{}
	total := tally{}
	agreeing := []answers.Rating{answers.RatedSupported, answers.RatedOutdated}
	for _, m := range mutations {
		counts[m.name] = &tally{}
		for i, c := range contents.Claims {
			texts := append([]string{c.Text}, c.Frame.Wordings...)
			if !all {
				texts = []string{texts[i%len(texts)]}
			}
			for _, text := range texts {
				for _, changed := range m.make(contents, c, text) {
					if changed == text {
						continue
					}
					a := checker.Check(answers.Question{Text: changed})
					n := counts[m.name]
					n.n++
					total.n++
					mine := len(a.Claims) > 0 && a.Claims[0].ID == c.ID
					switch {
					case slices.Contains(agreeing, a.Rating) && mine, a.Rating == answers.RatedContested && mine && m.allowed == nil:
						n.supported++
						total.supported++
						failed = append(failed, fmt.Sprintf("%s: %s: %q is %s", m.name, c.ID, changed, a.Rating))
					case slices.Contains(agreeing, a.Rating) || a.Rating == answers.RatedContested && m.allowed == nil:
						t.Logf("by another: %s: %s: %q is %s by %s", m.name, c.ID, changed, a.Rating, a.Claims[0].ID)
					case a.Rating == answers.RatedContradicted && !slices.Contains(m.allowed, a.Rating) && (len(c.Frame.Complete) == 0 || a.Difference.Kind != answers.ByRole):
						n.contradicted++
						total.contradicted++
						t.Logf("contradicted: %s: %s: %q by %v %v", m.name, c.ID, changed, a.Claims[0].ID, a.Difference)
					case a.Rating == answers.RatedNotInRecord:
						n.silent++
						if m.allowed == nil {
							n.named++
						}
					default:
						if m.allowed != nil && !slices.Contains(m.allowed, a.Rating) {
							t.Logf("otherwise: %s: %s: %q is %s", m.name, c.ID, changed, a.Rating)
						}
						n.named++
					}
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		n := counts[name]
		t.Logf("%-18s n=%-5d named %5.1f%% silent %5.1f%% supported %d contradicted %d", name, n.n, 100*float64(n.named)/float64(max(1, n.n)), 100*float64(n.silent)/float64(max(1, n.n)), n.supported, n.contradicted)
		if n.n == 0 {
			failed = append(failed, name+": nothing was changed")
		}
	}
	t.Logf("in all %d, supported %d, contradicted %d", total.n, total.supported, total.contradicted)
	if float64(total.contradicted) > 0.005*float64(total.n) {
		failed = append(failed, fmt.Sprintf("%d of %d are contradicted without a contrary", total.contradicted, total.n))
	}
	return failed
}
