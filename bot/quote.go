package bot

import (
	"context"
	"fmt"
	"slices"

	"parley/answers"
	"parley/answers/library"
	"parley/answers/passage"
	"parley/bot/compose"
	"parley/bot/deliver"
	"parley/store"
)

// quotable reports whether Quote is offered under an answer: one with claims, unless they stand as they were written in a list of questions.
func quotable(a answers.Answer) bool {
	if a.Intent != answers.IntentQuestion && a.Intent != answers.IntentCheck || len(cited(a)) == 0 {
		return false
	}
	return slices.ContainsFunc(a.Sources, func(s answers.Source) bool { return s.Kind != answers.KindList })
}

// cited are the claims that an answer states first, and those of the answers beside it.
func cited(a answers.Answer) []answers.ClaimID {
	ids := a.First().Claims()
	if a.Intent == answers.IntentCheck || len(ids) == 0 {
		ids = nil
		for _, c := range a.Claims {
			ids = append(ids, c.ID)
		}
	}
	for _, also := range a.Also {
		ids = append(ids, cited(also)...)
	}
	return ids
}

// quote shows what an answer stands on, in the words of its documents as far as these are attached.
func (b *Bot) quote(ctx context.Context, lib *library.Library, a answers.Answer) (Reply, error) {
	passages, err := Passages(ctx, b.store, lib.Contents(), cited(a))
	if err != nil {
		return Reply{}, err
	}
	if len(passages) == 0 {
		return notice("Nothing of that answer stands on a document any more."), nil
	}
	return Quoted(passages), nil
}

// Passages finds what claims of a record stand on, by the texts that a store has of its documents.
func Passages(ctx context.Context, db *store.Store, c answers.Contents, ids []answers.ClaimID) ([]answers.Passage, error) {
	var sources []answers.SourceID
	for _, claim := range c.Claims {
		if slices.Contains(ids, claim.ID) {
			sources = append(sources, claim.Source)
		}
	}
	texts, err := db.Documents(ctx, sources)
	if err != nil {
		return nil, fmt.Errorf("read the documents: %w", err)
	}
	return passage.Passages(c, ids, texts), nil
}

// Quoted makes the reply that shows passages.
func Quoted(passages []answers.Passage) Reply {
	r := Reply{Parts: compose.Quotes(passages)}
	for _, p := range passages {
		if !p.Attached && p.Source.Kind != answers.KindList && !slices.Contains(r.Unattached, p.Source.ID) {
			r.Unattached = append(r.Unattached, p.Source.ID)
		}
	}
	return r
}

// queue is the item of a delivery, which is kept without the words of documents and sent with them.
func queue(d *deliver.Delivery[Reply], platform, event string) (*store.Item, error) {
	shown := d.Reply.Parts
	defer func() { d.Reply.Parts = shown }()
	d.Reply.Parts = compose.Kept(shown)
	return d.Queue(platform, event)
}
