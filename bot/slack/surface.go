package slack

import (
	"context"
	"fmt"

	"github.com/slack-go/slack"

	"parley/answers"
	"parley/bot"
)

// openModal shows a modal.
func (c *Chat) openModal(ctx context.Context, trigger string, view slack.ModalViewRequest) error {
	if _, err := c.api.OpenViewContext(ctx, trigger, view); err != nil {
		return fmt.Errorf("open the modal %s: %w", view.CallbackID, err)
	}
	return nil
}

// notify says something to a person at once, where they clicked.
func (c *Chat) notify(ctx context.Context, e bot.Event, text string) error {
	if e.Via == "" {
		return nil
	}
	if err := c.webhook(ctx, e.Via, slack.WebhookMessage{Text: escape(text)}); err != nil {
		return fmt.Errorf("tell a person at once: %w", err)
	}
	return nil
}

// publishHome publishes the Home tab of a person: coverage, latest changes and questions to try.
func (c *Chat) publishHome(ctx context.Context, receive bot.Receive, e bot.Event) error {
	var page homePage
	var err error
	if page.Corrections, err = receive(ctx, bot.Event{Person: e.Person, Want: answers.IntentCorrections, Glance: true}); err != nil {
		return fmt.Errorf("look up the corrections for Home: %w", err)
	}
	for _, q := range page.Corrections.Record.Examples.Questions {
		r, err := receive(ctx, bot.Event{Person: e.Person, Text: q, Glance: true})
		if err != nil {
			return fmt.Errorf("look up %q for Home: %w", q, err)
		}
		if r.Outcome == answers.OutcomeAnswered {
			page.Try = append(page.Try, q)
		}
	}
	if _, err := c.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: string(e.Person.ID), View: home(page)}); err != nil {
		return fmt.Errorf("publish Home: %w", err)
	}
	return nil
}
