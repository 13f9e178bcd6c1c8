package lint

import (
	"regexp"
	"slices"
	"unicode/utf8"

	"parley/answers"
)

// maxCommand is how many characters of a slash command's description Discord takes (interactions/application-commands.md, "Application
// Command Object").
const maxCommand = 100

// about checks what the record says of itself, where it does.
func (l *linter) about() {
	if l.About == nil {
		return
	}
	a, at := *l.About, Subject{Noun: answers.NounAbout, ID: string(answers.NounAbout)}
	l.ranked(at.Noun, at.ID)
	l.required(at, "name", a.Name)
	l.required(at, "covers", a.Covers)
	field := func(name string) Subject { return Subject{Noun: at.Noun, ID: at.ID, Field: name} }
	if len(a.Examples.Questions) == 0 {
		l.report(field("examples"), "there is no example of a question")
	}
	if len(a.Examples.Statements) == 0 {
		l.report(field("examples"), "there is no example of a statement")
	}
	said := []string{a.Command.EN, a.Command.UK, a.Command.PL, a.Command.DE, a.Command.FR}
	for _, text := range said {
		if n := utf8.RuneCountInString(text); n > maxCommand {
			l.report(field("command"), "a description of the command has %d characters; at most %d are allowed", n, maxCommand)
		}
	}
	if n := len(slices.DeleteFunc(said, func(s string) bool { return s == "" })); n != 0 && n != len(said) {
		l.report(field("command"), "the command is described in %d languages of %d: give all, or none", n, len(said))
	}
	for _, pattern := range []string{a.Style.LeadIn, a.Style.LeadOut, a.Style.Remark} {
		if _, err := regexp.Compile(pattern); err != nil {
			l.report(field("style"), "%q is no regular expression: %v", pattern, err)
		}
	}
	l.synonyms(field("words"), a.Words.Synonyms)
	for _, seat := range a.Words.Seats {
		known(l, field("words"), "words", []answers.PlaceID{seat.Place}, l.place)
		known(l, field("words"), "words", []answers.ActorID{seat.Actor}, l.actor)
	}
}

// synonyms reports groups of words that say nothing, or that take both sides.
func (l *linter) synonyms(at Subject, concepts []answers.Concept) {
	for _, c := range concepts {
		switch {
		case c.ID == "" || len(c.Words) == 0:
			l.report(at, "a concept needs an id and words")
		case len(c.Against) > 0 && c.Axis == "":
			l.report(at, "the concept %q has words against it, but no axis", c.ID)
		}
		for _, w := range c.Words {
			if slices.Contains(c.Against, w) {
				l.report(at, "%q is on both sides of %q", w, c.ID)
			}
		}
	}
}
