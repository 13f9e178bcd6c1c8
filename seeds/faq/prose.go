package faq

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"parley/answers"
)

// said is what a claim says, for the text of an entry.
type said struct {
	claim  answers.Claim
	source answers.Source
}

// said are claims with their sources.
func (b *builder) said(claims []answers.Claim) []said {
	var all []said
	for _, c := range claims {
		all = append(all, said{c, b.contents.Sources[b.sourceAt[c.Source]]})
	}
	return all
}

// write gives an entry the text of what it stands on.
func write(e answers.Entry, all []said) answers.Entry {
	e.Lead, e.Basis, e.Caveat, e.Detail = "", "", "", ""
	switch {
	case len(all) == 0:
	case agree(all):
		var marks []string
		for _, s := range all {
			marks = append(marks, string(s.claim.ID))
		}
		mark := " [" + strings.Join(marks, ", ") + "]"
		first, rest := halves(unmarked(all[0].claim.Text))
		if e.Lead = answers.Prose(first + mark); rest != "" {
			e.Lead, e.Detail = answers.Prose(first+goesOn+mark), answers.Prose(rest+mark)
		}
	default:
		var lines []string
		for _, s := range all {
			lines = append(lines, fmt.Sprintf("%s: %s [%s]", holder(s), unmarked(s.claim.Text), s.claim.ID))
		}
		e.Lead = answers.Prose(strings.Join(lines, "\n"))
		e.Caveat = "Disputed: these sources answer the question differently."
	}
	return e
}

// agree reports whether all that an entry stands on says the same.
func agree(all []said) bool {
	return !slices.ContainsFunc(all, func(s said) bool { return s.claim.Text != all[0].claim.Text })
}

// holder names a publisher with the date of what it says.
func holder(s said) string {
	name := cmp.Or(s.source.Publisher, s.source.Title)
	if s.source.Date.Known() {
		name += ", " + s.source.Date.Days()
	}
	return name
}

// unmarked is a text in which nothing is taken for the marker of a claim. "[1]" stays, as no claim has such an id.
func unmarked(s string) string {
	return answers.Marker.ReplaceAllStringFunc(s, func(m string) string { return strings.NewReplacer("[", "(", "]", ")").Replace(m) })
}

// dispute makes the dispute that an entry is the answer to, if publishers say different things; one that there was ends else.
func (b *builder) dispute(e *answers.Entry, before answers.Entry, claims []answers.Claim) answers.DisputeID {
	all := b.said(claims)
	id := before.Dispute
	at := slices.IndexFunc(b.contents.Disputes, func(d answers.Dispute) bool { return d.ID == id })
	if agree(all) {
		if at >= 0 && id != "" {
			b.contents.Disputes = slices.Delete(b.contents.Disputes, at, at+1)
		}
		return ""
	}
	if at < 0 {
		id = answers.DisputeID(b.free("dispute", string(e.ID), ""))
		at = len(b.contents.Disputes)
		b.contents.Disputes = append(b.contents.Disputes, answers.Dispute{ID: id, Kind: answers.ReportsContradict})
	}
	d := &b.contents.Disputes[at]
	d.Question, d.Topics, d.Positions = e.Question, e.Topics, nil
	for _, s := range all {
		d.Positions = append(d.Positions, answers.Position{Holder: holder(s), Text: answers.Prose(fmt.Sprintf("%s: %s [%s]", holder(s), unmarked(s.claim.Text), s.claim.ID))})
	}
	return id
}

// rated is the line on how a source rates the claim that is asked about, before what it says of that.
var rated = regexp.MustCompile(`^Rated “([^\n]*?)” by [^\n]*?(?:, of a claim by ([^\n]*?))?\.(?:\n|$)`)

// withRating puts that line before an answer. It is the source's verdict and never our own.
func withRating(r Row) string {
	if r.Rating == "" {
		return r.Answer
	}
	by := cmp.Or(r.Source.Publisher, "its source")
	if r.Claimant != "" {
		by += ", of a claim by " + r.Claimant
	}
	return fmt.Sprintf("Rated “%s” by %s.\n%s", r.Rating, by, r.Answer)
}
