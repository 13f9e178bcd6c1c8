package bot_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"parley/answers"
	"parley/bot"
	"parley/bot/deliver"
	"parley/store"
)

// What is older than it is kept goes, however much there is, while questions are answered; what is younger stays.
func TestTidy(t *testing.T) {
	w := newTalk(t)
	const day = 24 * time.Hour
	w.Bot = bot.New(ownLibrary(t), w.store, bot.Config{
		Now: func() time.Time { return w.now }, NewID: func() string { return fmt.Sprint("tidy-", time.Now().UnixNano()) }, Keep: store.Keep{Questions: 180 * day},
	})
	var old []store.Asked
	for i := range 1200 {
		old = append(old, store.Asked{ID: fmt.Sprint("old-", i), At: w.now.Add(-181 * day), Platform: "slack", Text: "is it open?", Outcome: answers.OutcomeDeclined})
	}
	young := store.Asked{ID: "young", At: w.now.Add(-179 * day), Platform: "slack", Text: "is it open?", Outcome: answers.OutcomeDeclined}
	if err := w.store.RecordQuestions(t.Context(), append(old, young)...); err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { w.Tidy(ctx); close(ended) }()
	w.say(t, deliver.Place{}, "how long did the alaska meeting last")
	var left []store.Asked
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		var err error
		if left, err = w.store.Questions(t.Context(), time.Time{}); err != nil {
			t.Fatal(err)
		}
		if len(left) == 2 {
			break
		}
	}
	if len(left) != 2 || left[0].ID != "young" {
		t.Errorf("%d questions are left", len(left))
	}
	end()
	select {
	case <-ended:
	case <-time.After(5 * time.Second):
		t.Error("Tidy does not end")
	}
}
