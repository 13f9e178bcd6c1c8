// Package deliver brings replies to people and puts on record what became of them.
//
// A platform may be slow, refuse, or take a message and lose the answer to that, and Parley may be stopped at any moment. Nobody must be told
// something twice, nor be left without an answer that could still be given. So each act of delivery is an item of the outbox in package store,
// which one worker holds at a time, and what an attempt leads to is data: table.go has a row for each state, act and outcome.
//
// An Outbox delivers one item until it ends or must wait for somebody (outbox.go): it asks the platform about an attempt that was cut off,
// sends what has not arrived (attempt.go), finds the row, and settles that together with what follows from it (follow.go). A Run is the
// deliveries of one platform, in order within each lane (run.go, queue.go), with those that an earlier worker left over. Where a reply goes and
// where it is, and what a failure means, are the values of address.go and failure.go.
//
// What a reply says is opaque here: R is the type of replies, and Replies the little that is done with them.
package deliver

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"parley/answers"
	"parley/store"
)

// Sender is a platform to which replies are delivered. It may be a Finder and a Pacer too.
type Sender[R any] interface {
	// Name is the platform's name as records hold it.
	Name() string
	// Post delivers a reply. With an error, the receipt holds the messages that arrived.
	Post(ctx context.Context, to Address, r R) (Receipt, error)
	// Revise makes the messages of a receipt say a reply, or says it after them.
	Revise(ctx context.Context, old Receipt, r R) (Receipt, error)
}

// Finder is a platform that can tell whether a reply arrived of which the outcome is not known.
type Finder interface {
	// Find looks for the messages of a reply of which perhaps more arrived than is known. An empty receipt says that no more did, or that
	// posting again under the same id does no harm; an error, that it cannot be told now.
	Find(ctx context.Context, known Receipt, id DeliveryID, since time.Time) (Receipt, error)
}

// Pacer is a platform that must not be posted to faster than so.
type Pacer interface {
	// Pace is the least time between two replies to one channel.
	Pace(to Address) time.Duration
}

// Replies is what is done with replies, by the package that makes them.
type Replies[R any] struct {
	Identify func(R, DeliveryID) R       // the reply with the id by which a platform tells repetitions
	Strip    func(R) R                   // the reply without its controls
	Notice   func(text string) R         // a reply of one sentence
	Note     func(Delivery[R]) (R, bool) // what is said beside a reply that was edited; false for nothing
}

// Delivery is a reply on record that must be sent.
type Delivery[R any] struct {
	ID      DeliveryID
	Item    string // of the outbox; "" where there is nothing to say
	Act     store.Act
	Lane    string
	Reply   R
	To      Address
	Known   Receipt // what is there already
	At      time.Time
	Shown   []answers.Ref // what the reply stands on
	Carried []string      // waiting items of the outbox that it tells of

	Change    int  // that a revision tells of
	MustReach bool // the person is told otherwise if the reply cannot be edited

	Relation store.Relation // to the delivery that it was made from
	Origin   DeliveryID     // that delivery; "" for none

	FailureNotice string   // what the person is told, with the reason, if it cannot be delivered; "" for nothing
	Fallback      *Address // where; nil for nowhere

	Attempts    int  // so far
	Interrupted bool // an attempt was cut off: it is searched for first
	progress
}

// progress is what this worker knows of a delivery beyond the record.
type progress struct {
	found  bool // it had arrived, at least its first message
	sought bool // it was searched for in vain, and may perhaps be repeated only now: later it is searched for again
	lost   bool // the answer to a post of it was lost, not that to an edit: edits are repeated
}

// Queue makes the item of the outbox by which a reply to an event is posted, and lets d point to it.
func (d *Delivery[R]) Queue(platform, event string) (*store.Item, error) {
	body, err := json.Marshal(d.Reply)
	if err != nil {
		return nil, fmt.Errorf("write the reply %s: %w", d.ID, err)
	}
	d.Act, d.Item, d.Lane = store.Post, string(d.ID), Lane(d.To)
	return &store.Item{
		ID: d.Item, Lane: d.Lane, Act: d.Act, At: d.At,
		Delivery: store.Delivery{
			ID: string(d.ID), Platform: platform, Event: event, At: d.At, To: d.To.Stored(), Body: body, Shown: d.Shown,
			Relation: d.Relation, Origin: string(d.Origin), FailureNotice: d.FailureNotice, Carried: d.Carried,
		},
	}, nil
}

// restore is an item of the outbox as a delivery.
func (o *Outbox[R]) restore(it store.Item) (Delivery[R], error) {
	stored := it.Delivery
	d := Delivery[R]{
		ID: DeliveryID(stored.ID), Item: it.ID, Act: it.Act, Lane: it.Lane, To: Stored(stored.To), At: it.At, Carried: stored.Carried,
		Change: it.Change, MustReach: it.MustReach, Attempts: it.Attempts, Interrupted: it.Interrupted,
	}
	body := it.Body
	if body == nil {
		body = stored.Body
	}
	if err := json.Unmarshal(body, &d.Reply); err != nil {
		return d, fmt.Errorf("read the reply %s: %w", stored.ID, err)
	}
	d.Reply = o.replies.Identify(d.Reply, d.ID)
	d.Known = Receipt{To: d.To, EditBy: stored.EditBy, EditUntil: stored.EditUntil, Partial: Partial(stored.Partial)}
	for _, id := range stored.Messages {
		d.Known.Messages = append(d.Known.Messages, MessageID(id))
	}
	switch {
	case d.Act == store.Tell:
		o.rerouteToDM(&d)
	case d.Act == store.Post && stored.FailureNotice != "":
		d.FailureNotice = stored.FailureNotice
		d.Fallback = &Address{Place: d.To.Place, Person: d.To.Person, Private: true}
	}
	return d, nil
}
