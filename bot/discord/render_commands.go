package discord

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/bwmarrin/discordgo"

	"parley/answers"
	"parley/bot"
)

// The names of commands and of their options, as Discord hands them back.
const (
	slashCommand   = "parley"
	adminCommand   = "parley-admin"
	settingsVerb   = "settings"
	checkMessage   = "Check this claim" // on a message
	correctMessage = "Correct this"     // on a message of Parley
	optQuestion    = "question"
	optStatement   = "statement"
	optTerm        = "term"
	optTopic       = "topic"
	optNotify      = "messages"
	optAsOf        = "as_of"
	optPublic      = "public"
	maxTypedUnits  = 1500 // of a question or statement
)

// commands returns all commands that Parley registers, the same everywhere. By user install there are none for managing a server or its
// messages; in a server these are hidden from other members unless it shows them. The permission to change settings and to correct is
// checked by bot.
func commands(about answers.About) []*discordgo.ApplicationCommand {
	manage, moderate := int64(discordgo.PermissionManageGuild), int64(discordgo.PermissionManageMessages)
	everywhere := []discordgo.InteractionContextType{
		discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM, discordgo.InteractionContextPrivateChannel,
	}
	guild := []discordgo.InteractionContextType{discordgo.InteractionContextGuild}
	both := []discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall, discordgo.ApplicationIntegrationUserInstall}
	server := []discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall}
	said := slashWords(about)
	settings := option(discordgo.ApplicationCommandOptionSubCommand, settingsVerb, said[settingsVerb])
	return []*discordgo.ApplicationCommand{
		{
			Type: discordgo.ChatApplicationCommand, Name: slashCommand, Description: said[slashCommand].Say[english],
			DescriptionLocalizations: said[slashCommand].Say.others(), Options: verbs(said), Contexts: &everywhere, IntegrationTypes: &both,
		},
		{
			Type: discordgo.MessageApplicationCommand, Name: checkMessage, NameLocalizations: said[checkMessage].Name.others(),
			Contexts: &everywhere, IntegrationTypes: &both,
		},
		{
			Type: discordgo.ChatApplicationCommand, Name: adminCommand, Description: said[adminCommand].Say[english],
			DescriptionLocalizations: said[adminCommand].Say.others(), Options: []*discordgo.ApplicationCommandOption{settings},
			DefaultMemberPermissions: &manage, Contexts: &guild, IntegrationTypes: &server,
		},
		{
			Type: discordgo.MessageApplicationCommand, Name: correctMessage, NameLocalizations: said[correctMessage].Name.others(),
			DefaultMemberPermissions: &moderate, Contexts: &guild, IntegrationTypes: &server,
		},
	}
}

// verbs are the sub-commands of /parley. Their names are the first words that bot.Command reads, and help.
func verbs(said map[string]words) []*discordgo.ApplicationCommandOption {
	typed := func(name string, required bool) *discordgo.ApplicationCommandOption {
		o := option(discordgo.ApplicationCommandOptionString, name, said[name])
		o.Required, o.Autocomplete, o.MaxLength = required, true, maxTypedUnits
		return o
	}
	verb := func(name string, options ...*discordgo.ApplicationCommandOption) *discordgo.ApplicationCommandOption {
		o := option(discordgo.ApplicationCommandOptionSubCommand, name, said[name])
		o.Options = append(options,
			option(discordgo.ApplicationCommandOptionString, optAsOf, said[optAsOf]),
			option(discordgo.ApplicationCommandOptionBoolean, optPublic, said[optPublic]))
		return o
	}
	list := []*discordgo.ApplicationCommandOption{verb("ask", typed(optQuestion, true)), verb("check", typed(optStatement, true))}
	for _, name := range []string{"timeline", "who", "claims", "sources", "disputes"} {
		list = append(list, verb(name, typed(optTerm, false)))
	}
	notify := option(discordgo.ApplicationCommandOptionSubCommand, string(bot.Notify), said[string(bot.Notify)])
	allow := option(discordgo.ApplicationCommandOptionString, optNotify, said[optNotify])
	allow.Required = true
	for _, value := range []string{"on", "off"} {
		allow.Choices = append(allow.Choices, &discordgo.ApplicationCommandOptionChoice{
			Name: value, NameLocalizations: *said[value].Name.others(), Value: value,
		})
	}
	notify.Options = []*discordgo.ApplicationCommandOption{allow}
	return append(list, verb("latest"), verb(string(answers.IntentCorrections), typed(optTopic, false)), notify,
		option(discordgo.ApplicationCommandOptionSubCommand, string(bot.MyData), said[string(bot.MyData)]),
		option(discordgo.ApplicationCommandOptionSubCommand, string(bot.ForgetMe), said[string(bot.ForgetMe)]),
		option(discordgo.ApplicationCommandOptionSubCommand, "help", said["help"]))
}

func option(kind discordgo.ApplicationCommandOptionType, name string, w words) *discordgo.ApplicationCommandOption {
	o := &discordgo.ApplicationCommandOption{Type: kind, Name: name, Description: w.Say[english]}
	if l := w.Name.others(); l != nil {
		o.NameLocalizations = *l
	}
	if l := w.Say.others(); l != nil {
		o.DescriptionLocalizations = *l
	}
	return o
}

// same reports whether commands are those that Discord says are registered. What Discord adds (ids, versions, values that it
// deprecates) does not count, nor does their order. Both must be with their localizations.
func same(a, b []*discordgo.ApplicationCommand) bool {
	return slices.Equal(canonical(a), canonical(b))
}

// canonical returns each command in a comparable form, sorted.
func canonical(list []*discordgo.ApplicationCommand) []string {
	var said []string
	for _, c := range list {
		b, err := json.Marshal([]any{
			cmp.Or(c.Type, discordgo.ChatApplicationCommand), c.Name, deref(c.NameLocalizations), c.Description, deref(c.DescriptionLocalizations),
			canonicalOptions(c.Options), c.DefaultMemberPermissions, ordered(c.Contexts), ordered(c.IntegrationTypes), c.NSFW != nil && *c.NSFW,
		})
		if err != nil {
			b = []byte(err.Error()) // commands of ours can be encoded
		}
		said = append(said, string(b))
	}
	slices.Sort(said)
	return said
}

// canonicalOptions keeps the order, since it is shown, and takes an empty list for none.
func canonicalOptions(list []*discordgo.ApplicationCommandOption) []*discordgo.ApplicationCommandOption {
	var out []*discordgo.ApplicationCommandOption
	for _, o := range list {
		k := *o
		k.Options = canonicalOptions(k.Options)
		if len(k.Choices) == 0 {
			k.Choices = nil
		}
		if len(k.ChannelTypes) == 0 {
			k.ChannelTypes = nil
		}
		out = append(out, &k)
	}
	return out
}

// deref are translations; nil for none.
func deref(l *map[discordgo.Locale]string) map[discordgo.Locale]string {
	if l == nil || len(*l) == 0 {
		return nil
	}
	return *l
}

func ordered[T cmp.Ordered](list *[]T) []T {
	if list == nil {
		return nil
	}
	return slices.Sorted(slices.Values(*list))
}
