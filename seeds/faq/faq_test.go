package faq

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/answers"
	"parley/answers/lint"
	"parley/seeds"
	"parley/seeds/table"
)

var today = answers.Date{Year: 2026, Month: time.November, Day: 30}

// read reads a list that is written as CSV.
func read(t testing.TB, file string) (List, error) {
	t.Helper()
	tb, err := table.Read("tram.csv", []byte(file), table.Options{})
	if err != nil {
		return List{}, err
	}
	return Read([]table.Table{tb}, nil)
}

// built is the record that a list makes of an earlier one. It keeps the editorial rules.
func built(t testing.TB, old answers.Contents, file string, by Grouping) (answers.Contents, []Made, List) {
	t.Helper()
	list, err := read(t, file)
	if err != nil {
		t.Fatal(err)
	}
	c, made, _ := Build(old, &list, Options{by, today})
	if problems := lint.Lint(c); len(problems) > 0 {
		t.Fatalf("the rules refuse it: %v", problems)
	}
	return c, made, list
}

// entries are the questions of each entry with its answer.
func entries(c answers.Contents) []string {
	var all []string
	for _, e := range c.Entries {
		all = append(all, fmt.Sprintf("%s: %s", strings.Join(append([]string{e.Question}, e.Phrasings...), " / "), strings.ReplaceAll(e.Lead.Plain(), "\n", " / ")))
	}
	slices.Sort(all)
	return all
}

func TestGroups(t *testing.T) {
	for _, c := range []struct {
		what, file string
		by         Grouping
		want       []string
	}{
		{"short answers stay apart", "question,answer\nIs the tram free?,No.\nDoes it run at night?,No.\nMay I smoke?,No.\n", ByKind,
			[]string{"Does it run at night?: No.", "Is the tram free?: No.", "May I smoke?: No."}},
		{"sentences join", "question,answer\nwhen is the tram free,The tram is free on Sundays.\nfree tram day,The tram is free on Sundays.\n", ByKind,
			[]string{"when is the tram free / free tram day: The tram is free on Sundays."}},
		{"names of intents join", "answer,question\nyes,sure\nyes,of course\nTram_free?,is it free\n", ByKind, []string{"is it free: Tram_free?", "sure / of course: yes"}},
		{"an id joins", "id,question,answer\n7,is it free,No.\n7,free of charge?,No.\n8,at night?,No.\n", ByKind, []string{"at night?: No.", "is it free / free of charge?: No."}},
		{"by answer", "question,answer\nIs the tram free?,No.\nDoes it run at night?,No.\n", ByAnswer, []string{"Is the tram free? / Does it run at night?: No."}},
		{"apart", "question,answer\nwhen is the tram free,The tram is free on Sundays.\nfree tram day,The tram is free on Sundays.\n", Apart,
			[]string{"free tram day: The tram is free on Sundays.", "when is the tram free: The tram is free on Sundays."}},
		{"more ways of asking", "question,answer,further questions\nIs it free?,No.,no charge? | free of charge?\n", ByKind, []string{"Is it free? / no charge? / free of charge?: No."}},
		{"a row that stands there twice", "question,answer\nIs it free?,No.\nis it FREE,No.\n", ByKind, []string{"Is it free?: No."}},
	} {
		contents, _, list := built(t, answers.Contents{}, c.file, c.by)
		if got := entries(contents); !slices.Equal(got, c.want) || len(list.Refused) > 0 {
			t.Errorf("%s: %q, want %q; refused %v", c.what, got, c.want, list.Refused)
		}
	}
}

