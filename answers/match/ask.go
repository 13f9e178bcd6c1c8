package match

const (
	// SuggestFrom is the confidence from which an entry is offered; from head.sure up it is the answer.
	SuggestFrom = 0.15
	// MaxSuggestions is how many are offered: more is no choice.
	MaxSuggestions = 3
)
