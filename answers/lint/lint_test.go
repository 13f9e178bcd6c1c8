package lint

import (
	"cmp"
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"parley/answers"
	"parley/answers/answerstest"
)

func TestLintAcceptsACleanRecord(t *testing.T) {
	requireProblems(t, Lint(answerstest.CleanContents()), nil)
	requireProblems(t, Lint(answers.Contents{}), nil)
}

// allPlants are the breaches of every rule.
func allPlants() []plant { return slices.Concat(recordPlants, prosePlants, entryPlants, eventPlants) }

func TestLintReportsEachBreach(t *testing.T) {
	for _, p := range allPlants() {
		t.Run(p.breach, func(t *testing.T) {
			if len(p.want) == 0 {
				t.Fatal("the breach expects no problem, so it could never be missed")
			}
			requireProblems(t, Lint(p.planted()), p.want)
		})
	}
}

func TestLintRepeatsItselfAndChangesNothing(t *testing.T) {
	for _, p := range allPlants() {
		c := p.planted()
		first := Lint(c)
		if second := Lint(c); !slices.Equal(first, second) {
			t.Errorf("%s: the second run differs:\n%v\n%v", p.breach, first, second)
		}
		if !reflect.DeepEqual(c, p.planted()) {
			t.Errorf("%s: Lint changed the contents", p.breach)
		}
	}
}

// Problems come noun by noun and item by item as the contents list them, whichever rule found them.
func TestLintKeepsTheOrderOfTheContents(t *testing.T) {
	c := answerstest.CleanContents()
	c.Gold = append([]answers.Gold{{ID: "Bad", Kind: answers.GoldHostile, Use: answers.Tune, Ask: "boots on the ground yes or no"}}, c.Gold...)
	answerstest.GoldOf(&c, "service-001").Ask = ""
	answerstest.EntryOf(&c, "coverage").Phrasings[1] = "what do you cover"
	answerstest.EntryOf(&c, "offers").Topics = nil
	c.Disputes[0].Question = ""
	c.Relations[0].Kind = "repeats"
	answerstest.ClaimOf(&c, "po-us-spent-200bn").Modality = "certain"
	answerstest.ClaimOf(&c, "pa-package").Topics = []answers.TopicID{"weather"}
	c.Topics[1].ID = "European troops"
	c.Topics[0].Name = ""
	c.Places[0].Name = ""
	c.Actors[0].Name = ""
	c.Sources[1].Title = ""
	c.Sources[0].SHA256 = ""

	rank := map[Subject]int{}
	learn := func(noun answers.Noun, id string) { rank[Subject{Noun: noun, ID: id}] = len(rank) }
	for _, s := range c.Sources {
		learn(answers.NounSource, string(s.ID))
	}
	for _, a := range c.Actors {
		learn(answers.NounActor, string(a.ID))
	}
	for _, p := range c.Places {
		learn(answers.NounPlace, string(p.ID))
	}
	for _, topic := range c.Topics {
		learn(answers.NounTopic, string(topic.ID))
	}
	for _, claim := range c.Claims {
		learn(answers.NounClaim, string(claim.ID))
	}
	for _, r := range c.Relations {
		learn(answers.NounRelation, r.Key())
	}
	for _, d := range c.Disputes {
		learn(answers.NounDispute, string(d.ID))
	}
	for _, e := range c.Entries {
		learn(answers.NounEntry, string(e.ID))
	}
	for _, g := range c.Gold {
		learn(answers.NounGold, string(g.ID))
	}

	problems := Lint(c)
	nouns := map[answers.Noun]bool{}
	for _, p := range problems {
		nouns[p.Subject.Noun] = true
	}
	if len(nouns) != 9 {
		t.Errorf("problems were found with %d nouns, want all 9", len(nouns))
	}
	place := func(p Problem) int { return rank[Subject{Noun: p.Subject.Noun, ID: p.Subject.ID}] }
	for i := range problems[1:] {
		if before, after := problems[i], problems[i+1]; cmp.Compare(place(before), place(after)) > 0 {
			t.Errorf("out of order:\n%v\n%v", before, after)
		}
	}
}

