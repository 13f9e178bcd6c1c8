package answers

import (
	"cmp"
	"fmt"
	"slices"
)

// About is what a record is about, as data: the words that replies, help texts and the checker need and that no program can know of a topic.
// There is one in a record at most; AboutOf makes a neutral one for a record that has none.
type About struct {
	Name     string     `json:"name"`   // of the topic, as it stands within a sentence: "the negotiations on fishing rights"
	Covers   string     `json:"covers"` // one sentence that says what the record covers, and with that what it does not
	Command  Localized  `json:"command,omitzero"`
	Examples Examples   `json:"examples,omitzero"`
	Style    Style      `json:"style,omitzero"`
	Words    Vocabulary `json:"words,omitzero"`
}

// Localized describes the slash command in the languages of the people whom the record concerns: English, Ukrainian, Polish, German and French.
// Discord takes at most 100 characters of each.
type Localized struct {
	EN string `json:"en"`
	UK string `json:"uk,omitempty"`
	PL string `json:"pl,omitempty"`
	DE string `json:"de,omitempty"`
	FR string `json:"fr,omitempty"`
}

// Examples show how to use Parley on this record. Where one is enough, the first of a list is shown.
type Examples struct {
	Questions  []string   `json:"questions"`            // that the record answers, spelt as a reply quotes them
	Typed      []string   `json:"typed,omitempty"`      // the same kind as people type them, without signs that a shell would read
	Dialogues  []Exchange `json:"dialogues,omitempty"`  // questions with one that leans on them
	Statements []string   `json:"statements,omitempty"` // to check; the second one as people type it
	Actors     []string   `json:"actors,omitempty"`     // terms to look up, as people type them
	Places     []string   `json:"places,omitempty"`
	Topics     []string   `json:"topics,omitempty"`
	Publishers []string   `json:"publishers,omitempty"`
	Entry      EntryID    `json:"entry,omitempty"` // ids, for the commands of curators
	Claim      ClaimID    `json:"claim,omitempty"`
	Topic      TopicID    `json:"topic,omitempty"`
	News       string     `json:"news,omitempty"` // a reason to hold that topic back
}

// Exchange is a question and one after it that cannot be understood alone.
type Exchange struct {
	Ask  string `json:"ask"`
	Then string `json:"then"`
}

// Style holds patterns of the record's own way of naming a document, as regular expressions (RE2). They are taken off a claim before
// it is compared with a statement. A blank at either end is written [ ].
type Style struct {
	LeadIn  string `json:"lead_in,omitempty"`  // the naming of a document before what it says
	LeadOut string `json:"lead_out,omitempty"` // … and after it, with the full stop
	Remark  string `json:"remark,omitempty"`   // what is said to the reader alone
}

// Vocabulary holds words of the topic for comparing statements, beside those of ordinary English that Parley knows.
type Vocabulary struct {
	Synonyms []Concept `json:"synonyms,omitempty"`
	Seats    []Seat    `json:"seats,omitempty"`
}

// Seat is a place whose name also stands for an actor, as a capital for the government in it: "Washington backs the plan".
type Seat struct {
	Place PlaceID `json:"place"`
	Actor ActorID `json:"actor"`
}

// Concept is a group of words that say the same. The concepts of an axis speak of one thing, for it or against it.
type Concept struct {
	ID      Word   `json:"id"`
	Axis    Word   `json:"axis,omitempty"`
	Words   []Word `json:"words"`
	Against []Word `json:"against,omitempty"` // words for the other side of the axis
}

// Word is a word or, with blanks in it, a phrase, in lower case.
type Word string

// AboutOf returns what contents say that they are about, or else what can be said of any record: its name is that of its
// one source, or of its one topic, and its first questions, in the order of the source, are the examples.
func AboutOf(c Contents) About {
	if c.About != nil {
		return *c.About
	}
	a := About{Name: "what this record holds", Covers: "Our record holds what its sources say and nothing else."}
	name := ""
	switch {
	case len(c.Sources) == 1:
		name = c.Sources[0].Title
	case len(c.Topics) == 1:
		name = c.Topics[0].Name
	}
	if name != "" {
		a.Name = fmt.Sprintf("“%s”", name)
		a.Covers = fmt.Sprintf("Our record holds %s and nothing else.", a.Name)
	}
	place := map[ClaimID]int{} // in the order of the sources
	for i, claim := range c.Claims {
		place[claim.ID] = i
	}
	var asked []Entry
	for _, e := range c.Entries {
		if e.State == Live && (e.Kind == KindAnswer || e.Kind == KindFAQ) && len(e.First()) > 0 {
			asked = append(asked, e)
		}
	}
	slices.SortStableFunc(asked, func(a, b Entry) int { return cmp.Compare(place[a.First()[0]], place[b.First()[0]]) })
	for _, e := range asked[:min(len(asked), neutralQuestions)] {
		a.Examples.Questions = append(a.Examples.Questions, e.Question)
	}
	return a
}

// neutralQuestions is how many questions of a record stand for what it covers: as many as the Home tab of Slack has room for.
const neutralQuestions = 3
