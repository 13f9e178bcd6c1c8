package deliver

import (
	"errors"
	"time"
)

// Failure is an error of Post, Revise or Find of which the adapter knows what it means. Of any other error nobody knows whether the
// message arrived, so it counts as Lost.
type Failure struct {
	Kind   FailureKind
	After  time.Duration // Postponed: not before; 0 if the platform does not say
	Reason string        // for people: "the channel is archived"
	Err    error
}

// FailureKind is what a failure means for the delivery.
type FailureKind string

// The kinds of failure.
const (
	Refused   FailureKind = "refused"   // it did not happen and never will
	Closed    FailureKind = "closed"    // of Revise: what was posted can be edited no more, nor can anything be said in its place
	Postponed FailureKind = "postponed" // it did not happen, or may be repeated without harm: try again
	Lost      FailureKind = "lost"      // it may have happened
)

func (f *Failure) Error() string {
	if f.Err == nil {
		return f.Reason
	}
	return f.Reason + ": " + f.Err.Error()
}

// Unwrap is what the adapter saw.
func (f *Failure) Unwrap() error { return f.Err }

// asFailure returns the failure that an error is; the zero Failure for none.
func asFailure(err error) Failure {
	if err == nil {
		return Failure{}
	}
	if known := (*Failure)(nil); errors.As(err, &known) {
		return *known
	}
	return Failure{Kind: Lost, Reason: "it is not known whether the platform took it"}
}

// Unclaimed is the error of a delivery that was not begun, because the store could not note that.
type Unclaimed struct{ Err error }

func (u *Unclaimed) Error() string { return u.Err.Error() }

// Unwrap is why the store could not.
func (u *Unclaimed) Unwrap() error { return u.Err }

// Unsettled is the error of an attempt of which the outcome could not be put on record.
type Unsettled struct{ Err error }

func (u *Unsettled) Error() string { return u.Err.Error() }

// Unwrap is why it could not.
func (u *Unsettled) Unwrap() error { return u.Err }
