package check

import (
	"slices"

	"parley/answers/text"
)

// attribute takes the naming of a speaker or of a document off a sentence and notes it: "Macron said that", "An undated report
// says", "according to The Post", "…, Witkoff told Fox News".
func (ch *Checker) attribute(pieces []piece, f *frame) []piece {
	pieces = ch.trailing(ch.accordingTo(pieces, f), f)
	if len(pieces) > 3 && prepositions[pieces[0].Text] && ch.canSpeak(pieces[1]) && views[pieces[2].Text] {
		f.speaker = speakerOf(pieces[1])
		return pieces[3:]
	}
	for verb := 1; verb < min(len(pieces), maxLead); verb++ {
		if !speaking(pieces, verb) {
			continue
		}
		before := pieces[:verb]
		at := verb - 1
		for at > 0 && pieces[at].Entity == "" && (auxiliaries[pieces[at].Text] || lyAdverb(pieces[at].Text) && !undoing[base(pieces[at].Text)]) {
			at--
		}
		switch {
		case ch.canSpeak(pieces[at]):
			if f.speaker == "" {
				f.speaker = speakerOf(pieces[at])
			}
		case slices.ContainsFunc(before, func(p piece) bool { return documents[p.Text] }):
			f.source = append(f.source, quantities(before, ch.topic.lexicon)...)
		default:
			continue
		}
		return said(pieces[verb:], f)
	}
	return pieces
}

// views are what somebody has, as in "under Witkoff's idea".
var views = text.SetOf(`idea view plan proposal account opinion words eyes version reading telling`)

// maxLead is how far into a sentence its speaker is looked for: a speaker comes first.
const maxLead = 16

// auxiliaries may stand between a speaker and the verb.
var auxiliaries = text.SetOf(`has have had also since then now later again just keeps kept even itself himself`)

// speaking reports whether a piece is a verb of saying: not the noun "report", nor "written after the meeting".
func speaking(pieces []piece, i int) bool {
	p := pieces[i]
	if givesFigure(pieces, i) {
		return pieces[i-1].Entity != ""
	}
	if p.Text == "spoke" || p.Text == "speaks" {
		return i+1 < len(pieces) && pieces[i+1].Text == "of"
	}
	if p.Entity != "" || !speechVerbs[base(p.Text)] || p.Text == "written" {
		return false
	}
	if base(p.Text) == "insist" && i+1 < len(pieces) && pieces[i+1].Text == "on" {
		return false // it demands
	}
	if i+1 < len(pieces) && (pieces[i+1].Text == "yes" || pieces[i+1].Text == "no") && i+2 < len(pieces) && pieces[i+2].Text == "to" {
		return false
	}
	return pieces[i-1].Entity != "" || !documents[p.Text]
}

// givesFigure reports whether a piece is the verb of "put the cost at 5" or "dated the start to 2022".
func givesFigure(pieces []piece, i int) bool {
	before := map[string]string{"put": "at", "puts": "at", "dated": "to", "dates": "to"}[pieces[i].Text]
	for k := i + 1; before != "" && k+1 < len(pieces); k++ {
		if pieces[k].Text == before && quantified(pieces[k+1].Text) {
			return true
		}
	}
	return false
}

// canSpeak reports whether a piece names somebody who can say something; a capital can.
func (ch *Checker) canSpeak(p piece) bool {
	return p.Entity.Kind() == "actor" || p.foreign || p.Entity != "" && len(ch.kin[p.Entity]) > 0
}

// speakerOf names a speaker; one whom the record does not know stays a stranger.
func speakerOf(p piece) text.Entity {
	if p.Entity == "" {
		return text.Entity("stranger/" + p.Text)
	}
	return p.Entity
}

