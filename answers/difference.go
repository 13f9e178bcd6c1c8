package answers

// Difference is what makes a statement say more or other than the record: the kind of thing, and both sides' words where they
// can be named.
type Difference struct {
	Kind             DifferenceKind
	Stated, Recorded string
}

// DifferenceKind is a respect in which statements differ.
type DifferenceKind string

// The kinds of difference.
const (
	NoDifference DifferenceKind = ""
	ByNumber     DifferenceKind = "number"
	ByDate       DifferenceKind = "date"
	ByDenial     DifferenceKind = "denial"
	ByOrder      DifferenceKind = "order"
	ByRole       DifferenceKind = "role"
	ByFirmness   DifferenceKind = "firmness"
	ByCondition  DifferenceKind = "condition"
	ByMetPremise DifferenceKind = "premise" // curators have met this assumption before
)
