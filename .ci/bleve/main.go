// Command bleve-bench measures the full-text index bleve on labelled questions, as a comparison for `parley eval --json`: the same files, the
// same figures in the same JSON. It is a module of its own, so that Parley needs nothing of it; the statistics are Parley's.
//
//	bleve-bench TRAIN.csv TEST.csv
//
// TRAIN.csv has the columns answer,question, one way of asking a row; TEST.csv has question,expected, where an empty expected must be
// declined. Each row of TRAIN.csv is a document. A question is answered by the vote of the ten documents that fit best.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: bleve-bench TRAIN.csv TEST.csv")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "bleve-bench:", err)
		os.Exit(1)
	}
}

// run indexes one file, measures on the other and prints the figures.
func run(train, test string) (err error) {
	rows, err := columns(train, "answer", "question")
	if err != nil {
		return err
	}
	set, err := columns(test, "question", "expected")
	if err != nil {
		return err
	}
	before := time.Now()
	ix, err := newIndex(rows)
	if err != nil {
		return err
	}
	took := time.Since(before)
	defer func() { err = errors.Join(err, ix.close()) }()
	f, err := measure(ix, set)
	if err != nil {
		return err
	}
	ms := float64(took.Microseconds()) / 1000
	f.Train = &ms
	if err := json.NewEncoder(os.Stdout).Encode(f); err != nil {
		return fmt.Errorf("write the figures: %w", err)
	}
	return nil
}
