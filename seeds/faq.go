package seeds

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"parley/answers"
	"parley/answers/text"
)

// FAQ reads a list of questions and answers, CSV with the columns "answer" and "question" in a header, one way of asking a row.
// Rows of equal answers become one entry. It stands on one claim, whose source is the file: its SHA-256, and the day it was taken
// in. A question that stands there twice keeps its first answer; the others are returned as repeated, as problems with their lines.
func FAQ(r io.Reader, name string, day answers.Date) (c answers.Contents, repeated Problems, err error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return c, nil, fmt.Errorf("read %s: %w", name, err)
	}
	rows, lines, err := columns(data, name, "answer", "question")
	if err != nil {
		return c, nil, err
	}
	digest := sha256.Sum256(data)
	source := answers.Source{
		ID: "faq", Title: name, TitledBy: answers.TitledByCurator, SHA256: hex.EncodeToString(digest[:]), Kind: answers.KindList,
		Date: answers.DateRange{Earliest: day, Latest: day, Basis: answers.BasisInferred, From: "the day on which the file was taken in"},
	}
	at := map[string]int{}    // entry by answer
	asked := map[string]int{} // entry by folded question
	taken := map[answers.EntryID]bool{}
	var problems Problems
	for i, row := range rows {
		answer, question := strings.TrimSpace(row[0]), strings.TrimSpace(row[1])
		folded := text.Fold(question)
		if answer == "" || folded == "" {
			problems = append(problems, Problem{name, lines[i], 1, "a row needs an answer and a question"})
			continue
		}
		n, known := at[answer]
		if other, twice := asked[folded]; twice {
			if !known || other != n {
				repeated = append(repeated, Problem{name, lines[i], 1, fmt.Sprintf("the question %q has another answer above", question)})
			}
			continue
		}
		if !known {
			n = len(c.Entries)
			at[answer] = n
			c.Entries = append(c.Entries, faqEntry(answer, question, n+1, day, taken))
			c.Claims = append(c.Claims, answers.Claim{
				ID: faqClaim(n + 1), Text: answer, Modality: answers.Asserted, Source: source.ID, Paragraph: n + 1, Topics: []answers.TopicID{"faq"},
			})
			source.Paragraphs = append(source.Paragraphs, answers.Paragraph{Number: n + 1, Claims: []answers.ClaimID{faqClaim(n + 1)}})
		} else {
			c.Entries[n].Phrasings = append(c.Entries[n].Phrasings, question)
		}
		asked[folded] = n
	}
	if len(problems) > 0 {
		return answers.Contents{}, nil, problems
	}
	if len(rows) == 0 {
		return answers.Contents{}, nil, Problems{{name, 1, 1, "there is no row below the header"}}
	}
	c.Sources = []answers.Source{source}
	c.Topics = []answers.Topic{{ID: "faq", Name: name}}
	c.Sort()
	return c, repeated, nil
}

func faqClaim(n int) answers.ClaimID { return answers.ClaimID(fmt.Sprintf("faq-%d", n)) }

// faqEntry makes an entry whose text is the answer as it stands, marked with its claim.
func faqEntry(answer, question string, n int, day answers.Date, taken map[answers.EntryID]bool) answers.Entry {
	id := answers.EntryID(slug(answer))
	if id == "" || len(id) > 40 || taken[id] {
		id = answers.EntryID(fmt.Sprintf("answer-%d", n))
	}
	taken[id] = true
	text := strings.NewReplacer("[", "(", "]", ")").Replace(answer) // brackets would be taken for markers
	return answers.Entry{
		ID: id, Kind: answers.KindFAQ, State: answers.Live, Question: question, Topics: []answers.TopicID{"faq"},
		Lead:   answers.Prose(fmt.Sprintf("%s [%s]", text, faqClaim(n))),
		Review: answers.Date{Year: day.Year + 1, Month: day.Month, Day: min(day.Day, 28)},
	}
}

var notInSlug = regexp.MustCompile(`[^a-z0-9]+`)

func slug(s string) string {
	return strings.Trim(notInSlug.ReplaceAllString(strings.ToLower(s), "-"), "-")
}

// Labelled is a question with the answer that it must get; "" means that it must be declined.
type Labelled struct {
	Question, Expected string
}

// LabelledSet reads questions to measure with: CSV with the columns "question" and "expected" in a header.
func LabelledSet(r io.Reader, name string) ([]Labelled, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	rows, _, err := columns(data, name, "question", "expected")
	if err != nil {
		return nil, err
	}
	set := make([]Labelled, len(rows))
	for i, row := range rows {
		set[i] = Labelled{row[0], strings.TrimSpace(row[1])}
	}
	return set, nil
}

// columns reads two columns of a CSV file by the names in its header, in any order, with the line of each row. A byte order mark
// and further columns are passed over.
func columns(data []byte, name, first, second string) (rows [][2]string, lines []int, err error) {
	reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(strings.ToValidUTF8(string(data), "\ufffd"), "\ufeff")))
	reader.FieldsPerRecord = -1
	header, err := reader.Read()
	if err != nil && err != io.EOF {
		return nil, nil, csvProblem(name, err)
	}
	at := [2]int{-1, -1}
	for i, h := range header {
		switch strings.ToLower(strings.TrimSpace(h)) {
		case first:
			at[0] = i
		case second:
			at[1] = i
		}
	}
	if at[0] < 0 || at[1] < 0 {
		return nil, nil, Problems{{name, 1, 1, fmt.Sprintf("the first line must name the columns %q and %q", first, second)}}
	}
	var problems Problems
	for {
		record, err := reader.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, nil, csvProblem(name, err)
		}
		line, _ := reader.FieldPos(0)
		if len(record) <= max(at[0], at[1]) {
			problems = append(problems, Problem{name, line, 1, "a column is missing"})
			continue
		}
		rows, lines = append(rows, [2]string{record[at[0]], record[at[1]]}), append(lines, line)
	}
	if len(problems) > 0 {
		return nil, nil, problems
	}
	return rows, lines, nil
}

func csvProblem(name string, err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return Problems{{name, parse.Line, parse.Column, parse.Err.Error()}}
	}
	return fmt.Errorf("read %s: %w", name, err)
}
