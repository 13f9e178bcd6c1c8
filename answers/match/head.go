package match

import "math"

// evidence is what speaks for an entry as the answer to a question; each value tends to be larger where the entry is right.
type evidence [evidences]float64

const (
	decision   = iota // log-odds of the classifier for the entry
	margin            // how far that is above the best entry that says something else
	gapMargin         // … and above the best question that the record is known not to answer
	similarity        // of the nearest phrasings, 0 to 1
	covered           // logarithm of the share of the question's content that the entry accounts for
	suited            // logarithm of how well the entry suits the kind of question
	explained         // sum of the rarities of the question's words that the entry accounts for
	strange           // the heaviest of the words that the entry does not account for, against the rarest of the record
	typical           // the share of the spelling of the entry's phrasings that the question has, on average, 0 to 1
	telling           // how many words of content the entry accounts for, each the more the rarer it is in English
	familiar          // the share of the question's spelling that some phrasing of the record has, 0 to 1
	alone             // how little the question is like anything else: minus the logarithm of the odds of the next entries, summed
	evidences
)

// head turns evidence into the probability that an entry answers the question: logistic regression. The zero head knows nothing.
type head struct {
	bias   float64
	weight evidence
	sure   float64 // the probability from which an entry is the answer
}

// sensibleHead is the head of a record too small to learn one.
var sensibleHead = head{
	sure:   sureByGold,
	bias:   -1,
	weight: evidence{decision: 0.1, margin: 0.5, gapMargin: 0.3, similarity: 1, covered: 2, suited: 2},
}

// The probabilities from which an entry is the answer. A wrong answer costs more than two right ones are worth, so a probability
// learnt from gold questions must reach 0.7. What is learnt from entries left out is too low, since less was known by then and since
// entries left out have siblings that answer rightly: there 0.4 is enough (clinc150, val: 89% answered right, 96% of the outsiders
// declined).
const (
	sureByGold    = 0.7
	sureByLeaving = 0.4
)

// probability is how likely it is that an entry with such evidence is a right answer.
func (h head) probability(e evidence) float64 { return 1 / (1 + math.Exp(-h.logOdds(e))) }

func (h head) logOdds(e evidence) float64 {
	z := h.bias
	for i, w := range h.weight {
		z += w * e[i]
	}
	return z
}

// example is the evidence of an entry chosen for a question, and whether it was right.
type example struct {
	evidence
	right   bool
	outside bool    // nothing answers the question
	weight  float64 // how many questions it stands for
}

// ridge is the penalty on the square of the standardised weights: the head has hundreds of examples, not thousands.
const ridge = 1.0

// newHead learns from examples by Newton's method (iteratively reweighted least squares) on standardised evidence.
func newHead(examples []example) head {
	var mean, spread evidence
	n := float64(len(examples))
	for _, x := range examples {
		for i, v := range x.evidence {
			mean[i] += v / n
		}
	}
	for _, x := range examples {
		for i, v := range x.evidence {
			spread[i] += (v - mean[i]) * (v - mean[i]) / n
		}
	}
	for i, s := range spread {
		spread[i] = math.Sqrt(s)
		if s == 0 {
			spread[i] = 1
		}
	}
	const size = evidences + 1 // the bias stands last
	row := func(x example) (r [size]float64) {
		for i, v := range x.evidence {
			r[i] = (v - mean[i]) / spread[i]
		}
		r[evidences] = 1
		return r
	}
	var w [size]float64
	for range 50 {
		var gradient [size]float64
		var hessian [size][size]float64
		for i := range size {
			penalty := ridge
			if i == evidences {
				penalty = 1e-6
			}
			gradient[i] = -penalty * w[i]
			hessian[i][i] = penalty
		}
		for _, x := range examples {
			r := row(x)
			z := 0.0
			for i := range size {
				z += w[i] * r[i]
			}
			p := 1 / (1 + math.Exp(-z))
			miss := -p
			if x.right {
				miss = 1 - p
			}
			for i := range size {
				gradient[i] += x.weight * miss * r[i]
				for j := range size {
					hessian[i][j] += x.weight * p * (1 - p) * r[i] * r[j]
				}
			}
		}
		step := solve(hessian, gradient)
		moved := 0.0
		for i, s := range step {
			w[i] += s
			moved = max(moved, math.Abs(s))
		}
		if moved < 1e-9 {
			break
		}
	}
	h := head{bias: w[evidences]}
	for i := range evidences {
		h.weight[i] = w[i] / spread[i]
		h.bias -= w[i] * mean[i] / spread[i]
	}
	return h
}

// newFavourableHead is newHead where no evidence may speak against: what would is left out, in the examples as well.
func newFavourableHead(examples []example) head {
	for {
		h := newHead(examples)
		least := 0
		for i, w := range h.weight {
			if w < h.weight[least] {
				least = i
			}
		}
		if h.weight[least] >= 0 {
			return h
		}
		for i := range examples {
			examples[i].evidence[least] = 0
		}
	}
}

// solve solves a·x = b for a symmetric positive definite a, by Gaussian elimination, which needs no pivoting there.
func solve(a [evidences + 1][evidences + 1]float64, b [evidences + 1]float64) [evidences + 1]float64 {
	const n = evidences + 1
	for k := range n {
		for i := k + 1; i < n; i++ {
			f := a[i][k] / a[k][k]
			for j := k; j < n; j++ {
				a[i][j] -= f * a[k][j]
			}
			b[i] -= f * b[k]
		}
	}
	var x [n]float64
	for i := n - 1; i >= 0; i-- {
		x[i] = b[i]
		for j := i + 1; j < n; j++ {
			x[i] -= a[i][j] * x[j]
		}
		x[i] /= a[i][i]
	}
	return x
}
