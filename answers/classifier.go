package answers

import (
	"math"
	"sync"
)

// classifier tells classes apart by one linear decision each: logistic regression of that class against all others.
//
// It is trained by dual coordinate descent for L2-regularised logistic regression (H.-F. Yu, F.-L. Huang, C.-J. Lin, "Dual
// coordinate descent methods for logistic regression and maximum entropy models", Machine Learning 85, 2011, algorithm 5).
type classifier struct {
	classes int
	bias    []float32 // by class
	rows    []int32   // where the weights of a feature begin; one more than there are features
	class   []uint16  // of each weight
	weight  []float32
}

const (
	// penalty is C, the cost of a misjudged example against the size of the weights.
	penalty = 30
	// trainedEnough is the largest violation of the optimality conditions at which training stops, as in LIBLINEAR; maxRounds
	// bounds it.
	trainedEnough = 0.1
	maxRounds     = 60
	// faint is the size below which a weight is dropped: it moves no decision and costs memory.
	faint = 0.02
)

// newClassifier learns from vectors and their classes, numbered from 0. Classes are independent of each other, so that they may
// be trained side by side.
func newClassifier(vectors [][]component, class []int, classes, features int) *classifier {
	learned := make([][]float32, classes)
	bias := make([]float32, classes)
	const workers = 4
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			dual := newDual(len(vectors), features)
			for k := w; k < classes; k += workers {
				learned[k], bias[k] = dual.train(vectors, func(i int) bool { return class[i] == k })
			}
		})
	}
	group.Wait()
	c := &classifier{classes: classes, bias: bias, rows: make([]int32, features+1)}
	for f := range features {
		for k, w := range learned {
			if math.Abs(float64(w[f])) >= faint {
				c.class, c.weight = append(c.class, uint16(k)), append(c.weight, w[f])
			}
		}
		c.rows[f+1] = int32(len(c.weight))
	}
	return c
}

// decide is the decision value of each class for a vector: the log-odds of that class against all others.
func (c *classifier) decide(v []component) []float64 {
	values := make([]float64, c.classes)
	for k, b := range c.bias {
		values[k] = float64(b)
	}
	for _, f := range v {
		for i := c.rows[f.number]; i < c.rows[f.number+1]; i++ {
			values[c.class[i]] += float64(f.weight) * float64(c.weight[i])
		}
	}
	return values
}

// dual is the state of training one class after another.
type dual struct {
	alpha  []float64
	weight []float64
	bias   float64
}

func newDual(examples, features int) *dual {
	return &dual{alpha: make([]float64, examples), weight: make([]float64, features)}
}

// train finds the weights that tell the examples of a class from the others.
func (d *dual) train(vectors [][]component, in func(int) bool) ([]float32, float32) {
	clear(d.weight)
	d.bias = 0
	const start = 1e-8
	for i, v := range vectors {
		d.alpha[i] = start
		d.add(v, sign(in(i))*start)
	}
	inner := 1e-2
	for round := range maxRounds {
		worst, steps := 0.0, 0
		for k := range vectors {
			i := shuffled(k, round, len(vectors))
			violation, n := d.step(vectors[i], i, sign(in(i)), inner)
			worst = max(worst, violation)
			steps += n
		}
		if worst < trainedEnough {
			break
		}
		if steps <= len(vectors)/10 {
			inner = max(1e-8, inner/10)
		}
	}
	weights := make([]float32, len(d.weight))
	for f, w := range d.weight {
		weights[f] = float32(w)
	}
	return weights, float32(d.bias)
}

// step improves one dual variable by Newton's method and returns by how much it violated its optimality condition, and in how
// many iterations it was solved.
func (d *dual) step(v []component, i int, y, inner float64) (violation float64, iterations int) {
	const newtonSteps, shrink = 100, 0.1
	margin, square := d.bias, 1.0
	for _, c := range v {
		margin += d.weight[c.number] * float64(c.weight)
		square += float64(c.weight) * float64(c.weight)
	}
	margin *= y
	// Of the two variables alpha and C-alpha the one that will be the smaller is solved for, which keeps its digits.
	old, flip := d.alpha[i], 1.0
	if 0.5*square*(penalty-2*old)+margin < 0 {
		old, flip = penalty-old, -1
	}
	z := old
	if penalty-z < 0.5*penalty {
		z *= 0.1
	}
	gradient := func() float64 { return square*(z-old) + flip*margin + math.Log(z/(penalty-z)) }
	g := gradient()
	violation = math.Abs(g)
	for ; iterations < newtonSteps && math.Abs(g) >= inner; iterations++ {
		if next := z - g/(square+penalty/(penalty-z)/z); next > 0 {
			z = next
		} else {
			z *= shrink
		}
		g = gradient()
	}
	if iterations > 0 {
		d.alpha[i] = z
		if flip < 0 {
			d.alpha[i] = penalty - z
		}
		d.add(v, flip*(z-old)*y)
	}
	return violation, iterations
}

// add moves the weights by an example.
func (d *dual) add(v []component, by float64) {
	d.bias += by
	for _, c := range v {
		d.weight[c.number] += by * float64(c.weight)
	}
}

func sign(positive bool) float64 {
	if positive {
		return 1
	}
	return -1
}

// shuffled is the k-th example of a round: each round walks all of them in another order, with no two neighbours together, since
// those of one class stand together. The strides are primes that divide no number of examples worth mentioning.
func shuffled(k, round, n int) int {
	strides := [...]int{7919, 104729, 15485863, 32452843, 49979687, 67867967, 86028121}
	stride := strides[round%len(strides)]
	if n%stride == 0 {
		return k
	}
	return int((int64(k)*int64(stride%n) + int64(round)) % int64(n))
}
