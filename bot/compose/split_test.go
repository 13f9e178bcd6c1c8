package compose_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"parley/answers"
	"parley/answers/facts"
	"parley/answers/lookup"
	"parley/bot/compose"
	"parley/seeds"
)

// upTo is what an adapter passes to Pages: a page fits if its text, with & escaped, has at most limit characters.
func upTo(limit int) func([]compose.Part) bool {
	return func(page []compose.Part) bool { return size(page) <= limit }
}

func size(page []compose.Part) int {
	text := compose.Text(page)
	return utf8.RuneCountInString(text) + len("amp;")*strings.Count(text, "&")
}

// costs is as upTo, but each item costs the same whatever its label looks like, so that less never costs more.
func costs(limit int) func([]compose.Part) bool {
	return func(page []compose.Part) bool {
		n := 0
		for _, p := range page {
			n += utf8.RuneCountInString(p.Heading+p.Text) + 2
			for _, it := range p.Items {
				n += utf8.RuneCountInString(it.Label+it.Text) + 2
			}
		}
		return n <= limit
	}
}

func text(role compose.Role, s string) compose.Part { return compose.Part{Role: role, Text: s} }

func list(role compose.Role, heading string, texts ...string) compose.Part {
	p := compose.Part{Role: role, Heading: heading}
	for _, s := range texts {
		p.Items = append(p.Items, compose.Item{Text: s})
	}
	return p
}

