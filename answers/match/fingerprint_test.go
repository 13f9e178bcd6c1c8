package match

import (
	"crypto/sha256"
	"encoding/hex"
	"runtime"
	"testing"

	"parley/answers"
	"parley/answers/answerstest"
	"parley/answers/facts"
)

// trained is a matcher of the clean record.
func trained(t *testing.T) (*Matcher, answers.Contents) {
	t.Helper()
	c := answerstest.CleanContents()
	fs := facts.New(c)
	m, err := Train(fs, fs.Words(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m, c
}

// The same contents teach the same, however many processors there are.
func TestTrainingIsDeterministic(t *testing.T) {
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	var first []byte
	for _, n := range []int{1, 2, 3, 8} {
		runtime.GOMAXPROCS(n)
		m, _ := trained(t)
		if b := m.Trained(); first == nil {
			first = b
		} else if string(b) != string(first) {
			t.Errorf("with GOMAXPROCS=%d another index was learnt", n)
		}
	}
}

// Whoever changes how matchers learn gives that another name, so that no start relies on what an older Parley has learnt: change
// trainedBy, then the digest here.
func TestTrainedBy(t *testing.T) {
	m, c := trained(t)
	sum := sha256.Sum256(append([]byte(trainedBy), m.Trained()...))
	if runtime.GOARCH != "amd64" {
		t.Skip("SKIPPED: the digest was taken on amd64; other processors may round a last digit otherwise")
	}
	const want = "61af9674b5548316"
	if got := hex.EncodeToString(sum[:8]); got != want {
		t.Errorf("the clean record teaches %s under the name %q, not %s", got, trainedBy, want)
	}
	if Fingerprint(c) != Fingerprint(answerstest.CleanContents()) {
		t.Error("equal contents have two fingerprints")
	}
	c.Entries[0].Phrasings = append(c.Entries[0].Phrasings, "one more way of asking")
	if Fingerprint(c) == Fingerprint(answerstest.CleanContents()) {
		t.Error("another phrasing leaves the fingerprint as it was")
	}
}
