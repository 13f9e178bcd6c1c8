package discordtest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Limits of commands, in characters and pieces.
const (
	maxName        = 32
	maxDescription = 100
	maxOptions     = 25
	maxChoices     = 25
	maxChoice      = 100
	maxCommand     = 8000 // names, descriptions and values of choices together; of localizations the longest counts
)

// choices holds the choices of an autocomplete to the rules.
func (r *ruler) choices(body json.RawMessage) {
	var data struct {
		Choices []wireOptionChoice `json:"choices"`
	}
	if json.Unmarshal(body, &data) != nil {
		return // the description has found it
	}
	if data.Choices == nil {
		r.add("data/choices", "is not a list")
	}
	r.list(data.Choices, "data/choices")
}

func (r *ruler) list(all []wireOptionChoice, path string) {
	if len(all) > maxChoices {
		r.add(path, "are %d, of %d", len(all), maxChoices)
	}
	names := map[string]bool{}
	for _, c := range all {
		r.localized(path, c.Name, c.Names, maxChoice)
		if c.Name == "" {
			r.add(path, "hold one without a name")
		}
		if names[c.Name] {
			r.add(path, "hold the name %q twice", c.Name)
		}
		names[c.Name] = true
		var text string
		if json.Unmarshal(c.Value, &text) == nil {
			r.most(path, text, maxChoice)
		}
	}
}

// localized wants a text and its translations to be at most so long.
func (r *ruler) localized(path, text string, translations map[string]string, most int) {
	r.most(path, text, most)
	for locale, t := range translations {
		r.most(path+"/"+locale, t, most)
	}
}

// commands holds commands to the rules.
func (r *ruler) commands(body json.RawMessage) {
	var all []wireOption
	if err := json.Unmarshal(body, &all); err != nil {
		r.add("", "cannot be read: %v", err)
		return
	}
	// of slash commands, user commands and message commands
	most := map[int]int{1: 100, 2: 15, 3: 15}
	count, names := map[int]int{}, map[string]bool{}
	for i, c := range all {
		if c.Type == 0 {
			c.Type = 1
		}
		path := fmt.Sprint("/", i)
		if count[c.Type]++; count[c.Type] == most[c.Type]+1 {
			r.add(path, "is one of type %d too many, of %d", c.Type, most[c.Type])
		}
		key := fmt.Sprint(c.Type, c.Name)
		if names[key] {
			r.add(path, "has the name %q of another", c.Name)
		}
		names[key] = true
		if c.Type == 1 {
			r.slash(c, path)
			if n := c.size(); n > maxCommand {
				r.add(path, "has %d characters in all, of %d", n, maxCommand)
			}
			continue
		}
		r.localized(path+"/name", c.Name, c.Names, maxName)
		if c.Name == "" || c.Description != "" || len(c.Options) > 0 {
			r.add(path, "is of type %d with the name %q, the description %q and %d options", c.Type, c.Name, c.Description, len(c.Options))
		}
	}
}

// slash holds a slash command, or an option of one, to the rules.
func (r *ruler) slash(o wireOption, path string) {
	form := regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)
	names := map[string]string{"name": o.Name}
	for locale, name := range o.Names {
		names["name_localizations/"+locale] = name
	}
	for where, name := range names {
		if !form.MatchString(name) || strings.ToLower(name) != name {
			r.add(path+"/"+where, "is %q, which a name cannot be", name)
		}
	}
	if o.Description == "" {
		r.add(path+"/description", "is missing")
	}
	r.localized(path+"/description", o.Description, o.Descriptions, maxDescription)
	if len(o.Options) > maxOptions {
		r.add(path+"/options", "are %d, of %d", len(o.Options), maxOptions)
	}
	if o.Autocomplete && len(o.Choices) > 0 {
		r.add(path, "has both choices and autocomplete")
	}
	r.list(o.Choices, path+"/choices")
	optional, seen := false, map[string]bool{}
	for i, inner := range o.Options {
		at := fmt.Sprintf("%s/options/%d", path, i)
		r.slash(inner, at)
		if seen[inner.Name] {
			r.add(at, "has the name %q of another", inner.Name)
		}
		seen[inner.Name] = true
		if inner.Required && optional {
			r.add(at, "is required, after one that is not")
		}
		optional = optional || !inner.Required
		if (inner.Type <= optionGroup) != (o.Options[0].Type <= optionGroup) {
			r.add(at, "is beside sub-commands, or is one beside options")
		}
	}
}

// size is how many characters a command has.
func (o wireOption) size() int {
	n := longest(o.Name, o.Names) + longest(o.Description, o.Descriptions)
	for _, c := range o.Choices {
		var text string
		_ = json.Unmarshal(c.Value, &text) // numbers count for nothing
		n += longest(c.Name, c.Names) + utf8.RuneCountInString(text)
	}
	for _, inner := range o.Options {
		n += inner.size()
	}
	return n
}

func longest(text string, translations map[string]string) int {
	n := utf8.RuneCountInString(text)
	for _, t := range translations {
		n = max(n, utf8.RuneCountInString(t))
	}
	return n
}
