package main

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Ctrl-C ends long work soon, says so, and leaves a database that answers at the next start: while it imports, learns and measures.
func TestInterrupted(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED with -short: it learns again and again")
	}
	dir := t.TempDir()
	faq, long, questions := filepath.Join(dir, "faq.csv"), filepath.Join(dir, "long.csv"), filepath.Join(dir, "questions.csv")
	known := writeFAQ(t, faq, 40, 40)
	writeFAQ(t, long, 5_000, 1)
	writeQuestions(t, questions, known, 50_000)
	learned := filepath.Join(dir, "learned.db")
	timed(t, "import", "--format", "csv", "--db", learned, faq)
	importing := timed(t, "import", "--format", "csv", "--db", filepath.Join(dir, "long.db"), long)
	learning := timed(t, "ask", "--db", learned, known)

	t.Run("import", func(t *testing.T) {
		db := filepath.Join(t.TempDir(), "faq.db")
		for _, after := range []time.Duration{importing / 4, importing / 2} {
			interrupt(t, after, func() { os.Remove(db) }, "import", "--format", "csv", "--db", db, long)
		}
		timed(t, "import", "--format", "csv", "--db", db, faq) // which only a database that holds nothing takes in
		timed(t, "ask", "--db", db, known)
	})
	t.Run("learn", func(t *testing.T) {
		db := filepath.Join(t.TempDir(), "faq.db")
		timed(t, "import", "--format", "csv", "--db", db, faq)
		again := func() {
			os.Remove(db)
			timed(t, "import", "--format", "csv", "--db", db, faq)
		}
		for _, after := range []time.Duration{learning / 6, learning / 2} {
			interrupt(t, after, again, "ask", "--db", db, known)
		}
		timed(t, "ask", "--db", db, known)
	})
	t.Run("eval", func(t *testing.T) {
		interrupt(t, time.Second, func() {}, "eval", "--db", learned, questions)
		timed(t, "ask", "--db", learned, known)
	})
}

// interrupt starts the program and sends it SIGINT after a while. Where the machine is quicker than it was when that was measured, so that
// the work was done already, it is begun afresh and interrupted sooner.
func interrupt(t *testing.T, after time.Duration, afresh func(), args ...string) {
	t.Helper()
	for ; ; after /= 2 {
		cmd := parley(t, args...)
		var out, errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &errs
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(after)
		_ = cmd.Process.Signal(os.Interrupt) // it may have ended
		sent := time.Now()
		err := cmd.Wait()
		if err == nil && after > 10*time.Millisecond {
			afresh()
			continue
		}
		t.Logf("parley %s, interrupted after %v, took %v to end", args[0], after, time.Since(sent))
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != exitFailure {
			t.Errorf("parley %q, interrupted after %v: %v, want exit status %d", args, after, err, exitFailure)
		}
		if !strings.HasPrefix(errs.String(), "Stopped before the end") || out.Len() > 0 {
			t.Errorf("parley %q, interrupted after %v, says:\n%s%s", args, after, &out, &errs)
		}
		return
	}
}

// writeFAQ writes a FAQ of so many answers, each with so many ways of asking, and returns one of those. Each answer has words of its own
// and shares others, so that there is something to learn.
func writeFAQ(t *testing.T, name string, answers, ways int) (known string) {
	random := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	b.WriteString("answer,question\n")
	for a := range answers {
		for range ways {
			words := make([]string, 8)
			for i := range words {
				from := 30 * random.IntN(10)
				if i%2 == 0 {
					from = 300 + 10*a
				}
				words[i] = word(from + random.IntN(10))
			}
			known = strings.Join(words, " ")
			fmt.Fprintf(&b, "answer_%d,%s\n", a, known)
		}
	}
	write(t, name, b.String())
	return known
}

// writeQuestions writes one question many times.
func writeQuestions(t *testing.T, name, question string, times int) {
	write(t, name, "question,expected\n"+strings.Repeat(question+",\n", times))
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// word is a word that no language has, another one for each number.
func word(n int) string {
	const consonants, vowels = "bdfgklmnprstvz", "aeiou"
	var b strings.Builder
	for range 4 {
		b.WriteByte(consonants[n%len(consonants)])
		n /= len(consonants)
		b.WriteByte(vowels[n%len(vowels)])
		n /= len(vowels)
	}
	return b.String()
}
