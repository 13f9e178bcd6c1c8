// Parley answers questions about the Ukraine security-guarantee negotiations from a curated record, with sources.
//
// The house, from the ground up:
//
//   - answers holds the values of the record, and in its rooms the pure engine: answers/library finds the curated answer to a
//     question and everything that must be shown beside it, or declines.
//   - seeds is the reviewed record as YAML, embedded; seeds/table and seeds/faq make a record of lists of questions and answers; store keeps
//     the curated truth and what people asked in SQLite. All convert to and from the values of answers.
//   - bot holds the one path from what a person says to what becomes of the reply, and makes one neutral reply of an answer; the
//     adapters below it translate for a platform. bot/chattest is the suite that each of them passes.
//   - cmd/parley, here, wires them: one file a command. run picks the command; openRecord (record.go) opens the
//     database and seeds it, loadLibrary makes it ready to answer. The path that every question goes, from whatever platform, is
//     bot/handle.go, readable top to bottom; serve.go serves the platforms that configuration.go finds tokens for, and status.go tells how
//     that goes. publish.go shows what a change of the record would do, and makes it; edit.go and retract.go bring it such changes,
//     and again.go those of a newer list.
package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/term"

	"parley/bot/terminal"
	"parley/store"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the first signal asks to end; a second one ends
	os.Exit(run(ctx, os.Args[1:], surroundings()))
}

// Exit statuses.
const (
	exitAnswered = 0
	exitDeclined = 1 // declined or suggested; for lint: there are problems
	exitUsage    = 2
	exitFailure  = 3
	exitRetry    = 4 // serve: it failed for what may pass, such as a full disk, so it is worth starting again
)

// environment is everything that a command takes from outside.
type environment struct {
	stdin          io.Reader
	asks           bool // somebody can be asked there
	stdout, stderr io.Writer
	screen         terminal.Screen // what stdout can show
	status         io.Writer       // where progress is shown
	getenv         func(string) string
	now            func() time.Time
	newID          func() string
	adapters       []adapter // the platforms that serve can connect to
}

func surroundings() environment {
	return environment{
		stdin: os.Stdin, asks: term.IsTerminal(int(os.Stdin.Fd())), stdout: os.Stdout, stderr: os.Stderr,
		screen: screenOf(os.Stdout, os.Getenv),
		status: statusOf(os.Stderr, os.Getenv),
		getenv: os.Getenv,
		now:    time.Now,
		newID:  rand.Text,

		adapters: adapters(),
	}
}

// maxColumns is the longest line that is still read with ease; a wider terminal is not filled.
const maxColumns = 100

// screenOf tells what a file can show: wrapped and in colour on a terminal, unless NO_COLOR is set (no-color.org) or the
// terminal is dumb; wrapped at 80 columns where the width is not known; unwrapped into files and pipes.
func screenOf(f *os.File, getenv func(string) string) terminal.Screen {
	if !term.IsTerminal(int(f.Fd())) {
		return terminal.Screen{}
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil || width <= 0 {
		width = 80
	}
	return terminal.Screen{
		Width:  min(width, maxColumns),
		Colour: getenv("NO_COLOR") == "" && getenv("TERM") != "dumb",
	}
}

// run carries out one command line and returns the exit status. Errors are told here, once, as a plain sentence.
func run(ctx context.Context, args []string, env environment) int {
	if len(args) == 0 {
		fmt.Fprint(env.stdout, overview())
		return exitAnswered
	}
	name, rest := args[0], args[1:]
	if name == "help" || name == "-h" || name == "--help" {
		return help(rest, env)
	}
	cmd, ok := find(name)
	if !ok {
		fmt.Fprintf(env.stderr, "There is no command %q. `parley help` lists them; to ask a question, type: parley ask %s\n", name, name)
		return exitUsage
	}
	status, err := cmd.run(ctx, rest, env)
	switch {
	case err == nil:
		return status
	case errors.Is(err, flag.ErrHelp):
		return exitAnswered // the flag package has shown the help
	case errors.Is(err, errUsage):
		fmt.Fprintf(env.stderr, "%s\n`parley help %s` shows how it is used.\n", sentence(err), name)
		return exitUsage
	default:
		fmt.Fprintln(env.stderr, sentence(err))
		return max(status, exitFailure)
	}
}

// errUsage marks an error in how a command was called.
var errUsage = errors.New("wrong usage")

func usageError(format string, args ...any) error {
	return &usage{fmt.Sprintf(format, args...)}
}

type usage struct{ message string }

func (u *usage) Error() string        { return u.message }
func (u *usage) Is(target error) bool { return target == errUsage }

// sentence is what a person is told about an error.
func sentence(err error) string {
	var trouble *store.Trouble
	switch {
	case errors.As(err, &trouble):
		return trouble.Advice()
	case errors.Is(err, context.Canceled):
		return "Stopped before the end; what was finished is stored, and nothing is half-done."
	default:
		return "Parley: " + err.Error()
	}
}
