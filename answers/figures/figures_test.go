package figures

import (
	"encoding/json"
	"testing"
	"time"
)

// Figures by hand: of four insiders two are ranked first and one second; two outsiders, one of whom is answered.
func TestOf(t *testing.T) {
	tries := []Try{
		{Expected: "a", Ranking: []string{"a", "b"}, Confidence: 0.9, Answered: true, Answer: "a", Took: 3 * time.Microsecond},
		{Expected: "b", Ranking: []string{"a", "b"}, Confidence: 0.8, Answered: true, Answer: "a", Took: 1 * time.Microsecond},
		{Expected: "b", Ranking: []string{"b"}, Confidence: 0.4, Took: 2 * time.Microsecond},
		{Expected: "c", Ranking: []string{"a", "b", "d", "e", "f", "c"}, Confidence: 0.1, Answered: true, Took: 5 * time.Microsecond}, // with help
		{Ranking: []string{"a"}, Confidence: 0.4, Answered: true, Answer: "a", Took: 4 * time.Microsecond},
		{Took: 6 * time.Microsecond},
	}
	for decides, want := range map[bool]string{
		true: `{"in_scope":{"n":4,"top1":0.5,"mrr5":0.625,"answered_right":0.25,"answered_wrong":0.25},` +
			`"out_of_scope":{"n":2,"declined":0.5,"auroc":0.8125,"recall_at_95":0.5},` +
			`"train_ms":null,"load_ms":null,"latency_us":{"p50":4,"p99":6},"heap_mb":0}`,
		false: `{"in_scope":{"n":4,"top1":0.5,"mrr5":0.625,"answered_right":null,"answered_wrong":null},` +
			`"out_of_scope":{"n":2,"declined":null,"auroc":0.8125,"recall_at_95":0.5},` +
			`"train_ms":null,"load_ms":null,"latency_us":{"p50":4,"p99":6},"heap_mb":0}`,
	} {
		if got, err := json.Marshal(Of(tries, decides)); err != nil || string(got) != want {
			t.Errorf("%s\n%v, want\n%s", got, err, want)
		}
	}
}

func TestOfNothing(t *testing.T) {
	const want = `{"in_scope":{"n":0,"top1":null,"mrr5":null,"answered_right":null,"answered_wrong":null},` +
		`"out_of_scope":{"n":0,"declined":null,"auroc":null,"recall_at_95":null},"train_ms":null,"load_ms":null,"latency_us":{"p50":null,"p99":null},"heap_mb":0}`
	if got, err := json.Marshal(Of(nil, true)); err != nil || string(got) != want {
		t.Errorf("%s\n%v, want\n%s", got, err, want)
	}
}
