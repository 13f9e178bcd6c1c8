package match

import "testing"

// An order learns to heed what sets right entries apart, and to pass over what does not.
func TestRanking(t *testing.T) {
	var trials []trial
	for i := range 300 {
		noise := float64(i*7919%11)/5 - 1
		right := evidence{decision: noise, suited: 0, explained: noise}
		wrong := evidence{decision: 0.5, suited: -1, explained: noise}
		other := evidence{decision: -1, suited: -0.5, explained: noise}
		trials = append(trials, trial{evidence: []evidence{wrong, right, other}, right: 1}, trial{evidence: []evidence{wrong, other}, right: -1, outside: true})
	}
	r := newRanking(trials)
	if r[decision] != 1 || r[suited] < 1 || r[explained] > 1e-9 || r[covered] != 0 {
		t.Errorf("learnt %v", r)
	}
	h := r.head(trials)
	sure, unsure := h.probability(trials[0].evidence[1]), h.probability(trials[1].evidence[0])
	if sure < 0.5 || unsure > 0.5 {
		t.Errorf("right has probability %.2f, an outsider's nearest %.2f", sure, unsure)
	}
}

// Confidence heeds what tells outsiders, though it orders nothing; and nothing that speaks for an entry speaks against it.
func TestRankingsHead(t *testing.T) {
	var trials []trial
	for i := range 300 {
		noise := float64(i*7919%11)/5 - 1
		first := evidence{decision: 2 + noise, explained: 4, suited: -1}
		outside := evidence{decision: 2 - noise, explained: 1, suited: 0}
		trials = append(trials, trial{evidence: []evidence{first}, right: 0}, trial{evidence: []evidence{outside}, right: -1, outside: true})
	}
	h := ranking{decision: 1}.head(trials)
	if h.weight[explained] <= 0 || h.weight[suited] != 0 {
		t.Errorf("what outsiders lack weighs %.2f, what they have %.2f", h.weight[explained], h.weight[suited])
	}
	if in, out := h.probability(trials[0].evidence[0]), h.probability(trials[1].evidence[0]); in < 0.9 || out > 0.1 {
		t.Errorf("right has probability %.2f, an outsider %.2f", in, out)
	}
}

// Questions for which another entry comes first teach nothing of what tells outsiders, and what entries left out cannot teach speaks for
// an entry all the same, by its share of what they teach.
func TestRankingsHeadBeyondTrials(t *testing.T) {
	var trials []trial
	for i := range 300 {
		noise := float64(i*7919%11)/5 - 1
		right := evidence{decision: 2 + noise, typical: 0.5 + noise/10, telling: 2 + noise, familiar: 0.9}
		outside := evidence{decision: 2 - noise, typical: 0.3 + noise/10, telling: 2 + noise, familiar: 0.9}
		trials = append(trials, trial{evidence: []evidence{right}, right: 0}, trial{evidence: []evidence{outside}, right: -1, outside: true})
	}
	r := ranking{decision: 1}
	h := r.answered(trials)
	if h.weight[typical] <= 0 || h.weight[similarity] != 0 {
		t.Errorf("what outsiders lack weighs %.2f, what is not asked for %.2f", h.weight[typical], h.weight[similarity])
	}
	if h.weight[telling] <= 0 {
		t.Errorf("telling words weigh %.2f", h.weight[telling])
	}
	if h.weight[familiar] != 0 {
		t.Errorf("what is the same for all weighs %.2f", h.weight[familiar])
	}
	first, second := evidence{decision: 9, typical: 0.1}, evidence{}
	misled := append(trials, trial{evidence: []evidence{first, second}, right: 1})
	if got := r.answered(misled); got != h {
		t.Errorf("an entry wrongly first teaches %.2f instead of %.2f", got, h)
	}
}

// Where nothing was ever found, plain good sense orders entries.
func TestRankingOfNothing(t *testing.T) {
	if r := newRanking(nil); r[decision] != 1 || r.of(evidence{decision: 2}) != 2 {
		t.Errorf("learnt %v", r)
	}
}
