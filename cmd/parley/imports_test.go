package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// allowed names, for each package of ours, the packages of ours that it may import. The layout is the architecture:
//
//	cmd → bot/{slack,discord,terminal} → bot → bot/{compose,deliver} → store → answers/library → answers/{match,check,lookup,lint,passage} → answers/{facts,grammar,text} → answers
//	cmd → seeds/faq → seeds/table → seeds → answers
var allowed = map[string][]string{
	"answers":                 {},
	"answers/answerstest":     {"answers"},
	"answers/figures":         {},
	"answers/text":            {"answers"},
	"answers/facts":           {"answers", "answers/text"},
	"answers/grammar":         {"answers", "answers/text"},
	"answers/lint":            {"answers", "answers/text", "answers/facts", "answers/grammar"},
	"answers/match":           {"answers", "answers/text", "answers/facts"},
	"answers/check":           {"answers", "answers/text", "answers/grammar", "answers/facts"},
	"answers/lookup":          {"answers", "answers/text", "answers/facts"},
	"answers/passage":         {"answers", "answers/text"},
	"answers/library":         {"answers", "answers/text", "answers/facts", "answers/lint", "answers/match", "answers/check", "answers/lookup"},
	"store":                   {"answers", "answers/lint"},
	"seeds":                   {"answers", "answers/lint"},
	"seeds/table":             {"seeds"},
	"seeds/faq":               {"answers", "answers/text", "seeds", "seeds/table"},
	"seeds/seedstest":         {"answers", "answers/library", "answers/match"},
	"bot":                     {"answers", "answers/library", "answers/match", "answers/passage", "store", "bot/compose", "bot/deliver", "bot/reading"},
	"bot/compose":             {"answers"},
	"bot/reading":             {"answers/text"},
	"bot/deliver":             {"answers", "store"},
	"bot/terminal":            {"answers", "bot", "bot/compose", "bot/deliver"},
	"bot/slack":               {"answers", "bot", "bot/compose", "bot/deliver", "bot/reading"},
	"bot/slack/slacktest":     {},
	"bot/discord":             {"answers", "bot", "bot/compose", "bot/deliver", "bot/reading"},
	"bot/discord/discordtest": {},
	"bot/chattest":            {"answers", "answers/library", "seeds/seedstest", "bot", "bot/compose", "bot/deliver", "store"},
	"cmd/parley":              {"answers", "answers/figures", "answers/lint", "answers/library", "answers/match", "store", "seeds", "seeds/faq", "seeds/table", "bot", "bot/compose", "bot/deliver", "bot/terminal", "bot/slack", "bot/discord"},
}

// pure reports whether a package is of the engine or composes replies: it does no I/O and has no clock.
func pure(pkg string) bool {
	return pkg == "answers" || strings.HasPrefix(pkg, "answers/") || pkg == "bot/compose" || pkg == "bot/reading"
}

// impure are standard packages that bring I/O, a clock's ticking or chance. The engine must do without; it may import time
// for its calendar, but the clock stays outside (see clockCalls).
var impure = []string{"context", "crypto/rand", "database/sql", "io", "io/fs", "log", "log/slog", "math/rand", "math/rand/v2", "net", "net/http", "os",
	"os/exec", "runtime", "syscall"}

// clockCalls are what the engine must not call of package time.
var clockCalls = []string{"time.Now(", "time.Since(", "time.Until(", "time.After(", "time.Sleep(", "time.Local"}

// importViolations reads the import statements of all non-test Go files below root, but for folders that begin with a dot, which the go
// tool passes over too. It reads the files themselves: the result of a `go list` child process would not be part of what the test cache
// watches.
func importViolations(root fs.FS) ([]string, error) {
	var found []string
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && name != "." && strings.HasPrefix(entry.Name(), ".") {
			return fs.SkipDir
		}
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		source, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ImportsOnly)
		if err != nil {
			return err
		}
		from := path.Dir(name)
		may, known := allowed[from]
		if !known {
			found = append(found, fmt.Sprintf("%s: the package %s has no place in the architecture", name, from))
			return nil
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if ours, ok := strings.CutPrefix(imported, "parley/"); ok && !slices.Contains(may, ours) {
				found = append(found, fmt.Sprintf("%s: %s must not import %s", name, from, ours))
			}
			if pure(from) && slices.Contains(impure, imported) {
				found = append(found, fmt.Sprintf("%s: the engine is pure and must not import %s", name, imported))
			}
		}
		for _, call := range clockCalls {
			if pure(from) && strings.Contains(string(source), call) {
				found = append(found, fmt.Sprintf("%s: the engine has no clock and must not use %s", name, strings.TrimSuffix(call, "(")))
			}
		}
		return nil
	})
	return found, err
}

func TestImports(t *testing.T) {
	found, err := importViolations(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range found {
		t.Error(v)
	}
}

// The rule is seen to fail on each kind of violation.
func TestImportsSeesViolations(t *testing.T) {
	for name, source := range map[string]string{
		"answers/a.go":       `package answers; import "parley/store"`,
		"answers/b.go":       `package answers; import "os"`,
		"answers/c.go":       "package answers; import \"time\"; var now = time.Now()",
		"answers/match/a.go": `package match; import "parley/answers/check"`,
		"answers/check/a.go": `package check; import "log/slog"`,
		"answers/facts/a.go": "package facts; import \"time\"; var now = time.Now()",
		"answers/text/a.go":  `package text; import "parley/answers/facts"`,
		"store/a.go":         `package store; import "parley/bot"`,
		"bot/terminal/a.go":  `package terminal; import "parley/bot/slack"`,
		"seeds/a.go":         `package seeds; import . "parley/store"`,
		"util/a.go":          `package util`,
	} {
		found, err := importViolations(fstest.MapFS{name: {Data: []byte(source)}})
		if err != nil || len(found) != 1 {
			t.Errorf("%s: %s\nfound %q, %v; want one violation", name, source, found, err)
		}
	}
	found, err := importViolations(fstest.MapFS{
		"bot/a.go":           {Data: []byte(`package bot; import "parley/answers"`)},
		"answers/a_test.go":  {Data: []byte(`package answers; import "os"`)},
		"cmd/parley/main.go": {Data: []byte(`package main; import "parley/seeds"`)},
		".ci/other/main.go":  {Data: []byte(`package main; import "other"`)},
	})
	if err != nil || len(found) != 0 {
		t.Errorf("what is allowed was reported: %q, %v", found, err)
	}
}
