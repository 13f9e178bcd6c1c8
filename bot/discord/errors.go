package discord

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"parley/bot"
	"parley/bot/deliver"
)

// fatalSentence returns the remedy for an error that no retry helps against, and whether it is one: close codes of the gateway (topics/opcodes-and-status-codes.md)
// and a token that is refused.
func fatalSentence(err error) (sentence string, fatal bool) {
	var closed *websocket.CloseError
	var refused *discordgo.RESTError
	switch {
	case errors.As(err, &closed):
		sentence = map[int]string{
			4004: "Discord does not know the token in PARLEY_DISCORD_TOKEN: copy it again from the application's Bot page.",
			4010: "Discord does not accept how Parley is divided into shards: start it again.",
			4011: "Discord wants Parley divided into more shards: start it again, which asks Discord how many.",
			4012: "Discord does not speak this version of its gateway any more: update Parley.",
			4013: "Discord does not know the intents that Parley asks for: update Parley.",
			4014: "Discord does not allow the intents that Parley asks for; it needs none that must be allowed: update Parley.",
		}[closed.Code]
		return sentence, sentence != ""
	case errors.As(err, &refused) && refused.Response.StatusCode == http.StatusUnauthorized:
		return "Discord does not know the token in PARLEY_DISCORD_TOKEN: copy it again from the application's Bot page.", true
	default:
		return "", false
	}
}

// codeOf is the number that Discord gives an error (topics/opcodes-and-status-codes.md, "JSON Error Codes"); 0 for none.
func codeOf(err error) int {
	var refused *discordgo.RESTError
	if errors.As(err, &refused) && refused.Message != nil {
		return refused.Message.Code
	}
	return 0
}

// failure returns the deliver.Failure for an error of a request. Idempotent requests are Postponed, to be repeated; others are Lost, since
// Discord may have taken them before the connection broke.
func failure(err error, idempotent bool) error {
	var known *deliver.Failure
	if err == nil || errors.As(err, &known) {
		return err
	}
	f := bot.Unanswered("Discord", err, idempotent)
	var limited *discordgo.RateLimitError
	var refused *discordgo.RESTError
	var html *json.SyntaxError
	switch {
	case errors.As(err, &limited):
		f.Kind, f.After, f.Reason = deliver.Postponed, limited.RetryAfter, "Discord asks to wait"
	case errors.As(err, &html):
		// The library reads the body of no answer but a 429 here, and one that is no JSON comes from before Discord's own servers.
		f.Kind, f.After, f.Reason = deliver.Postponed, 10*time.Second, "Discord asks to wait"
	case errors.As(err, &refused) && refused.Response.StatusCode < 500:
		f.Kind, f.Reason = deliver.Refused, reason(refused)
		if codeOf(err) == tooOldToEditFast {
			f.Kind, f.After = deliver.Postponed, time.Minute
		}
	}
	return f
}

// Codes of errors that mean something to deliver.go.
const (
	unknownMessage     = 10008
	unknownWebhook     = 10015
	invalidToken       = 50027
	unknownInteraction = 10062
	alreadyAnswered    = 40060
	tooOldToEditFast   = 30046
	missingAccess      = 50001
	missingPermissions = 50013
)

// reason is why Discord refuses something, for people.
func reason(refused *discordgo.RESTError) string {
	known := map[int]string{
		10003: "the channel was deleted", unknownMessage: "the message was deleted", unknownWebhook: "Discord takes no more answers to this",
		unknownInteraction: "Discord takes no more answers to this", invalidToken: "Discord takes no more answers to this",
		tooOldToEditFast: "messages older than an hour may only be edited slowly",
		50001:            "Parley cannot see that channel", 50013: "Parley may not write there", 50007: "the person takes no direct messages",
		50035: "Discord does not accept how the message is built", 40002: "Discord wants Parley's account verified", 160005: "the thread is locked",
	}
	if refused.Message != nil {
		if text, ok := known[refused.Message.Code]; ok {
			return text
		}
	}
	if refused.Response.StatusCode == http.StatusUnauthorized {
		return "Discord does not accept Parley's token"
	}
	return fmt.Sprintf("Discord refused it with status %d", refused.Response.StatusCode)
}
