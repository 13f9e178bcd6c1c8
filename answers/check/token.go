package check

import (
	"slices"
	"strings"
	"unicode"

	"parley/answers/text"
)

// token is one unit of a sentence that means something by itself: a word, the words of a name, a number with what it counts, or a date.
type token struct {
	key     string // what is compared: the stem of a word, the entity of a name
	text    string // folded, as it stands
	raw     string
	kind    kind
	senses  []sense // groups of words that it belongs to
	value   amount  // of a number
	day     day     // of a date
	prep    string  // the class of the preposition that governs it; "" for none
	region  region
	marker  string // the class of what opens its region
	breaks  bool   // a comma or the like stands behind it
	owns    bool   // it ends in 's
	beside  bool   // "and" or "or" joins it to the one before
	heads   int    // the token that it modifies, plus 1; 0 for none
	capital bool
	behind  string // the word before it
	tied    bool   // a hyphen joins it to the one before
	open    bool   // a verb behind "to"
}

// kind is what a token is.
type kind int

const (
	function kind = iota // carries grammar alone
	word
	name
	number
	date
	negation
	quantifier
	hedge
)

// content reports whether a claim must bear the token out.
func (t *token) content() bool {
	return t.kind == word || t.kind == name || t.kind == number || t.kind == date || t.kind == quantifier
}

const hyphen = "\u2010" // within lex

// lex splits a text into words: lower-case letters and digits, with what stood around them.
func lex(raw string) []token {
	var out []token
	raw = strings.NewReplacer("’", "'", "ʼ", "'", "‘", "'", "–", " - ", "—", " , ", "-", hyphen+" ", "/", " ", "…", " ", "“", "\"", "”", "\"").Replace(raw)
	tied := false
	for field := range strings.FieldsSeq(raw) {
		joins := strings.HasSuffix(field, hyphen) && len(field) > len(hyphen)
		field = strings.TrimSuffix(field, hyphen)
		bare := strings.Trim(field, `"()[]{}<>*_~|`)
		core := strings.TrimRight(bare, `.,;:!?"')(]`)
		breaks := len(core) < len(bare) && strings.ContainsAny(bare[len(core):], ",;:()") || strings.HasPrefix(field, "(")
		if core == "" {
			if len(out) > 0 && strings.ContainsAny(field, ",;:") {
				out[len(out)-1].breaks = true
			}
			continue
		}
		if strings.Contains(bare, ".") && strings.ToUpper(bare) == bare {
			core = bare // U.S.
		}
		low := strings.ToLower(core)
		parts := []string{core}
		switch {
		case contractions[text.Fold(low)] != "":
			parts = strings.Fields(contractions[text.Fold(low)])
		case contractions[low] != "":
			parts = strings.Fields(contractions[low])
		case strings.HasSuffix(low, "n't"):
			parts = []string{core[:len(core)-3], "not"}
		case strings.HasSuffix(low, "nt") && (doForms[low[:len(low)-2]] || beForms[low[:len(low)-2]] || haveForm[low[:len(low)-2]] || hedges[low[:len(low)-2]] != 0):
			parts = []string{core[:len(core)-2], "not"}
		case strings.HasSuffix(low, "'s") && isShort[low[:len(low)-2]]:
			parts = []string{core[:len(core)-2], "is"}
		case strings.HasSuffix(low, "'re"), strings.HasSuffix(low, "'ll"), strings.HasSuffix(low, "'ve"):
			parts = []string{core[:len(core)-3], map[string]string{"re": "are", "ll": "will", "ve": "have"}[low[len(low)-2:]]}
		}
		for i, p := range parts {
			folded := strings.ReplaceAll(text.Fold(strings.ReplaceAll(strings.ReplaceAll(p, ",", ""), "$", "$")), " ", "")
			if strings.ContainsAny(p, "$€£") {
				folded = "$" + folded
			} else if strings.Contains(p, ".") && strings.Trim(p, "0123456789.,%") == "" {
				folded = strings.TrimRight(strings.ReplaceAll(p, ",", ""), ".%")
			}
			if folded == "" {
				continue
			}
			r := []rune(p)
			out = append(out, token{text: folded, raw: p, breaks: breaks && i == len(parts)-1, capital: unicode.IsUpper(r[0]),
				behind: last(out), tied: tied && i == 0, owns: strings.HasSuffix(low, "'s") || strings.HasSuffix(low, "s'") || strings.HasSuffix(bare, "s'")})
		}
		tied = joins
	}
	return out
}

func last(ts []token) string {
	if len(ts) == 0 {
		return ""
	}
	return ts[len(ts)-1].text
}

// lemma is the stem of a word's plain form.
func lemma(w string) string {
	if plain := irregular[w]; plain != "" {
		w = plain
	}
	return text.Stem(w)
}

// lexicon knows the groups of words of a record and of English.
type lexicon struct {
	senses  map[string][]sense // by stems that blanks join
	longest int
}

// sense is one group that a word belongs to; the words of one axis speak of one thing, for it or against it.
type sense struct {
	group   string
	axis    string
	against bool
}

func (l *lexicon) add(phrase string, s sense) {
	words := strings.Fields(text.Fold(phrase))
	for i, w := range words {
		words[i] = lemma(w)
	}
	key := strings.Join(words, " ")
	if !slices.Contains(l.senses[key], s) {
		l.senses[key] = append(l.senses[key], s)
	}
	l.longest = max(l.longest, len(words))
}

// phrases joins the words of a phrase that the lexicon knows, the longest first, and gives each word its senses.
func (l *lexicon) phrases(in []token) []token {
	var out []token
	for i := 0; i < len(in); i++ {
		n := min(l.longest, len(in)-i)
		for ; n > 1; n-- {
			if key, ok := l.phrase(in[i : i+n]); ok {
				t := in[i+n-1]
				texts, raws := make([]string, n), make([]string, n)
				for k := range n {
					texts[k], raws[k] = in[i+k].text, in[i+k].raw
				}
				t.key, t.kind, t.senses = key, word, l.senses[key]
				t.text, t.raw = strings.Join(texts, " "), strings.Join(raws, " ")
				out = append(out, t)
				break
			}
		}
		if n > 1 {
			i += n - 1
			continue
		}
		t := in[i]
		if t.kind == word {
			t.senses = l.senses[t.key]
		}
		out = append(out, t)
	}
	return out
}

func (l *lexicon) phrase(ts []token) (string, bool) {
	keys := make([]string, len(ts))
	for i, t := range ts {
		if t.kind == name || t.kind == number || t.kind == date || i < len(ts)-1 && t.breaks {
			return "", false
		}
		keys[i] = lemma(t.text)
	}
	key := strings.Join(keys, " ")
	return key, len(l.senses[key]) > 0
}
