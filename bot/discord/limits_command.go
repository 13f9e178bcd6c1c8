package discord

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// Limits of commands (Discord docs, interactions/application-commands.mdx).
const (
	maxSlashCommands   = 100
	maxMessageCommands = 15
	maxCommandName     = 32
	maxDescription     = 100
	maxCommandOptions  = 25   // of a command or sub-command
	maxCommandSize     = 8000 // names and descriptions of a command and all in it, of each the longest translation
	maxTyped           = 6000 // that an option may let people type
)

// commandName is how a slash command, a sub-command or an option may be called; a command on messages may have spaces and capitals.
var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]+$`)

// checkCommands is check for all commands together.
func checkCommands(list []*discordgo.ApplicationCommand) []string {
	var c checker
	kinds := map[discordgo.ApplicationCommandType]int{}
	names := map[string]bool{}
	for _, command := range list {
		kinds[command.Type]++
		key := string(rune('0'+command.Type)) + command.Name
		if names[key] {
			c.say("There are two commands %q.", command.Name)
		}
		names[key] = true
		size := 0
		slash := command.Type == discordgo.ChatApplicationCommand
		size += c.names(command.Name, deref(command.NameLocalizations), slash)
		switch {
		case slash:
			size += c.descriptions(command.Name, command.Description, deref(command.DescriptionLocalizations))
			size += c.commandOptions(command.Name, command.Options, 0)
		case command.Description != "" || command.DescriptionLocalizations != nil || len(command.Options) > 0:
			c.say("%q is no slash command, so it has no description and no options.", command.Name)
		}
		if size > maxCommandSize {
			c.say("%q has %d characters, more than %d.", command.Name, size, maxCommandSize)
		}
	}
	if n := kinds[discordgo.ChatApplicationCommand]; n > maxSlashCommands {
		c.say("There are %d slash commands, more than %d.", n, maxSlashCommands)
	}
	if n := kinds[discordgo.MessageApplicationCommand]; n > maxMessageCommands {
		c.say("There are %d commands on messages, more than %d.", n, maxMessageCommands)
	}
	if len(list) != kinds[discordgo.ChatApplicationCommand]+kinds[discordgo.MessageApplicationCommand] {
		c.say("There are commands of a type that Parley does not use.")
	}
	return c.problems
}

// names checks a name and its translations, and tells how long the longest is.
func (c *checker) names(name string, translations map[discordgo.Locale]string, slash bool) (longest int) {
	for _, s := range append(inOrder(translations), name) {
		c.text("the name "+s, s, maxCommandName)
		if slash && (!commandName.MatchString(s) || strings.ToLower(s) != s) {
			c.say("%q cannot be the name of a slash command or an option.", s)
		}
		longest = max(longest, units(s))
	}
	return longest
}

func (c *checker) descriptions(of, text string, translations map[discordgo.Locale]string) (longest int) {
	for _, s := range append(inOrder(translations), text) {
		c.text("the description of "+of, s, maxDescription)
		longest = max(longest, units(s))
	}
	return longest
}

// commandOptions checks options so many levels deep, and tells how long their texts are together.
func (c *checker) commandOptions(of string, list []*discordgo.ApplicationCommandOption, depth int) (size int) {
	if len(list) > maxCommandOptions {
		c.say("%q has %d options, more than %d.", of, len(list), maxCommandOptions)
	}
	c.distinct(of, list)
	optional := false
	for _, o := range list {
		size += c.names(o.Name, o.NameLocalizations, true)
		size += c.descriptions(o.Name, o.Description, o.DescriptionLocalizations)
		size += c.commandOptions(o.Name, o.Options, depth+1)
		verb := o.Type == discordgo.ApplicationCommandOptionSubCommand
		switch {
		case verb != (list[0].Type == discordgo.ApplicationCommandOptionSubCommand) || verb && depth > 0:
			c.say("The sub-command or option %q is where it cannot be.", o.Name)
		case !verb && len(o.Options) > 0:
			c.say("The option %q has options.", o.Name)
		case o.Required && (optional || verb):
			c.say("%q is required after something that is not, or is a sub-command.", o.Name)
		case o.Autocomplete && (o.Type != discordgo.ApplicationCommandOptionString || len(o.Choices) > 0):
			c.say("%q cannot complete what is typed.", o.Name)
		}
		if o.MaxLength > maxTyped {
			c.say("%q takes %d characters, more than %d.", o.Name, o.MaxLength, maxTyped)
		}
		size += c.choices(o)
		optional = optional || !o.Required
	}
	return size
}

// choices checks what an option can be, which Parley uses for texts alone, and tells how long that is together.
func (c *checker) choices(o *discordgo.ApplicationCommandOption) (size int) {
	if len(o.Choices) > maxChoices {
		c.say("%q has %d choices, more than %d.", o.Name, len(o.Choices), maxChoices)
	}
	seen := map[string]bool{}
	for _, choice := range o.Choices {
		value, ok := choice.Value.(string)
		if !ok || o.Type != discordgo.ApplicationCommandOptionString {
			c.say("The choice %q of %q is no text.", choice.Name, o.Name)
		}
		longest := 0
		for _, name := range append(inOrder(choice.NameLocalizations), choice.Name) {
			c.text("a choice of "+o.Name, name, maxChoice)
			longest = max(longest, units(name))
		}
		c.text("the value of a choice of "+o.Name, value, maxChoice)
		if seen[choice.Name] {
			c.say("The choice %q of %q comes twice.", choice.Name, o.Name)
		}
		seen[choice.Name] = true
		size += longest + units(value)
	}
	return size
}

// distinct checks that no two options have one name in any language.
func (c *checker) distinct(of string, list []*discordgo.ApplicationCommandOption) {
	locales := map[discordgo.Locale]bool{"": true}
	for _, o := range list {
		for l := range o.NameLocalizations {
			locales[l] = true
		}
	}
	for l := range locales {
		seen := map[string]bool{}
		for _, o := range list {
			name := o.Name
			if s := o.NameLocalizations[l]; s != "" {
				name = s
			}
			if seen[name] {
				c.say("Two options of %q are called %q.", of, name)
			}
			seen[name] = true
		}
	}
}

// inOrder are translations in the order of their languages.
func inOrder(translations map[discordgo.Locale]string) []string {
	var list []string
	for _, l := range slices.Sorted(maps.Keys(translations)) {
		list = append(list, translations[l])
	}
	return list
}
