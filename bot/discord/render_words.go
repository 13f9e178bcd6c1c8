package discord

import (
	_ "embed"

	"encoding/json"

	"github.com/bwmarrin/discordgo"

	"parley/answers"
)

// words are the localized name and the description of a command or an option.
type words struct {
	Name localized // without English: that is the name itself
	Say  localized
}

// localized is a text by Discord's locales (reference.md, "Locales").
type localized map[discordgo.Locale]string

// english is the locale of the text that all see who have no translation.
const english = "en"

// others are the translations; nil for none.
func (l localized) others() *map[discordgo.Locale]string {
	out := map[discordgo.Locale]string{}
	for locale, text := range l {
		if locale != english {
			out[locale] = text
		}
	}
	if len(out) == 0 {
		return nil
	}
	return &out
}

// offered is what the record says of the command, by locale; nil where it says nothing.
func offered(about answers.About) (l localized) {
	if about.Command == (answers.Localized{}) {
		return nil
	}
	raw, err := json.Marshal(about.Command)
	if err != nil || json.Unmarshal(raw, &l) != nil {
		return nil // texts can be written and read
	}
	return l
}

// The words of commands and options by their names: the translations are data.
//
//go:embed words.json
var translations []byte

// slashWords are the words of all commands and options, by their names. The answers themselves are in English.
func slashWords(about answers.About) map[string]words {
	var all map[string]words
	if err := json.Unmarshal(translations, &all); err != nil {
		panic("the embedded words of commands: " + err.Error()) // each test of commands reads them
	}
	if own := offered(about); own != nil {
		all[slashCommand] = words{Say: own}
	}
	return all
}
