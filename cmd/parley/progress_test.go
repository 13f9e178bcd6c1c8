package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func TestProgress(t *testing.T) {
	var out bytes.Buffer
	p := environment{status: &out}.progress("Counting")
	told := func(want string) {
		t.Helper()
		if out.String() != want {
			t.Errorf("%q, want %q", &out, want)
		}
		out.Reset()
	}
	p.clear()
	told("") // there is nothing to remove yet
	p.show(0, 300)
	told("\rCounting … 0%\x1b[K")
	p.show(2, 300)
	told("") // still 0%
	p.show(3, 300)
	told("\rCounting … 1%\x1b[K")
	p.clear()
	told("\r\x1b[K")
	p.show(3, 300)
	told("\rCounting … 1%\x1b[K") // drawn again after something else took its place
	p.show(0, 0)
	told("\rCounting … 100%\x1b[K") // of nothing all is done
	ctx, cancel := context.WithCancel(t.Context())
	step := p.until(ctx)
	if err := step(2, 4); err != nil {
		t.Error(err)
	}
	cancel()
	if err := step(3, 4); !errors.Is(err, context.Canceled) {
		t.Errorf("the context has ended, but not the work: %v", err)
	}
}

func TestProgressOnlyOnATerminal(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "err"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	terminal := func(string) string { return "" }
	if statusOf(file, terminal) != io.Discard {
		t.Error("a file is taken for a terminal")
	}
	tty, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skipf("SKIPPED: no pseudo-terminal can be opened here: %v", err)
	}
	defer tty.Close()
	if statusOf(tty, terminal) != io.Writer(tty) {
		t.Error("a terminal is not taken for one")
	}
	if statusOf(tty, func(string) string { return "dumb" }) != io.Discard {
		t.Error("a dumb terminal cannot erase a line")
	}
}
