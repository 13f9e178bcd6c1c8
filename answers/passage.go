package answers

// Passage is the place in a source's document that claims stand on: a paragraph of it, word for word, or a part if it is long. Without the
// document's text it only says where the words are.
type Passage struct {
	Source    Source
	Paragraph int     // of the document, from 1
	Claims    []Claim // at least one
	Attached  bool    // the text of the document is there

	// The words: the sentence that the claims stand on, and what stands before and after it. Marked is empty where no sentence is surely the
	// one, and Before then holds all; all are empty where the paragraph is not found. What was cut off shows as an ellipsis.
	Before, Marked, After string
}

// Found reports whether there are words.
func (p Passage) Found() bool { return p.Before+p.Marked != "" }
