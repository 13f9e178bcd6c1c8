package bot_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/answers"
	"parley/answers/library"
	"parley/bot"
	"parley/bot/chattest"
	"parley/bot/deliver"
	"parley/seeds/seedstest"
	"parley/store"
)

// TestTranscripts plays testdata/path: what people do in a place, and what they get to see.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "path", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no transcripts: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s := newStage(t)
			for i, line := range strings.Split(string(text), "\n") {
				if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
					continue
				}
				if err := s.play(line); err != nil {
					t.Errorf("%s:%d: %s\n%v", file, i+1, line, err)
				}
			}
			if len(s.posted) > 0 {
				t.Errorf("%s: at the end there is a reply to %+v that nobody expected: %s", file, s.posted[0].to, s.posted[0].Text())
			}
		})
	}
}

// stage is a bot with its store and a chat that only notes.
type stage struct {
	t     *testing.T
	bot   *bot.Bot
	store *store.Store
	lib   *library.Library
	now   time.Time
	ids   int

	mu       sync.Mutex
	messages int
	posted   []posted // not yet expected by the transcript
	last     posted   // the last that was
	answer   deliver.DeliveryID
	shared   deliver.DeliveryID
	place    deliver.Place

	refuses string // why the platform will not take the next message
	shut    string // why the platform edits nothing any more
}

type posted struct {
	bot.Reply
	to     deliver.Address
	edited bool
}

