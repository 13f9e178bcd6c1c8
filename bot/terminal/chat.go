package terminal

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"parley/answers"
	"parley/bot"
	"parley/bot/compose"
	"parley/bot/deliver"
)

// Chat is a conversation on a terminal, or with a program at the other end of a pipe: a line is an event, and replies are
// written out. A line that begins with a slash is a command, as on the other platforms: "/timeline paris". Buttons of the other platforms
// are commands here, about the last reply: "/why".
type Chat struct {
	In      io.Reader
	Out     io.Writer
	Trouble func(error) // told that a reply was given but not recorded
	Screen  Screen
	JSON    bool // write one JSON object a reply instead of text

	Place deliver.Place  // where all this is said; the zero Place makes each line stand by itself
	Want  answers.Intent // of lines without a command
	AsOf  answers.Date
	View  compose.View // how much of each reply is wanted

	Prompt string // shown before each line; an empty line then ends the conversation

	last   deliver.DeliveryID // the newest reply with controls
	posted int                // replies so far
}

// Name is how records call this platform.
func (c *Chat) Name() string { return "terminal" }

// You is the one person at a terminal.
const You deliver.PersonID = "you"

// Listen takes one line after another until there are no more, or ctx ends.
func (c *Chat) Listen(ctx context.Context, receive bot.Receive) error {
	typed := make(chan line)
	go read(ctx, c.In, typed) // where nothing is typed it waits for good: nothing ends a read from a terminal
	for {
		if c.Prompt != "" {
			if _, err := io.WriteString(c.Out, c.Prompt); err != nil {
				return fmt.Errorf("write the prompt: %w", err)
			}
		}
		var l line
		select {
		case <-ctx.Done():
			return nil
		case l = <-typed:
		}
		if l.err != nil && l.err != io.EOF {
			return fmt.Errorf("read what was typed: %w", l.err)
		}
		ended := l.err == io.EOF
		if left := c.Prompt != "" && strings.TrimSpace(l.text) == ""; left || ended && l.text == "" {
			return nil
		}
		if err := c.take(ctx, strings.TrimRight(l.text, "\r\n"), receive); err != nil || ended {
			return err
		}
	}
}

// line is a typed line with its line feed, or the error that ended the input.
type line struct {
	text string
	err  error
}

func read(ctx context.Context, in io.Reader, typed chan<- line) {
	lines := bufio.NewReader(in)
	for {
		text, err := lines.ReadString('\n')
		select {
		case typed <- line{text, err}:
		case <-ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}

// take passes the event of one line to receive.
func (c *Chat) take(ctx context.Context, text string, receive bot.Receive) error {
	event, known := c.event(text)
	if !known {
		if _, err := fmt.Fprintf(c.Out, "There is no such command. Without the slash, it is taken as a question.\n\n"); err != nil {
			return fmt.Errorf("write what is wrong: %w", err)
		}
		return nil
	}
	var unrecorded *bot.Unrecorded
	switch reply, err := receive(ctx, event); {
	case errors.As(err, &unrecorded):
		c.Trouble(err)
	case err != nil:
		return err
	case reply.Form != nil:
		if _, err := fmt.Fprintf(c.Out, "%s Type it behind the command: /%s TEXT\n\n", reply.Form.Fields[0].Label, reply.Form.Click.Verb); err != nil {
			return fmt.Errorf("write the form: %w", err)
		}
	}
	return nil
}

// event returns the event of a line; known is false for an unknown command.
func (c *Chat) event(line string) (e bot.Event, known bool) {
	e = bot.Event{Place: c.Place, Person: bot.Person{ID: You}, Want: c.Want, Text: line, AsOf: c.AsOf, View: c.View, Wait: true}
	command, ok := strings.CutPrefix(strings.TrimSpace(line), "/")
	if verb := bot.Verb(strings.ToLower(strings.TrimRight(strings.TrimSpace(line), ".!?"))); c.last != "" && (verb == bot.More || verb == bot.Sources || verb == bot.Quote) { // as a button says it
		click, known := c.click(string(verb))
		e.Click, e.Text = &click, ""
		return e, known
	}
	if !ok || c.Place == (deliver.Place{}) {
		return e, true
	}
	if want, rest, ok := bot.Command(command); ok && want != bot.Notify && want != bot.MyData && want != bot.ForgetMe { // the database is the person's own
		e.Want, e.Text = want, rest
		return e, true
	}
	click, known := c.click(command)
	e.Click, e.Text = &click, ""
	return e, known
}

// click reads a command about the last reply: "why", or "report the year is wrong".
func (c *Chat) click(command string) (bot.Click, bool) {
	verb, typed, _ := strings.Cut(command, " ")
	click, ok := bot.ParseClick(bot.Control{Verb: bot.Verb(strings.ToLower(verb))}.ID(c.last))
	typed = strings.TrimSpace(typed)
	click.Fields = map[string]string{bot.FieldText: typed}
	click.Typed = typed != "" || click.Verb == bot.Unhelpful // whose text may be missing
	return click, ok
}

// Post writes a reply.
func (c *Chat) Post(_ context.Context, to deliver.Address, r bot.Reply) (deliver.Receipt, error) {
	var err error
	if c.JSON {
		encoder := json.NewEncoder(c.Out)
		encoder.SetEscapeHTML(false)
		err = encoder.Encode(asJSON(r))
	} else {
		_, err = io.WriteString(c.Out, c.Screen.Render(c.withWay(r))+"\n")
	}
	if err != nil {
		// A part may be on the screen already; a repetition would stand behind it.
		return deliver.Receipt{}, fmt.Errorf("write the reply: %w", err)
	}
	if len(r.Controls) > 0 {
		c.last = r.ID
	}
	c.posted++
	return deliver.Receipt{To: to, Messages: []deliver.MessageID{deliver.MessageID(strconv.Itoa(c.posted))}}, nil
}

// withWay is a reply that ends with how to get what it leaves out, or lacks.
func (c *Chat) withWay(r bot.Reply) bot.Reply {
	var lines []string
	for _, id := range r.Unattached {
		lines = append(lines, fmt.Sprintf("If you hold the document: parley source attach %s FILE", id))
	}
	if r.Rest != "" {
		lines = append(lines, r.Rest+": "+c.way(r))
	}
	r.Parts = slices.Clone(r.Parts)
	for _, line := range lines {
		r.Parts = append(r.Parts, compose.Part{Role: compose.RoleHint, Text: line})
	}
	return r
}

// way is how to get what a reply leaves out.
func (c *Chat) way(r bot.Reply) string {
	verb := r.About.Want
	switch {
	case c.Place != (deliver.Place{}) && slices.ContainsFunc(r.Controls, func(c bot.Control) bool { return c.Verb == bot.Quote }):
		return "type more; the words of the sources: type quote"
	case c.Place != (deliver.Place{}):
		return "type more"
	case verb == "" || verb == answers.IntentQuestion:
		return "parley ask --full"
	case verb == answers.IntentCheck:
		return "parley check --full"
	default:
		return fmt.Sprintf("parley %s --page %d, or --full", verb, max(1, r.About.View.Page)+1)
	}
}

// Revise writes the new reply below: a screen keeps its earlier lines.
func (c *Chat) Revise(ctx context.Context, old deliver.Receipt, r bot.Reply) (deliver.Receipt, error) {
	now, err := c.Post(ctx, old.To, r)
	now.FollowedUp = err == nil
	return now, err
}
