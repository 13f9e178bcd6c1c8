package terminal

import (
	"math"
	"time"

	"parley/answers"
	"parley/bot"
	"parley/bot/compose"
)

// The JSON of an answer is stable: scripts rely on it. Every list is present, if empty; "answer" is null where no curated
// answer was given.
type replyJSON struct {
	Question    string           `json:"question"`
	Outcome     answers.Outcome  `json:"outcome"`
	Intent      answers.Intent   `json:"intent"`
	Confidence  float64          `json:"confidence"`
	Text        string           `json:"text"`    // what is shown first
	Details     string           `json:"details"` // what stays behind it
	Rating      answers.Rating   `json:"rating,omitempty"`
	Parts       []partJSON       `json:"parts,omitempty"` // of a statement: an object a sentence
	Answer      *curatedJSON     `json:"answer"`
	Claims      []claimJSON      `json:"claims"`
	Sources     []sourceJSON     `json:"sources"`
	Coverage    []coverageJSON   `json:"coverage,omitempty"`    // by topic, for that look-up alone
	Corrections []correctionJSON `json:"corrections,omitempty"` // the newest first, for that look-up alone
	Suggestions []suggestionJSON `json:"suggestions"`
	Why         whyJSON          `json:"why"`
}

type partJSON struct {
	Text    string            `json:"text"`
	Rating  answers.Rating    `json:"rating"`
	Claims  []answers.ClaimID `json:"claims"` // that decide it; without a rating, the nearest
	Missing []string          `json:"missing"`
}

type curatedJSON struct {
	ID         answers.EntryID  `json:"id"`
	Revision   int              `json:"revision"`
	Correction string           `json:"correction,omitempty"`
	Lead       string           `json:"lead"` // what is said first: the entry's lead, that for yes or no, or the correction
	Basis      string           `json:"basis"`
	Caveat     string           `json:"caveat"`
	Short      string           `json:"short"` // lead and basis
	Detail     string           `json:"detail"`
	Standing   answers.Standing `json:"standing,omitempty"`
	AsOf       *dateJSON        `json:"as_of"`
}

type dateJSON struct {
	Earliest answers.Date `json:"earliest"`
	Latest   answers.Date `json:"latest"`
	Basis    string       `json:"basis"`
	From     string       `json:"from,omitempty"`
}

type claimJSON struct {
	ID        answers.ClaimID  `json:"id"`
	Text      string           `json:"text"`
	Claimant  string           `json:"claimant"` // "" means the source speaks for itself
	Modality  answers.Modality `json:"modality"`
	Source    answers.SourceID `json:"source"`
	Paragraph int              `json:"paragraph"`
}

type sourceJSON struct {
	ID        answers.SourceID `json:"id"`
	Publisher string           `json:"publisher"`
	Title     string           `json:"title"`
	Earliest  answers.Date     `json:"earliest"`
	Latest    answers.Date     `json:"latest"`
	Basis     string           `json:"basis"`
	SHA256    string           `json:"document_sha256"`
	URL       string           `json:"url,omitempty"`
}

type coverageJSON struct {
	Topic    answers.TopicID `json:"topic"`
	Name     string          `json:"name"`
	Entries  int             `json:"entries"`
	Claims   int             `json:"claims"`
	Sources  int             `json:"sources"`
	Undated  int             `json:"undated"` // of these sources
	Disputes int             `json:"disputes"`
	Newest   dateJSON        `json:"newest"`
	AgeDays  int             `json:"age_days"`
}

type correctionJSON struct {
	At    time.Time     `json:"at"`
	Class answers.Class `json:"class"`
	Wrong string        `json:"wrong"`
	Right string        `json:"right"`
	About []string      `json:"about"` // the questions that it concerns
}

type suggestionJSON struct {
	ID       answers.EntryID `json:"id"`
	Question string          `json:"question"`
}

type whyJSON struct {
	Score    float64       `json:"score"`
	RunnerUp *runnerUpJSON `json:"runner_up"`
	Matched  []string      `json:"matched"`
	Missing  []string      `json:"missing"`
	Unknown  []string      `json:"unknown"`
}

type runnerUpJSON struct {
	ID    answers.EntryID `json:"id"`
	Score float64         `json:"score"`
}

// asJSON is a reply as one JSON value.
func asJSON(r bot.Reply) replyJSON {
	a := r.Answer
	out := replyJSON{
		Question: r.Asked, Outcome: a.Outcome, Intent: a.Intent, Confidence: rounded(a.Confidence), Text: r.Text(), Details: compose.Text(r.Details), Rating: a.Rating,
		Claims: []claimJSON{}, Sources: []sourceJSON{}, Suggestions: []suggestionJSON{},
		Why: whyJSON{Score: rounded(a.Why.Score), Matched: list(a.Why.Matched), Missing: list(a.Why.Missing), Unknown: list(a.Why.Unknown)},
	}
	if a.Why.RunnerUp != "" {
		out.Why.RunnerUp = &runnerUpJSON{a.Why.RunnerUp, rounded(a.Why.Second)}
	}
	if a.Entry != nil && a.Outcome == answers.OutcomeAnswered {
		lead := a.Correction.With(a.Lead)
		out.Answer = &curatedJSON{
			ID: a.Entry.ID, Revision: a.Entry.Revision, Correction: a.Correction.Plain(),
			Lead: lead.Plain(), Basis: a.Basis.Plain(), Caveat: a.Caveat.Plain(), Short: lead.With(a.Basis).Plain(), Detail: a.Detail.Plain(),
			Standing: a.Standing,
		}
		if a.Intent == answers.IntentQuestion {
			out.Answer.AsOf = &dateJSON{a.AsOf.Earliest, a.AsOf.Latest, a.AsOf.Basis.String(), a.AsOf.From}
		}
	}
	for _, p := range a.Parts {
		claims := p.Claims
		if claims == nil {
			claims = []answers.ClaimID{}
		}
		out.Parts = append(out.Parts, partJSON{p.Text, p.Rating, claims, list(p.Missing)})
	}
	for _, c := range a.Claims {
		out.Claims = append(out.Claims, claimJSON{c.ID, c.Text, string(c.Claimant), c.Modality, c.Source, c.Paragraph})
	}
	for _, s := range a.Sources {
		publisher := s.Publisher
		if publisher == "" {
			publisher = "not stated"
		}
		out.Sources = append(out.Sources, sourceJSON{s.ID, publisher, s.Title, s.Date.Earliest, s.Date.Latest, s.Date.Basis.String(), s.SHA256, s.URL})
	}
	for _, t := range a.Coverage {
		newest := dateJSON{t.Newest.Earliest, t.Newest.Latest, t.Newest.Basis.String(), t.Newest.From}
		out.Coverage = append(out.Coverage, coverageJSON{t.Topic.ID, t.Topic.Name, t.Entries, t.Claims, t.Sources, t.Undated, t.Disputes, newest, t.Age})
	}
	if a.Intent == answers.IntentCorrections {
		for _, c := range a.Corrections {
			out.Corrections = append(out.Corrections, correctionJSON{c.At.UTC(), c.Class, c.Wrong, c.Right, list(c.About)})
		}
	}
	for _, s := range a.Suggestions {
		out.Suggestions = append(out.Suggestions, suggestionJSON(s))
	}
	return out
}

// rounded keeps three decimals: more would be noise.
func rounded(x float64) float64 { return math.Round(x*1000) / 1000 }

// list is never null in JSON.
func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
