package bot

import (
	"strings"

	"parley/answers"
)

// Notify is what somebody wants who allows Parley to write to them directly when a reply that can be edited no more is corrected ("on"),
// or forbids it ("off").
const Notify answers.Intent = "notify"

// Command reads a command such as "timeline paris": what is wanted, and the rest. It reports false if the first word is no verb
// of ours.
func Command(text string) (want answers.Intent, rest string, ok bool) {
	verb, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
	switch want = answers.Intent(strings.ToLower(verb)); want {
	case "ask":
		want = answers.IntentQuestion
	case answers.IntentCheck, answers.IntentClaims, answers.IntentTimeline, answers.IntentWho, answers.IntentSources, answers.IntentDisputes,
		answers.IntentLatest, answers.IntentUnresolved, answers.IntentCoverage, answers.IntentCorrections, Notify, MyData, ForgetMe:
	default:
		return "", text, false
	}
	return want, strings.TrimSpace(rest), true
}
