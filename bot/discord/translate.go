package discord

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"parley/answers"
	"parley/bot"
	"parley/bot/deliver"
	"parley/bot/reading"
)

// arrival is one payload of Discord's, by the gateway or HTTP.
type arrival struct {
	kind        kind
	event       bot.Event
	interaction *discordgo.Interaction // nil for messages
	problem     string                 // an error for the person; "" for none
}

type kind int

const (
	nothing kind = iota // not for Parley, or of a kind that it does not know
	said                // a message
	asked               // a command, a click, a menu of a message or a submitted modal: Discord waits for a response
	typing              // an option that is being typed
	removed             // Parley was removed from a guild
	pinged
)

// answerWithin is how long an interaction takes responses (interactions/receiving-and-responding.md, "Interaction Token").
const answerWithin = 15 * time.Minute

// fromInteraction reads an interaction. Discord may send kinds and components that the library does not know: unreadable
// ones are nothing.
func fromInteraction(raw json.RawMessage, now time.Time) arrival {
	var i discordgo.Interaction
	if err := json.Unmarshal(raw, &i); err != nil || i.ID == "" && i.Type != discordgo.InteractionPing {
		return arrival{}
	}
	if i.Type == discordgo.InteractionPing {
		return arrival{kind: pinged}
	}
	a := arrival{kind: asked, interaction: &i, event: bot.Event{
		ID: bot.EventID("interaction/" + i.ID),
		Place: deliver.Place{
			Team: deliver.TeamID(i.GuildID), Channel: deliver.ChannelID(i.ChannelID),
			Direct: i.GuildID == "" && i.Context != discordgo.InteractionContextPrivateChannel, // a conversation between other people
		},
		Via: via(&i), ViaUntil: now.Add(answerWithin),
	}}
	switch {
	case i.Member != nil && i.Member.User != nil:
		a.event.Person = bot.Person{ID: deliver.PersonID(i.Member.User.ID), Manages: i.Member.Permissions&discordgo.PermissionManageGuild != 0}
		for _, r := range i.Member.Roles {
			a.event.Person.Groups = append(a.event.Person.Groups, bot.GroupID(r))
		}
	case i.User != nil:
		a.event.Person = bot.Person{ID: deliver.PersonID(i.User.ID)}
	default:
		return arrival{}
	}
	var ok bool
	switch data := i.Data.(type) {
	case discordgo.ApplicationCommandInteractionData:
		ok = a.command(data)
		if i.Type == discordgo.InteractionApplicationCommandAutocomplete {
			a.kind = typing
		}
	case discordgo.MessageComponentInteractionData:
		var click bot.Click
		if click, ok = clickOf(data.CustomID, data.Values); ok {
			a.event.Click = &click
		} else if _, _, ok = settingsFrom(bot.Settings{}, data.CustomID, data.Values); ok {
			a.event.Setup = &bot.Setup{}
		}
	case discordgo.ModalSubmitInteractionData:
		var click bot.Click
		if click, ok = clickOf(data.CustomID, nil); ok {
			click.Fields, click.Typed = formFields(data), true
			a.event.Click = &click
		}
	}
	if !ok {
		return arrival{}
	}
	return a
}

// via is an interaction as records keep it. It came by user install alone if no guild has authorized it; in direct messages with Parley
// that makes no difference (interactions/receiving-and-responding.md, "Authorizing Integration Owners Object").
func via(i *discordgo.Interaction) deliver.Via {
	v := deliver.Via(i.ID + "/" + i.Token)
	owners := i.AuthorizingIntegrationOwners
	_, guild := owners[discordgo.ApplicationIntegrationGuildInstall]
	if len(owners) > 0 && !guild && i.Context != discordgo.InteractionContextBotDM {
		v = byUser + v
	}
	return v
}

