package match

import (
	"errors"
	"testing"

	"parley/answers/answerstest"
	"parley/answers/facts"
)

// Learning tells of every class, of no more than it announced, and the end.
func TestLearnTellsItsProgress(t *testing.T) {
	c := answerstest.CleanContents()
	last, all := -1, classesToLearn(c)
	fs := facts.New(c)
	l, err := Train(fs, fs.Words(), func(done, total int) error {
		if done < last || total != all {
			t.Errorf("%d of %d after %d of %d", done, total, last, all)
		}
		last = done
		return nil
	}, nil)
	if err != nil || l == nil {
		t.Fatal(err)
	}
	if last != all {
		t.Errorf("the last that was told is %d of %d", last, all)
	}
}

// Wherever it is told to end, learning ends with the error it was given, and says no more.
func TestLearnEndsWhenTold(t *testing.T) {
	c := answerstest.CleanContents()
	stop := errors.New("stop")
	calls := 0
	fs := facts.New(c)
	if _, err := Train(fs, fs.Words(), func(int, int) error { calls++; return nil }, nil); err != nil {
		t.Fatal(err)
	}
	for at := range calls {
		told := 0
		l, err := Train(fs, fs.Words(), func(int, int) error {
			told++
			if told > at {
				return stop
			}
			return nil
		}, nil)
		if !errors.Is(err, stop) || l != nil {
			t.Errorf("ended at call %d of %d: a library %v, error %v", at+1, calls, l != nil, err)
		}
		if told != at+1 {
			t.Errorf("ended at call %d, but told %d times", at+1, told)
		}
	}
}
