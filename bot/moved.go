package bot

import "parley/bot/deliver"

type (
	TeamID      = deliver.TeamID
	ChannelID   = deliver.ChannelID
	MessageID   = deliver.MessageID
	PersonID    = deliver.PersonID
	DeliveryID  = deliver.DeliveryID
	Place       = deliver.Place
	Address     = deliver.Address
	Via         = deliver.Via
	Receipt     = deliver.Receipt
	Partial     = deliver.Partial
	Failure     = deliver.Failure
	FailureKind = deliver.FailureKind
	Finder      = deliver.Finder
	Pacer       = deliver.Pacer
)

const (
	Whole           = deliver.Whole
	PartialPost     = deliver.PartialPost
	PartialFollowUp = deliver.PartialFollowUp
	Refused         = deliver.Refused
	Closed          = deliver.Closed
	Postponed       = deliver.Postponed
	Lost            = deliver.Lost
)