func TestPages(t *testing.T) {
	source := compose.Part{Role: compose.RoleSources, Heading: "Sources", Items: []compose.Item{
		{Label: "[1]", Text: "The Post, “A. B”, https://a.example/b"}, {Label: "[2]", Text: "Unknown"}}}
	for name, c := range map[string]struct {
		limit int
		parts []compose.Part
		want  []string // the text of each page
	}{
		"all on one page":          {100, []compose.Part{text("answer", "Yes."), list("list", "Who", "a", "b")}, []string{"Yes.\n\nWho\n- a\n- b"}},
		"nothing":                  {100, nil, nil},
		"only blanks":              {100, []compose.Part{text("answer", " \n"), list("list", "\t", " ")}, nil},
		"blanks at the ends":       {9, []compose.Part{text("answer", " one   two  three ")}, []string{"one   two", "three"}},
		"nothing blank comes last": {3, []compose.Part{text("answer", "one"), text("answer", " ")}, []string{"one"}},
		"a part begins a new page": {12, []compose.Part{text("answer", "one two"), text("detail", "three four")}, []string{"one two", "three four"}},
		"a part too large is begun where there is room": {16, []compose.Part{text("answer", "Yes."), text("detail", "One. Two, three. Four.")},
			[]string{"Yes.\n\nOne.", "Two, three.", "Four."}},
		"between items, with the heading again": {31, []compose.Part{list("list", "Who", "one two", "three four", "five")},
			[]string{"Who\n- one two\n- three four", "Who (continued)\n- five"}},
		"no heading, none again": {12, []compose.Part{list("list", "", "one two", "three")}, []string{"- one two", "- three"}},
		"a heading stays with its first item": {31, []compose.Part{text("answer", "nineteen characters"), list("list", "Who", "one two", "three four five", "six")},
			[]string{"nineteen characters", "Who\n- one two\n- three four five", "Who (continued)\n- six"}},
		"a heading too long to repeat": {30, []compose.Part{list("list", "Twelve chars", "a", "b", "c", "d", "e", "f")},
			[]string{"Twelve chars\n- a\n- b\n- c\n- d", "- e\n- f"}},
		"a heading again above a text": {31, []compose.Part{{Heading: "Who", Text: "Twenty characters, two. Ten chars. Eleven char."}},
			[]string{"Who\nTwenty characters, two.", "Who (continued)\nTen chars.", "Who (continued)\nEleven char."}},
		"a heading that leaves no room": {28, []compose.Part{{Heading: "A", Text: "seventeen letters e" + strings.Repeat("\u0301", 20)}},
			[]string{"A\nseventeen letters", "e" + strings.Repeat("\u0301", 20)}},
		"a heading is whole":             {20, []compose.Part{{Heading: "Is it? Perhaps so", Text: "https://a.ex/bcd"}}, []string{"Is it? Perhaps so", "https://a.ex/bcd"}},
		"a label is whole":               {23, []compose.Part{{Items: []compose.Item{{Label: "one two", Text: "https://a.ex/bcd"}}}}, []string{"- one two: ", "https://a.ex/bcd"}},
		"between sentences":              {20, []compose.Part{text("answer", "One two. Three four? Five.")}, []string{"One two. Three four?", "Five."}},
		"abbreviations":                  {16, []compose.Part{text("answer", "So. The U.S. troops")}, []string{"So.", "The U.S. troops"}},
		"a line is a sentence":           {14, []compose.Part{text("answer", "one\ntwo three four")}, []string{"one", "two three four"}},
		"between words":                  {10, []compose.Part{text("answer", "one two three four")}, []string{"one two", "three four"}},
		"between graphemes":              {5, []compose.Part{text("answer", "e\u0301e\u0301e\u0301 👩‍👩‍👧‍👦👩‍👩‍👧‍👦")}, []string{"e\u0301e\u0301", "e\u0301", "👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"}},
		"no page large enough":           {0, []compose.Part{list("list", "A", "bc")}, []string{"A", "- b", "c"}},
		"what escaping costs":            {6, []compose.Part{text("answer", "a & b")}, []string{"a", "&", "b"}},
		"the rest of an item is text":    {16, []compose.Part{list("list", "", "One two. Three four.", "Five.")}, []string{"- One two.", "Three four.", "- Five."}},
		"a label is not repeated":        {14, []compose.Part{{Role: "list", Items: []compose.Item{{Label: "1.", Text: "Ab cd ef gh ij kl"}}}}, []string{"1. Ab cd ef gh", "ij kl"}},
		"a quotation is whole":           {18, []compose.Part{text("answer", "He said “no. Never” then")}, []string{"He said", "“no. Never” then"}},
		"so is a straight one":           {18, []compose.Part{text("answer", `He said "no. Never" then`)}, []string{"He said", `"no. Never" then`}},
		"a mark that is never closed":    {11, []compose.Part{text("answer", "say “one two three")}, []string{"say “one", "two three"}},
		"a quotation longer than a page": {12, []compose.Part{text("answer", "He: “One. Two three. Four” so")}, []string{"He: “One.", "Two three.", "Four” so"}},
		"a link is whole":                {20, []compose.Part{text("answer", "日本日本日本 and日本https://a.example/b")}, []string{"日本日本日本 and日本", "https://a.example/b"}},
		"markers are whole":              {10, []compose.Part{text("answer", "日本日本日本日[1][2]")}, []string{"日本日本日本日", "[1][2]"}},
		"markers stay with their word":   {11, []compose.Part{text("answer", "one two so [1] three")}, []string{"one two", "so [1]", "three"}},
		"sources stay together": {70, []compose.Part{text("answer", "Some words"), source},
			[]string{"Some words", "Sources\n[1] The Post, “A. B”, https://a.example/b\n[2] Unknown"}},
		"a source is whole":                      {52, []compose.Part{source}, []string{"Sources\n[1] The Post, “A. B”, https://a.example/b", "Sources (continued)\n[2] Unknown"}},
		"a source is rather without its heading": {41, []compose.Part{source}, []string{"Sources", "[1] The Post, “A. B”, https://a.example/b", "Sources (continued)\n[2] Unknown"}},
		"a source longer than a page":            {24, []compose.Part{source}, []string{"Sources\n[1] The Post,", "“A. B”,", "https://a.example/b", "[2] Unknown"}},
		"as-of stays with the answer": {40, []compose.Part{text("answer", "Yes."), text("detail", "Eighteen of these."), text("as-of", "As of 18 Aug 2025")},
			[]string{"Yes.", "Eighteen of these.\nAs of 18 Aug 2025"}},
		"as-of with the last sentence": {30, []compose.Part{text("answer", "One two three four. Five."), text("as-of", "As of 18. Aug 2025")},
			[]string{"One two three four.", "Five.\nAs of 18. Aug 2025"}},
		"as-of with the last item": {30, []compose.Part{list("list", "Who", "one two three", "four"), text("as-of", "As of 18 Aug")},
			[]string{"Who\n- one two three", "- four\nAs of 18 Aug"}},
		"as-of alone if there is no other way": {20, []compose.Part{text("answer", "One two three"), text("as-of", "As of 18. Aug 2025")},
			[]string{"One two three", "As of 18. Aug 2025"}},
	} {
		var got []string
		for _, page := range compose.Pages(c.parts, upTo(c.limit)) {
			got = append(got, compose.Text(page))
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: pages are\n%q, want\n%q", name, got, c.want)
		}
	}
}