// command reads a slash command or a menu of a message.
func (a *arrival) command(data discordgo.ApplicationCommandInteractionData) bool {
	a.event.Command = true
	if data.CommandType == discordgo.MessageApplicationCommand && data.Name == correctMessage {
		a.event.Click = &bot.Click{Verb: bot.Correct, Message: deliver.MessageID(data.TargetID)}
		return data.TargetID != ""
	}
	if data.CommandType == discordgo.MessageApplicationCommand && data.Name == checkMessage {
		if data.Resolved == nil || data.Resolved.Messages[data.TargetID] == nil {
			return false
		}
		said := reading.Of(parts(data.Resolved.Messages[data.TargetID])...)
		a.event.Want, a.event.Text, a.event.Linked = answers.IntentCheck, said.Text, said.Linked
		return true
	}
	if len(data.Options) != 1 || data.Options[0].Type != discordgo.ApplicationCommandOptionSubCommand {
		return false
	}
	sub := data.Options[0]
	if data.Name == adminCommand {
		a.event.Setup = &bot.Setup{}
		return sub.Name == settingsVerb
	}
	want, _, known := bot.Command(sub.Name)
	switch {
	case data.Name != slashCommand:
		return false
	case sub.Name == "help":
		a.event.Text = "help"
	case !known:
		return false
	}
	a.event.Want = want
	asOf := ""
	for _, o := range sub.Options {
		switch {
		case o.Type == discordgo.ApplicationCommandOptionBoolean && o.Name == optPublic:
			a.event.Public = o.BoolValue()
		case o.Type != discordgo.ApplicationCommandOptionString:
		case o.Name == optAsOf:
			var err error
			if a.event.AsOf, err = answers.ParseDate(strings.TrimSpace(o.StringValue())); err != nil {
				asOf = " as of " + o.StringValue() // read with the question, or refused with it
			}
		default:
			said := reading.Of(typed(o.StringValue()))
			a.event.Text, a.event.Linked = said.Text, said.Linked
		}
		if o.Focused {
			a.event.Complete = &answers.Completion{Typed: o.StringValue(), Kind: completed(want), Most: maxChoices}
		}
	}
	switch {
	case asOf != "" && want == answers.IntentQuestion:
		a.event.Text += asOf
	case asOf != "":
		a.problem = "Write the day as in 2025-08-18, please."
	}
	return true
}

// completed returns the kind of completion for a command: questions unless it is a look-up.
func completed(want answers.Intent) answers.CompletionKind {
	switch want {
	case answers.IntentWho:
		return answers.CompleteActor
	case answers.IntentSources:
		return answers.CompleteSource
	case answers.IntentDisputes:
		return answers.CompleteDispute
	case answers.IntentTimeline, answers.IntentClaims, answers.IntentLatest, answers.IntentCorrections:
		return answers.CompleteTopic
	default:
		return answers.CompleteQuestion
	}
}

// at is an event of a message. In a guild it is answered by referring to the message.
func at(id, channel, guild string) bot.Event {
	e := bot.Event{ID: bot.EventID("message/" + id), Place: deliver.Place{Team: deliver.TeamID(guild), Channel: deliver.ChannelID(channel), Direct: guild == ""}}
	if guild != "" {
		e.Place.Thread = deliver.MessageID(id)
	}
	return e
}

// fromGateway reads what the gateway tells that is not an interaction. A message is for Parley that is direct, names it, or answers one of Parley's.
func fromGateway(kind string, raw json.RawMessage, me discordgo.User) []arrival {
	switch kind {
	case "MESSAGE_CREATE":
		if a := fromMessage(raw, me); !a.event.Overheard {
			return []arrival{a}
		}
	case "MESSAGE_UPDATE":
		return []arrival{fromUpdate(raw, me)}
	case "MESSAGE_DELETE", "MESSAGE_DELETE_BULK":
		return fromDeletion(raw)
	}
	return nil
}

// fromUpdate reads a message that was changed. Only an edit has a time (resources/message.md, "Message Object"): a preview that was resolved, a pin and the
// like leave it as it was. What names Parley no more comes without its text.
func fromUpdate(raw json.RawMessage, me discordgo.User) arrival {
	var changed struct {
		Edited string `json:"edited_timestamp"`
	}
	a := fromMessage(raw, me)
	if a.kind == nothing || json.Unmarshal(raw, &changed) != nil || changed.Edited == "" {
		return arrival{}
	}
	a.event.Edit(changed.Edited)
	return a
}

