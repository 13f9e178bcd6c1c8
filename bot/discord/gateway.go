package discord

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"parley/bot"
)

// listenGateway takes events over the gateway until ctx ends. It stops from the outside in: the intake closes, arrivals under way are
// handled and answered, then the connections are closed.
func (c *Chat) listenGateway(ctx context.Context, receive bot.Receive) error {
	var plan struct {
		Shards int
		Limit  struct {
			Remaining      int
			ResetAfter     int `json:"reset_after"` // milliseconds
			MaxConcurrency int `json:"max_concurrency"`
		} `json:"session_start_limit"`
	}
	if err := c.untilDone(ctx, func() error { return c.rest.get(ctx, discordgo.EndpointGatewayBot, "gateway", &plan) }); err != nil || ctx.Err() != nil {
		return err
	}
	shards := max(1, plan.Shards)
	c.mu.Lock()
	c.shards = shards
	c.mu.Unlock()
	connections, closeAll := context.WithCancel(context.WithoutCancel(ctx))
	defer closeAll()
	taking, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	g := &gateway{chat: c, receive: receive, taking: taking, stop: stop, intake: bot.NewIntake(c.log)}
	var running sync.WaitGroup
	for i := range shards {
		// Discord lets so many identify within 5 s (topics/gateway.md, "Rate Limiting").
		wait := time.Duration(i/max(1, plan.Limit.MaxConcurrency)) * 5 * time.Second
		if plan.Limit.Remaining > 0 && plan.Limit.Remaining < shards {
			wait += time.Duration(plan.Limit.ResetAfter) * time.Millisecond // another start would cost the token
		}
		running.Go(func() {
			if sleep(taking, wait) == nil {
				g.run(connections, i, shards)
			}
		})
	}
	<-taking.Done()
	g.intake.Close()
	c.tasks.Wait()
	closeAll()
	running.Wait()
	if ctx.Err() != nil {
		return nil
	}
	return context.Cause(taking)
}

// gateway is the state that the connections of one Chat share.
type gateway struct {
	chat    *Chat
	receive bot.Receive
	taking  context.Context
	stop    context.CancelCauseFunc
	intake  *bot.Intake
}

// run keeps one shard connected until ctx ends. The library resumes a session where it can; one that got stuck is abandoned.
func (g *gateway) run(ctx context.Context, shard, shards int) {
	c := g.chat
	var s *discordgo.Session
	ended, ready := make(chan struct{}, 1), make(chan struct{}, 1)
	for pause := c.config.Pause; ctx.Err() == nil && g.taking.Err() == nil; {
		if s == nil {
			var err error
			if s, err = g.newSession(shard, shards, ended, ready); err != nil {
				g.stop(err)
				return
			}
		}
		drain(ended)
		drain(ready)
		err := openWithin(s, ready, c.config.OpenWithin)
		if sentence, fatal := fatalSentence(err); fatal {
			g.stop(errors.New(sentence))
			return
		}
		if err == nil {
			pause = c.config.Pause
			c.connected(shard, true)
			g.watch(ctx, s, ended)
			c.connected(shard, false)
		} else {
			c.log.Warn("Discord's gateway could not be reached", "shard", shard, "error", err, "again in", pause)
		}
		if s = reusable(s, err); ctx.Err() != nil || g.taking.Err() != nil {
			break
		}
		longest := time.Minute
		if errors.Is(err, errUnready) {
			pause, longest = max(pause, unreadyPause*c.config.Pause), 30*unreadyPause*c.config.Pause
		}
		_ = sleep(g.taking, pause/2+rand.N(pause)) // so that not all come back at once
		pause = min(2*pause, longest)
	}
	if s != nil {
		_ = s.Close() // it is gone either way
	}
}

// newSession returns a session for a shard that will identify anew.
func (g *gateway) newSession(shard, shards int, ended, ready chan<- struct{}) (*discordgo.Session, error) {
	s, err := g.chat.session()
	if err != nil {
		return nil, err
	}
	s.ShardID, s.ShardCount = shard, shards
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) { // which the library runs without a guard
		if e.Type == "READY" || e.Type == "RESUMED" {
			signal(ready)
		}
		bot.Guard(g.chat.log, func() { g.event(e) })
	})
	s.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) { signal(ended) })
	return s, nil
}