// said is what remains after the verb of saying, the verb included where it is part of what is said.
func said(rest []piece, f *frame) []piece {
	verb := rest[0]
	switch {
	case len(rest) > 1 && rest[1].Text == "against":
		return append([]piece{{Token: text.Token{Text: "warn", Stem: "warn"}}}, rest[1:]...)
	case base(verb.Text) == "deni":
		return append([]piece{{Token: text.Token{Text: "not", Stem: "not", Stop: true}}}, dropThat(rest[1:])...)
	case possibly[verb.Text]: // suggested: less than said
		return append([]piece{verb}, dropThat(rest[1:])...)
	}
	f.soft = base(verb.Text) == "warn" && len(rest) > 1 && rest[1].Text == "of"
	rest = rest[1:]
	if base(verb.Text) == "tell" || verb.Text == "wrote" && len(rest) > 1 && rest[0].Text == "on" {
		for i := range rest[:min(4, len(rest))] {
			if rest[i].Text == "that" || rest[i].Entity != "" || rest[i].Text == "reporters" || rest[i].Text == "x" {
				return beside(dropThat(rest[i+1:]), hearers(rest[:i+1]))
			}
		}
	}
	if len(rest) > 0 && rest[0].Text == "of" {
		return rest[1:]
	}
	return dropThat(rest)
}

// beside puts a circumstance after what is said.
func beside(said, circumstance []piece) []piece {
	if len(said) == 0 || len(circumstance) == 0 {
		return said
	}
	out := slices.Clone(said)
	out[len(out)-1].ends = true
	return append(out, circumstance...)
}

// hearers are the names and words in what stands between "told" and "that", as something that the rest is said beside: who was told
// what is part of what is reported.
func hearers(pieces []piece) []piece {
	return slices.DeleteFunc(slices.Clone(pieces), func(p piece) bool {
		return p.Entity == "" && (p.Stop || p.Text == "that" || p.Text == "reporters" || p.Text == "x" || p.Text == "on" || p.Text == "us" || p.Text == "media")
	})
}

// dropThat takes off "that"; of "after the meeting that …" it puts the circumstance last.
func dropThat(rest []piece) []piece {
	if len(rest) == 0 || !prepositions[rest[0].Text] && rest[0].Text != "that" {
		return rest
	}
	that := slices.IndexFunc(rest[:min(9, len(rest))], func(p piece) bool { return p.Text == "that" })
	if that < 0 {
		return rest
	}
	out := slices.Clone(rest[that+1:])
	if len(out) > 0 {
		out[len(out)-1].ends = true
	}
	return append(out, rest[:that]...)
}

func lyAdverb(word string) bool { return len(word) > 4 && word[len(word)-2:] == "ly" }

// trailing takes "…, Witkoff told Fox News" off the end.
func (ch *Checker) trailing(pieces []piece, f *frame) []piece {
	for i := len(pieces) - 2; i > 1 && i > len(pieces)-5; i-- {
		if pieces[i-1].ends && ch.canSpeak(pieces[i]) && speaking(pieces, i+1) {
			if f.speaker == "" {
				f.speaker = speakerOf(pieces[i])
			}
			return pieces[:i]
		}
		if pieces[i-1].ends && i+2 < len(pieces) && pieces[i].Stop && ch.canSpeak(pieces[i+1]) && speaking(pieces, i+2) {
			f.speaker = speakerOf(pieces[i+1])
			return pieces[:i]
		}
	}
	return pieces
}

// accordingTo takes "according to X" off either end.
func (ch *Checker) accordingTo(pieces []piece, f *frame) []piece {
	for i := 0; i+2 < len(pieces); i++ {
		if pieces[i].Text != "according" || pieces[i+1].Text != "to" {
			continue
		}
		end, document := i+2, false
		for end < len(pieces) && pieces[end].Entity == "" && !pieces[end].ends && !pieces[end].foreign {
			document = document || documents[pieces[end].Text]
			end++
		}
		for document && end < len(pieces) && !pieces[end].ends {
			end++
		}
		end = min(end+1, len(pieces))
		if named := pieces[end-1]; !document && ch.canSpeak(named) {
			f.speaker = speakerOf(named)
		} else {
			f.source = append(f.source, quantities(pieces[i:end], ch.topic.lexicon)...)
		}
		return append(slices.Clone(pieces[:i]), pieces[end:]...)
	}
	return pieces
}
