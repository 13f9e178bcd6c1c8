// Package compose turns an answer into the parts of a reply, neutral of platform. A reader has to judge an answer at a glance, so that each part
// says what it is for (part.go), and each platform shows it as its readers expect. What is shown first is the answer and what it stands on; all
// else stays behind it until somebody asks (view.go): of a question (question.go, footer.go), a statement (check.go), a look-up, ten items
// at a time (lookup.go, latest.go, listing.go), of corrections (correction.go), of why an answer was given (why.go), and the words of
// documents that it stands on (quote.go). No platform
// shows a reply of any length in one message: Pages (split.go) and Messages (messages.go) cut it where a reader would. Text that people
// typed is cleaned in text.go. The package does no I/O, and knows no markup.
package compose

import (
	"fmt"
	"slices"
	"strings"

	"parley/answers"
)

// composer builds a reply part by part.
type composer struct {
	about answers.About
	a     answers.Answer
	parts []Part
}

func (c *composer) add(role Role, format string, args ...any) {
	if text := fmt.Sprintf(format, args...); text != "" {
		c.parts = append(c.parts, Part{Role: role, Text: text})
	}
}

func (c *composer) list(role Role, heading string, items []Item) {
	if len(items) > 0 {
		c.parts = append(c.parts, Part{Role: role, Heading: heading, Items: items})
	}
}

// cited is prose with each marker as the numbers of the sources that its claims stand on.
func (c *composer) cited(p answers.Prose) string {
	return p.Cite(func(ids []answers.ClaimID) string {
		var numbers []string
		for _, id := range ids {
			if n := fmt.Sprintf("[%d]", c.a.Number(id)); !slices.Contains(numbers, n) {
				numbers = append(numbers, n)
			}
		}
		slices.Sort(numbers)
		return strings.Join(numbers, "")
	})
}

// numbers lists the sources that fit, as they are cited.
func (c *composer) numbers(fits func(answers.Source) bool) string {
	var numbers []string
	for i, s := range c.a.Sources {
		if fits(s) {
			numbers = append(numbers, fmt.Sprintf("[%d]", i+1))
		}
	}
	return strings.Join(numbers, ", ")
}

// when is the date of a claim: its own, or that of its source.
func (c *composer) when(claim answers.Claim) answers.DateRange {
	if claim.Date.Known() {
		return claim.Date
	}
	return c.a.Sources[c.a.Number(claim.ID)-1].Date
}

// stated is a claim with the number of its source.
func (c *composer) stated(claim answers.Claim) string {
	text, found := strings.CutSuffix(claim.Text, ".")
	end := ""
	if found {
		end = "."
	}
	return fmt.Sprintf("%s [%d]%s", text, c.a.Number(claim.ID), end)
}

func (c *composer) items(claims []answers.Claim) []Item {
	var items []Item
	for _, claim := range claims {
		items = append(items, Item{"", c.stated(claim)})
	}
	return items
}

// claims are those stated claims that fit, as plain bullets, without those that come later.
func (c *composer) claims(fits func(answers.Claim) bool) []Item { return c.items(c.chosen(fits)) }

// chosen are those stated claims that fit, without those that come later.
func (c *composer) chosen(fits func(answers.Claim) bool) []answers.Claim {
	var chosen []answers.Claim
	for _, claim := range c.a.Claims {
		if fits(claim) && !contains(c.a.Later, claim) {
			chosen = append(chosen, claim)
		}
	}
	return chosen
}

func contains(claims []answers.Claim, one answers.Claim) bool {
	return slices.ContainsFunc(claims, func(c answers.Claim) bool { return c.ID == one.ID })
}
