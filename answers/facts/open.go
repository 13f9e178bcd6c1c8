package facts

import (
	"regexp"

	"parley/answers"
	"parley/answers/text"
)

// openWords are how the record says that something is not settled, not clear or not told: as an adjective ("still open",
// "unclear"), as what has not been done ("neither … nor … have been specified", "too little was disclosed"), or as what is
// still being asked ("trying to find out", "among the questions"). What is conditional or only expected is not meant: a
// pledge with a condition is settled as far as it goes.
var openWords = regexp.MustCompile(`\b(unclear|undecided|unresolved|unsettled|uncertain|unspecified|not clear|not yet|yet to be` +
	`|(still|remains?|remained|left|wide) open|open (questions?|issues?|points?)|(among|one of) the (\S+ )?questions` +
	`|(not|never|neither|nor|nothing|nobody|little|few) (\S+ ){0,9}(specified|decided|settled|determined|disclosed|defined|worked out)` +
	`|(trying|tried|seeking|sought) to (find out|learn|establish|clarify))\b`)

// Open reports whether a claim says, by the words it is told in, that something is not settled or not clear.
func Open(c answers.Claim) bool { return openWords.MatchString(text.Fold(c.Text)) }
