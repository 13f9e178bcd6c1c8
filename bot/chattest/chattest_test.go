package chattest_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/chattest"
	"parley/bot/deliver"
)

// TestSound runs the suite on an adapter as it should be.
func TestSound(t *testing.T) {
	chattest.Run(t, func(*testing.T) chattest.Platform { return newMemory("").platform() })
}

// TestMute runs it on a platform that can neither edit nor find, so that outcomes stay unknown.
func TestMute(t *testing.T) {
	chattest.Run(t, func(*testing.T) chattest.Platform {
		m := newMemory("")
		m.mute = true
		return m.platform()
	})
}

// TestBroken shows that each case fails on an adapter that is broken in its way.
func TestBroken(t *testing.T) {
	proofs := map[string][]fault{
		"question":                  {dropsEverything, forgetsReceipts},
		"repeated":                  {freshIDs},
		"repeated after a restart":  {freshAfterStart},
		"refused":                   {swallowsErrors, callsAllPostponed},
		"postponed":                 {callsAllRefused},
		"lost":                      {callsAllRefused, swallowsErrors},
		"reply lost":                {callsAllPostponed},
		"revoked":                   {callsAllPostponed},
		"slow platform":             {answersBeforeAck},
		"restart before the answer": {remembersPlaces},
		"restart while sending":     {findsNothing},
		"long reply":                {cutsLong},
		"revised to fewer":          {leavesTheRest},
		"revised to more":           {dropsTheRest},
		"revised and deleted":       {editsAir},
		"corrected":                 {forgetsReceipts, editsNothing},
		"hostile text":              {leavesMentions},
		"busy":                      {acksBusy},
		"forgotten":                 {takesForQuestions},
		"removed from a team":       {dropsRemovals, endsWithAny},

		"question edited":                    {takesEditsForNew, dropsEdits},
		"question edited and edited back":    {takesEditsForNew, dropsEdits},
		"edit told twice":                    {takesEditsForNew, dropsEdits},
		"edit that asks the same":            {takesEditsForNew},
		"edit that asks nothing":             {dropsEdits},
		"edit before a correction":           {takesEditsForNew, dropsEdits},
		"edit before a restart":              {dropsEdits},
		"edit while the answer is under way": {dropsEdits},
		"mention added by an edit":           {takesEditsForNew, dropsEdits},
		"question deleted":                   {dropsEdits},
		"question deleted that others used":  {dropsEdits},
	}
	lib := chattest.Library(t)
	var trying sync.WaitGroup // and not t.Parallel: most of the time they wait, so there may be more of them than processors
	for _, c := range chattest.Cases() {
		if len(proofs[c.Name]) == 0 {
			t.Errorf("nothing shows that %q can fail", c.Name)
		}
		for _, broken := range proofs[c.Name] {
			dir := t.TempDir()
			trying.Go(func() {
				err := c.Try(t.Context(), dir, lib, newMemory(broken).platform())
				if err == nil {
					t.Errorf("%s: an adapter that %s passes", c.Name, broken)
				}
				t.Logf("%s, %s: %.200v", c.Name, broken, err)
			})
		}
	}
	trying.Wait()
}

// fault is a way in which an adapter can be broken.
type fault string

const (
	dropsEverything   fault = "drops everything"
	forgetsReceipts   fault = "forgets where it posted"
	freshIDs          fault = "makes an id for each event"
	freshAfterStart   fault = "makes ids that mean nothing after a restart"
	swallowsErrors    fault = "swallows errors"
	callsAllPostponed fault = "calls every failure postponed"
	callsAllRefused   fault = "calls every failure refused"
	answersBeforeAck  fault = "acknowledges when it has posted"
	remembersPlaces   fault = "posts only to whom it has seen"
	findsNothing      fault = "finds nothing"
	cutsLong          fault = "cuts what is too long"
	leavesTheRest     fault = "leaves what is too much"
	dropsTheRest      fault = "drops what is missing"
	editsAir          fault = "edits what is gone"
	editsNothing      fault = "says that it has edited, and has not"
	leavesMentions    fault = "leaves mentions as they are"
	acksBusy          fault = "acknowledges what was not taken in"
	takesForQuestions fault = "takes commands for questions"
	dropsRemovals     fault = "drops that Parley was removed"
	endsWithAny       fault = "ends when any team removes Parley"
	takesEditsForNew  fault = "takes an edit for a new message"
	dropsEdits        fault = "drops edits and deletions"
)