// fromDeletion reads the deletion of one message or of many (events/gateway-events.md, "Message Delete", "Message Delete Bulk").
func fromDeletion(raw json.RawMessage) []arrival {
	var gone struct {
		ID      string   `json:"id"`
		IDs     []string `json:"ids"`
		Channel string   `json:"channel_id"`
		Guild   string   `json:"guild_id"`
	}
	if err := json.Unmarshal(raw, &gone); err != nil {
		return nil
	}
	var all []arrival
	for _, id := range append(gone.IDs, gone.ID) {
		if id != "" {
			a := arrival{kind: said, event: at(id, gone.Channel, gone.Guild)}
			a.event.Delete()
			all = append(all, a)
		}
	}
	return all
}

// fromMessage reads a message of a person. One in a guild that does not name Parley is overheard.
func fromMessage(raw json.RawMessage, me discordgo.User) arrival {
	var m discordgo.Message
	if err := json.Unmarshal(raw, &m); err != nil || m.ID == "" || m.Author == nil || m.Author.Bot || m.Author.ID == me.ID || m.WebhookID != "" {
		return arrival{}
	}
	if m.Type != discordgo.MessageTypeDefault && m.Type != discordgo.MessageTypeReply {
		return arrival{}
	}
	named := slices.ContainsFunc(m.Mentions, func(u *discordgo.User) bool { return u != nil && u.ID == me.ID })
	e := at(m.ID, m.ChannelID, m.GuildID)
	e.Person.ID = deliver.PersonID(m.Author.ID)
	e.Overheard = m.GuildID != "" && !named
	var shared []string
	for _, s := range m.MessageSnapshots {
		shared = append(shared, parts(s.Message)...)
	}
	e.Say(typed(m.Content), shared...)
	if above := m.ReferencedMessage; above != nil && above.Author != nil && above.Author.ID != me.ID {
		e.Under, e.UnderText = deliver.MessageID(above.ID), reading.Of(parts(above)...).Text
	}
	if m.Member != nil {
		for _, r := range m.Member.Roles {
			e.Person.Groups = append(e.Person.Groups, bot.GroupID(r))
		}
	}
	return arrival{kind: said, event: e}
}

// parts lists the texts of a message: typed, embedded, forwarded, the question of a poll (resources/message.md, "Message Object"). Without the
// privileged intent, all of these are empty in messages that do not mention Parley.
func parts(m *discordgo.Message) []string {
	if m == nil {
		return nil
	}
	out := []string{typed(m.Content)}
	for _, e := range m.Embeds {
		if e == nil || e.Type == discordgo.EmbedTypeLink && m.WebhookID == "" && m.Content != "" {
			continue // the preview of a link
		}
		out = append(out, typed(e.Title), typed(e.Description))
		for _, f := range e.Fields {
			if f != nil {
				out = append(out, typed(f.Name+": "+f.Value))
			}
		}
	}
	for _, s := range m.MessageSnapshots {
		out = append(out, parts(s.Message)...)
	}
	if m.Poll != nil {
		out = append(out, typed(m.Poll.Question.Text))
	}
	return out
}

// fromRemoval reads that a guild is gone for Parley, for good: one that is unavailable comes back (events/gateway-events.md, "Guild Delete").
func fromRemoval(raw json.RawMessage) arrival {
	var g struct {
		ID          deliver.TeamID
		Unavailable bool
	}
	if err := json.Unmarshal(raw, &g); err != nil || g.ID == "" || g.Unavailable {
		return arrival{}
	}
	return arrival{kind: removed, event: bot.Event{Place: deliver.Place{Team: g.ID}, Removed: true}}
}

// mark is how Discord writes mentions, emoji and times in a text (reference.md, "Message Formatting").
var mark = regexp.MustCompile(`<(?:@[!&]?|#|a?:\w+:|t:|/)[^<>]*>`)

// typed returns a text as typed, without mentions.
func typed(text string) string {
	return strings.TrimSpace(mark.ReplaceAllString(text, " "))
}