// Every claim on record, as pages of a Discord message. UPDATE_GOLDEN=1 writes the file anew.
func TestPagesGolden(t *testing.T) {
	const limit = 2000 // characters of a Discord message
	c, err := seeds.Load(seeds.Record())
	if err != nil {
		t.Fatal(err)
	}
	fs := facts.New(c)
	r := compose.View{Whole: true}.Parts(about, lookup.New(fs, fs.Words()).LookUp(answers.LookUp{Intent: answers.IntentClaims}))
	var b strings.Builder
	for i, page := range compose.Pages(r, upTo(limit)) {
		fmt.Fprintf(&b, "=== page %d, size %d\n%s\n", i+1, size(page), compose.Text(page))
	}
	checkPages(t, r, upTo(limit))
	golden := filepath.Join("testdata", "claims-2000.txt")
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the pages differ from %s:\n%s", golden, &b)
	}
}

// Whatever a reply holds and however small its pages are, checkPages finds nothing wrong with them.
func FuzzPages(f *testing.F) {
	for seed := range uint64(1500) {
		f.Add(seed, "“a” \x00\xff", seed*7%160)
	}
	f.Fuzz(func(t *testing.T, seed uint64, hostile string, limit uint64) {
		if strings.Contains(hostile, "(continued)") {
			return
		}
		checkPages(t, hostileReply(rand.New(rand.NewPCG(seed, 0)), hostile), costs(int(limit%4000)))
	})
}

// hostileReply is made of what is hard to cut.
func hostileReply(random *rand.Rand, hostile string) []compose.Part {
	fragments := []string{"so", "it is.", "Never!", "guarantees", "[1]", "[1][23]", "https://a.example/b?c=“d", "http://x", "“One. Two”", `"three four"`,
		"“", "”", `"`, "日本語", "👩‍👩‍👧‍👦", "e\u0301", "\u0301", "שלום", "\u202eabc", "\x00", "\xed\xa0\x80", "\xf0\x9f", "&", "\u200d", "\u00a0", "\n", hostile}
	prose := func(most int) string {
		var b strings.Builder
		for range random.IntN(most + 1) {
			b.WriteString(fragments[random.IntN(len(fragments))])
			b.WriteString([]string{"", " ", " ", "  "}[random.IntN(4)])
		}
		return b.String()
	}
	var r []compose.Part
	roles := []compose.Role{compose.RoleAnswer, compose.RoleDetail, compose.RoleAsOf, compose.RoleList, compose.RoleSources}
	for range random.IntN(7) {
		p := compose.Part{Role: roles[random.IntN(len(roles))], Text: prose(random.IntN(20))}
		if p.Role == compose.RoleAsOf {
			roles = slices.DeleteFunc(roles, func(role compose.Role) bool { return role == compose.RoleAsOf }) // there is but one
		} else {
			p.Heading = prose(2)
			for range random.IntN(5) {
				p.Items = append(p.Items, compose.Item{Label: prose(1), Text: prose(8)})
			}
		}
		r = append(r, p)
	}
	return r
}

// written is a text of a reply that is not blank, and where pages cut it.
type written struct {
	part, item int // item -1 for none
	what       string
	text       string
	cuts       [][2]int // the bytes at which a page ends and the next one begins
	pages      []int
}

func checkPages(t *testing.T, r []compose.Part, fits func([]compose.Part) bool) {
	t.Helper()
	pages := compose.Pages(r, fits)
	for i, page := range pages {
		pieces := texts(page)
		if len(pieces) == 0 {
			t.Fatalf("page %d is blank", i)
		}
		if one := len(pieces) == 1 && uniseg.GraphemeClusterCount(pieces[0].text) == 1; !fits(page) && !one {
			t.Fatalf("page %d does not fit: %q", i, page)
		}
	}
	all := trace(t, r, pages)
	for i, w := range all {
		for _, cut := range w.cuts {
			checkCut(t, r[w.part], w, cut, fits)
		}
		if i > 0 {
			checkTogether(t, r, all[:i+1], fits)
		}
	}
	for i := range r {
		checkWhole(t, r, all, i, fits)
	}
}

