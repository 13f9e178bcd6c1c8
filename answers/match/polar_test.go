package match

import "testing"

func TestPolar(t *testing.T) {
	for question, want := range map[string]bool{
		"Will US troops be sent to Ukraine?":              true,
		"so is there a ceasefire":                         true,
		"ok, hasn't Putin agreed?":                        true,
		"Trump agreed to send troops, right?":             true,
		"is it decided or not":                            true,
		"they signed it, or not?":                         true,
		"Thanks. Did Macron offer soldiers?":              true,
		"Do you know whether Putin agreed?":               true,
		"Can Ukraine join NATO when the war ends?":        true,
		"Who was in Paris?":                               false,
		"Is it led by Europe or by the US?":               false,
		"Can you tell me what Trump said?":                false,
		"Do we know how many soldiers France would send?": false,
		"troops":                false,
		"What has been agreed?": false,
		"how many, right?":      false,
		"":                      false,
	} {
		if got := Polar(question); got != want {
			t.Errorf("%q asks for yes or no: %v", question, got)
		}
	}
}
