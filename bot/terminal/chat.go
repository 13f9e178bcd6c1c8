package terminal

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"parley/answers"
	"parley/bot"
)

// Chat is a conversation on a terminal, or with a program at the other end of a pipe: a line is an event, and what is posted is
// written out. A line that begins with a slash is a command, as on the other platforms: "/timeline paris".
type Chat struct {
	In      io.Reader
	Out     io.Writer
	Trouble func(error) // told that a reply was given but not recorded
	Screen  Screen
	JSON    bool // write one JSON object a reply instead of text

	Place bot.Place      // where all this is said; the zero Place makes each line stand by itself
	Want  answers.Intent // what lines without a command want
	AsOf  answers.Date

	Prompt string // shown before each line; an empty line then ends the conversation
}

// Name is how records call this platform.
func (c *Chat) Name() string { return "terminal" }

// Listen takes one line after another until there are no more.
func (c *Chat) Listen(ctx context.Context, receive bot.Receive) error {
	lines := bufio.NewReader(c.In)
	for ctx.Err() == nil {
		if _, err := io.WriteString(c.Out, c.Prompt); err != nil {
			return fmt.Errorf("write the prompt: %w", err)
		}
		line, err := lines.ReadString('\n')
		if err != nil && err != io.EOF {
			return fmt.Errorf("read what was typed: %w", err)
		}
		ended := err == io.EOF
		text := strings.TrimRight(line, "\r\n")
		if left := c.Prompt != "" && strings.TrimSpace(text) == ""; left || ended && line == "" {
			return nil
		}
		var unrecorded *bot.Unrecorded
		switch _, err := receive(ctx, c.event(text)); {
		case errors.As(err, &unrecorded):
			c.Trouble(err)
		case err != nil:
			return err
		}
		if ended {
			return nil
		}
	}
	return ctx.Err()
}

// event is what a line wants.
func (c *Chat) event(line string) bot.Event {
	e := bot.Event{Place: c.Place, Want: c.Want, Text: line, AsOf: c.AsOf}
	if command, ok := strings.CutPrefix(strings.TrimSpace(line), "/"); ok && c.Place != (bot.Place{}) {
		if want, rest, ok := bot.Command(command); ok {
			e.Want, e.Text = want, rest
		}
	}
	return e
}

// Post writes a reply.
func (c *Chat) Post(_ context.Context, to bot.Place, r bot.Reply) (bot.Receipt, error) {
	var err error
	if c.JSON {
		encoder := json.NewEncoder(c.Out)
		encoder.SetEscapeHTML(false)
		err = encoder.Encode(asJSON(r))
	} else {
		_, err = io.WriteString(c.Out, c.Screen.Render(r)+"\n")
	}
	if err != nil {
		return bot.Receipt{}, fmt.Errorf("write the reply: %w", err)
	}
	return bot.Receipt{Place: to}, nil
}

// Revise writes the new reply below: what a screen has shown stays shown.
func (c *Chat) Revise(ctx context.Context, old bot.Receipt, r bot.Reply) (bot.Receipt, error) {
	return c.Post(ctx, old.Place, r)
}
