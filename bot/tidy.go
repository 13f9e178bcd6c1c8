package bot

import (
	"context"
	"fmt"
	"time"

	"parley/bot/deliver"
)

// How often Tidy looks for what is kept no longer, and how long it leaves the database to others between two of its steps.
const (
	tidyEvery = time.Hour
	tidyPause = 20 * time.Millisecond
)

// Tidy lets go of what is kept no longer, at once and then each hour, until ctx ends.
func (b *Bot) Tidy(ctx context.Context) {
	for ctx.Err() == nil {
		err := deliver.Guard(func() error { return b.tidy(ctx) })
		if err != nil && ctx.Err() == nil {
			b.config.Log.ErrorContext(ctx, "what is kept no longer could not be let go of", "error", err)
		}
		_ = deliver.Sleep(ctx, tidyEvery) // its error ends the loop
	}
}

// tidy takes small steps, between which others have their turn.
func (b *Bot) tidy(ctx context.Context) error {
	retain := func(ctx context.Context, now time.Time) (bool, error) { return b.store.Retain(ctx, now, b.config.Keep) }
	for _, step := range []func(context.Context, time.Time) (bool, error){b.store.Sweep, retain} {
		for more := true; more; {
			var err error
			if more, err = step(ctx, b.config.Now()); err != nil {
				return fmt.Errorf("sweep: %w", err)
			}
			if more && deliver.Sleep(ctx, tidyPause) != nil {
				return nil
			}
		}
	}
	return nil
}
