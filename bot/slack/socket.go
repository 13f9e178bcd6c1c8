package slack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"sync"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"parley/bot"
)

// sockets is how many connections are kept: when Slack asks to renew one, the other stays up. Slack allows ten
// (docs.slack.dev/apis/events-api/using-socket-mode).
const sockets = 2

// listenSocket takes envelopes over Socket Mode until ctx ends. It stops from the outside in: the intake closes, arrivals under way are
// handled, their acknowledgements are sent, then the sockets are closed.
func (c *Chat) listenSocket(ctx context.Context, receive bot.Receive) error {
	open, closeAll := context.WithCancel(context.WithoutCancel(ctx))
	defer closeAll()
	taking, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	c.gone = func(why error) { stop(why) }
	s := &socketService{chat: c, receive: receive, taking: taking, stop: stop, intake: bot.NewIntake(c.log)}
	var running sync.WaitGroup
	for i := range sockets {
		running.Go(func() { s.run(open, i) })
	}
	<-taking.Done()
	s.intake.Close()
	c.tasks.Wait()
	time.Sleep(c.config.Drain)
	closeAll()
	running.Wait()
	if ctx.Err() != nil {
		return nil
	}
	return context.Cause(taking)
}

// socketService is the state that the sockets of one Chat share.
type socketService struct {
	chat    *Chat
	receive bot.Receive
	taking  context.Context         // ends when nothing more is taken
	stop    context.CancelCauseFunc // ends it, with a reason that is for good
	intake  *bot.Intake
}

// run keeps one socket connected until ctx ends. The library connects again by itself; where it gives up although that may pass, a
// new client begins anew.
func (s *socketService) run(ctx context.Context, number int) {
	for pause := time.Second; ctx.Err() == nil && s.taking.Err() == nil; pause = min(2*pause, time.Minute) {
		client := socketmode.New(s.chat.api, socketmode.OptionPingInterval(s.chat.config.PingWithin),
			socketmode.OptionLog(log.New(io.Discard, "", 0)))
		socket, closeSocket := context.WithCancel(ctx)
		var reading sync.WaitGroup
		reading.Go(func() { s.read(socket, client, number) })
		err := client.RunContext(socket)
		closeSocket()
		reading.Wait()
		s.chat.connected(number, false)
		if ctx.Err() != nil {
			return
		}
		if sentence, fatal := fatalSentence("PARLEY_SLACK_APP_TOKEN", err); fatal {
			s.stop(errors.New(sentence))
			return
		}
		s.chat.log.Warn("a socket to Slack ended", "socket", number, "error", err, "again in", pause)
		select {
		case <-ctx.Done():
		case <-s.taking.Done():
		case <-time.After(pause):
		}
	}
}

// read drains the library's events and never waits for anything else: with its channel full, the library stands still.
func (s *socketService) read(ctx context.Context, client *socketmode.Client, number int) {
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-client.Events:
			bot.Guard(s.chat.log, func() { s.event(client, number, e) })
		}
	}
}

func (s *socketService) event(client *socketmode.Client, number int, e socketmode.Event) {
	switch data := e.Data.(type) {
	case *slack.ConnectionErrorEvent:
		s.chat.connected(number, false)
		if sentence, fatal := fatalSentence("PARLEY_SLACK_APP_TOKEN", data.ErrorObj); fatal {
			s.stop(errors.New(sentence))
			return
		}
		s.chat.log.Warn("Slack cannot be reached", "socket", number, "attempt", data.Attempt, "again in", data.Backoff, "error", data.ErrorObj)
	case *socketmode.ErrorBadMessage:
		// An unreadable envelope is acknowledged, or Slack sends it for ever.
		s.chat.log.Warn("Slack sent something that cannot be read", "socket", number, "error", data.Cause)
		if id := envelopeOf(data.Message); id != "" {
			s.dispatch(client, id, arrival{})
		}
	case slack.SlashCommand:
		s.dispatch(client, e.Request.EnvelopeID, fromCommand(data, s.chat.config.Now()))
	case slack.InteractionCallback:
		s.dispatch(client, e.Request.EnvelopeID, fromInteraction(data, s.chat.config.Now()))
	case slackevents.EventsAPIEvent:
		s.dispatch(client, e.Request.EnvelopeID, fromEvent(data, s.chat.me()))
	default:
		s.state(number, e)
	}
}

// state records whether a socket is connected.
func (s *socketService) state(number int, e socketmode.Event) {
	switch e.Type {
	case socketmode.EventTypeHello:
		s.chat.connected(number, true)
		if e.Request != nil && e.Request.NumConnections > sockets {
			s.chat.log.Warn("Slack counts more connections than Parley has opened: another program uses the same app and takes a part of what people ask, "+
				"or connections of a lost process are not yet closed", "counted", e.Request.NumConnections, "opened", sockets)
		}
	case socketmode.EventTypeConnecting:
		s.chat.connected(number, false)
	}
}

// dispatch gives an arrival to the bot and acknowledges it after that. Where too many are under way, commands are told so, and events are left
// for Slack to bring again.
func (s *socketService) dispatch(client *socketmode.Client, envelope string, a arrival) {
	if s.taking.Err() != nil {
		return // Slack brings it again, to the next process
	}
	s.intake.Do(func() {
		if payload, ok := s.chat.handle(context.WithoutCancel(s.taking), s.receive, a); ok {
			s.ack(client, envelope, payload)
		}
	}, func() {
		switch a.kind {
		case commanded:
			s.chat.tasks.Go(func() { s.ack(client, envelope, ackText(bot.NotTaken)) })
		case clicked, homeAsked, submitted: // these do not come again
			s.chat.background(func(ctx context.Context) error { return s.chat.notify(ctx, a.event, bot.NotTaken) })
		}
	})
}

// ack acknowledges an envelope, if there is a connection to do it by: the library would wait for one for ever.
func (s *socketService) ack(client *socketmode.Client, envelope string, payload any) {
	ctx, cancel := context.WithTimeout(context.Background(), ackWithin)
	defer cancel()
	if err := client.AckCtx(ctx, envelope, payload); err != nil {
		s.chat.log.Warn("an envelope was not acknowledged", "error", fmt.Errorf("acknowledge %s: %w", envelope, err))
	}
}