// texts are those of the parts in the order in which they are read.
func texts(parts []compose.Part) []*written {
	var all []*written
	add := func(part, item int, what, text string) {
		if strings.TrimSpace(text) != "" {
			all = append(all, &written{part: part, item: item, what: what, text: text})
		}
	}
	for n, p := range parts {
		add(n, -1, "heading", p.Heading)
		add(n, -1, "text", p.Text)
		for i, it := range p.Items {
			add(n, i, "label", it.Label)
			add(n, i, "text", it.Text)
		}
	}
	return all
}

// trace follows the texts of the reply through its pages: all there, in order, as they were, and nothing else but
// headings repeated.
func trace(t *testing.T, r []compose.Part, pages [][]compose.Part) []*written {
	t.Helper()
	all := texts(r)
	now, at := 0, 0 // the text and the byte to which the pages so far go
	for number, page := range pages {
		for i, piece := range texts(page) {
			if now < len(all) && strings.TrimSpace(all[now].text[at:]) == "" {
				now, at = now+1, 0
			}
			if now == len(all) {
				t.Fatalf("%q is too much", piece.text)
			}
			w := all[now]
			if page[piece.part].Role != r[w.part].Role {
				t.Fatalf("%q is of role %s", piece.text, page[piece.part].Role)
			}
			if i == 0 && piece.what == "heading" && piece.text == r[w.part].Heading+" (continued)" && (w.what != "heading" || at > 0) {
				continue
			}
			start := at
			for !strings.HasPrefix(w.text[start:], piece.text) {
				r, size := utf8.DecodeRuneInString(w.text[start:])
				if !unicode.IsSpace(r) {
					break
				}
				start += size
			}
			if piece.what != w.what || !strings.HasPrefix(w.text[start:], piece.text) {
				t.Fatalf("after %q of %q comes %s %q", w.text[:at], w.text, piece.what, piece.text)
			}
			if at > 0 {
				w.cuts = append(w.cuts, [2]int{at, start})
			}
			w.pages = append(w.pages, number)
			at = start + len(piece.text)
		}
	}
	if now < len(all)-1 || now < len(all) && strings.TrimSpace(all[now].text[at:]) != "" {
		t.Fatalf("after %q of %q everything is lost", all[now].text[:at], all[now].text)
	}
	return all
}

var (
	links      = regexp.MustCompile(`https?://[^\s\v\x{85}\p{Z}“”"]+`)
	quotations = regexp.MustCompile(`“[^”]*”|"[^"]*"`)
	markers    = regexp.MustCompile(`(?:\[[0-9]+\])+`)
)

// checkCut finds no cut through what fits on a page.
func checkCut(t *testing.T, part compose.Part, w *written, cut [2]int, fits func([]compose.Part) bool) {
	t.Helper()
	edges := map[int]bool{0: true}
	plain := !strings.ContainsAny(w.text, "“”[\"") // words are what stands between white space
	for g := uniseg.NewGraphemes(w.text); g.Next(); {
		_, end := g.Positions()
		edges[end] = true
		plain = plain && (strings.IndexFunc(g.Str(), unicode.IsSpace) < 0 || strings.TrimSpace(g.Str()) == "")
	}
	if !edges[cut[0]] || !edges[cut[1]] {
		t.Errorf("%q is cut inside a grapheme at %v", w.text, cut)
	}
	alone := func(s string) bool { // as an item, which costs the most
		return fits([]compose.Part{{Items: []compose.Item{{Label: s}}}}) && fits([]compose.Part{{Items: []compose.Item{{Text: s}}}})
	}
	for _, pieces := range []*regexp.Regexp{links, quotations, markers} {
		for _, at := range pieces.FindAllStringIndex(w.text, -1) {
			for !edges[at[0]] {
				at[0]--
			}
			for !edges[at[1]] {
				at[1]++
			}
			piece := w.text[at[0]:at[1]]
			if at[0] < cut[0] && cut[1] < at[1] && alone(piece) {
				t.Errorf("%q is cut inside %q", w.text, piece)
			}
		}
	}
	if w.item >= 0 && part.Role == compose.RoleSources && fits([]compose.Part{{Items: part.Items[w.item : w.item+1]}}) {
		t.Errorf("the source %q is cut", part.Items[w.item])
	}
	if start, end := word(w.text, cut[0]); cut[0] == cut[1] && plain && alone(w.text[start:end]) {
		t.Errorf("%q is cut inside the word %q", w.text, w.text[start:end])
	}
}

