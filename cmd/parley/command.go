package main

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"strings"
)

// command is one verb of the command line.
type command struct {
	name     string
	args     string // what follows the flags
	summary  string
	examples string // with the placeholders of examples.go; the help shows them indented
	run      func(ctx context.Context, args []string, env environment) (int, error)
}

// commands lists the verbs in the order in which the help shows them.
func commands() []command {
	return slices.Concat([]command{askCommand(), checkCommand(), chatCommand(), serveCommand(), healthCommand()}, lookUpCommands(), []command{
		quoteCommand(), sourceCommand(), showCommand(), historyCommand(), diffCommand(), editCommand(), retractCommand(), freezeCommand(),
		correctionsCommand(), replayCommand(),
		lintCommand(), seedCommand(), exportCommand(), importCommand(), evalCommand(), feedbackCommand(), rolesCommand(), settingsCommand(), dataCommand(), forgetCommand(),
		backupCommand(), doctorCommand(), versionCommand(),
	})
}

func find(name string) (command, bool) {
	all := commands()
	at := slices.IndexFunc(all, func(c command) bool { return c.name == name })
	if at < 0 {
		return command{}, false
	}
	return all[at], true
}

// overview is the help of Parley as a whole.
func overview() string {
	var b strings.Builder
	b.WriteString(illustrated(`Parley answers questions about {name}.
Every answer is curated, carries its sources and says as of when.

  parley ask "{question}"
  parley check "{statement}"
  parley timeline {place}
  parley disputes

Commands:

`))
	for _, c := range commands() {
		fmt.Fprintf(&b, "  %-11s %s\n", c.name, c.summary)
	}
	b.WriteString(`
"parley help COMMAND" shows examples and flags. Flags stand after the command and
before what follows it. The record is kept in your data folder; --db FILE or
PARLEY_DB names another database.
`)
	return b.String()
}

func help(args []string, env environment) int {
	if len(args) == 0 {
		fmt.Fprint(env.stdout, overview())
		return exitAnswered
	}
	cmd, ok := find(args[0])
	if !ok {
		fmt.Fprintf(env.stderr, "There is no command %q. `parley help` lists them.\n", args[0])
		return exitUsage
	}
	env.stderr = env.stdout // asked for, so it is a result
	if _, err := cmd.run(context.Background(), []string{"--help"}, env); err != flag.ErrHelp {
		fmt.Fprintln(env.stderr, sentence(err))
		return exitFailure
	}
	return exitAnswered
}

// flags makes the flag set of a command, whose usage shows its examples.
func (c command) flags(env environment) *flag.FlagSet {
	fs := flag.NewFlagSet(c.name, flag.ContinueOnError)
	fs.SetOutput(env.stderr)
	fs.Usage = func() {
		fmt.Fprintf(fs.Output(), "parley %s [flags] %s\n\n%s.\n\n", c.name, c.args, c.summary)
		for line := range strings.Lines(strings.TrimSpace(illustrated(c.examples))) {
			fmt.Fprintf(fs.Output(), "  %s", line)
		}
		fmt.Fprint(fs.Output(), "\n\nFlags:\n\n")
		fs.PrintDefaults()
	}
	return fs
}

// parse reads the flags. What the flag package has already told is not told again.
func parse(fs *flag.FlagSet, args []string) error {
	err := fs.Parse(args)
	if err == nil || err == flag.ErrHelp {
		return err
	}
	return usageError("%s", "The flags could not be read.")
}
