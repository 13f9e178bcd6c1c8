package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"parley/answers"
	"parley/bot/deliver"
	"parley/store"
)

// Settings is how Parley behaves in a team, or with a channel in that part of it. The zero Settings is quiet: everybody may ask
// everywhere, commands are answered to the asker alone, and nothing is said unasked.
type Settings struct {
	// Ask is the role that it takes to ask; "" for none.
	Ask store.Role `json:"ask,omitempty"`
	// Channels are where Parley may be asked; none for everywhere.
	Channels []deliver.ChannelID `json:"channels,omitempty"`
	// Public lets everybody see the answers to commands.
	Public bool `json:"public,omitempty"`
	// FollowUps lets people go on in a thread without naming Parley, as long as they do not pause for longer than Idle, in seconds.
	FollowUps bool `json:"follow_ups,omitempty"`
	Idle      int  `json:"idle,omitempty"`
	// Cooldown is how many seconds a person must let pass between two questions.
	Cooldown int `json:"cooldown,omitempty"`
}

// quietAfter is the idle time of a place that sets none, in seconds.
const quietAfter = 600

// Validate reports what is wrong with settings, all of it, as sentences; none if they are fine.
func (s Settings) Validate() []string {
	var problems []string
	if s.Ask != "" && seniority(s.Ask) == 0 {
		problems = append(problems, fmt.Sprintf("There is no role %q: it is reader, curator or editor.", s.Ask))
	}
	if s.Idle < 0 || s.Idle > int(idle/time.Second) {
		problems = append(problems, fmt.Sprintf("The idle time is 0 to %d seconds.", int(idle/time.Second)))
	}
	if s.Cooldown < 0 || s.Cooldown > 3600 {
		problems = append(problems, "The cooldown is 0 to 3600 seconds.")
	}
	return problems
}

// settings are those that hold in a place.
func (b *Bot) settings(ctx context.Context, chat Chat, p deliver.Place) (Settings, error) {
	body, found, err := b.store.Setting(ctx, chat.Name(), string(p.Team), string(p.Channel))
	if err != nil || !found {
		return Settings{}, err
	}
	var s Settings
	if err := json.Unmarshal(body, &s); err != nil {
		return Settings{}, fmt.Errorf("read the settings of %s/%s: %w", p.Team, p.Channel, err)
	}
	return s, nil
}

// setUp looks at the settings of a place or changes them, for a person who may. A refusal is the notice of the reply.
func (b *Bot) setUp(ctx context.Context, chat Chat, e Event) (Reply, error) {
	role, err := b.role(ctx, chat, e.Place, e.Person)
	if err != nil {
		return Reply{}, err
	}
	if seniority(role) < seniority(store.Editor) && !e.Person.Manages {
		return notice("Only editors, and those who manage this place, may change how Parley behaves here."), nil
	}
	if e.Setup.New == nil {
		now, err := b.settings(ctx, chat, e.Place)
		return Reply{Setup: &now}, err
	}
	if problems := e.Setup.New.Validate(); len(problems) > 0 {
		return notice("%s", strings.Join(problems, " ")), nil
	}
	body, err := json.Marshal(e.Setup.New)
	if err != nil {
		return Reply{}, fmt.Errorf("write the settings: %w", err)
	}
	v := store.Setting{Platform: chat.Name(), Team: string(e.Place.Team), Channel: string(e.Place.Channel), Body: body}
	if err := b.store.SetSetting(ctx, v); err != nil {
		return Reply{}, fmt.Errorf("store the settings of %s/%s: %w", v.Team, v.Channel, err)
	}
	return Reply{Setup: e.Setup.New}, nil
}

// role is the highest role that a person has in a team, by themselves or through a group.
func (b *Bot) role(ctx context.Context, chat Chat, p deliver.Place, who Person) (store.Role, error) {
	grants, err := b.store.Roles(ctx, chat.Name(), string(p.Team))
	if err != nil {
		return "", fmt.Errorf("read the roles of %s: %w", p.Team, err)
	}
	var highest store.Role
	for _, g := range grants {
		theirs := g.Subject == string(who.ID) || slices.Contains(who.Groups, GroupID(g.Subject))
		if theirs && seniority(g.Role) > seniority(highest) {
			highest = g.Role
		}
	}
	return highest, nil
}

// seniority orders roles; 0 for none.
func seniority(r store.Role) int {
	return 1 + slices.Index([]store.Role{store.Reader, store.Curator, store.Editor}, r)
}

// allowed decides whether an event may have what it wants. A refusal is a sentence for the person, who alone sees it.
func (b *Bot) allowed(ctx context.Context, chat Chat, e Event, s Settings, now time.Time) (refusal string, err error) {
	if e.Overheard {
		follows, err := b.followsUp(ctx, chat, e, s, now)
		if err != nil {
			return "", err
		}
		if !follows {
			return "Nobody asked.", nil
		}
	}
	if len(s.Channels) > 0 && !slices.Contains(s.Channels, e.Place.Channel) {
		return "Parley does not answer in this channel. Those who manage this place have chosen others for it.", nil
	}
	if s.Ask != "" {
		role, err := b.role(ctx, chat, e.Place, e.Person)
		if err != nil {
			return "", err
		}
		if seniority(role) < seniority(s.Ask) && !e.Person.Manages {
			return fmt.Sprintf("Parley answers here only to those with the role %q. Those who manage this place can give it to you.", s.Ask), nil
		}
	}
	if e.Click == nil {
		if wait := b.cooldowns.wait(e, time.Duration(s.Cooldown)*time.Second, now); wait > 0 {
			return fmt.Sprintf("One question after another, please: you can ask again in %d seconds.", int((wait+time.Second-1)/time.Second)), nil
		}
	}
	return "", nil
}

// followsUp reports whether what was overheard goes on with a dialogue of which the last turn is not long ago.
func (b *Bot) followsUp(ctx context.Context, chat Chat, e Event, s Settings, now time.Time) (bool, error) {
	after := s.Idle
	if after == 0 {
		after = quietAfter
	}
	if !s.FollowUps || e.Place.Thread == "" || e.Want != "" && e.Want != answers.IntentQuestion {
		return false, nil
	}
	last, found, err := b.store.Dialogue(ctx, conversation(chat, e))
	if err != nil {
		return false, fmt.Errorf("look for a dialogue: %w", err)
	}
	return found && now.Sub(last.At) <= time.Duration(after)*time.Second, nil
}

// cooldowns remembers when people asked last. The zero value is ready.
type cooldowns struct {
	mu   sync.Mutex
	last map[asker]question
}

type question struct {
	event EventID
	at    time.Time
}

type asker struct {
	team   deliver.TeamID
	person deliver.PersonID
}

// maxAskers bounds how many are remembered; past it all are forgotten, which lets a few ask too soon.
const maxAskers = 10_000

// wait is how long a person must wait before the next question; 0 if the question may be asked now, which then counts as asked. A question
// that is begun again, because something failed or it was edited, need not wait for itself.
func (c *cooldowns) wait(e Event, pause time.Duration, now time.Time) time.Duration {
	if pause <= 0 || e.Person.ID == "" {
		return 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	who, of := asker{e.Place.Team, e.Person.ID}, cmp.Or(e.Of, e.ID)
	if last, ok := c.last[who]; ok && now.Sub(last.at) < pause && (of == "" || of != last.event) {
		return pause - now.Sub(last.at)
	}
	if c.last == nil || len(c.last) >= maxAskers {
		c.last = map[asker]question{}
	}
	c.last[who] = question{of, now}
	return 0
}