// limit is how many characters a message of the platform holds.
const limit = 500

// memory is a platform that is nothing but its rules, with an adapter for it.
type memory struct {
	broken fault
	mute   bool

	mu       sync.Mutex
	messages []message
	next     int
	meets    chattest.Fault
	free     chan struct{} // closed when the platform is not slow
	events   chan event
	said     map[bot.EventID]bot.Event
	edits    int
}

type message struct {
	id   deliver.MessageID
	of   deliver.DeliveryID
	text string
}

type event struct {
	bot.Event
	acked chan bool
}

func newMemory(broken fault) *memory {
	m := &memory{broken: broken, events: make(chan event), said: map[bot.EventID]bot.Event{}, free: make(chan struct{})}
	close(m.free)
	return m
}

func (m *memory) platform() chattest.Platform {
	return chattest.Platform{
		Connect: func() bot.Chat {
			a := &adapter{memory: m, began: time.Now(), seen: map[deliver.PersonID]bool{}}
			if m.mute {
				return &deaf{a}
			}
			return a
		},
		Command: func(text string) {
			want, _, _ := bot.Command(text)
			m.send(bot.Event{ID: bot.EventID(text), Place: deliver.Place{Team: "T1", Channel: "C1"}, Person: bot.Person{ID: "U1"}, Want: want, Command: true})
		},
		Remove: func(team string) {
			m.send(bot.Event{Place: deliver.Place{Team: deliver.TeamID(team)}, Removed: true})
		},
		Say: m.say, Edit: m.edit, Mutter: func(id bot.EventID, text string) { m.keep(id, text) }, Unsay: m.unsay,
		Messages: m.texts, Fault: m.fault,
		Delete: func(i int) { m.mu.Lock(); m.messages = slices.Delete(m.messages, i, i+1); m.mu.Unlock() },
		Acting: func(text string) []string {
			var acting []string
			for _, bad := range []string{"<!", "<@", "@everyone", "\x1b", "\x00", "\u202e"} {
				if strings.Contains(text, bad) {
					acting = append(acting, bad)
				}
			}
			return acting
		},
		Faults:  []chattest.Fault{chattest.Refuses, chattest.Postpones, chattest.LosesThis, chattest.LosesReply, chattest.Slow, chattest.Revoked},
		Repeats: true, Edits: !m.mute, Deletes: !m.mute, Finds: !m.mute, Splits: true,
	}
}

// say sends an event as a platform does: who hears nothing in time repeats it, once.
func (m *memory) say(id bot.EventID, text string) bool {
	return m.send(m.keep(id, text))
}

// keep keeps what was said under an id, for its edits.
func (m *memory) keep(id bot.EventID, text string) bot.Event {
	e := bot.Event{ID: id, Place: deliver.Place{Team: "T1", Channel: "C1"}, Person: bot.Person{ID: "U1"}, Text: text}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.said[id] = e
	return e
}

func (m *memory) edit(id bot.EventID, text string) (again func()) {
	e := m.keep(id, text)
	e.Say(text)
	m.mu.Lock()
	m.edits++
	e.Edit(fmt.Sprintf("%05d", m.edits))
	m.mu.Unlock()
	m.send(e)
	return func() { m.send(e) }
}

func (m *memory) unsay(id bot.EventID) {
	m.mu.Lock()
	e := m.said[id]
	m.mu.Unlock()
	e.Text = ""
	e.Delete()
	m.send(e)
}

// send hands an event to the adapter.
func (m *memory) send(of bot.Event) bool {
	e := event{of, make(chan bool, 1)}
	select {
	case m.events <- e:
	case <-time.After(time.Second):
		return false
	}
	select {
	case ok := <-e.acked:
		return ok
	case <-time.After(time.Second):
		return false
	}
}

