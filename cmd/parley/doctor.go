package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"parley/bot"
)

// finding is what the doctor found of one thing. It is stable as JSON.
type finding struct {
	Name  string    `json:"name"`
	State findState `json:"state"`
	Found string    `json:"found"`
	Do    string    `json:"do,omitempty"` // what somebody must do; "" if nothing
}

type findState string

// The states, from the best to the worst, and the exit status of each.
const (
	fine    findState = "ok"
	careful findState = "warn" // Parley works; somebody should look at it
	broken  findState = "fail" // Parley does not work, or will not for long
)

func (s findState) status() int {
	return map[findState]int{careful: exitDeclined, broken: exitFailure}[s]
}

func (f finding) String() string {
	line := fmt.Sprintf("%s: %s: %s", f.State, f.Name, f.Found)
	if f.Do != "" {
		line += " — " + f.Do
	}
	return strings.Join(strings.Fields(line), " ")
}

func doctorCommand() command {
	cmd := command{
		name:    "doctor",
		summary: "looks whether all is well: status 0, 1 for a warning, 3 for a failure",
		examples: `
parley doctor
parley doctor --json
parley doctor --offline         # without asking the platforms`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		asJSON := jsonFlag(fs)
		offline := fs.Bool("offline", false, "ask no platform whether it takes the tokens")
		status := fs.String("status", cmp.Or(env.getenv("PARLEY_STATUS"), defaultStatus), "`ADDRESS` of the status server; without it\nPARLEY_STATUS")
		flagged, err := parseDatabase(fs, args, env)
		if err != nil {
			return 0, err
		}
		if fs.NArg() > 0 {
			return 0, usageError("doctor takes nothing but flags.")
		}
		path, err := databasePath(flagged, env)
		if err != nil {
			return 0, err
		}
		d := &doctor{env: env}
		d.configuration(ctx, path, *status, *offline)
		d.database(ctx, path)
		d.clock()
		if *status != noStatus {
			d.serving(ctx, *status)
		}
		worst := exitAnswered
		for _, f := range d.found {
			worst = max(worst, f.State.status())
			if !*asJSON {
				fmt.Fprintln(env.stdout, f)
			}
		}
		if *asJSON {
			err = writeJSON(env, map[string]any{"ok": worst == exitAnswered, "findings": d.found})
		}
		return worst, err
	}
	return cmd
}

// doctor gathers findings. It changes nothing.
type doctor struct {
	env   environment
	found []finding

	newest   time.Time     // on record
	ahead    time.Duration // by how much our clock is ahead of a platform's
	compared string        // the platform; "" for none
}

func (d *doctor) tell(state findState, name, do, found string, args ...any) {
	d.found = append(d.found, finding{name, state, fmt.Sprintf(found, args...), do})
}

// configuration looks at the settings, and asks the platforms whether they take the tokens.
func (d *doctor) configuration(ctx context.Context, path, status string, offline bool) {
	c, problems := configure(path, status, "info", "text", d.env.adapters, d.env)
	for _, p := range problems {
		d.tell(broken, "configuration", "set it right; parley serve --check looks again", "%s", p)
	}
	if len(problems) > 0 {
		return
	}
	if len(c.chats) == 0 {
		d.tell(careful, "tokens", "parley serve says how to connect a platform", "none is set")
		return
	}
	d.tell(fine, "tokens", "", "set and well formed for %s", c.names())
	for _, a := range c.chats {
		if !offline {
			d.platform(ctx, a, c.values)
		}
	}
}

// probed is a chat that can ask its platform whether all is well.
type probed interface {
	Probe(ctx context.Context) (ahead time.Duration, known bool, err error)
}

// probeWithin bounds how long a platform may take.
const probeWithin = 10 * time.Second

func (d *doctor) platform(ctx context.Context, a adapter, values map[string]string) {
	ctx, cancel := context.WithTimeout(ctx, probeWithin)
	defer cancel()
	chat, err := a.connect(values, slog.New(slog.DiscardHandler))
	if err != nil {
		d.tell(broken, a.name, "set it right", "%v", err)
		return
	}
	p, ok := chat.(probed)
	if !ok {
		return
	}
	ahead, known, err := p.Probe(ctx)
	if known {
		d.ahead, d.compared = ahead, a.name
	}
	clean := redacting{values: secretsOf(values)}
	switch {
	case errors.Is(err, bot.ErrUnreachable):
		d.tell(careful, a.name, "look at this machine's network, and at the platform's status page", "%s", clean.clean(err.Error()))
	case err != nil:
		d.tell(broken, a.name, "then start Parley again", "%s", clean.clean(strings.TrimSuffix(err.Error(), ".")))
	default:
		d.tell(fine, a.name, "", "it takes the tokens, and has granted what is needed")
	}
}

// clock compares this machine's clock with what is on record, and with a platform that was asked.
func (d *doctor) clock() {
	const do = "set it, and let it be kept right: timedatectl set-ntp true"
	switch before := d.newest.Sub(d.env.now()); {
	case d.compared != "" && d.ahead.Abs() > clockOff:
		d.tell(careful, "clock", do, "it is %s ahead of %s's", d.ahead, d.compared)
	case !d.newest.IsZero() && before > clockOff:
		d.tell(careful, "clock", do, "it is %s before the newest time on record", before.Round(time.Minute))
	case d.compared != "":
		d.tell(fine, "clock", "", "it goes with %s's", d.compared)
	default:
		d.tell(fine, "clock", "", "it is not before anything on record; no platform was asked")
	}
}

// serving asks a running serve how it is.
func (d *doctor) serving(ctx context.Context, status string) {
	report, err := askHealth(ctx, status)
	switch {
	case err != nil:
		d.tell(careful, "serve", "start it, or name its address with --status", "nothing answers at %s", status)
	case !report.Ready:
		d.tell(broken, "serve", "see its log, and deploy/RUNBOOK.md", "it is not ready: %s", inOrder(report.Troubles))
	case len(report.Warnings) > 0:
		d.tell(careful, "serve", "see deploy/RUNBOOK.md", "%s", inOrder(report.Warnings))
	default:
		d.tell(fine, "serve", "", "it is ready")
	}
}
