package faq

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"parley/answers"
)

// header names the columns of Write.
var header = []string{"id", "question", "answer", "further questions", "source url", "publisher", "source title", "date", "as of", "topic", "rating", "claimant"}

// Write writes the live answers of a record as CSV that Read reads back, in the order of their sources; columns that hold nothing are left out. A
// question that publishers answer differently has a row for each. What a spreadsheet would take for a formula has an apostrophe before it.
func Write(w io.Writer, c answers.Contents) error {
	claims, sources, topics, actors := map[answers.ClaimID]answers.Claim{}, map[answers.SourceID]answers.Source{}, map[answers.TopicID]string{}, map[answers.ActorID]string{}
	place := map[answers.ClaimID]int{}
	for i, claim := range c.Claims {
		claims[claim.ID], place[claim.ID] = claim, i
	}
	for _, s := range c.Sources {
		sources[s.ID] = s
	}
	for _, t := range c.Topics {
		if t.ID != "faq" {
			topics[t.ID] = t.Name
		}
	}
	for _, a := range c.Actors {
		actors[a.ID] = a.Name
	}
	var entries []answers.Entry
	for _, e := range c.Entries {
		if e.State == answers.Live && len(e.First()) > 0 {
			entries = append(entries, e)
		}
	}
	slices.SortStableFunc(entries, func(a, b answers.Entry) int { return place[a.First()[0]] - place[b.First()[0]] })
	var rows [][]string
	for _, e := range entries {
		ids := e.First()
		if e.Kind != answers.KindFAQ {
			ids = ids[:1] // its lead speaks of all that it stands on
		}
		for i, id := range ids {
			claim := claims[id]
			s := sources[claim.Source]
			row := []string{string(e.ID), e.Question, told(e, claim, s), strings.Join(e.Phrasings, "\n"), s.URL, s.Publisher, "", written(s.Date), written(claim.Date), "", "", actors[claim.Claimant]}
			if i > 0 {
				row[3] = ""
			}
			if s.TitledBy == answers.TitledByDocument {
				row[6] = s.Title
			}
			if len(e.Topics) > 0 {
				row[9] = topics[e.Topics[0]]
			}
			if m := rated.FindStringSubmatch(row[2]); m != nil {
				row[2], row[10], row[11] = strings.TrimPrefix(row[2], m[0]), m[1], m[2]
			}
			rows = append(rows, row)
		}
	}
	return writeTable(w, header, rows, func(column int) bool {
		return column < 3 || slices.ContainsFunc(rows, func(row []string) bool { return row[column] != "" })
	})
}

// told is what an entry says by a claim: the claim's own text, unless a curator has changed the answer.
func told(e answers.Entry, claim answers.Claim, s answers.Source) string {
	if e.Kind == answers.KindFAQ && (e.Dispute != "" || write(e, []said{{claim, s}}).Lead == e.Lead || len(e.First()) > 1) {
		return claim.Text
	}
	return plainText(e)
}

// written is a date as Read reads it: a day, a month or a year.
func written(r answers.DateRange) string {
	e, l := r.Earliest, r.Latest
	switch {
	case !r.Known() || r.Basis != answers.BasisStated:
		return ""
	case e == l:
		return e.Time().Format("2006-01-02")
	case e.Year == l.Year && e.Month == l.Month && e.Day == 1:
		return e.Time().Format("2006-01")
	case e.Year == l.Year && e.Day == 1 && e.Month == 1 && l.Month == 12:
		return fmt.Sprint(e.Year)
	default:
		return ""
	}
}

// writeTable writes those columns of rows that are wanted, each text guarded.
func writeTable(w io.Writer, header []string, rows [][]string, wanted func(column int) bool) error {
	out := csv.NewWriter(w)
	for i, row := range append([][]string{header}, rows...) {
		var cells []string
		for column, text := range row {
			if !wanted(column) {
				continue
			}
			if i > 0 {
				text = Guard(text)
			}
			cells = append(cells, text)
		}
		if err := out.Write(cells); err != nil {
			return fmt.Errorf("write the table: %w", err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	return nil
}

// Rejects are the rows of a list that were refused, as a table that can be mended and imported: their cells as they stood, and why.
func (l List) Rejects() ([]byte, error) {
	var names []string
	for _, r := range l.Refused {
		for _, name := range r.header {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	var rows [][]string
	for _, r := range l.Refused {
		row := make([]string, len(names)+1)
		for i, cell := range r.cells {
			if i < len(r.header) {
				row[slices.Index(names, r.header[i])] = unguarded(cell)
			} else if cell != "" {
				row[slices.Index(names, r.header[len(r.header)-1])] += ", " + cell // lest it be lost
			}
		}
		row[len(names)] = r.String()
		rows = append(rows, row)
	}
	var b bytes.Buffer
	err := writeTable(&b, append(names, "refused because"), rows, func(int) bool { return true })
	return b.Bytes(), err
}