func (m *memory) texts() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []string
	for _, one := range m.messages {
		all = append(all, one.text)
	}
	return all
}

func (m *memory) fault(f chattest.Fault) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.meets == chattest.Slow {
		close(m.free)
	}
	m.meets = f
	if f == chattest.Slow {
		m.free = make(chan struct{})
	}
}

var (
	errRefused = errors.New("400 no")
	errLater   = errors.New("429 later")
	errBroken  = errors.New("connection reset")
	errRevoked = errors.New("401 revoked")
	errGone    = errors.New("404 no such message")
)

// call is what every request to the platform goes through.
func (m *memory) call(do func() error) error {
	m.mu.Lock()
	free := m.free
	m.mu.Unlock()
	<-free
	m.mu.Lock()
	defer m.mu.Unlock()
	meets := m.meets
	if meets != chattest.Revoked && meets != chattest.Slow {
		m.meets = ""
	}
	switch meets {
	case chattest.Refuses:
		return errRefused
	case chattest.Postpones:
		return errLater
	case chattest.LosesThis:
		return errBroken
	case chattest.Revoked:
		return errRevoked
	}
	if err := do(); err != nil {
		return err
	}
	if meets == chattest.LosesReply {
		return errBroken
	}
	return nil
}

// adapter is the adapter for the platform.
type adapter struct {
	*memory
	mu    sync.Mutex
	began time.Time
	count int
	seen  map[deliver.PersonID]bool
}

func (a *adapter) Name() string { return "memory" }

func (a *adapter) Listen(ctx context.Context, receive bot.Receive) error {
	for {
		select {
		case e := <-a.events:
			a.count++
			switch a.broken {
			case dropsEdits:
				if e.Of != "" {
					e.acked <- true
					continue
				}
			case takesEditsForNew:
				if e.Of != "" {
					e.ID, e.Of = e.ID+bot.EventID(fmt.Sprint(a.count)), ""
				}
			case freshIDs:
				e.ID = bot.EventID(fmt.Sprint("fresh", a.count, time.Now().UnixNano()))
			case freshAfterStart:
				e.ID = bot.EventID(fmt.Sprint(e.ID, a.began))
			case answersBeforeAck:
				e.Wait = true
			case takesForQuestions:
				e.Want = ""
			case dropsRemovals:
				if e.Removed {
					e.acked <- true
					continue
				}
			case endsWithAny:
				if e.Removed {
					return errors.New("removed")
				}
			}
			a.mu.Lock()
			a.seen[e.Person.ID] = true
			a.mu.Unlock()
			now, err := receive(ctx, e.Event)
			if errors.Is(err, bot.ErrBusy) && a.broken != acksBusy {
				err = a.call(func() error { return a.add("", now.Text()) })
			}
			e.acked <- err == nil || a.broken == acksBusy
		case <-ctx.Done():
			return nil
		}
	}
}

// add puts a message on the platform. It is called with the lock held, or by call.
func (m *memory) add(of deliver.DeliveryID, text string) error {
	m.next++
	m.messages = append(m.messages, message{deliver.MessageID(fmt.Sprint("M", m.next)), of, text})
	return nil
}

func (a *adapter) pages(r bot.Reply) []string {
	text := r.Text()
	if a.broken != leavesMentions {
		text = strings.NewReplacer("<", "‹", "@", "＠", "\x1b", "", "\x00", "", "\u202e", "").Replace(text)
	} else {
		text += r.Asked
	}
	runes := []rune(text)
	var pages []string
	for len(runes) > 0 {
		n := min(limit, len(runes))
		if n < len(runes) {
			if cut := strings.LastIndex(string(runes[:n]), "."); cut > 0 {
				n = len([]rune(string(runes[:n])[:cut+1]))
			}
		}
		pages = append(pages, string(runes[:n]))
		runes = runes[n:]
	}
	if a.broken == cutsLong {
		pages = pages[:1]
	}
	return pages
}

