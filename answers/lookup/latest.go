package lookup

import (
	"slices"

	"parley/answers"
	"parley/answers/facts"
)

// latest lists the claims of the newest source, among those that say what is asked for, and what has updated what. Where
// only undated sources speak of it, it lists theirs: nothing newer is known.
func (ls *Lister) latest(a *answers.Answer, f filter, on func(answers.ClaimID) bool) {
	var found, undated []answers.Claim
	var newest answers.DateRange
	for _, c := range ls.facts.Contents().Claims {
		if c.Retracted != "" || !f.fits(c) {
			continue
		}
		switch date := ls.facts.Source(c.Source).Date; {
		case !date.Known():
			undated = append(undated, c)
		case !on(c.ID):
		case !newest.Known() || newest.Compare(date) < 0:
			newest, found = date, []answers.Claim{c}
		case newest.Compare(date) == 0:
			found = append(found, c)
		}
	}
	if len(found) == 0 && a.AsOfDay.IsZero() {
		found, undated = undated, nil
	}
	a.LeftOut, a.Found = len(undated), found
	for _, c := range found {
		ls.facts.Mention(a, c.ID)
	}
	ls.updated(a, f, on)
}

// updated tells which newer claims update which older ones, where either is what is asked for.
func (ls *Lister) updated(a *answers.Answer, f filter, on func(answers.ClaimID) bool) {
	for _, r := range ls.facts.Contents().Relations {
		from, to := ls.facts.Claim(r.From), ls.facts.Claim(r.To)
		if r.Kind == answers.Updates && from.Retracted == "" && to.Retracted == "" && on(r.From) && on(r.To) && (f.fits(from) || f.fits(to)) {
			ls.addUpdate(a, from, to)
		}
	}
	slices.SortStableFunc(a.Updates, func(x, y answers.Update) int {
		return ls.facts.When(y.Claim).Compare(ls.facts.When(x.Claim)) // the newest first; ties stay in order of the record
	})
}

func (ls *Lister) addUpdate(a *answers.Answer, newer, older answers.Claim) {
	ls.facts.Mention(a, newer.ID)
	ls.facts.Mention(a, older.ID)
	at := slices.IndexFunc(a.Updates, func(u answers.Update) bool { return u.Claim.ID == newer.ID })
	if at < 0 {
		at = len(a.Updates)
		a.Updates = append(a.Updates, answers.Update{Claim: newer})
	}
	a.Updates[at].Of = append(a.Updates[at].Of, older)
}

// unresolved lists what sources themselves call open, with what has updated it since, and the disputes.
func (ls *Lister) unresolved(a *answers.Answer, f filter, on func(answers.ClaimID) bool) {
	for _, c := range ls.facts.Contents().Claims {
		if c.Retracted != "" || !facts.Open(c) || !f.fits(c) {
			continue
		}
		if !on(c.ID) {
			if !ls.facts.Source(c.Source).Date.Known() {
				a.LeftOut++
			}
			continue
		}
		a.Found = append(a.Found, c)
		ls.facts.Mention(a, c.ID)
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
