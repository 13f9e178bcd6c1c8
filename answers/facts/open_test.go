package facts

import (
	"testing"

	"parley/answers"
)

// The wordings by which a claim is open, and those by which it is not.
func TestOpen(t *testing.T) {
	for text, want := range map[string]bool{
		"The Post reported that the shape of the guarantees was still unclear.":                                           true,
		"One report says neither the size of the force nor its tasks have been specified.":                                true,
		"One report says important questions were still open.":                                                            true,
		"One report says too little was disclosed to tell.":                                                               true,
		"Leaders were trying to find out what part the US would play.":                                                    true,
		"One report counts the cost among the key questions of the talks.":                                                true,
		"Nothing had been decided by then, one report says.":                                                              true,
		"The hubs were open to visitors, one report says.":                                                                false,
		"Britain said it had opened a hub.":                                                                               false,
		"It had been settled which countries lead, Zelensky said.":                                                        false,
		"Trump did not attend the meeting, one report says; elsewhere on that long day in Paris, the terms were settled.": false,
		"Starmer said hubs would be set up if a ceasefire was reached.":                                                   false,
	} {
		if got := Open(answers.Claim{Text: text}); got != want {
			t.Errorf("%q: open %v", text, got)
		}
	}
}
