package main

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"parley/bot"
	"parley/bot/terminal"
)

// TestMain lets this very binary stand in for parley, so that scripts and kill tests run the real process.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"parley": main,
		// The same on a screen of 80 columns, on a day that does not move, so that whole replies can be compared.
		"parley80": func() {
			env := surroundings()
			env.screen, env.asks = terminal.Screen{Width: 80}, true
			env.now = func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) }
			os.Exit(run(context.Background(), os.Args[1:], env))
		},
		// The same with a platform that a test plays (scripted_test.go).
		"parleyscripted": func() { serveWith(scriptedAdapter()) },
		// The same with a Discord on this machine (discord_test.go).
		"parleydiscord": func() { serveWith(localDiscordAdapter()) },
	})
}

// serveWith is the program with one adapter, that of a test. A signal stops it, as main has it.
func serveWith(a adapter) {
	env := surroundings()
	env.adapters = []adapter{a}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], env))
}

// TestScripts runs testdata/script: what a person types and what comes back. UPDATE_GOLDEN=1 writes the replies anew. Each script
// finds a database in the data folder that has learnt from the record; NEW_DATA names a data folder with nothing in it, and HARBOUR a small
// record that is learnt in no time.
func TestScripts(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED with -short: the scripts start two hundred processes, one after another")
	}
	database, err := learntDatabase()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script"),
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"cmpdir": cmpdir, "learntanew": learntanew, "restore": restore},
		UpdateScripts: os.Getenv("UPDATE_GOLDEN") != "",
		Setup: func(env *testscript.Env) error {
			data := filepath.Join(env.WorkDir, "data")
			env.Setenv("XDG_DATA_HOME", data)
			env.Setenv("NEW_DATA", filepath.Join(env.WorkDir, "new"))
			if err := os.MkdirAll(filepath.Join(data, "parley"), 0o700); err != nil {
				return err
			}
			if err := database.write(filepath.Join(data, "parley", "parley.db")); err != nil {
				return err
			}
			record, err := filepath.Abs(filepath.Join("..", "..", "seeds", "record"))
			if err != nil {
				return err
			}
			harbour, err := filepath.Abs(filepath.Join("testdata", "harbour"))
			env.Setenv("RECORD", record)
			env.Setenv("HARBOUR", harbour)
			return err
		},
	})
}

// Every command explains itself by example, within 80 columns.
func TestHelpTeachesByExample(t *testing.T) {
	for _, c := range commands() {
		var out bytes.Buffer
		env := surroundings()
		env.stdout = &out
		if status := run(context.Background(), []string{"help", c.name}, env); status != exitAnswered {
			t.Errorf("help %s: exit status %d", c.name, status)
		}
		if !bytes.Contains(out.Bytes(), []byte("\n  parley "+c.name)) {
			t.Errorf("help %s shows no example:\n%s", c.name, &out)
		}
		for line := range bytes.Lines(out.Bytes()) {
			if n := len([]rune(string(line))) - 1; n > 80 {
				t.Errorf("help %s: a line has %d columns: %s", c.name, n, line)
			}
		}
	}
}

func TestColourOnlyWhereWanted(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if s := screenOf(file, func(string) string { return "" }); s != (terminal.Screen{}) {
		t.Errorf("a file is taken for a screen: %+v", s)
	}
	tty, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skipf("SKIPPED: no pseudo-terminal can be opened here: %v", err)
	}
	defer tty.Close()
	for _, c := range []struct {
		name, value string
		want        bool
	}{{"", "", true}, {"NO_COLOR", "1", false}, {"TERM", "dumb", false}} {
		s := screenOf(tty, func(name string) string {
			if name == c.name {
				return c.value
			}
			return ""
		})
		if s.Colour != c.want || s.Width == 0 {
			t.Errorf("on a terminal with %s=%s: %+v, want colour %v and a width", c.name, c.value, s, c.want)
		}
	}
}

func TestDatabasePath(t *testing.T) {
	for _, c := range []struct{ flag, xdg, home, want string }{
		{"x.db", "/data", "/home/u", "x.db"},
		{"", "/data", "/home/u", "/data/parley/parley.db"},
		{"", "", "/home/u", "/home/u/.local/share/parley/parley.db"},
		{"", "relative", "/home/u", "/home/u/.local/share/parley/parley.db"},
	} {
		env := environment{getenv: func(name string) string {
			return map[string]string{"XDG_DATA_HOME": c.xdg, "HOME": c.home}[name]
		}}
		if got, err := databasePath(c.flag, env); err != nil || got != c.want {
			t.Errorf("databasePath(%+v) = %q, %v", c, got, err)
		}
	}
}

// A write that fails after the answer leaves the answer standing.
func TestAnswerSurvivesAnUnrecordedQuestion(t *testing.T) {
	db := copied(t, learntDatabase, filepath.Join(t.TempDir(), "parley.db"))
	var out, errs bytes.Buffer
	env := surroundings()
	env.stdout, env.stderr = &out, &errs
	ctx := context.Background()
	s, parley, err := openBot(ctx, db, env)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil { // the database goes away under the open program
		t.Fatal(err)
	}
	out.Reset()
	e := bot.Event{Text: "How long did the Alaska meeting last?"}
	if status, err := once(ctx, parley, terminalChat(env, false), e); status != exitAnswered || err != nil {
		t.Fatal(status, err)
	}
	if !bytes.Contains(out.Bytes(), []byte("three hours")) {
		t.Errorf("the answer is missing: %s", &out)
	}
	if !bytes.Contains(errs.Bytes(), []byte("not recorded")) {
		t.Errorf("nothing says that the question was not recorded: %s", &errs)
	}
}

// cmpdir compares two folders file by file, both ways.
func cmpdir(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: cmpdir dir1 dir2")
	}
	for _, pair := range [][2]string{{args[0], args[1]}, {args[1], args[0]}} {
		from, to := ts.MkAbs(pair[0]), ts.MkAbs(pair[1])
		ts.Check(fs.WalkDir(os.DirFS(from), ".", func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			a, err := os.ReadFile(filepath.Join(from, name))
			ts.Check(err)
			b, err := os.ReadFile(filepath.Join(to, name))
			ts.Check(err)
			if !bytes.Equal(a, b) {
				ts.Fatalf("%s differs between %s and %s", name, pair[0], pair[1])
			}
			return nil
		}))
	}
}
