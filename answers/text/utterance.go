package text

import (
	"maps"
	"slices"
	"strings"

	"parley/answers"
)

// Entity is a name that the record knows, as "actor/trump" or "place/alaska".
type Entity string

// Kind tells actors from places: "actor" or "place"; "" for the zero Entity.
func (e Entity) Kind() string {
	kind, _, _ := strings.Cut(string(e), "/")
	return kind
}

// Token is one word of an utterance, or the several words of a name.
type Token struct {
	Text   string // folded
	Stem   string // what is compared; the entity for a name
	Entity Entity
	Stop   bool // carries no content of its own
}

// Gazetteer turns every spelling of an actor or a place into its entity.
type Gazetteer struct {
	Entities map[string]Entity
	longest  int // words in the longest spelling
}

func newGazetteer(actors []answers.Actor, places []answers.Place) Gazetteer {
	g := Gazetteer{Entities: map[string]Entity{}}
	add := func(e Entity, name string, aliases []string) {
		for _, spelling := range append([]string{name}, aliases...) {
			folded := Fold(spelling)
			if _, taken := g.Entities[folded]; taken {
				continue // lint allows a place and an actor to share a spelling; the actor, added first, has it
			}
			g.Entities[folded] = e
			g.longest = max(g.longest, WordCount(folded))
		}
	}
	for _, a := range actors {
		add(Entity("actor/"+a.ID), a.Name, a.Aliases)
	}
	for _, p := range places {
		add(Entity("place/"+p.ID), p.Name, p.Aliases)
	}
	return g
}

// All lists every spelling, sorted.
func (g Gazetteer) All() []string { return slices.Sorted(maps.Keys(g.Entities)) }

// Named returns the entity that a folded spelling names; ok is false for none.
func (g Gazetteer) Named(spelling string) (e Entity, ok bool) {
	e, ok = g.Entities[spelling]
	return e, ok
}

// Most is the number of words in the longest spelling.
func (g Gazetteer) Most() int { return g.longest }

// Spellings lists the single words of all spellings.
func (g Gazetteer) Spellings() []string {
	var words []string
	for _, spelling := range g.All() {
		words = append(words, strings.Fields(spelling)...)
	}
	return words
}

// TokensOf splits a text of the record.
func (g Gazetteer) TokensOf(text string) []Token { return g.Tokens(strings.Fields(Fold(text))) }

// Tokens splits folded words, the longest spelling of a name first.
func (g Gazetteer) Tokens(words []string) []Token {
	var tokens []Token
	for i := 0; i < len(words); {
		n := min(g.longest, len(words)-i)
		for ; n > 0; n-- {
			text := strings.Join(words[i:i+n], " ")
			if e, ok := g.Entities[text]; ok {
				tokens = append(tokens, Token{Text: text, Stem: string(e), Entity: e})
				break
			}
		}
		if n == 0 {
			tokens = append(tokens, Token{Text: words[i], Stem: Stem(words[i]), Stop: StopWords[words[i]]})
			n = 1
		}
		i += n
	}
	return tokens
}

// StopWords carry grammar, courtesy or the act of asking. They take part in matching, where they tell one way of asking
// from another, but an entry need not explain them.
var StopWords = SetOf(`a about above actual actually after again all already also am an and any anyone anybody anything are arent as
	ask at be been before being between both but by can cant come could couldnt current currently did didnt do does doesnt doing dont
	each else even ever every explain few for from further get gets getting give given go goes going gonna gotta got had has hasnt
	have havent having he hear heard hello help hey hi hold how however i if im in info information into is isnt it its ive just kind
	know known lately latest let lets like likely look lot make many matter may maybe me mean means mention might more most much must my
	need new no nor not now of off ok okay on once one only or other our out over own people person please pls possible put quick
	quickly read real really regarding right said same say saying says see seem seems shall she should shouldnt so some somebody someone
	something speak state stated still story stuff such sure talk tell than thanks that thats the their them themselves then there
	theres these they thing things think this those though through to today told too under until up upon use very wanna want wanted was
	wasnt way we well were werent what whats whatever when whenever where wheres whether which while who whod whom whos whose why will
	with within without wont word words would wouldnt write wrote yes yet you your yours true false correct confirm confirmed exactly
	specific specifically anyhow vs versus per cuz bc u r ur ppl thx asap fyi nah yeah yep nope lol lmao omg rly yrs idk tbh btw imo plz tho thru gimme lemme dunno wtf whatcha ya yo mr mrs ms dr sir
	rep etc eg ie`)

// SetOf is the set of the words of a list.
func SetOf(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		set[word] = true
	}
	return set
}
