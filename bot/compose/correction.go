package compose

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/answers"
)

// moment is a point in time for people, in UTC, since they may be anywhere.
func moment(at time.Time) string { return at.UTC().Format("2 Jan 2006, 15:04 UTC") }

// Told puts what has changed since a reply was given around what it says now: what was wrong before it, the newest first, and better words
// after it.
func Told(changes []answers.Correction, parts []Part) []Part {
	var before, after []Part
	for _, c := range slices.Backward(changes) {
		if Serious(c) {
			before = append(before, Change(c))
		} else {
			after = append(after, Change(c))
		}
	}
	return slices.Concat(before, parts, after)
}

// Change is one correction for readers.
func Change(c answers.Correction) Part {
	p := Part{Role: RoleNotice}
	switch c.Class {
	case answers.Withdrawal:
		p.Heading, p.Text = "Withdrawn on "+moment(c.At), c.Wrong
	case answers.Corrected:
		p.Heading = "Corrected on " + moment(c.At)
		p.Items = []Item{{"What was wrong", c.Wrong}}
		if c.Right != "" {
			p.Items = append(p.Items, Item{"What is right", c.Right})
		}
	default:
		p.Heading, p.Text = "Worded more clearly on "+moment(c.At), strings.TrimSpace(c.Right)
	}
	return p
}

// maxAbout is how many questions a correction in the log names.
const maxAbout = 5

// correctionLog lists corrections for readers, the newest first.
func (c *composer) correctionLog() {
	c.add(RoleNotice, "%s", c.heading("Corrections"))
	for _, k := range c.a.Corrections {
		p := Change(k)
		p.Role = RoleList
		var about []Item
		for i, question := range k.About {
			if i == maxAbout && len(k.About) > maxAbout+1 {
				about = append(about, Item{"", fmt.Sprintf("and %d more questions", len(k.About)-i)})
				break
			}
			about = append(about, Item{"Question", question})
		}
		p.Items = append(about, p.Items...)
		if p.Text != "" {
			label := "Why"
			if k.Class == answers.Clarification {
				label = "What is clearer now"
			}
			p.Items, p.Text = append(p.Items, Item{label, p.Text}), ""
		}
		c.parts = append(c.parts, p)
	}
}

// held says that news may have overtaken an answer, and since when it is under review.
func (c *composer) held() string {
	return fmt.Sprintf("under review since %s, because news may have overtaken it", moment(c.a.Held.Since))
}

// Serious reports whether readers must be told of a correction: something was wrong, or is withdrawn.
func Serious(c answers.Correction) bool {
	return c.Class == answers.Corrected || c.Class == answers.Withdrawal
}
