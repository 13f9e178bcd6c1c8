package table

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"parley/seeds"
)

// Role is what a column is for.
type Role string

// The roles. Only Further may have several columns.
const (
	Question  Role = "question"
	Answer    Role = "answer"
	Further   Role = "further" // more ways of asking, one a line or with a vertical bar between
	ID        Role = "id"
	Link      Role = "link"
	Publisher Role = "publisher"
	Title     Role = "title" // of the source
	Date      Role = "date"  // of the source
	AsOf      Role = "as-of" // the day on which the answer held
	Topic     Role = "topic"
	Rating    Role = "rating"
	Claimant  Role = "claimant"
	Language  Role = "language"
	Class     Role = "class"    // of a change: minor, clarification, correction
	Expected  Role = "expected" // of a set to measure with
)

// spellings are the names of columns by role, in lower case, without signs. Of two that fit, the one that stands first here is taken.
var spellings = []struct {
	role  Role
	names []string
}{
	{Question, []string{"question", "questions", "q", "question text", "faq question", "user question", "question 1", "query", "prompt", "utterance", "claim", "claim reviewed"}},
	{Answer, []string{"answer", "answers", "a", "answer text", "faq answer", "response", "reply", "answer 1", "explanation"}},
	{Further, []string{"further", "further questions", "further question", "other questions", "more questions", "phrasings", "phrasing", "other phrasings", "alternatives",
		"alternative questions", "alternative question", "alternative phrasings", "variants", "variations", "question variants", "paraphrases", "similar questions", "synonyms", "also asked as"}},
	{ID, []string{"id", "key", "identifier", "entry id", "faq id", "question id", "row id", "uid", "uuid", "slug"}},
	{Link, []string{"source url", "source link", "url", "link", "source uri", "href", "permalink", "web address", "page url", "reference url"}},
	{Publisher, []string{"publisher", "published by", "source name", "source publisher", "organisation", "organization", "outlet", "agency", "fact checker", "publisher name"}},
	{Title, []string{"source title", "title", "headline", "document", "page title", "document title"}},
	{Date, []string{"date", "source date", "published", "published at", "published on", "date published", "publication date", "publish date", "review date"}},
	{AsOf, []string{"as of", "asof", "last update", "last updated", "updated", "updated at", "updated on", "update date", "date updated", "date modified", "modified", "last modified",
		"last reviewed", "valid from"}},
	{Topic, []string{"topic", "category", "section", "subject", "theme", "topics", "categories", "faq category"}},
	{Rating, []string{"rating", "verdict", "textual rating", "claim rating", "truth rating"}},
	{Claimant, []string{"claimant", "claimed by", "speaker", "said by"}},
	{Language, []string{"language", "lang", "locale"}},
	{Class, []string{"class", "change class", "kind of change", "change"}},
	{Expected, []string{"expected"}},
}

// Roles lists all roles, in order.
func Roles() []Role {
	roles := make([]Role, len(spellings))
	for i, s := range spellings {
		roles[i] = s.role
	}
	return roles
}