func TestProblemNamesItsPlace(t *testing.T) {
	for want, p := range map[string]Problem{
		"topics/the-war: is odd":               {Subject{Noun: answers.NounTopic, ID: "the-war"}, "is odd"},
		"entries/us-troops short: is odd":      {Subject{answers.NounEntry, "us-troops", "short", 0}, "is odd"},
		"entries/us-troops premises 2: is odd": {Subject{answers.NounEntry, "us-troops", "premises", 2}, "is odd"},
	} {
		if got := p.String(); got != want {
			t.Errorf("the problem reads %q, want %q", got, want)
		}
	}
}

// rule is one way in which the lint files report a problem.
type rule struct {
	where   string
	message *regexp.Regexp
	noun    answers.Noun // "" where the calling function serves several
	field   string       // "" where the call does not name it
}

// A rule that no plant breaches is one that could stop working unnoticed: whoever adds a rule adds a breach of it.
func TestEveryRuleHasABreach(t *testing.T) {
	var found []Problem
	for _, p := range allPlants() {
		found = append(found, Lint(p.planted())...)
	}
	rules := rulesOf(t)
	if len(rules) == 0 {
		t.Fatal("no rule was found in the lint files")
	}
	for _, r := range rules {
		if !slices.ContainsFunc(found, func(p Problem) bool {
			return r.message.MatchString(p.Message) &&
				(r.noun == "" || p.Subject.Noun == r.noun) && (r.field == "" || p.Subject.Field == r.field)
		}) {
			t.Errorf("%s: no plant breaches this rule: message %v, noun %q, field %q", r.where, r.message, r.noun, r.field)
		}
	}
}

// rulesOf reads the calls that report problems from the source of the linter.
func rulesOf(t *testing.T) []rule {
	t.Helper()
	files, err := filepath.Glob("lint*.go")
	if err != nil {
		t.Fatal(err)
	}
	var rules []rule
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		positions := gotoken.NewFileSet()
		parsed, err := parser.ParseFile(positions, file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, declaration := range parsed.Decls {
			function, ok := declaration.(*ast.FuncDecl)
			if !ok {
				continue
			}
			noun := soleNoun(function)
			ast.Inspect(function, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					if r, ok := ruleOf(t, call); ok {
						r.where, r.noun = positions.Position(call.Pos()).String(), noun
						rules = append(rules, r)
					}
				}
				return true
			})
		}
	}
	return rules
}

// ruleOf reads one call of report, or of a helper that reports for the field that it is given.
func ruleOf(t *testing.T, call *ast.CallExpr) (rule, bool) {
	t.Helper()
	name := ""
	switch f := call.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	switch name {
	case "report":
		format, ok := literal(call.Args[1])
		if !ok {
			t.Fatal("a message of report is no literal, so nobody can tell whether a plant breaches its rule")
		}
		return rule{message: pattern(format)}, true
	case "required":
		field, _ := literal(call.Args[1])
		return rule{message: pattern("%s is missing"), field: field}, true
	case "oneOf":
		field, _ := literal(call.Args[2])
		return rule{message: pattern("%s is %q; it must be one of %q"), field: field}, true
	case "known":
		field, _ := literal(call.Args[2])
		return rule{message: pattern("there is no %q"), field: field}, true
	default:
		return rule{}, false
	}
}

// literal is the value of a string literal.
func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != gotoken.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

// pattern matches the messages that a format makes.
func pattern(format string) *regexp.Regexp {
	return regexp.MustCompile("^" + strings.NewReplacer(
		"%q", `(?:"(?:[^"\\]|\\.)*"|\[.*\])`,
		"%s", `.*`,
		"%d", `\d+`,
	).Replace(regexp.QuoteMeta(format)) + "$")
}

// soleNoun is the noun whose items a function checks, or "" if it speaks of several or of none.
func soleNoun(function *ast.FuncDecl) answers.Noun {
	nouns := map[string]answers.Noun{
		"NounSource": answers.NounSource, "NounActor": answers.NounActor, "NounPlace": answers.NounPlace, "NounTopic": answers.NounTopic, "NounClaim": answers.NounClaim,
		"NounRelation": answers.NounRelation, "NounDispute": answers.NounDispute, "NounEntry": answers.NounEntry, "NounGold": answers.NounGold,
	}
	var found []answers.Noun
	ast.Inspect(function, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && nouns[id.Name] != "" && !slices.Contains(found, nouns[id.Name]) {
			found = append(found, nouns[id.Name])
		}
		return true
	})
	if len(found) == 1 {
		return found[0]
	}
	return ""
}
