package discordtest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// Limits of commands, in units and pieces.
const (
	maxName        = 32
	maxDescription = 100
	maxOptions     = 25
	maxChoices     = 25
	maxChoice      = 100
	maxTyped       = 6000 // max_length of an option
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
		if names[c.Name] {
			r.add(path, "hold the name %q twice", c.Name)
		}
		names[c.Name] = true
		var text string
		if json.Unmarshal(c.Value, &text) == nil {
			r.some(path, text, maxChoice)
		}
	}
}

// localized wants a text and its translations not to be empty, and to be at most so long.
func (r *ruler) localized(path, text string, translations map[string]string, most int) {
	r.some(path, text, most)
	for locale, t := range translations {
		r.some(path+"/"+locale, t, most)
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
			r.slash(c, path, 0)
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

// slash holds a slash command, or an option so many levels deep in one, to the rules.
func (r *ruler) slash(o wireOption, path string, depth int) {
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
	r.localized(path+"/description", o.Description, o.Descriptions, maxDescription)
	if len(o.Options) > maxOptions {
		r.add(path+"/options", "are %d, of %d", len(o.Options), maxOptions)
	}
	r.distinct(o.Options, path+"/options")
	optional := false
	for i, inner := range o.Options {
		at := fmt.Sprintf("%s/options/%d", path, i)
		r.slash(inner, at, depth+1)
		r.option(inner, at)
		sub := inner.Type <= optionGroup
		if inner.Required && (optional || sub) {
			r.add(at, "is required, after one that is not, or is a sub-command")
		}
		optional = optional || !inner.Required
		if sub != (o.Options[0].Type <= optionGroup) {
			r.add(at, "is beside sub-commands, or is one beside options")
		}
		if sub && depth > 0 && o.Type != optionGroup {
			r.add(at, "is a sub-command within one")
		}
	}
}

// option holds what may be typed or chosen to the rules.
func (r *ruler) option(o wireOption, path string) {
	typed := o.Type == optionString || o.Type == optionInteger || o.Type == optionNumber
	switch {
	case o.Type > optionGroup && len(o.Options) > 0:
		r.add(path, "has options, and is no sub-command")
	case !typed && (o.Autocomplete || len(o.Choices) > 0):
		r.add(path, "has choices or autocomplete, and is of type %d", o.Type)
	case o.Autocomplete && len(o.Choices) > 0:
		r.add(path, "has both choices and autocomplete")
	case o.MaxLength != nil && *o.MaxLength > maxTyped:
		r.add(path+"/max_length", "is %d, of %d", *o.MaxLength, maxTyped)
	}
	r.list(o.Choices, path+"/choices")
	for _, c := range o.Choices {
		if text := strings.HasPrefix(string(c.Value), `"`); text != (o.Type == optionString) {
			r.add(path+"/choices", "hold %s for an option of type %d", c.Value, o.Type)
		}
	}
}

// distinct wants options with names that differ in every language.
func (r *ruler) distinct(options []wireOption, path string) {
	locales := map[string]bool{"": true}
	for _, o := range options {
		for locale := range o.Names {
			locales[locale] = true
		}
	}
	for locale := range locales {
		seen := map[string]bool{}
		for _, o := range options {
			name := cmp.Or(o.Names[locale], o.Name)
			if seen[name] {
				r.add(path, "hold the name %q of another, in the language %q", name, locale)
			}
			seen[name] = true
		}
	}
}

// size is how many characters a command has.
func (o wireOption) size() int {
	n := longest(o.Name, o.Names) + longest(o.Description, o.Descriptions)
	for _, c := range o.Choices {
		var text string
		_ = json.Unmarshal(c.Value, &text) // numbers count for nothing
		n += longest(c.Name, c.Names) + units(text)
	}
	for _, inner := range o.Options {
		n += inner.size()
	}
	return n
}

func longest(text string, translations map[string]string) int {
	n := units(text)
	for _, t := range translations {
		n = max(n, units(t))
	}
	return n
}