func signal(to chan<- struct{}) {
	select {
	case to <- struct{}{}:
	default:
	}
}

func drain(ended <-chan struct{}) {
	select {
	case <-ended:
	default:
	}
}

// errStuck is the error of a session that did not open in time: the library may hold its lock for good.
var errStuck = errors.New("opening the connection took too long")

// errUnready is the error of a session that opened without Discord saying that it is ready: it said instead that the session is invalid.
// The library identifies again at once, for ever, and that costs the token (topics/gateway.md: 1000 a day).
var errUnready = errors.New("not told by Discord that the connection is ready")

// unreadyPause is how many times as long to wait after that, up to a quarter of an hour at last: each try may cost some identifications.
const unreadyPause = 30

// readyWithin is how long after opening a session the handler may take to be told that it is ready.
const readyWithin = time.Second

// openWithin opens a session, or gives it up after a time: the library waits for ever for a silent server, and for itself when Discord
// asks to reconnect in place of saying that it is ready.
func openWithin(s *discordgo.Session, ready <-chan struct{}, within time.Duration) error {
	opened := make(chan error, 1)
	go func() { opened <- s.Open() }()
	select {
	case err := <-opened:
		if err != nil {
			return bot.WithoutURL(err)
		}
	case <-time.After(within):
		return errStuck
	}
	select {
	case <-ready:
		return nil
	case <-time.After(readyWithin):
		_ = s.Close() // it is given up
		return errUnready
	}
}

// reusable is the session to go on with after an error; nil where a new one must be made: after one that is stuck, and where Discord has
// forgotten the session (topics/opcodes-and-status-codes.md: 4003, 4007, 4009).
func reusable(s *discordgo.Session, err error) *discordgo.Session {
	var closed *websocket.CloseError
	switch {
	case errors.Is(err, errStuck), errors.Is(err, errUnready):
		return nil
	case errors.As(err, &closed) && (closed.Code == 4003 || closed.Code == 4007 || closed.Code == 4009):
		return nil
	default:
		return s
	}
}

// watch waits until a connection ends, or is dead: the library itself notices that only after five intervals.
func (g *gateway) watch(ctx context.Context, s *discordgo.Session, ended <-chan struct{}) {
	tick := time.NewTicker(g.chat.config.AckWithin / 4)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ended:
			return
		case <-tick.C:
		}
		s.RLock()
		last := s.LastHeartbeatAck
		s.RUnlock()
		if time.Since(last) > g.chat.config.AckWithin {
			g.chat.log.Warn("Discord does not acknowledge heartbeats; connecting anew")
			_ = s.CloseWithCode(websocket.CloseServiceRestart) // any code but 1000 and 1001 keeps the session for resuming
			return
		}
	}
}

// event takes a raw gateway event: the library's own decoding may leave it half empty.
func (g *gateway) event(e *discordgo.Event) {
	switch e.Type {
	case "INTERACTION_CREATE":
		g.take(fromInteraction(e.RawData, time.Now()))
		return
	case "GUILD_DELETE":
		g.take(fromRemoval(e.RawData))
		return
	}
	me, _ := g.chat.self()
	for _, a := range fromGateway(e.Type, e.RawData, me) {
		g.take(a)
	}
}

// take hands an arrival to a handler.
func (g *gateway) take(a arrival) {
	if a.kind == nothing || g.taking.Err() != nil {
		return
	}
	g.intake.Do(func() {
		if err := g.chat.handle(context.WithoutCancel(g.taking), g.receive, a); err != nil {
			g.chat.log.Warn("an event was not taken in", "event", a.event.ID, "error", err)
		}
	}, func() { // Discord tells people that it failed
		g.chat.log.Warn("too much comes in at once; something was left", "event", a.event.ID)
	})
}
