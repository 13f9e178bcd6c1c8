package main

import (
	"context"
	"log/slog"
	"regexp"
	"strings"
)

// redacting is a log that tells no secret, whatever finds its way into an error: it takes out addresses, what has the form of a platform's token,
// and the values of the settings that are secrets.
type redacting struct {
	slog.Handler
	values *strings.Replacer // of settings; nil for none
}

// leastSecret is the length from which on a setting is taken out wherever it stands: shorter ones are words.
const leastSecret = 8

// redacted returns a log that takes the values of settings out, too.
func redacted(inner slog.Handler, settings map[string]string) slog.Handler {
	return redacting{inner, secretsOf(settings)}
}

// secretsOf takes the values of settings that are secrets out of a text.
func secretsOf(settings map[string]string) *strings.Replacer {
	var pairs []string
	for name, value := range settings {
		if (strings.HasSuffix(name, "_TOKEN") || strings.HasSuffix(name, "_SECRET")) && len(value) >= leastSecret {
			pairs = append(pairs, value, "(secret)")
		}
	}
	return strings.NewReplacer(pairs...)
}

// What has the form of a secret: addresses, since a response_url is one; Slack's tokens (docs.slack.dev/authentication/tokens); those of Discord's
// interactions, which are "interaction" and more in base 64; those of its bots, three parts of which the first is their id in base 64.
var (
	addressForm = regexp.MustCompile(`(?i)\b(?:https?|wss?)://[^\s"'<>\\]+`)
	tokenForm   = regexp.MustCompile(`\b(?:xox[a-z]|xapp|xwfp)[-.][\w.-]+|\baW50ZXJhY3Rpb24[\w-]*|\b[\w-]{23,30}\.[\w-]{5,}\.[\w-]{25,}`)
)

func (r redacting) clean(text string) string {
	text = addressForm.ReplaceAllLiteralString(text, "(address)")
	return r.values.Replace(tokenForm.ReplaceAllLiteralString(text, "(secret)"))
}

// Handle logs a record without its secrets.
func (r redacting) Handle(ctx context.Context, record slog.Record) error {
	clean := slog.NewRecord(record.Time, record.Level, r.clean(record.Message), record.PC)
	record.Attrs(func(a slog.Attr) bool {
		clean.AddAttrs(r.attr(a))
		return true
	})
	return r.Handler.Handle(ctx, clean)
}

// WithAttrs is the log with attributes, without their secrets.
func (r redacting) WithAttrs(attrs []slog.Attr) slog.Handler {
	clean := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		clean[i] = r.attr(a)
	}
	return redacting{r.Handler.WithAttrs(clean), r.values}
}

// WithGroup is the log with a group.
func (r redacting) WithGroup(name string) slog.Handler {
	return redacting{r.Handler.WithGroup(name), r.values}
}

// attr is an attribute that reads as before where it holds no secret, and otherwise is the text that is left.
func (r redacting) attr(a slog.Attr) slog.Attr {
	v := a.Value.Resolve()
	if v.Kind() == slog.KindGroup {
		var group []slog.Attr
		for _, inner := range v.Group() {
			group = append(group, r.attr(inner))
		}
		return slog.Attr{Key: a.Key, Value: slog.GroupValue(group...)}
	}
	text := v.String()
	if clean := r.clean(text); clean != text {
		v = slog.StringValue(clean)
	}
	return slog.Attr{Key: a.Key, Value: v}
}
