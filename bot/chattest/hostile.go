package chattest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/bot"
)

// hostileTexts try to ring, to link, to hide, to break out and to overflow.
var hostileTexts = []string{
	"<!channel> <@U123> <#C1> @everyone @here <@&42> <https://example.com|bank> [bank](https://example.com) " + Question,
	"*bold* _it_ ~no~ `code` ``` > quote ||spoiler|| # big & < > &amp; \u202e desrever \x1b[31m red \x00 " + Question,
	"What is " + strings.Repeat("e\u0301👩‍👩‍👧‍👦", 3000),
	"What is \xff\xfe broken \xc3\x28 utf-8?",
	" ",
}

// Whatever is typed, it is answered, once, and nothing of it acts.
func hostile(w *world) error {
	w.start()
	for i, text := range hostileTexts {
		before := len(w.Messages())
		w.Say(bot.EventID(fmt.Sprintf("H%d", i)), text)
		if err := w.settled(i + 1); err != nil {
			return fmt.Errorf("%.20q: %w", text, err)
		}
		if err := w.until("there was a reply", func() bool { return len(w.Messages()) > before }); err != nil {
			return fmt.Errorf("%.20q: %w", text, err)
		}
	}
	for _, m := range w.Messages() {
		if acting := w.Acting(m); len(acting) > 0 {
			return fmt.Errorf("in a message there acts %q:\n%s", acting, m)
		}
	}
	return nil
}

// More than Parley takes on is told so, or comes again; nothing is dropped in silence.
func busy(w *world) error {
	w.start(func(c *bot.Config) { c.Capacity = 1 })
	w.Fault(Slow)
	taken := w.Say("Q1", Question)
	if !taken {
		return errors.New("the first question was not taken in")
	}
	acknowledged := w.Say("Q2", Question)
	w.Fault("")
	if err := w.until("one was answered", func() bool { return strings.Contains(strings.Join(w.Messages(), "\n"), Answer) }); err != nil {
		return err
	}
	if acknowledged {
		err := w.until("it was told that Parley is busy, since both were acknowledged", func() bool {
			return slices.ContainsFunc(w.Messages(), func(m string) bool { return strings.Contains(m, "busy") })
		})
		if err != nil {
			return err
		}
	}
	err := w.until("the other was taken in", func() bool {
		w.Say("Q1", Question) // as people do, and platforms
		w.Say("Q2", Question)
		all, err := w.db.Outcomes(w.ctx, time.Time{})
		return err == nil && len(all) == 2
	})
	return first(func() error { return err }, func() error { return w.settled(2) }, func() error { return w.shows(Answer, 2) })
}
