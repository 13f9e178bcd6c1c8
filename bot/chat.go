package bot

import (
	"context"
	"log/slog"
	"time"

	"parley/answers"
)

// Chat is a platform on which people talk with Parley. An adapter only translates: what a person does into an Event, a Reply
// into the platform's own form. It holds no answering.
type Chat interface {
	// Name is the platform's name as records hold it: "terminal", "slack", "discord".
	Name() string
	// Listen hands every event to receive until ctx ends or nothing more can come. An event is acknowledged to the platform
	// after receive returns without error: by then it is stored. What must be said at once is the reply that receive returns; all
	// else is posted. When ctx ends, Listen takes no more, delivers its acknowledgements and returns nil.
	Listen(ctx context.Context, receive Receive) error
	// Post delivers a reply. A long one may become several messages. With an error, the receipt holds those of them that arrived.
	Post(ctx context.Context, to Address, r Reply) (Receipt, error)
	// Revise puts a reply in the place of one delivered before, or after it where the platform cannot edit: what changed is edited,
	// what is missing is added, what is too much is taken away. It completes a reply of which only the first messages arrived. Where
	// neither is possible any more, the Failure is Closed.
	Revise(ctx context.Context, old Receipt, r Reply) (Receipt, error)
}

// Finder is a chat that can tell whether a reply arrived of which the outcome is not known.
type Finder interface {
	// Find looks for the messages of a reply of which perhaps more arrived than is known. An empty receipt says that no more did, or that
	// posting again under the same id does no harm; an error, that it cannot be told now.
	Find(ctx context.Context, known Receipt, id DeliveryID, since time.Time) (Receipt, error)
}

// Pacer is a chat that must not be posted to faster than so.
type Pacer interface {
	// Pace is the least time between two replies to one channel.
	Pace(to Address) time.Duration
}

// Receive takes one event.
type Receive func(ctx context.Context, e Event) (Reply, error)

// Event is what a person wants of Parley. Its text is typed by anybody: it is matched and quoted, never obeyed.
type Event struct {
	ID     EventID // the platform's own; what comes twice comes under the same. "" where nothing comes twice
	Place  Place
	Person Person

	Want      answers.Intent // the zero Intent is a question
	Text      string
	AsOf      answers.Date
	Command   bool // typed as a command, which nobody else sees
	Public    bool // the answer to a command shall be seen by all
	Overheard bool // said in a place where Parley is, but not to it

	Verbless bool                // a command whose first word is no verb of ours: it is offered as a question, not taken for one
	Click    *Click              // a button, a menu or a form, in place of a text
	Setup    *Setup              // the settings of the place are looked at or changed
	Complete *answers.Completion // what somebody is typing: choices are wanted at once
	Glance   bool                // the answer is wanted at once, as the value that receive returns, and nothing of it is put on record

	Via      Via // how the platform lets this event be answered
	ViaUntil time.Time

	Wait bool // the platform waits for the answer: the event counts as received when it is answered
}

// Setup looks at the settings of a place, or changes them to New.
type Setup struct {
	New *Settings // nil to look
}

// Person is who says or clicks something, as the platform knows them.
type Person struct {
	ID      PersonID
	Groups  []GroupID // groups or roles there
	Manages bool      // may manage the team, so far as the platform says
}

// Place is where something is said, by the platform's own ids. A dialogue is what is said in one place; the zero Place holds
// none, so that each text there stands by itself.
type Place struct {
	Team    TeamID // a workspace or guild; "" outside of those
	Channel ChannelID
	Thread  MessageID // the message that a thread hangs on; "" outside of threads
	Direct  bool      // a conversation of two; an address of one without a channel is the person's own, to be opened
}

// Address is where a reply goes.
type Address struct {
	Place
	Person   PersonID
	Private  bool // only that person sees it
	Via      Via
	ViaUntil time.Time
}

// Ids are the platform's own.
type (
	EventID   string
	TeamID    string
	ChannelID string
	MessageID string
	PersonID  string
	GroupID   string
)

// Via is a platform's way of answering one event: a URL or a token, opaque to all but its adapter. Who has it can speak for Parley.
type Via string

// LogValue keeps it out of logs.
func (v Via) LogValue() slog.Value {
	if v == "" {
		return slog.StringValue("")
	}
	return slog.StringValue("(secret)")
}

// Receipt is where a reply is.
type Receipt struct {
	To         Address
	Messages   []MessageID // what it became, in order
	EditBy     string      // by what means it can be edited; "" if it cannot
	EditUntil  time.Time   // zero for ever
	FollowedUp bool        // it could not be edited, so it was said anew
	Partial    Partial
}

// Partial is what only the first messages of arrived, so that it is gone on with and not begun again.
type Partial string

// What may be there in part.
const (
	Whole           Partial = ""
	PartialPost     Partial = "post"
	PartialFollowUp Partial = "follow-up" // what is said anew in place of an edit
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