func (a *adapter) Post(_ context.Context, to deliver.Address, r bot.Reply) (deliver.Receipt, error) {
	a.mu.Lock()
	seen := a.seen[to.Person]
	a.mu.Unlock()
	if a.broken == remembersPlaces && !seen || a.broken == dropsEverything {
		return deliver.Receipt{}, &deliver.Failure{Kind: deliver.Refused, Reason: "nobody there"}
	}
	return a.bring(deliver.Receipt{To: to}, a.pages(r), r.ID)
}

// bring makes the messages of a receipt say the pages.
func (a *adapter) bring(there deliver.Receipt, pages []string, id deliver.DeliveryID) (deliver.Receipt, error) {
	there.EditBy = "memory"
	for i, page := range pages {
		if i >= len(there.Messages) && a.broken == dropsTheRest {
			break
		}
		err := a.call(func() error {
			if i >= len(there.Messages) {
				there.Messages = append(there.Messages, deliver.MessageID(fmt.Sprint("M", a.next+1)))
				return a.add(id, page)
			}
			at := slices.IndexFunc(a.messages, func(m message) bool { return m.id == there.Messages[i] })
			if at < 0 && a.broken == editsAir {
				return nil
			}
			if at < 0 {
				return errGone
			}
			a.messages[at].text = page
			return nil
		})
		if err != nil {
			if errors.Is(err, errBroken) && len(there.Messages) > i {
				there.Messages = there.Messages[:i] // it is not known whether this one arrived
			}
			if failure := a.failure(err); failure != nil {
				return there, failure
			}
		}
	}
	if a.broken == leavesTheRest || a.broken == swallowsErrors {
		return there, nil
	}
	for _, id := range there.Messages[len(pages):] {
		err := a.call(func() error {
			a.messages = slices.DeleteFunc(a.messages, func(m message) bool { return m.id == id })
			return nil
		})
		if err != nil {
			return there, a.failure(err)
		}
	}
	there.Messages = there.Messages[:len(pages)]
	if a.broken == forgetsReceipts {
		there.Messages = nil
	}
	return there, nil
}

func (a *adapter) failure(err error) error {
	kind := map[error]deliver.FailureKind{errRefused: deliver.Refused, errLater: deliver.Postponed, errRevoked: deliver.Refused, errGone: deliver.Refused}[err]
	switch {
	case a.broken == swallowsErrors:
		return nil
	case a.broken == callsAllPostponed:
		kind = deliver.Postponed
	case a.broken == callsAllRefused:
		kind = deliver.Refused
	case kind == "":
		kind = deliver.Lost
	}
	return &deliver.Failure{Kind: kind, Reason: err.Error(), Err: err}
}

func (a *adapter) Revise(_ context.Context, old deliver.Receipt, r bot.Reply) (deliver.Receipt, error) {
	if a.broken == editsNothing {
		return old, nil
	}
	return a.bring(old, a.pages(r), r.ID)
}

// Find looks among the messages.
func (a *adapter) Find(_ context.Context, known deliver.Receipt, id deliver.DeliveryID, _ time.Time) (deliver.Receipt, error) {
	there := deliver.Receipt{To: known.To}
	if a.broken == findsNothing {
		return there, nil
	}
	err := a.call(func() error {
		for _, m := range a.messages {
			if m.of == id {
				there.Messages = append(there.Messages, m.id)
			}
		}
		return nil
	})
	if err != nil {
		return there, a.failure(err)
	}
	return there, nil
}

// deaf is the adapter without the means to find anything.
type deaf struct{ inner *adapter }

func (d *deaf) Name() string { return d.inner.Name() }
func (d *deaf) Listen(ctx context.Context, receive bot.Receive) error {
	return d.inner.Listen(ctx, receive)
}
func (d *deaf) Post(ctx context.Context, to deliver.Address, r bot.Reply) (deliver.Receipt, error) {
	return d.inner.Post(ctx, to, r)
}
func (d *deaf) Revise(ctx context.Context, old deliver.Receipt, r bot.Reply) (deliver.Receipt, error) {
	return d.inner.Revise(ctx, old, r)
}