// word is the start and end of what stands around a byte of the text up to white space.
func word(text string, at int) (start, end int) {
	if n := strings.LastIndexFunc(text[:at], unicode.IsSpace); n >= 0 {
		_, size := utf8.DecodeRuneInString(text[n:])
		start = n + size
	}
	if n := strings.IndexFunc(text[at:], unicode.IsSpace); n >= 0 {
		return start, at + n
	}
	return start, len(text)
}

// checkTogether finds the last of these texts on the page of the one before, if it must be.
func checkTogether(t *testing.T, r []compose.Part, all []*written, fits func([]compose.Part) bool) {
	t.Helper()
	before, w := all[len(all)-2], all[len(all)-1]
	if before.pages[len(before.pages)-1] == w.pages[0] {
		return
	}
	below := compose.Part{Heading: before.text, Text: w.text}
	if w.item >= 0 {
		below = compose.Part{Heading: before.text, Items: r[w.part].Items[w.item : w.item+1]}
	}
	above := before // what stands above the item before
	for i := len(all) - 2; i >= 0 && above.part == before.part && above.item == before.item; i-- {
		above = all[i]
	}
	first := above.part == before.part && above.what == "heading"
	switch part := r[before.part]; {
	case before.what == "heading" && before.part == w.part && fits([]compose.Part{below}):
		t.Errorf("the heading %q stands alone", before.text)
	case r[w.part].Role != compose.RoleAsOf || before.part == w.part:
	case fits([]compose.Part{part, r[w.part]}):
		t.Errorf("as-of %q does not stand with %q", w.text, part)
	case before.item >= 0 && !first && fits([]compose.Part{{Items: part.Items[before.item : before.item+1]}, r[w.part]}):
		t.Errorf("as-of %q does not stand with the item %q", w.text, part.Items[before.item])
	}
}

// checkWhole finds a part, and each of its items, on one page if that can be, or if as-of comes next.
func checkWhole(t *testing.T, r []compose.Part, all []*written, n int, fits func([]compose.Part) bool) {
	t.Helper()
	pages := map[int]map[int]bool{} // of each item and of the part, as -1
	next := compose.Role("")
	for _, w := range all {
		if w.part > n && next == "" {
			next = r[w.part].Role
		}
		for _, item := range []int{w.item, -1} {
			if w.part != n {
				continue
			}
			if pages[item] == nil {
				pages[item] = map[int]bool{}
			}
			for _, p := range w.pages {
				pages[item][p] = true
			}
		}
	}
	part := r[n]
	if next == compose.RoleAsOf {
		return
	}
	if len(pages[-1]) > 1 && fits([]compose.Part{part}) {
		t.Errorf("%q is cut", part)
	}
	for i := range part.Items {
		if len(pages[i]) > 1 && fits([]compose.Part{{Heading: part.Heading, Items: part.Items[i : i+1]}}) {
			t.Errorf("the item %q is cut", part.Items[i])
		}
	}
}

// Time grows with the reply, whatever it holds: prose, one word, items, headings, or marks that could send a search far.
func BenchmarkPages(b *testing.B) {
	const length = 1 << 20 // bytes
	repeat := func(s string) string { return strings.Repeat(s, length/len(s)) }
	items := list(compose.RoleList, "Who")
	for range length / 16 {
		items.Items = append(items.Items, compose.Item{Text: "one of sixteen b"})
	}
	for _, c := range []struct {
		name string
		part compose.Part
	}{
		{"prose", text(compose.RoleAnswer, repeat("One sentence of “several words” [1]. "))},
		{"word", text(compose.RoleAnswer, repeat("a"))},
		{"items", items},
		{"heading", compose.Part{Role: compose.RoleList, Heading: repeat("so "), Text: "x"}},
		{"marks", text(compose.RoleAnswer, repeat("“ \"[ "))},
		{"cluster", text(compose.RoleAnswer, "e"+repeat("\u0301"))},
		{"blanks", text(compose.RoleAnswer, "a"+repeat(" ")+"b")},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(length)
			for b.Loop() {
				compose.Pages([]compose.Part{c.part}, upTo(2000))
			}
		})
	}
}
