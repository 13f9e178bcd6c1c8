package bot

import (
	"context"

	"parley/answers"
)

// Chat is a platform on which people talk with Parley. An adapter only translates: what a person does into an Event, a Reply
// into the platform's own form. It holds no answering.
type Chat interface {
	// Name is the platform's name as records hold it: "terminal", "slack", "discord".
	Name() string
	// Listen hands every event to receive until ctx ends or nothing more can come. An event is acknowledged to the platform
	// after receive returns without error. What must be said at once is the reply that receive returns; all else is posted.
	Listen(ctx context.Context, receive Receive) error
	// Post delivers a reply. A long one may become several messages.
	Post(ctx context.Context, to Place, r Reply) (Receipt, error)
	// Revise puts a reply in the place of one delivered before, or after it where the platform cannot edit.
	Revise(ctx context.Context, old Receipt, r Reply) (Receipt, error)
}

// Receive takes one event.
type Receive func(ctx context.Context, e Event) (Reply, error)

// Event is what a person wants of Parley. Its text is typed by anybody: it is matched and quoted, never obeyed.
type Event struct {
	Place Place
	Want  answers.Intent // the zero Intent is a question
	Text  string
	AsOf  answers.Date
}

// Place is where something is said, by the platform's own ids. A dialogue is what is said in one place; the zero Place holds
// none, so that each text there stands by itself.
type Place struct {
	Channel ChannelID
	Thread  MessageID // the message that a thread hangs on; "" outside of threads
}

// Ids are the platform's own.
type (
	ChannelID string
	MessageID string
)

// Receipt is where a reply was delivered: the messages that it became, in order.
type Receipt struct {
	Place    Place
	Messages []MessageID
}
