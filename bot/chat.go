package bot

import (
	"context"
	"time"

	"parley/answers"
	"parley/bot/compose"
	"parley/bot/deliver"
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
	Post(ctx context.Context, to deliver.Address, r Reply) (deliver.Receipt, error)
	// Revise puts a reply in the place of one delivered before, or after it where the platform cannot edit: what changed is edited,
	// what is missing is added, what is too much is taken away. It completes a reply of which only the first messages arrived. Where
	// neither is possible any more, the Failure is Closed.
	Revise(ctx context.Context, old deliver.Receipt, r Reply) (deliver.Receipt, error)
}

// Receive takes one event.
type Receive func(ctx context.Context, e Event) (Reply, error)

// Event is what a person wants of Parley. Its text is typed by anybody: it is matched and quoted, never obeyed.
type Event struct {
	ID     EventID // the platform's own; what comes twice comes under the same. "" where nothing comes twice
	Place  deliver.Place
	Person Person

	Want      answers.Intent // the zero Intent is a question
	Text      string
	AsOf      answers.Date
	Command   bool // typed as a command, which nobody else sees
	Public    bool // the answer to a command shall be seen by all
	Overheard bool // said in a place where Parley is, but not to it

	Of   EventID // the event of the message that was edited or deleted with this one; "" for none
	Gone bool    // it was deleted

	Linked    bool              // a link stood in the text, which nobody opens
	Under     deliver.MessageID // the message that it answers, unless Parley wrote that; "" for none
	UnderText string            // what that says; "" where Parley may not read it

	Verbless bool                // a command whose first word is no verb of ours: it is offered as a question, not taken for one
	Click    *Click              // a button, a menu or a form, in place of a text
	Setup    *Setup              // the settings of the place are looked at or changed
	Removed  bool                // nobody says anything: Parley was removed from the team of the place
	Complete *answers.Completion // what somebody is typing: choices are wanted at once
	View     compose.View        // how much of the reply is wanted
	Glance   bool                // the answer is wanted at once, as the value that receive returns, and nothing of it is put on record

	Via      deliver.Via // how the platform lets this event be answered
	ViaUntil time.Time

	Wait bool // the platform waits for the answer: the event counts as received when it is answered
}

// Setup looks at the settings of a place, or changes them to New.
type Setup struct {
	New *Settings // nil to look
}

// Person is who says or clicks something, as the platform knows them.
type Person struct {
	ID      deliver.PersonID
	Groups  []GroupID // groups or roles there
	Manages bool      // may manage the team, so far as the platform says
}

// Ids are the platform's own.
type (
	EventID string
	GroupID string
)
