package answers

import (
	"regexp"
	"slices"
)

// latest lists the claims of the newest source, among those that say what is asked for, and what has updated what. Where
// only undated sources speak of it, it lists theirs: nothing newer is known.
func (ls *Lister) latest(a *Answer, f filter, on func(ClaimID) bool) {
	var found, undated []Claim
	var newest DateRange
	for _, c := range ls.facts.Contents().Claims {
		if c.Retracted != "" || !f.fits(c) {
			continue
		}
		switch date := ls.facts.Source(c.Source).Date; {
		case !date.Known():
			undated = append(undated, c)
		case !on(c.ID):
		case !newest.Known() || newest.Compare(date) < 0:
			newest, found = date, []Claim{c}
		case newest.Compare(date) == 0:
			found = append(found, c)
		}
	}
	if len(found) == 0 && a.AsOfDay.IsZero() {
		found, undated = undated, nil
	}
	a.LeftOut, a.Found = len(undated), found
	for _, c := range found {
		ls.facts.mention(a, c.ID)
	}
	ls.updated(a, f, on)
}

// updated tells which newer claims update which older ones, where either is what is asked for.
func (ls *Lister) updated(a *Answer, f filter, on func(ClaimID) bool) {
	for _, r := range ls.facts.Contents().Relations {
		from, to := ls.facts.Claim(r.From), ls.facts.Claim(r.To)
		if r.Kind == Updates && from.Retracted == "" && to.Retracted == "" && on(r.From) && on(r.To) && (f.fits(from) || f.fits(to)) {
			ls.addUpdate(a, from, to)
		}
	}
	slices.SortStableFunc(a.Updates, func(x, y Update) int {
		return ls.facts.When(y.Claim).Compare(ls.facts.When(x.Claim)) // the newest first; ties stay in order of the record
	})
}

func (ls *Lister) addUpdate(a *Answer, newer, older Claim) {
	ls.facts.mention(a, newer.ID)
	ls.facts.mention(a, older.ID)
	at := slices.IndexFunc(a.Updates, func(u Update) bool { return u.Claim.ID == newer.ID })
	if at < 0 {
		at = len(a.Updates)
		a.Updates = append(a.Updates, Update{Claim: newer})
	}
	a.Updates[at].Of = append(a.Updates[at].Of, older)
}

// unresolved lists what sources themselves call open, with what has updated it since, and the disputes.
func (ls *Lister) unresolved(a *Answer, f filter, on func(ClaimID) bool) {
	for _, c := range ls.facts.Contents().Claims {
		if c.Retracted != "" || !Open(c) || !f.fits(c) {
			continue
		}
		if !on(c.ID) {
			if !ls.facts.Source(c.Source).Date.Known() {
				a.LeftOut++
			}
			continue
		}
		a.Found = append(a.Found, c)
		ls.facts.mention(a, c.ID)
	}
	for _, c := range a.Found {
		for _, newer := range ls.facts.UpdatesOf(c.ID) {
			if on(newer) && ls.facts.Claim(newer).Retracted == "" {
				ls.addUpdate(a, ls.facts.Claim(newer), c)
			}
		}
	}
	ls.listDisputes(a, f, on)
}

// openWords are how the record says that something is not settled, not clear or not told: as an adjective ("still open",
// "unclear"), as what has not been done ("neither … nor … have been specified", "too little was disclosed"), or as what is
// still being asked ("trying to find out", "among the questions"). What is conditional or only expected is not meant: a
// pledge with a condition is settled as far as it goes.
var openWords = regexp.MustCompile(`\b(unclear|undecided|unresolved|unsettled|uncertain|unspecified|not clear|not yet|yet to be` +
	`|(still|remains?|remained|left|wide) open|open (questions?|issues?|points?)|(among|one of) the (\S+ )?questions` +
	`|(not|never|neither|nor|nothing|nobody|little|few) (\S+ ){0,9}(specified|decided|settled|determined|disclosed|defined|worked out)` +
	`|(trying|tried|seeking|sought) to (find out|learn|establish|clarify))\b`)

// Open reports whether a claim says, by the words it is told in, that something is not settled or not clear.
func Open(c Claim) bool { return openWords.MatchString(Fold(c.Text)) }
