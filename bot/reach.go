package bot

import (
	"context"
	"errors"
	"fmt"
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

// ErrUnreachable is in an error that tells nothing of a token or an application, since the platform did not answer.
var ErrUnreachable = errors.New("it did not answer")

// Probed returns the error of one call by which a platform was asked whether all is well: a sentence where fatal gives one, else one with
// ErrUnreachable; nil for nil.
func Probed(err error, fatal func(error) (sentence string, is bool)) error {
	if err == nil {
		return nil
	}
	if sentence, is := fatal(err); is {
		return errors.New(sentence)
	}
	return fmt.Errorf("%w: %w", ErrUnreachable, WithoutURL(err))
}
