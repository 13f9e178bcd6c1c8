package bot

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	"parley/bot/deliver"
)

// Unanswered returns the Failure for a call to which the platform gave no answer that says more. If the call is idempotent it may be
// repeated; else nobody knows whether it arrived, unless no connection was made.
func Unanswered(platform string, err error, idempotent bool) *deliver.Failure {
	var dial *net.OpError
	switch {
	case errors.As(err, &dial) && dial.Op == "dial":
		return &deliver.Failure{Kind: deliver.Postponed, Reason: platform + " cannot be reached", Err: err}
	case idempotent && errors.Is(err, context.Canceled):
		return &deliver.Failure{Kind: deliver.Postponed, Reason: "Parley was stopped", Err: err}
	case idempotent:
		return &deliver.Failure{Kind: deliver.Postponed, Reason: platform + " did not answer", Err: err}
	default:
		return &deliver.Failure{Kind: deliver.Lost, Reason: platform + " did not say whether it took the message", Err: err}
	}
}

// WithoutURL returns an error of an HTTP client without the address that it was about: that of a platform may hold the right to speak for
// Parley. Any other error is returned as it is.
func WithoutURL(err error) error {
	var about *url.Error
	if !errors.As(err, &about) {
		return err
	}
	return fmt.Errorf("%s: %w", strings.ToLower(about.Op), about.Err)
}
