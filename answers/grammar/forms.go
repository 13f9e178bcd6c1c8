package grammar

import (
	"slices"
	"strings"
)

// Some things are said in two constructions that differ in nothing else. Each is brought to one of them before roles are read.

// plain puts one word in the place of a phrase that says no more: "over" for "upwards of".
func plain(in []Token) []Token {
	var out []Token
	for i := 0; i < len(in); i++ {
		n := min(longestMarker, len(in)-i)
		for ; n > 1; n-- {
			words := make([]string, n)
			for k := range n {
				words[k] = in[i+k].Text
			}
			as := plainPhrases[strings.Join(words, " ")]
			if as == "" {
				continue
			}
			for k, w := range strings.Fields(as) {
				t := in[i+n-1]
				t.Text, t.breaks = w, t.breaks && k == strings.Count(as, " ")
				out = append(out, t)
			}
			break
		}
		if n > 1 {
			i += n - 1
			continue
		}
		out = append(out, in[i])
	}
	return out
}

// paired turns two names that a hyphen joins before a noun into "noun between X and Y".
func paired(in []Token) []Token {
	var out []Token
	for i := 0; i < len(in); i++ {
		if i+2 >= len(in) || in[i].Kind != Name || in[i+1].Kind != Name || !in[i+1].tied || in[i+2].Kind != Word || in[i+2].tied || in[i].breaks || in[i+1].breaks {
			out = append(out, in[i])
			continue
		}
		x, y, noun := in[i], in[i+1], in[i+2]
		y.breaks, noun.breaks, y.tied = noun.breaks, false, false
		out = append(out, noun, Token{Text: "between", Key: "between"}, x, Token{Text: "and", Key: "and"}, y)
		i += 2
	}
	return out
}

// including turns "X is among Y", "X is one of Y" and "among Y is X" into "Y include X".
func including(in []Token) []Token {
	be := slices.IndexFunc(in, func(t Token) bool { return t.Kind == function && beForms[t.Text] })
	if be <= 0 {
		return in
	}
	end := be + 1
	for end < len(in) && !in[end-1].breaks && markers[in[end].Text] == "" {
		end++
	}
	word := in[be]
	word.Text, word.Raw, word.Key, word.Kind = "include", "include", lemma("include"), Word
	rest := in[end:]
	switch {
	case in[0].Text == "among" && !slices.ContainsFunc(in[:be], func(t Token) bool { return t.breaks }):
		return slices.Concat(in[1:be], []Token{word}, in[be+1:end], rest)
	case be+2 < end && in[be+1].Text == "among":
		return included(in[:be], word, in[be+2:end], rest)
	case be+3 < end && in[be+1].Text == "one" && in[be+2].Text == "of":
		return included(in[:be], word, in[be+3:end], rest)
	}
	return in
}

// included puts the group before the word, with the auxiliaries of its members, and the members behind it.
func included(members []Token, word Token, group, rest []Token) []Token {
	at := len(members)
	for at > 0 && (auxiliary(members[at-1]) || members[at-1].Kind == hedge || members[at-1].Kind == Negation) {
		at--
	}
	group = slices.Clone(group)
	ends := group[len(group)-1].breaks
	group[len(group)-1].breaks = false
	out := slices.Concat(group, members[at:], []Token{word}, members[:at])
	out[len(out)-1].breaks = ends
	return slices.Concat(out, rest)
}
