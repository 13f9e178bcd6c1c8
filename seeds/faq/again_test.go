package faq

import (
	"slices"
	"strings"
	"testing"

	"parley/answers"
	"parley/answers/lint"
)

const firstVersion = "question,answer,further\nIs the tram free?,No.,free tram?\nWhen does it leave?,The tram leaves at six.,\nWho drives?,Drivers do.,\n"

// A newer version keeps ids and places. It says what it changes for readers, and leaves alone what it does not hold and what curators made.
func TestAgain(t *testing.T) {
	old, _, _ := built(t, answers.Contents{}, firstVersion, ByKind)
	at := slices.IndexFunc(old.Entries, func(e answers.Entry) bool { return e.Question == "When does it leave?" })
	old.Entries[at].Lead = "The tram leaves at six sharp [" + answers.Prose(old.Entries[at].First()[0]) + "]."
	list, err := read(t, "question,answer,further,class\nHow much is it?,Two crowns.,,\nis the TRAM free,On Sundays it is.,free tram? | gratis?,correction\nWhen does it leave?,The tram leaves at six.,when,\n")
	if err != nil {
		t.Fatal(err)
	}
	c, made, left := Build(old, &list, Options{Today: today})
	if problems := lint.Lint(c); len(problems) > 0 {
		t.Fatalf("the rules refuse it: %v", problems)
	}
	want := []string{"How much is it?: Two crowns.", "When does it leave? / when: The tram leaves at six sharp.", "Who drives?: Drivers do.", "is the TRAM free / free tram? / gratis?: On Sundays it is."}
	if got := entries(c); !slices.Equal(got, want) {
		t.Errorf("the entries are %q, want %q", got, want)
	}
	if len(left) != 1 || !strings.HasPrefix(string(left[0]), "who-drives") {
		t.Errorf("left as they are: %v", left)
	}
	changed := Changed(made)
	if len(changed) != 2 || !changed[0].Says || changed[1].Says || changed[0].Entry.ID != "is-the-tram-free" {
		t.Errorf("changed are %+v", changed)
	}
	amended := Amendments(made, answers.Unclassed)
	if len(amended) != 1 || amended[0].Class != answers.Corrected || amended[0].Wrong != "“Is the tram free?” was answered: No." || amended[0].Right != "On Sundays it is." ||
		!slices.Contains(amended[0].Items, "entries/is-the-tram-free") {
		t.Errorf("readers are told %+v", amended)
	}
	p := Patch(old, c)
	if len(p.Put.Entries) != 3 || len(p.Put.Claims) != 2 || len(p.Remove) != 0 {
		t.Errorf("it puts %d entries and %d claims, and removes %v", len(p.Put.Entries), len(p.Put.Claims), p.Remove)
	}
	for _, claim := range old.Claims {
		i := slices.IndexFunc(c.Claims, func(o answers.Claim) bool { return o.ID == claim.ID })
		if i < 0 || c.Claims[i].Paragraph != claim.Paragraph {
			t.Errorf("the claim %s has left its place", claim.ID)
		}
	}
}

// A source that is dated anew is another source for readers, and an id finds an entry whose question changed.
func TestAgainByID(t *testing.T) {
	old, _, _ := built(t, answers.Contents{}, "id,question,answer,publisher,date\nA 1,Is the tram free?,No.,Tram Office,2020-03-17\n", ByKind)
	c, made, _ := built(t, old, "id,question,answer,publisher,date\nA 1,Is the bus free?,No.,Tram Office,2021-03-17\n", ByKind)
	if got := entries(c); !slices.Equal(got, []string{"Is the bus free?: No."}) || c.Entries[0].ID != "a-1" {
		t.Errorf("the entries are %q", got)
	}
	if len(made) != 1 || !made[0].Says || len(c.Sources) != 1 || c.Sources[0].Date.Days() != "17 Mar 2021" {
		t.Errorf("made %+v on %+v", made, c.Sources)
	}
}

// A record that does not say what it is about has its name and its first questions said of it.
func TestNeutralAbout(t *testing.T) {
	c, _, _ := built(t, answers.Contents{}, "answer,question\nAt 9.,When do you open?\nAt 5.,When do you close?\nYes.,Is there parking?\nNo.,Is there a lift?\n", ByKind)
	a := answers.AboutOf(c)
	if a.Name != "“tram.csv”" || a.Covers != "Our record holds “tram.csv” and nothing else." || !slices.Equal(a.Examples.Questions, []string{"When do you open?", "When do you close?", "Is there parking?"}) {
		t.Errorf("it says %+v", a)
	}
	several, _, _ := built(t, answers.Contents{}, "answer,question,publisher\nAt 9.,When do you open?,Office\nAt 5.,When do you close?,Gazette\n", ByKind)
	if a := answers.AboutOf(several); a.Name != "“tram.csv”" {
		t.Errorf("of several sources it says %+v", a)
	}
	c.Sources[0].Title, c.Topics = "", nil
	if a := answers.AboutOf(c); a.Name == "" || a.Covers == "" {
		t.Errorf("without a name it says %+v", a)
	}
}

// Whatever a list holds, what is made of it, and of a second version over the first, keeps the editorial rules.
func FuzzBuild(f *testing.F) {
	f.Add("answer,question\nyes,when?\n\"a \"\"b\"\"\",[x-y]\n", firstVersion)
	f.Add("id,question,answer,publisher,topic,claimant,date\n1,a,b,P,T,C,2020\n1,a,c,Q,t,c,2021\n", "id,question,answer,topic,rating\n1,a,b,§,r\n2,b,b,T,\n")
	f.Fuzz(func(t *testing.T, first, second string) {
		var c answers.Contents
		for _, file := range []string{first, second} {
			list, err := read(t, file)
			if err != nil {
				return
			}
			next, made, _ := Build(c, &list, Options{Today: today})
			if len(made) == 0 {
				return
			}
			if problems := lint.Lint(next); len(problems) > 0 {
				t.Errorf("what was taken of %q after %q breaks the rules: %v", file, first, problems)
			}
			c = next
		}
	})
}
