package bot

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"parley/bot/deliver"
)

// maxPause is the longest pause between two attempts to reach a platform.
const maxPause = time.Minute

// Reach repeats an attempt until it succeeds or ctx ends, and then returns nil: after pause, after twice that, and so on up to a minute.
// fatal recognises errors that no repetition helps against; the sentence it gives for people is returned as the error.
func Reach(ctx context.Context, platform string, pause time.Duration, log *slog.Logger, fatal func(error) (sentence string, is bool), attempt func() error) error {
	for ; ; pause = min(2*pause, maxPause) {
		err := attempt()
		if err == nil || ctx.Err() != nil {
			return nil
		}
		if sentence, is := fatal(err); is {
			return errors.New(sentence)
		}
		log.Warn(platform+" cannot be reached", "error", err, "again in", pause)
		if deliver.Sleep(ctx, pause) != nil {
			return nil
		}
	}
}
