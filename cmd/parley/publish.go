package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"parley/answers"
	"parley/answers/library"
	"parley/answers/match"
	"parley/bot"
	"parley/bot/compose"
	"parley/store"
)

// changing are the flags of a command that changes the record.
type changing struct {
	by, why *string
	yes     *bool
	dryRun  *bool
}

func changingFlags(fs *flag.FlagSet, env environment, why string) changing {
	return changing{
		by:     fs.String("by", env.getenv("USER"), "who makes the change, as the history shows it; a `NAME`"),
		why:    fs.String("why", "", why),
		yes:    fs.Bool("yes", false, "publish without asking"),
		dryRun: fs.Bool("dry-run", false, "only show what would change"),
	}
}

// author is who makes the change; nobody is a usage error.
func author(by string) (string, error) {
	if by = answers.OneLine(by); by == "" {
		return "", usageError("Every change has an author: say who you are with --by NAME.")
	}
	return by, nil
}

// dialogue asks the person at the terminal, a line at a time.
type dialogue struct {
	in  *bufio.Reader
	out io.Writer
}

func (e environment) dialogue() dialogue { return dialogue{bufio.NewReader(e.stdin), e.stderr} }

// ask is what was typed, without blanks around it; ok is false where nobody answers.
func (d dialogue) ask(question string) (text string, ok bool) {
	fmt.Fprint(d.out, question+" ")
	text, err := d.in.ReadString('\n')
	if err != nil && text == "" {
		fmt.Fprintln(d.out)
		return "", false
	}
	return strings.TrimSpace(text), true
}

// agrees asks for a yes; all else, and nothing, is a no.
func (d dialogue) agrees(question string) bool {
	text, _ := d.ask(question + " [y/N]")
	return slices.Contains([]string{"y", "yes"}, strings.ToLower(text))
}

// proposal is a change of the record that is shown before it is made.
type proposal struct {
	edit    store.Edit
	change  store.Change
	amended []answers.Amendment // of other classes than the change
	about   []compose.Part      // shown before what it would change for people
	dryRun  bool
	agreed  func() bool                // is asked before it is made
	done    func([]answers.Ref) string // what was published, if not by the names of the items
}

// publish shows what a proposal would change and makes it, if that is agreed to. What stands in its way is told, with the status for it.
func (p proposal) publish(ctx context.Context, db *store.Store, parley *bot.Bot, env environment) (status int, err error) {
	contents, changed, err := db.Draft(ctx, p.edit)
	if err != nil {
		return unfit(err, env)
	}
	after, took, err := p.learn(ctx, contents, parley, env)
	if err != nil {
		return 0, err
	}
	class, told := p.told(changed)
	foreseen, err := parley.Foresee(ctx, class, after, told)
	if err != nil {
		return 0, err
	}
	if err := env.show(slices.Concat(p.about, foreseen.Parts())...); err != nil {
		return 0, err
	}
	if p.dryRun {
		fmt.Fprintln(env.stderr, "Nothing was changed.")
		return exitAnswered, nil
	}
	if !p.agreed() {
		fmt.Fprintln(env.stderr, "Nothing was published.")
		return exitDeclined, nil
	}
	changed, err = db.Edit(ctx, p.change, p.edit, p.amended...)
	if err != nil {
		return unfit(err, env)
	}
	if p.done == nil {
		p.done = named
	}
	fmt.Fprintf(env.stdout, "\nPublished: %s.\n", p.done(changed))
	return exitAnswered, p.follow(ctx, db, parley, after, took, reaches(foreseen), env)
}

// named lists what was published.
func named(changed []answers.Ref) string {
	var names []string
	for _, r := range changed {
		names = append(names, fmt.Sprintf("%s v%d", fullName(r), r.Revision))
	}
	return enumerated(names, "and")
}

// told is the gravest class of a proposal, and what it changes of which people are told.
func (p proposal) told(changed []answers.Ref) (answers.Class, []answers.Ref) {
	if len(p.amended) == 0 {
		return p.change.Class, changed
	}
	class, names := answers.Clarification, map[answers.ItemName]bool{}
	for _, a := range p.amended {
		if a.Class == answers.Corrected {
			class = a.Class
		}
		for _, name := range a.Items {
			names[name] = true
		}
	}
	return class, slices.DeleteFunc(slices.Clone(changed), func(r answers.Ref) bool { return !names[answers.ItemName(fullName(r))] })
}

// reaches reports whether a change brings anything to those who were answered before: of better words nobody is told whose reply is fixed.
func reaches(p bot.Preview) bool {
	n := p.BlastRadius.Replies
	if p.Class == answers.Clarification {
		n -= p.BlastRadius.Fixed
	}
	return n > 0
}

// learn makes the library of the record as it would be.
func (p proposal) learn(ctx context.Context, contents answers.Contents, parley *bot.Bot, env environment) (after *library.Library, took time.Duration, err error) {
	began := env.now()
	line := env.progress("Trying the questions on the record as it would be")
	after, err = parley.Learn(contents, line.until(ctx))
	line.clear()
	return after, env.now().Sub(began), err
}

