package chattest

import (
	"fmt"
	"slices"
	"time"

	"parley/store"
)

// A person sees what is held of them, alone, and is forgotten when they want. What others saw stays, without them, and is still corrected.
func forgotten(w *world) error {
	w.start()
	w.Say("Q1", Question)
	if err := w.settled(1); err != nil {
		return err
	}
	before, err := w.db.Deliveries(w.ctx, time.Time{})
	if err != nil || len(before) != 1 || before[0].To.Person == "" {
		return fmt.Errorf("on record is %+v: %v", before, err)
	}
	w.Command("my-data")
	if err := first(
		func() error { return w.shows("What Parley holds of you", 1) },
		func() error { return w.shows("1 questions and statements", 1) },
		func() error { return w.settled(2) }); err != nil {
		return err
	}
	w.Command("forget-me")
	steps := []func() error{
		func() error { return w.shows("Parley has forgotten you", 1) },
		func() error { return w.settled(2) },
		func() error { return w.unnamed(before[0]) },
	}
	if w.Edits {
		steps = append(steps, w.correct, func() error { return w.shows(Correction, 1) }, func() error { return w.shows(Answer, 0) })
	}
	return first(steps...)
}

// unnamed wants the person of a reply to be in no row any more, and the reply on record with what it stands on.
func (w *world) unnamed(of store.Delivery) error {
	h, err := w.db.Held(w.ctx, store.Person{Platform: of.Platform, ID: of.To.Person})
	if err != nil || len(h.Questions)+len(h.Replies)+len(h.Feedback)+len(h.Dialogues)+len(h.Open)+len(h.Consents) > 0 {
		return fmt.Errorf("of the person is held %+v: %v", h, err)
	}
	all, err := w.db.Deliveries(w.ctx, time.Time{})
	if err != nil {
		return err
	}
	for _, d := range all {
		if d.ID != of.ID && !d.To.Private {
			return fmt.Errorf("others saw %s", d.Body)
		}
	}
	if !slices.ContainsFunc(all, func(d store.Delivery) bool { return d.ID == of.ID && len(d.Shown) == len(of.Shown) }) {
		return fmt.Errorf("the reply that others saw is not on record: %+v", all)
	}
	questions, err := w.db.Questions(w.ctx, time.Time{})
	if err != nil || len(questions) > 0 {
		return fmt.Errorf("on record are %+v: %v", questions, err)
	}
	return nil
}

// A team that removes Parley is forgotten, and that team alone; the others are answered.
func removed(w *world) error {
	const team = "900000000000000009"
	w.start()
	w.Say("Q1", Question)
	if err := w.settled(1); err != nil {
		return err
	}
	before, err := w.db.Deliveries(w.ctx, time.Time{})
	if err != nil || len(before) != 1 {
		return fmt.Errorf("on record is %+v: %v", before, err)
	}
	platform := before[0].Platform
	for _, of := range []string{team, before[0].To.Team} {
		if err := w.db.SetSetting(w.ctx, store.Setting{Platform: platform, Team: of, Body: []byte("{}")}); err != nil {
			return err
		}
	}
	w.Remove(team)
	return first(
		func() error {
			return w.until("the team was forgotten", func() bool {
				left, err := w.db.Settings(w.ctx)
				return err == nil && len(left) == 1 && left[0].Team == before[0].To.Team
			})
		},
		func() error { w.Say("Q2", Question); return w.shows(Answer, 2) })
}
