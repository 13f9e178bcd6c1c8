package grammar

import (
	"strings"
	"unicode"

	"parley/answers/text"
)

// Token is one unit of a sentence that means something by itself: a word, the words of a name, a number with what it counts, or a date.
type Token struct {
	Key     string // what is compared: the stem of a word, the entity of a name
	Text    string // folded, as it stands
	Raw     string
	Kind    Kind
	Senses  []Sense // groups of words that it belongs to
	Value   Amount  // of a number
	Day     Day     // of a date
	Prep    string  // the class of the preposition that governs it; "" for none
	Region  Region
	Marker  string // the class of what opens its region
	breaks  bool   // a comma or the like stands behind it
	Owns    bool   // it ends in 's
	Beside  bool   // "and" or "or" joins it to the one before
	Heads   int    // the token that it modifies, plus 1; 0 for none
	Capital bool
	behind  string // the word before it
	tied    bool   // a hyphen joins it to the one before
	Open    bool   // a verb behind "to"
}

// Kind is what a token is.
type Kind int

const (
	function Kind = iota // carries grammar alone
	Word
	Name
	Number
	Date
	Negation
	Quantifier
	hedge
)

// Content reports whether a claim must bear the token out.
func (t *Token) Content() bool {
	return t.Kind == Word || t.Kind == Name || t.Kind == Number || t.Kind == Date || t.Kind == Quantifier
}

// Doubts reports whether the token is a hedge by which something is possible only: could, allegedly.
func (t *Token) Doubts() bool { return t.Kind == hedge && hedges[t.Text] == Possible }

// Light reports whether the token is an infinitive that says no more than its object: to give guarantees.
func (t *Token) Light() bool {
	return t.Open && (t.Key == "give" || t.Key == "offer" || t.Key == "provid" || t.Key == "make" || t.Key == "have")
}

const hyphen = "\u2010" // within lex

// Lex splits a text into words: lower-case letters and digits, with what stood around them.
func Lex(raw string) []Token {
	var out []Token
	raw = strings.NewReplacer("’", "'", "ʼ", "'", "‘", "'", "–", " - ", "—", " , ", "-", hyphen+" ", " w/ ", " with ", "/", " ", "…", " ", "“", "\"", "”", "\"").Replace(raw)
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
		if strings.Contains(bare, ".") && strings.ToUpper(bare) == bare && strings.ToLower(bare) != bare {
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
		case strings.HasSuffix(low, "nt") && (doForms[low[:len(low)-2]] || beForms[low[:len(low)-2]] || HaveForm[low[:len(low)-2]] || hedges[low[:len(low)-2]] != 0):
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
			out = append(out, Token{Text: folded, Raw: p, breaks: breaks && i == len(parts)-1, Capital: unicode.IsUpper(r[0]),
				behind: last(out), tied: tied && i == 0, Owns: strings.HasSuffix(low, "'s") || strings.HasSuffix(low, "s'") || strings.HasSuffix(bare, "s'")})
		}
		tied = joins
	}
	return out
}

func last(ts []Token) string {
	if len(ts) == 0 {
		return ""
	}
	return ts[len(ts)-1].Text
}

// lemma is the stem of a word's plain form.
func lemma(w string) string {
	if plain := irregular[w]; plain != "" {
		w = plain
	}
	return text.Stem(w)
}