func TestRefused(t *testing.T) {
	_, _, list := built(t, answers.Contents{}, "id,question,answer\n1,Is it free?,No.\n2,Is it free?,Yes.\n3,When?,\n4,Where?,Here, there.\n#5,Who?,We.\n5!,What?,That.\n1,How?,So.\n6,Which\ufffd?,One.\n", ByKind)
	var got []string
	for _, r := range list.Refused {
		got = append(got, r.String())
	}
	want := []string{
		"tram.csv:4:1: a row needs an answer and a question",
		"tram.csv:5:1: the row has 4 cells and the header 3: put a cell that holds what separates the cells in quotation marks",
		"tram.csv:9:1: a character was lost before the file was saved: it holds U+FFFD in its place",
		`tram.csv:3:1: the question "Is it free?" has another answer above`,
		`tram.csv:7:1: the ids "#5" and "5!" differ only in signs, which Parley leaves out`,
		`tram.csv:8:1: the id "1" has another answer above`,
	}
	if !slices.Equal(got, want) || list.Faults() != 5 {
		t.Errorf("refused with %d faults:\n%s\nwant\n%s", list.Faults(), strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	rejects, err := list.Rejects()
	if err != nil || !strings.Contains(string(rejects), "id,question,answer,refused because\n3,When?,,tram.csv:4:1") || !strings.Contains(string(rejects), `"Here, there."`) {
		t.Errorf("they are written as %v:\n%s", err, rejects)
	}
	for file, want := range map[string]string{
		"":                     `must name the column of each question; there stands none`,
		"question,answer\n":    "there is no row below the header",
		"question\nWhen?\n":    "must name the column of each answer",
		"question,answer\n,\n": "there is no row below the header",
	} {
		var problems seeds.Problems
		if _, err := read(t, file); !errors.As(err, &problems) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", file, err, want)
		}
	}
}

// Each row's source is its own, and what nobody stated is not known.
func TestSources(t *testing.T) {
	c, _, list := built(t, answers.Contents{}, "question,answer,source_url,publisher,title,last_update,published\n"+
		"How many trams run?,Four trams run.,https://a.example/trams,Tram Office,Trams,,17.03.2020\n"+
		"Who drives them?,Drivers do that work.,,,,,\n"+
		"Why?,Nobody knows the reason.,ftp:x,,,03/04/2020,\n"+
		"When did that begin?,It began in spring.,https://b.example/,,,,2020-03\n", ByKind)
	var got []string
	for _, s := range c.Sources {
		got = append(got, fmt.Sprintf("%s %s %q by %s, %s %s", s.ID, s.Publisher, s.Title, s.TitledBy, s.Date, s.URL))
	}
	want := []string{
		`b-example  "b.example" by curator, Mar 2020 (stated) https://b.example/`,
		`faq  "tram.csv" by curator, date not known `,
		`tram-office Tram Office "Trams" by document, 17 Mar 2020 (stated) https://a.example/trams`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("the sources are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(list.Warnings) != 2 {
		t.Errorf("to look at: %v", list.Warnings)
	}
}

// Publishers who answer one question differently are shown side by side; those who agree vouch together.
func TestPublishers(t *testing.T) {
	c, _, _ := built(t, answers.Contents{}, "question,answer,publisher,date\nHow many trams run?,Four trams run.,Tram Office,2020-03-17\nhow many trams run,Five trams run.,City Gazette,\n"+
		"Is it free?,No.,Tram Office,\nIs it free?,No.,City Gazette,\n", ByKind)
	want := []string{"How many trams run?: Tram Office, 17 Mar 2020: Four trams run. / City Gazette: Five trams run.", "Is it free?: No."}
	if got := entries(c); !slices.Equal(got, want) || len(c.Disputes) != 1 || len(c.Disputes[0].Positions) != 2 {
		t.Errorf("%q with %+v, want %q", got, c.Disputes, want)
	}
	for _, e := range c.Entries {
		if len(e.First()) != 2 {
			t.Errorf("%s stands on %v", e.Question, e.First())
		}
	}
}

// A long answer is shown by its beginning; all of it stays on record.
func TestLongAnswer(t *testing.T) {
	long := strings.Repeat("Rule 7: trams that are long tell the office a day before they come.\n\n", 200)
	c, _, list := built(t, answers.Contents{}, "question,answer\nWhat are the rules?,\""+long+"\"\n", ByKind)
	e := c.Entries[0]
	if n := len(e.Lead.Plain()); n > shownFirst+10 || !strings.HasSuffix(e.Lead.Plain(), "come. …") || !strings.HasPrefix(string(e.Detail), "Rule 7") {
		t.Errorf("the lead of %d bytes ends in %q, the detail begins %q", n, e.Lead.Plain()[n-20:], e.Detail[:20])
	}
	if len(list.Warnings) != 1 || !strings.Contains(list.Warnings[0].String(), "tram.csv:2:1: answer of 13,798 characters") {
		t.Errorf("to look at: %v", list.Warnings)
	}
	if got := c.Claims[0].Text; got != strings.TrimSpace(long) {
		t.Errorf("on record are %d bytes of %d", len(got), len(long))
	}
}

// Export, import, export gives the same bytes.
func TestRoundTrip(t *testing.T) {
	c, _, _ := built(t, answers.Contents{}, "id,question,answer,alternatives,url,publisher,title,date,as of,topic,rating,claimant\n"+
		"q1,What is it?,=1+1,@all|+7,,,,,,,,\nq2,-5 or 5?,\"<p>See <a href='https://a.example/x'>it</a></p><ul><li>one</li></ul>\",,https://a.example,Tram Office,,2020,2021-05-06,Fares,,Ada Lind\n"+
		"q3,Are trams blue?,\"''=no\",,,City Gazette,Blue trams?,2020-03,,Colours,False,Ben Hill\nq4,How many trams run?,Four trams run.,,,Tram Office,,,,,,\nq4,How many trams run?,Five trams run.,,,City Gazette,,,,,,\n", ByKind)
	var first, second bytes.Buffer
	if err := Write(&first, c); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"'=1+1", "'@all", "'-5 or 5?", "''=no", "False", "Ben Hill", "2020-03", "2021-05-06"} {
		if !strings.Contains(first.String(), want) {
			t.Errorf("%s is missing in\n%s", want, &first)
		}
	}
	again, _, list := built(t, answers.Contents{}, first.String(), ByKind)
	if err := Write(&second, again); err != nil || second.String() != first.String() || len(list.Refused) > 0 {
		t.Errorf("%v, refused %v:\n%s\nbecame\n%s", err, list.Refused, &first, &second)
	}
	next, made, _ := built(t, c, first.String(), ByKind)
	if p := Patch(c, next); len(p.Put.Entries)+len(p.Put.Claims)+len(p.Remove)+len(Changed(made)) > 0 {
		t.Errorf("imported over itself it changes %+v", p)
	}
}