// plain is the name of a column as it is compared: in lower case, words of letters and digits.
func plain(name string) string {
	var b strings.Builder
	before := ' '
	for _, r := range name {
		switch {
		case unicode.IsUpper(r) && unicode.IsLower(before):
			b.WriteString(" " + string(unicode.ToLower(r))) // sourceUrl
		case unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteByte(' ')
		}
		before = r
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// called reports whether a header is a name of a column, in the singular or the plural.
func called(header, name string) bool { return plain(header) == name || plain(header) == name+"s" }

// recognised counts the columns whose names are known.
func recognised(header []string) int {
	n := 0
	for _, s := range spellings {
		for _, h := range header {
			if slices.ContainsFunc(s.names, func(name string) bool { return called(h, name) }) {
				n++
			}
		}
	}
	return n
}

// Columns tells which columns of a table have which role.
type Columns struct {
	at     map[Role][]int
	Passed []string // the names of those that have none
}

// Columns finds the columns by their names, or as they are named; "" names no column. Those that are needed and cannot be found are a
// problem.
func (t *Table) Columns(named map[Role]string, needed ...Role) (Columns, error) {
	c := Columns{at: map[Role][]int{}}
	taken := map[int]bool{}
	for _, role := range Roles() {
		name, said := named[role]
		if !said {
			continue
		}
		c.at[role] = nil
		if name == "" {
			continue
		}
		at := t.column(name)
		if at < 0 {
			return c, t.problem(1, 1, "there is no column %q for %s; there are %s", name, role, t.names())
		}
		c.at[role], taken[at] = []int{at}, true
	}
	for _, s := range spellings {
		if _, said := named[s.role]; said {
			continue
		}
		for _, name := range s.names {
			for i, h := range t.Header {
				if !taken[i] && called(h, name) && (len(c.at[s.role]) == 0 || s.role == Further) {
					c.at[s.role], taken[i] = append(c.at[s.role], i), true
				}
			}
		}
	}
	t.sources(&c, named, taken)
	t.numbered(&c, named, taken)
	for i, h := range t.Header {
		if !taken[i] && h != "" {
			c.Passed = append(c.Passed, h)
		}
	}
	return c, t.missing(c, needed)
}

// sources takes a column "source" for a link if links are all that it holds, else for a publisher.
func (t *Table) sources(c *Columns, named map[Role]string, taken map[int]bool) {
	for i, h := range t.Header {
		if taken[i] || plain(h) != "source" && plain(h) != "sources" && plain(h) != "reference" {
			continue
		}
		role := Link
		if slices.ContainsFunc(t.Rows, func(r Row) bool { return r.Cells[i] != "" && !IsLink(r.Cells[i]) }) {
			role = Publisher
		}
		if _, said := named[role]; !said && len(c.at[role]) == 0 {
			c.at[role], taken[i] = []int{i}, true
		}
	}
}

// numbered takes "question 2" and what comes after for further questions.
func (t *Table) numbered(c *Columns, named map[Role]string, taken map[int]bool) {
	if _, said := named[Further]; said {
		return
	}
	for i, h := range t.Header {
		for _, before := range []string{"question ", "alternative ", "alternative question ", "variant ", "phrasing "} {
			number, found := strings.CutPrefix(plain(h), before)
			if _, err := strconv.Atoi(number); found && err == nil && !taken[i] {
				c.at[Further], taken[i] = append(c.at[Further], i), true
			}
		}
	}
}

// IsLink reports whether a text is an address on the web.
func IsLink(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && !strings.ContainsAny(text, " \n")
}

// column finds a column by its name, spelt as it stands or nearly so; -1 for none.
func (t *Table) column(name string) int {
	if at := slices.Index(t.Header, name); at >= 0 {
		return at
	}
	return slices.IndexFunc(t.Header, func(h string) bool { return plain(h) == plain(name) && plain(name) != "" })
}

// names lists the columns as they stand in the file.
func (t *Table) names() string {
	names := make([]string, 0, len(t.Header))
	for _, h := range t.Header {
		names = append(names, fmt.Sprintf("%q", shortened(h)))
	}
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}

func shortened(name string) string {
	if runes := []rune(name); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return name
}

// missing tells which columns are needed and cannot be found, what stands there, and how to name one.
func (t *Table) missing(c Columns, needed []Role) error {
	var problems seeds.Problems
	for _, role := range needed {
		if len(c.at[role]) > 0 {
			continue
		}
		example := "NAME"
		if len(c.Passed) > 0 {
			example = c.Passed[0]
		}
		if strings.ContainsFunc(example, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' }) {
			example = "'" + shortened(example) + "'"
		}
		problems = append(problems, seeds.Problem{File: t.Name, Line: 1, Column: 1, Message: fmt.Sprintf(
			"the first line must name the column of each %s; there stands %s. If one of them is that, say so, as in --column %s=%s", role, t.names(), role, example)})
	}
	if len(problems) > 0 {
		return problems
	}
	return nil
}

// Has reports whether there is a column of a role.
func (c Columns) Has(role Role) bool { return len(c.at[role]) > 0 }

// Names lists the columns of a role as they are called.
func (c Columns) Names(t Table, role Role) []string {
	var names []string
	for _, at := range c.at[role] {
		names = append(names, t.Header[at])
	}
	return names
}

// Cell is the text of a row in the column of a role; "" if there is none.
func (c Columns) Cell(r Row, role Role) string {
	if !c.Has(role) {
		return ""
	}
	return r.Cells[c.at[role][0]]
}

// Cells are the texts of a row in all columns of a role, cut into lines and at vertical bars.
func (c Columns) Cells(r Row, role Role) []string {
	var texts []string
	for _, at := range c.at[role] {
		for _, text := range strings.FieldsFunc(r.Cells[at], func(r rune) bool { return r == '\n' || r == '|' }) {
			if text = strings.TrimSpace(text); text != "" {
				texts = append(texts, text)
			}
		}
	}
	return texts
}
