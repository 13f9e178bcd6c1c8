package grammar

import (
	"strings"

	"parley/answers/text"
)

// The function words of English, by what they do in a sentence. None belongs to a topic.
var (
	determiners = text.SetOf(`a an the this that these those its their his her our your my some any such it there own so as than too also very
		just both each's then thus well themselves himself itself herself of-course indeed now currently here which who whom whose what how both
		exactly precisely particularly especially notably actually`)
	adverbs = text.SetOf(`again still already once yet soon ever later earlier now then there here together back away ahead once twice more longer`)
	// relativeTime are words before a measure of time that place something in it.
	relativeTime = text.SetOf(`this last next that same`)
	// scheduled are words between "is" and "to" that speak of the future.
	scheduled = text.SetOf(`going set due scheduled slated`)
	pronouns  = text.SetOf(`he she they him them we us i me you it`)
	beForms   = text.SetOf(`be is are was were been being am isnt arent wasnt werent s re`)
	HaveForm  = text.SetOf(`have has had having`)
	doForms   = text.SetOf(`do does did`)
	negators  = text.SetOf(`not no nor never neither none nobody nothing nowhere without cannot hardly`)
	// quantifiers say of how many something holds; each is content, for a claim that does not bear it says less.
	quantifiers = map[string]string{"only": "only", "solely": "only", "exclusively": "only", "merely": "only", "alone": "only", "all": "all", "every": "all",
		"everyone": "all", "everybody": "all", "everything": "all", "whole": "all", "entire": "all", "each": "all", "always": "always", "most": "most", "unconditional": "unconditional",
		"unconditionally": "unconditional", "ever": "ever", "constantly": "always", "fully": "all", "completely": "all", "several": "several", "various": "several", "many": "many"}
	// hedges by the level to which they lower what they stand beside.
	hedges = map[string]Level{"could": Possible, "may": Possible, "might": Possible, "can": Possible, "possibly": Possible, "perhaps": Possible,
		"maybe": Possible, "potentially": Possible, "allegedly": Possible, "reportedly": Possible, "supposedly": Possible, "apparently": Possible,
		"alleged": Possible, "hypothetical": Possible, "suspected": Possible, "probably": Expected, "likely": Expected, "proposed": Expected,
		"planned": Expected, "will": Future, "shall": Future, "would": Future, "should": Expected, "must": Expected, "ll": Future}
	softHedges = text.SetOf(`possible potential`)
	// firmWords say that something is beyond doubt, which no report does of itself.
	firmWords = text.SetOf(`proven confirmed certain certainly definitely undoubtedly officially undeniably`)

	prepositions = map[string]string{"in": "at", "at": "at", "on": "at", "inside": "at", "within": "at", "across": "at", "near": "at", "into": "at", "onto": "at",
		"over": "at", "throughout": "at", "during": "at", "to": "to", "toward": "to", "towards": "to", "for": "to", "from": "from", "with": "with", "alongside": "with",
		"by": "by", "of": "of", "against": "against", "about": "about", "regarding": "about", "concerning": "about", "under": "under", "through": "through",
		"via": "through", "between": "between", "among": "between", "as": "as", "outside": "outside", "off": "from", "behind": "behind", "beyond": "beyond",
		"despite": "despite", "like": "like", "upon": "at", "since": "since", "out": "from", "around": "at", "besides": "with"}
	// markers open a clause or phrase that says on what condition, or when, the rest holds.
	markers = map[string]string{"if": "if", "once": "if", "when": "if", "provided": "if", "after": "if", "following": "if", "assuming": "if", "whenever": "if",
		"unless": "unless", "before": "before", "until": "before", "till": "before", "while": "while", "because": "because", "although": "though", "though": "though",
		"whereas": "though", "whether": "whether", "regardless": "regardless",
		"except": "except", "excluding": "except", "unlike": "except"}
	// markerPhrases are markers of several words, and the one that each stands for.
	markerPhrases = map[string]string{"as part of": "if", "in case of": "if", "in case": "if", "as soon as": "if", "as long as": "if", "so long as": "if",
		"in the event of": "if", "in the event that": "if", "on condition that": "if", "on the condition that": "if", "subject to": "if", "ahead of": "before",
		"prior to": "before", "in exchange for": "exchange", "in return for": "exchange", "rather than": "not", "instead of": "not"}
	// phrases that say nothing of their own, or stand for one word.
	plainPhrases = map[string]string{"a form of": "a", "a kind of": "a", "a sort of": "a", "made clear": "stated", "made it clear": "stated", "makes clear": "states", "making clear": "stating",
		"pointed out": "noted", "points out": "notes", "upwards of": "over", "in excess of": "over", "north of": "over", "no fewer than": "at least", "no less than": "at least"}
	// documents are words for a source that has no name.
	documents = text.SetOf(`report reports document documents article newspaper paper source sources media press reporters reporter statement account accounts record news`)
	// numbered are nouns that a number behind them names.
	numbered = text.SetOf(`article articles art chapter section phase stage point number no group route room act line level step option`)
	isShort  = text.SetOf(`there it that he she what who here where how`) // before 's for "is"
	// contractions of two words, as they are typed with and without the apostrophe.
	contractions = map[string]string{"cant": "can not", "cannot": "can not", "wont": "will not", "theres": "there is", "hes": "he is", "shes": "she is", "theyre": "they are", "thats": "that is",
		"gonna": "going to", "im": "i am", "whos": "who is", "w/": "with", "dosnt": "does not", "n": "and"}
)

const longestMarker = 4 // words of a phrase of markerPhrases

// Manner is what a verb of saying claims for what is said.
type Manner int

const (
	neutral Manner = iota
	tentative
	Assured
	Denying
	predicting
)

func verbs(m map[string]Manner, how Manner, list string) {
	for w := range strings.FieldsSeq(list) {
		m[w] = how
	}
}

var (
	speech    = speechVerbs() // verbs of saying by stem
	irregular = irregulars()  // irregular forms by the plain form of their verb
)

// speechVerbs are the verbs of saying by their stems.
func speechVerbs() map[string]Manner {
	m := map[string]Manner{}
	verbs(m, neutral, `say state tell claim report write note add explain argu think believ caution warn stress emphas acknowledg mention maintain insist
		cite comment remark conced admit accord declar announc post tweet`)
	verbs(m, tentative, `suggest hint impli indic`)
	verbs(m, Assured, `confirm promis pledg vow guarante assur swear prove`)
	verbs(m, Denying, `deni doubt disput`)
	verbs(m, predicting, `expect predict forecast hope`)
	return m
}

// irregulars are the irregular verbs of English by form.
func irregulars() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(`meet met
give gave given
go went gone
take took taken
say said
tell told
think thought
come came
become became
begin began begun
speak spoke spoken
write wrote written
hold held
keep kept
leave left
make made
send sent
spend spent
build built
bring brought
buy bought
sell sold
win won
lose lost
lead led
stand stood
understand understood
see saw seen
know knew known
grow grew grown
fall fell fallen
rise rose risen
find found
feel felt
get got gotten
run ran
sit sat
show shown
break broke broken
choose chose chosen
draw drew drawn
drive drove driven
eat ate eaten
fight fought
forget forgot forgotten
seek sought
teach taught
sink sank sunk
sing sang sung
swear swore sworn
wear wore worn
throw threw thrown
withdraw withdrew withdrawn
die died
lie lay lain
pay paid
lay laid
deal dealt
mean meant
bind bound
bear bore born borne
strike struck
shoot shot
stick stuck
`) {
		forms := strings.Fields(line)
		for _, f := range forms[1:] {
			m[f] = forms[0]
		}
	}
	return m
}
