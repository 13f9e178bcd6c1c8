package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"golang.org/x/term"
)

// progress is one line about long work, such as "Learning the record's questions … 43%", that is drawn over itself and removed in the end.
type progress struct {
	out   io.Writer
	what  string
	shown int // the percentage that stands there; -1 if nothing does
}

// progress begins a line about what is being done. The caller clears it.
func (e environment) progress(what string) *progress {
	return &progress{out: e.status, what: what, shown: -1}
}

// show draws the line if its percentage is another than before. A line that cannot be written is not worth ending the work for.
func (p *progress) show(done, total int) {
	percent := 100
	if total > 0 {
		percent = 100 * done / total
	}
	if percent != p.shown {
		fmt.Fprintf(p.out, "\r%s … %d%%"+eraseRest, p.what, percent)
		p.shown = percent
	}
}

// clear removes the line, so that something else can be written in its place; show draws it again.
func (p *progress) clear() {
	if p.shown >= 0 {
		fmt.Fprint(p.out, "\r"+eraseRest)
		p.shown = -1
	}
}

// eraseRest erases from the cursor to the end of the line (ECMA-48, EL).
const eraseRest = "\x1b[K"

// until shows the progress of work that ends with the context.
func (p *progress) until(ctx context.Context) func(done, total int) error {
	return func(done, total int) error {
		p.show(done, total)
		return ctx.Err()
	}
}

// statusOf is where progress is shown: the file if it is a terminal that can erase a line, else nowhere.
func statusOf(f *os.File, getenv func(string) string) io.Writer {
	if !term.IsTerminal(int(f.Fd())) || getenv("TERM") == "dumb" {
		return io.Discard
	}
	return f
}
