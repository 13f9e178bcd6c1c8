package main

import (
	"fmt"
	"regexp"
	"strconv"

	"parley/seeds"
)

// placeholder stands in a help text for an example: {entry}, or {actor 2} for the second of a list.
var placeholder = regexp.MustCompile(`\{([a-z]+)(?: ([1-9]))?\}`)

// illustrated fills a help text with the examples of the record that comes with Parley, so that each can be typed as it stands.
func illustrated(text string) string {
	about, err := seeds.About(seeds.Record())
	if err != nil {
		panic(err) // the record is part of the program
	}
	e := about.Examples
	examples := map[string][]string{
		"name": {about.Name}, "question": e.Questions, "typed": e.Typed, "statement": e.Statements, "actor": e.Actors, "place": e.Places,
		"term": e.Topics, "publisher": e.Publishers, "entry": {string(e.Entry)}, "claim": {string(e.Claim)}, "topic": {string(e.Topic)}, "news": {e.News},
	}
	for _, x := range e.Dialogues {
		examples["ask"], examples["then"] = append(examples["ask"], x.Ask), append(examples["then"], x.Then)
	}
	return placeholder.ReplaceAllStringFunc(text, func(found string) string {
		parts, at := placeholder.FindStringSubmatch(found), 0
		if parts[2] != "" {
			n, _ := strconv.Atoi(parts[2]) // the pattern has digits there
			at = n - 1
		}
		if list := examples[parts[1]]; at < len(list) {
			return list[at]
		}
		panic(fmt.Sprintf("the record has no example for %s", found)) // likewise: a test shows every help
	})
}
