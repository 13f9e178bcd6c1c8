package deliver

import (
	"context"

	"parley/store"
)

// outcome is what a step of a delivery led to.
type outcome string

// The outcomes. Of a search:
const (
	found      outcome = "found"      // at least one message arrived
	notFound   outcome = "not found"  // nothing more arrived, or posting again does no harm
	repeatable outcome = "repeatable" // it cannot be told, but what is known can be edited to say the same again
)

// Of sending:
const (
	done      outcome = "done"
	saidAfter outcome = "said after" // it could not be edited, so it was said after the reply
	postponed outcome = "postponed"  // it did not happen, and there is time to try again
	tooLate   outcome = "too late"   // it did not happen, and comes too late to be tried again
	arrived   outcome = "arrived"    // it arrived at least in part, and no more of it can be sent
)

// Of both:
const (
	refused   outcome = "refused"
	closed    outcome = "closed"    // of what can be edited no more
	uncertain outcome = "uncertain" // it may have happened, which the platform can be asked later
	unknown   outcome = "unknown"   // it may have happened, and nobody can tell
)

// Of looking for another way to reach the person:
const (
	needless   outcome = "needless"   // the person need not be told
	consented  outcome = "consented"  // the person may be written to
	unapproved outcome = "unapproved" // the person may not be, or that was tried
)

// rerouting is the state, within an attempt, of a revision that cannot be made where the reply is.
const rerouting store.State = "rerouting"

// step is where a delivery stands, and what its act has led to there. Queued is about to be sent, Sending about to be searched for.
type step struct {
	state   store.State
	act     store.Act
	outcome outcome
}

// next is how a delivery goes on.
type next struct {
	state store.State
	act   store.Act      // by which it is tried from now on; "" as before
	then  store.Relation // what is said besides, if there is anything to say
}

// table is how a delivery goes on from each step. Rows without an act hold for every act.
var table = map[step]next{
	// It is searched for: what was found out is used at once, to send what is missing.
	{store.Sending, "", found}:                {state: store.Queued},
	{store.Sending, "", notFound}:             {state: store.Queued},
	{store.Sending, store.Revise, repeatable}: {state: store.Queued},
	{store.Sending, "", refused}:              {state: store.Unknown, then: store.FailureNotice}, // the search was refused, not the sending
	{store.Sending, store.Post, closed}:       {state: store.Unknown, then: store.FailureNotice},
	{store.Sending, store.Revise, closed}:     {state: rerouting},
	{store.Sending, store.Tell, closed}:       {state: store.Unknown, then: store.FailureNotice},
	{store.Sending, "", uncertain}:            {state: store.Sending},
	{store.Sending, "", unknown}:              {state: store.Unknown, then: store.FailureNotice},

	// It is sent.
	{store.Queued, store.Post, done}:        {state: store.Sent},
	{store.Queued, store.Post, saidAfter}:   {state: store.Sent},
	{store.Queued, store.Post, arrived}:     {state: store.Sent},
	{store.Queued, store.Post, refused}:     {state: store.Failed, then: store.FailureNotice},
	{store.Queued, store.Post, closed}:      {state: store.Failed, then: store.FailureNotice},
	{store.Queued, store.Revise, done}:      {state: store.Edited, then: store.CorrectionNote},
	{store.Queued, store.Revise, saidAfter}: {state: store.FollowedUp},
	{store.Queued, store.Revise, refused}:   {state: store.Failed, then: store.FailureNotice},
	{store.Queued, store.Revise, closed}:    {state: rerouting},
	{store.Queued, store.Tell, done}:        {state: store.FollowedUp},
	{store.Queued, store.Tell, saidAfter}:   {state: store.FollowedUp},
	{store.Queued, store.Tell, refused}:     {state: rerouting},
	{store.Queued, store.Tell, closed}:      {state: store.Failed, then: store.FailureNotice},
	{store.Queued, "", postponed}:           {state: store.Queued},
	{store.Queued, "", tooLate}:             {state: store.Failed, then: store.FailureNotice},
	{store.Queued, "", uncertain}:           {state: store.Sending}, // the next attempt searches first, even that of another worker
	{store.Queued, "", unknown}:             {state: store.Unknown, then: store.FailureNotice},

	// It cannot be made where the reply is.
	{rerouting, "", needless}:            {state: store.Failed},
	{rerouting, store.Revise, consented}: {state: store.Queued, act: store.Tell},
	{rerouting, "", unapproved}:          {state: store.Waiting},
}

// row returns the row of a step, and false where there is none.
func row(s step) (n next, ok bool) {
	if n, ok = table[s]; !ok {
		n, ok = table[step{s.state, "", s.outcome}]
	}
	return n, ok
}

// follow returns how a delivery goes on from a step. A step without a row, which only a fault of ours can lead to, ends it.
func (o *Outbox[R]) follow(ctx context.Context, s step) next {
	n, ok := row(s)
	if !ok {
		o.config.Log.ErrorContext(ctx, "a step of a delivery has no row", "state", s.state, "act", s.act, "outcome", s.outcome)
		n = next{state: store.Unknown}
	}
	o.config.Log.DebugContext(ctx, "step", "state", s.state, "act", s.act, "outcome", s.outcome, "next", n.state)
	return n
}