func newStage(t *testing.T) *stage {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	s := &stage{t: t, store: db, now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	change := store.Change{ID: "first", At: s.now, Author: "the suite", Why: "to begin with"}
	if _, err := db.Import(t.Context(), change, chattest.Library(t).Contents()); err != nil {
		t.Fatal(err)
	}
	if s.lib, err = s.record(); err != nil {
		t.Fatal(err)
	}
	s.bot = bot.New(s.lib, db, bot.Config{
		Now:    func() time.Time { return s.now },
		NewID:  func() string { s.ids++; return fmt.Sprintf("ID%03d", s.ids) },
		Resume: true, Poll: time.Millisecond,
	})
	return s
}

// record is the library of what the store holds now.
func (s *stage) record() (*library.Library, error) {
	c, err := s.store.Record(s.t.Context())
	if err != nil {
		return nil, err
	}
	return seedstest.Library(c)
}

func (s *stage) Name() string { return "stage" }

// Listen waits until all that is due was delivered.
func (s *stage) Listen(ctx context.Context, _ bot.Receive) error {
	for {
		time.Sleep(5 * time.Millisecond)
		if events, items, err := s.store.Backlog(ctx); err != nil || events+items == 0 {
			return err
		}
	}
}

func (s *stage) Post(_ context.Context, to deliver.Address, r bot.Reply) (deliver.Receipt, error) {
	if reason := s.refuses; reason != "" {
		s.refuses = ""
		return deliver.Receipt{}, &deliver.Failure{Kind: deliver.Refused, Reason: reason}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.posted = append(s.posted, posted{r, to, false})
	s.messages++
	receipt := deliver.Receipt{To: to, Messages: []deliver.MessageID{deliver.MessageID(fmt.Sprint("M", s.messages))}, EditBy: "stage"}
	if to.Private {
		receipt.EditUntil = s.now.Add(15 * time.Minute)
	}
	return receipt, nil
}

func (s *stage) Revise(_ context.Context, old deliver.Receipt, r bot.Reply) (deliver.Receipt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shut != "" {
		return old, &deliver.Failure{Kind: deliver.Refused, Reason: s.shut}
	}
	s.posted = append(s.posted, posted{r, old.To, true})
	return old, nil
}

var (
	says     = regexp.MustCompile(`^(U\d+)(?: of (\w+))? in (C\d+)(?: thread (M\d+))? (asks by command|commands|mistypes a command|mentions|says): ?(.*)$`)
	clicks   = regexp.MustCompile(`^(U\d+) clicks (\w+)(?: (\d+))?(?: on (?:the )?(\w+))?(?:: (.*))?$`)
	fills    = regexp.MustCompile(`^(U\d+) fills in (\w+): (.*)$`)
	alone    = regexp.MustCompile(`^-> (edited: )?to (?:(U\d+)|nobody by name) alone: (.*)$`)
	toAll    = regexp.MustCompile(`^-> (edited: )?to all in (C\d+)(?: thread (M\d+))?: (.*)$`)
	directly = regexp.MustCompile(`^-> to (U\d+) directly: (.*)$`)
	freezes  = regexp.MustCompile(`^the (entry|dispute|topic) ([\w-]+) is (frozen|lifted)$`)
	removes  = regexp.MustCompile(`^the entry ([\w-]+) is taken away$`)
	corrects = regexp.MustCompile(`^a curator corrects the answer: (.*) \| (.*) \| (.*)$`)
	ends     = regexp.MustCompile(`^corrections: (.*)$`)
	setting  = regexp.MustCompile(`^settings (T\d+): (.*)$`)
	role     = regexp.MustCompile(`^role of (\w+) in (T\d+): (\w+)$`)
	passes   = regexp.MustCompile(`^(\d+) minutes pass$`)
	becomes  = regexp.MustCompile(`^the claim ([\w-]+) is (revised|retracted)$`)
	feedback = regexp.MustCompile(`(\w+) "([^"]*)"`)
)

func (s *stage) play(line string) error {
	if reason, ok := strings.CutPrefix(line, "the platform refuses the next message: "); ok {
		s.refuses = reason
		return nil
	}
	if m := says.FindStringSubmatch(line); m != nil {
		s.place = deliver.Place{Team: "T1", Channel: deliver.ChannelID(m[3]), Thread: deliver.MessageID(m[4])}
		e := bot.Event{
			Place: s.place, Person: person(m[1], m[2]), Text: m[6], Command: strings.Contains(m[5], "command"), Verbless: m[5] == "mistypes a command", Overheard: m[5] == "says",
		}
		if m[5] == "commands" {
			var known bool
			if e.Want, e.Text, known = bot.Command(m[6]); !known {
				return fmt.Errorf("there is no such command")
			}
		}
		return s.handle(e)
	}
	if m := clicks.FindStringSubmatch(line); m != nil {
		c := bot.Click{Verb: bot.Verb(m[2]), On: s.last.ID, Fields: map[string]string{bot.FieldText: m[5]}, Typed: true}
		switch m[4] {
		case "":
		case "answer":
			c.On = s.answer
		case "shared":
			c.On = s.shared
		default:
			c.On = deliver.DeliveryID(m[4])
		}
		if c.Pick, _ = strconv.Atoi(m[3]); m[4] == "" {
			c.On = s.answer // controls are on answers
			if len(s.last.Controls) > 0 {
				c.On = s.last.ID
			}
		}
		return s.handle(bot.Event{Place: s.place, Person: person(m[1], ""), Click: &c})
	}
	if m := fills.FindStringSubmatch(line); m != nil {
		c := bot.Click{Verb: bot.Verb(m[2]), On: s.last.ID, Fields: map[string]string{}, Typed: true}
		for field := range strings.SplitSeq(m[3], " | ") {
			name, text, _ := strings.Cut(field, "=")
			c.Fields[name] = text
		}
		return s.handle(bot.Event{Place: s.place, Person: person(m[1], ""), Click: &c})
	}
	if m := freezes.FindStringSubmatch(line); m != nil {
		return s.freeze(m[1], m[2], m[3] == "lifted")
	}
	if m := removes.FindStringSubmatch(line); m != nil {
		return s.remove(m[1])
	}
	if m := ends.FindStringSubmatch(line); m != nil {
		return s.ended(m[1])
	}
	if reason, ok := strings.CutPrefix(line, "the platform edits nothing any more: "); ok {
		s.shut = reason
		return nil
	}
	if m := corrects.FindStringSubmatch(line); m != nil {
		return s.correct(m[1], m[2], m[3])
	}
	if text, ok := strings.CutPrefix(line, "the question is answered from now on: "); ok {
		return s.answerNow(text)
	}
	if line == "the document is attached" {
		attached, err := s.store.Attach(s.t.Context(), "gazette", []byte(chattest.Document), s.now)
		if err == nil && !attached {
			err = errors.New("it was refused")
		}
		return err
	}
	if line == "the platform edits again" {
		s.shut = ""
		return nil
	}
	if line == "the change goes out" {
		return s.goOut()
	}
	if m := setting.FindStringSubmatch(line); m != nil {
		return s.store.SetSetting(s.t.Context(), store.Setting{Platform: s.Name(), Team: m[1], Body: []byte(m[2])})
	}
	if m := role.FindStringSubmatch(line); m != nil {
		return s.store.SetRole(s.t.Context(), store.Grant{Platform: s.Name(), Team: m[2], Subject: m[1], Role: store.Role(m[3])})
	}
	if m := passes.FindStringSubmatch(line); m != nil {
		n, err := strconv.Atoi(m[1])
		s.now = s.now.Add(time.Duration(n) * time.Minute)
		return err
	}
	if m := becomes.FindStringSubmatch(line); m != nil {
		return s.change(answers.ClaimID(m[1]), m[2])
	}
	return s.expect(line)
}

func person(id, group string) bot.Person {
	p := bot.Person{ID: deliver.PersonID(id)}
	if group != "" {
		p.Groups = []bot.GroupID{bot.GroupID(group)}
	}
	return p
}

func (s *stage) handle(e bot.Event) error {
	if len(s.posted) > 0 {
		return fmt.Errorf("before this there is a reply that nobody expected: %s", s.posted[0].Text())
	}
	refused := s.refuses != ""
	_, err := s.bot.Handle(s.t.Context(), s, e)
	if refused && err != nil {
		return nil
	}
	return err
}

// goOut lets the bot answer from the record as it stands now, and correct what it answered before.
func (s *stage) goOut() error {
	lib, err := s.record()
	if err != nil {
		return err
	}
	s.lib = lib
	s.bot.Swap(lib)
	if _, err := s.bot.FanOut(s.t.Context()); err != nil {
		return err
	}
	return s.bot.Serve(s.t.Context(), s)
}

// correct changes the answer on the reopening in the store, as a curator does in a terminal.
func (s *stage) correct(short, wrong, right string) error {
	c, err := s.store.Record(s.t.Context())
	if err != nil {
		return err
	}
	e := c.Entries[slices.IndexFunc(c.Entries, func(e answers.Entry) bool { return e.ID == "reopening" })]
	e.Lead = answers.Prose(short)
	edit := store.Edit{Patch: answers.Patch{Put: answers.Contents{Entries: []answers.Entry{e}}}}
	change := store.Change{ID: short, At: s.now, Author: "U9", Why: wrong, Class: answers.Corrected, Wrong: wrong, Right: right}
	_, err = s.store.Edit(s.t.Context(), change, edit)
	return err
}

// answerNow lets the entry on the piers answer a question, as a curator does who got it passed on.
func (s *stage) answerNow(text string) error {
	c, err := s.store.Record(s.t.Context())
	if err != nil {
		return err
	}
	e := c.Entries[slices.IndexFunc(c.Entries, func(e answers.Entry) bool { return e.ID == "piers" })]
	e.Phrasings = append(slices.Clone(e.Phrasings), text)
	edit := store.Edit{Patch: answers.Patch{Put: answers.Contents{Entries: []answers.Entry{e}}}}
	if _, err := s.store.Edit(s.t.Context(), store.Change{ID: "answers", At: s.now, Author: "U9", Why: "asked", Class: answers.Minor}, edit); err != nil {
		return err
	}
	return s.goOut()
}

func (s *stage) freeze(what, id string, lifted bool) error {
	nouns := map[string]answers.Noun{"entry": answers.NounEntry, "dispute": answers.NounDispute, "topic": answers.NounTopic}
	f := answers.Freeze{Noun: nouns[what], ID: id, Since: s.now, Why: "news"}
	var e store.Edit
	if lifted {
		e.Remove = []answers.Ref{{Noun: answers.NounFreeze, ID: f.Key()}}
	} else {
		e.Put.Freezes = []answers.Freeze{f}
	}
	if _, err := s.store.Edit(s.t.Context(), store.Change{ID: fmt.Sprint("freeze", s.ids, lifted), At: s.now, Author: "U9", Why: "news"}, e); err != nil {
		return err
	}
	return s.goOut()
}

// remove takes an entry away, as an import does that no longer has it.
func (s *stage) remove(id string) error {
	e := store.Edit{Patch: answers.Patch{Remove: []answers.Ref{{Noun: answers.NounEntry, ID: id}}}}
	if _, err := s.store.Edit(s.t.Context(), store.Change{ID: "remove " + id, At: s.now, Author: "U9", Why: "imported"}, e); err != nil {
		return err
	}
	return s.goOut()
}

// ended counts what became of corrections.
func (s *stage) ended(want string) error {
	outcomes, err := s.store.Outcomes(s.t.Context(), time.Time{})
	if err != nil {
		return err
	}
	counts := map[string]int{}
	for _, o := range outcomes {
		if o.Change > 0 {
			counts[strings.TrimSpace(string(o.State)+" "+o.Reason)]++
		}
	}
	var list []string
	for _, what := range slices.Sorted(maps.Keys(counts)) {
		list = append(list, fmt.Sprintf("%d %s", counts[what], what))
	}
	if got := strings.Join(list, ", "); got != want {
		return fmt.Errorf("the corrections are: %s", got)
	}
	return nil
}

// change makes the record another, as curators do.
func (s *stage) change(id answers.ClaimID, how string) error {
	c := s.lib.Contents()
	c.Claims = append([]answers.Claim(nil), c.Claims...)
	c.Entries = append([]answers.Entry(nil), c.Entries...)
	for i := range c.Claims {
		if c.Claims[i].ID == id && how == "revised" {
			c.Claims[i].Text, c.Claims[i].Revision = "Ada Lind said that the harbour reopens in June.", 2
		} else if c.Claims[i].ID == id {
			c.Claims[i].Retracted = "It was a misprint."
			for k := range c.Entries {
				c.Entries[k].State, c.Entries[k].Withdrawn = answers.Retracted, "It was a misprint."
			}
		}
	}
	lib, err := seedstest.Library(c)
	if err == nil {
		s.lib = lib
		s.bot.Swap(lib)
	}
	return err
}

func (s *stage) expect(line string) error {
	if line == "-> nothing" {
		if len(s.posted) > 0 {
			r := s.posted[0]
			s.posted = nil
			return fmt.Errorf("there is a reply: %s", r.Text())
		}
		return nil
	}
	if text, ok := strings.CutPrefix(line, "says: "); ok {
		return holds(s.last.Reply, text)
	}
	if list, ok := strings.CutPrefix(line, "controls:"); ok {
		var verbs []string
		for _, c := range s.last.Controls {
			verb := string(c.Verb)
			if c.Pick > 0 {
				verb += strconv.Itoa(c.Pick)
			}
			verbs = append(verbs, verb)
		}
		if got := strings.Join(verbs, " "); got != strings.TrimSpace(list) {
			return fmt.Errorf("the controls are: %s", got)
		}
		return nil
	}
	if list, ok := strings.CutPrefix(line, "feedback: "); ok {
		return s.told(list)
	}
	want := posted{}
	text := ""
	if m := alone.FindStringSubmatch(line); m != nil {
		want, text = posted{to: deliver.Address{Place: s.place, Person: deliver.PersonID(m[2]), Private: true}, edited: m[1] != ""}, m[3]
	} else if m := directly.FindStringSubmatch(line); m != nil {
		want.to, text = deliver.Address{Place: deliver.Place{Team: "T1", Direct: true}, Person: deliver.PersonID(m[1])}, m[2]
	} else if m := toAll.FindStringSubmatch(line); m != nil {
		want.to.Place, want.edited = deliver.Place{Team: "T1", Channel: deliver.ChannelID(m[2]), Thread: deliver.MessageID(m[3])}, m[1] != ""
		text = m[4]
	} else {
		return fmt.Errorf("nobody understands this line")
	}
	// Replies in different places come in any order.
	at := slices.IndexFunc(s.posted, func(p posted) bool {
		return p.to.Private == want.to.Private && p.to.Place == want.to.Place && p.edited == want.edited && (want.to.Person == "" || p.to.Person == want.to.Person)
	})
	if at < 0 {
		return fmt.Errorf("there is no such reply among %+v", s.posted)
	}
	s.last = s.posted[at]
	s.posted = slices.Delete(s.posted, at, at+1)
	switch {
	case len(s.last.Controls) == 0:
	case s.last.to.Private && s.answer == "":
		s.answer = s.last.ID
	case !s.last.to.Private:
		s.shared = s.last.ID
	}
	return holds(s.last.Reply, text)
}

func holds(r bot.Reply, text string) error {
	if !strings.Contains(r.Text(), text) {
		return fmt.Errorf("the reply says: %s", r.Text())
	}
	return nil
}

// told wants the feedback so far to be that, in order of kind.
func (s *stage) told(list string) error {
	all, err := s.store.Feedback(s.t.Context(), time.Time{})
	if err != nil {
		return err
	}
	got := map[string]string{}
	for _, f := range all {
		got[string(f.Kind)] = f.Text
	}
	want := map[string]string{}
	for _, m := range feedback.FindAllStringSubmatch(list, -1) {
		want[m[1]] = m[2]
	}
	if fmt.Sprint(got) != fmt.Sprint(want) || len(all) != len(want) {
		return fmt.Errorf("on record is %v", got)
	}
	return nil
}