// follow lets the next start find what was learnt, and corrects what was answered before, if nobody does so who serves platforms.
func (p proposal) follow(ctx context.Context, db *store.Store, parley *bot.Bot, after *library.Library, took time.Duration, reaches bool,
	env environment) error {
	err := db.SaveTrained(match.Fingerprint(after.Contents()), store.Trained{Data: after.Trained(), Took: took})
	if err != nil {
		return err
	}
	lib, _, err := loadLibrary(ctx, db, library.New, env)
	if err != nil {
		return err
	}
	parley.Swap(lib)
	served, err := spreadAlone(ctx, db, parley)
	switch {
	case err != nil:
		return err
	case !reaches:
	case served:
		fmt.Fprintln(env.stdout, "The running Parley corrects the replies that were given. `parley corrections`\ntells how that goes.")
	default:
		fmt.Fprintln(env.stdout, "Replies that were given are corrected when `parley serve` runs, here with the\nnext answer. `parley corrections` tells how that goes.")
	}
	return nil
}

// spreadAlone corrects what was answered before, unless another process serves platforms from the database: that one may still answer from
// the old record for some seconds, and corrects when it no longer does.
func spreadAlone(ctx context.Context, db *store.Store, parley *bot.Bot) (served bool, err error) {
	release, err := db.AcquireServeLock(ctx)
	if trouble := (*store.Trouble)(nil); errors.As(err, &trouble) && trouble.Kind == store.Owned {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	_, err = parley.FanOut(ctx)
	return false, errors.Join(err, release())
}

// unfit tells why an edit cannot be made.
func unfit(err error, env environment) (int, error) {
	problems := bot.Unfit(err)
	if problems == nil {
		return 0, err
	}
	for _, text := range problems {
		fmt.Fprintln(env.stderr, text)
	}
	return exitDeclined, nil
}

// wording are the flags that say what a change means, and what readers are told of it.
type wording struct {
	class, wrong, right *string
}

func wordingFlags(fs *flag.FlagSet) wording {
	return wording{
		class: fs.String("class", "", "what `KIND` of change it is: minor (nobody is told), clarification\n(replies are edited) or correction (replies say what was wrong)"),
		wrong: fs.String("wrong", "", "what was wrong, a `SENTENCE` for readers"),
		right: fs.String("right", "", "what is right, a `SENTENCE` for readers"),
	}
}

// check refuses what does not go together, as far as that is known before anything is asked.
func (w wording) check() error {
	switch class := answers.Class(*w.class); {
	case class == answers.Withdrawal:
		return usageError("To withdraw an entry or a claim, type: parley retract --why REASON ID")
	case class == answers.Minor && *w.wrong+*w.right != "":
		return usageError("Of a minor change readers are told nothing: leave out --wrong and --right, or choose another class.")
	case class == answers.Clarification && *w.wrong != "":
		return usageError("Of better words nothing was wrong: leave out --wrong, or choose the class correction.")
	case class != answers.Unclassed && !slices.Contains([]answers.Class{answers.Minor, answers.Clarification, answers.Corrected}, class):
		return usageError("There is no class %q: it is minor, clarification or correction.", class)
	}
	return nil
}

// settle completes a change by what the flags say, and asks for the rest.
func (w wording) settle(ch *store.Change, d dialogue) error {
	class := *w.class
	for {
		switch class {
		case "1":
			class = string(answers.Minor)
		case "2":
			class = string(answers.Clarification)
		case "3":
			class = string(answers.Corrected)
		}
		*w.class = strings.ToLower(class)
		if err := w.check(); err == nil && class != "" {
			break
		}
		var ok bool
		if class, ok = d.ask("What kind of change is it?\n  1 minor: a slip of the pen, of which nobody is told\n  2 clarification: better words; replies are edited\n" +
			"  3 correction: replies are edited and say what was wrong\n1, 2 or 3:"); !ok {
			return usageError("Say what kind of change it is with --class minor, clarification or correction.")
		}
	}
	ch.Class, ch.Wrong, ch.Right = answers.Class(*w.class), answers.OneLine(*w.wrong), answers.OneLine(*w.right)
	need := func(text *string, question, flag string) error {
		for *text == "" {
			typed, ok := d.ask(question)
			if !ok {
				return usageError("Say it with %s.", flag)
			}
			*text = answers.OneLine(typed)
		}
		return nil
	}
	if ch.Class == answers.Corrected {
		if err := need(&ch.Wrong, "What was wrong, for readers:", "--wrong"); err != nil {
			return err
		}
		if err := need(&ch.Right, "What is right, for readers:", "--right"); err != nil {
			return err
		}
	}
	return need(&ch.Why, "Why, for curators:", "--why")
}

// readers is what readers are told, for who is about to publish it.
func readers(ch store.Change) []compose.Part {
	items := reasons(ch.Class, "", ch.Wrong, ch.Right)
	if len(items) == 0 {
		return nil
	}
	return []compose.Part{{Role: compose.RoleList, Heading: "Readers are told:", Items: items}}
}
