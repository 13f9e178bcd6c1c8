package deliver

import (
	"log/slog"
	"time"

	"parley/store"
)

// Ids are the platform's own, but for a DeliveryID, by which a reply is on record.
type (
	TeamID     string
	ChannelID  string
	MessageID  string
	PersonID   string
	DeliveryID string
)

// Place is where something is said. The zero Place is nowhere.
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

// Via is a platform's way of answering one event: a URL or a token, opaque to all but its adapter. Who has it can speak for Parley.
type Via string

// LogValue keeps it out of logs.
func (v Via) LogValue() slog.Value {
	if v == "" {
		return slog.StringValue("")
	}
	return slog.StringValue("(secret)")
}

// Stored returns the address that a record holds.
func Stored(to store.Address) Address {
	return Address{
		Place:  Place{TeamID(to.Team), ChannelID(to.Channel), MessageID(to.Thread), to.Direct},
		Person: PersonID(to.Person), Private: to.Private, Via: Via(to.Via), ViaUntil: to.ViaUntil,
	}
}

// Stored returns the address as a record holds it.
func (to Address) Stored() store.Address {
	return store.Address{
		Team: string(to.Team), Channel: string(to.Channel), Thread: string(to.Thread), Person: string(to.Person), Private: to.Private, Direct: to.Direct,
		Via: string(to.Via), ViaUntil: to.ViaUntil,
	}
}

// Lane names what must go out one after another: what is said in a channel, and what is said to one person there.
func Lane(to Address) string {
	if to.Private {
		return string(to.Team) + "/" + string(to.Channel) + "/" + string(to.Person)
	}
	return string(to.Team) + "/" + string(to.Channel)
}

// PersonalLane names what is told to one person directly, or waits for them.
func PersonalLane(team TeamID, who PersonID) string { return string(team) + "//" + string(who) }

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

// stored is the receipt as a record holds it.
func (r Receipt) stored() store.Receipt {
	ids := make([]string, len(r.Messages))
	for i, id := range r.Messages {
		ids[i] = string(id)
	}
	return store.Receipt{Messages: ids, EditBy: r.EditBy, EditUntil: r.EditUntil, Partial: store.Partial(r.Partial)}
}

// Editable reports whether a reply on record can still be edited, as far as is known. One that is still to arrive can, once it has.
func Editable(d store.Delivery, now time.Time) bool {
	return len(d.Messages) == 0 || d.EditBy != "" && (d.EditUntil.IsZero() || now.Before(d.EditUntil))
}
