package main

import (
	"strings"
	"text/template"

	"parley/answers"
	"parley/seeds"
)

// illustrated fills a help text with the examples of the record that comes with Parley, so that each can be typed as it stands: {{.Entry}} is
// the id of an entry (see answers.Examples), {{.Name}} what the record is about.
func illustrated(text string) string {
	about, err := seeds.About(seeds.Record())
	var b strings.Builder
	if err == nil {
		err = template.Must(template.New("").Parse(text)).Execute(&b, struct {
			Name string
			answers.Examples
		}{about.Name, about.Examples})
	}
	if err != nil {
		panic(err) // both the text and the record are part of the program; a test shows every help
	}
	return b.String()
}
