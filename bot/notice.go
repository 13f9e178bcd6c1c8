package bot

import (
	"fmt"
	"strings"

	"parley/answers"
	"parley/bot/compose"
)

// notice is a reply of one sentence.
func notice(format string, args ...any) Reply {
	return Reply{Parts: []compose.Part{{Role: compose.RoleNotice, Text: fmt.Sprintf(format, args...)}}}
}

// verbless offers to ask what was typed behind a command without a verb.
func verbless(in inbound) Reply {
	r := notice("Parley has no command “%s”. To ask it as a question, use the button, or type it behind “ask”.", clipped(strings.Join(strings.Fields(in.Text), " "), 100))
	r.About = Subject{Want: answers.IntentQuestion, Text: in.Text}
	r.Controls = []Control{{Verb: AskThis, Label: AskThis.label()}}
	return r
}
