package table

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"parley/seeds"
)

// rows are the cells of a table, its header first, with the lines of the rows.
func rows(t Table) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", strings.Join(t.Header, "|"))
	for _, r := range t.Rows {
		fmt.Fprintf(&b, "%d %s\n", r.Line, strings.ReplaceAll(strings.Join(r.Cells, "|"), "\n", "/"))
	}
	return b.String()
}

func utf16(e unicode.Endianness, mark unicode.BOMPolicy, text string) string {
	out, _ := unicode.UTF16(e, mark).NewEncoder().String(text)
	return out
}

func western1252(text string) string {
	out, _ := charmap.Windows1252.NewEncoder().String(text)
	return out
}

const (
	plainRows = "question|answer\n2 When does the tram leave?|At six.\n"
	french    = "question,answer\nWhere is the café?,“Au port” – près du pont.\n"
)

func TestRead(t *testing.T) {
	workbook := excelize.NewFile()
	for cell, text := range map[string]string{"A1": "question", "B1": "answer", "A3": "When does the tram leave?", "B3": "At six."} {
		if err := workbook.SetCellStr("Sheet1", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	var packed bytes.Buffer
	if err := workbook.Write(&packed); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ what, name, data, form, want string }{
		{"CSV", "a.csv", "question,answer\nWhen does the tram leave?,At six.\n", "CSV, UTF-8", plainRows},
		{"no last line end", "a.csv", "question,answer\nWhen does the tram leave?,At six.", "CSV, UTF-8", plainRows},
		{"a mark before UTF-8", "a.csv", "\ufeffquestion,answer\r\nWhen does the tram leave?,At six.\r\n", "CSV, UTF-8", plainRows},
		{"a mark and quotation marks", "a.csv", "\ufeff\"question\",\"answer\"\n\"When does the tram leave?\", \"At six.\"\n", "CSV, UTF-8", plainRows},
		{"tabs", "a.tsv", "question\tanswer\nWhen does the tram leave?\tAt six.\n", "rows with tabs, UTF-8", plainRows},
		{"tabs under another name", "a.csv", "question\tanswer\nWhen does the tram leave?\tAt six.\n", "rows with tabs, UTF-8", plainRows},
		{"tabs need no quotation marks", "a.tsv", "question\tanswer\nWhat is \"tram 7\"?\tA tram, with bells.\n", "rows with tabs, UTF-8", "question|answer\n2 What is \"tram 7\"?|A tram, with bells.\n"},
		{"semicolons", "a.csv", "question;answer\nWhen does the tram leave?;At six.\n", "CSV with semicolons, UTF-8", plainRows},
		{"a line of Excel", "a.csv", "sep=;\r\nquestion;answer\r\nWhen does the tram leave?;At six.\r\n", "CSV that says sep=;, UTF-8", "question|answer\n3 When does the tram leave?|At six.\n"},
		{"old line ends", "a.csv", "question,answer\rWhen does the tram leave?,At six.\r", "CSV, UTF-8", plainRows},
		{"UTF-16 of Excel", "a.txt", utf16(unicode.LittleEndian, unicode.UseBOM, "question\tanswer\r\nWhen does the tram leave?\tAt six.\r\n"), "rows with tabs, UTF-16 (little-endian)", plainRows},
		{"UTF-16 the other way", "a.csv", utf16(unicode.BigEndian, unicode.UseBOM, "question,answer\nКоли їде трамвай?,О шостій.\n"), "CSV, UTF-16 (big-endian)", "question|answer\n2 Коли їде трамвай?|О шостій.\n"},
		{"UTF-16 without a mark", "a.csv", utf16(unicode.LittleEndian, unicode.IgnoreBOM, "question,answer\nКоли їде трамвай?,О шостій.\n"), "CSV, UTF-16 (little-endian)", "question|answer\n2 Коли їде трамвай?|О шостій.\n"},
		{"the same the other way", "a.csv", utf16(unicode.BigEndian, unicode.IgnoreBOM, "question,answer\nКоли їде трамвай?,О шостій.\n"), "CSV, UTF-16 (big-endian)", "question|answer\n2 Коли їде трамвай?|О шостій.\n"},
		{"Windows-1252", "a.csv", western1252(french), "CSV, Windows 1252", "question|answer\n2 Where is the café?|“Au port” – près du pont.\n"},
		{"blank rows", "a.csv", "question,answer\n,\n\nWhen does the tram leave?,At six.\n , \n", "CSV, UTF-8", "question|answer\n4 When does the tram leave?|At six.\n"},
		{"lines in a cell", "a.csv", "question,answer\n\"When?\",\"At six.\n\nOr at \"\"seven\"\".\"\nWhere?,Here.\n", "CSV, UTF-8", "question|answer\n2 When?|At six.//Or at \"seven\".\n5 Where?|Here.\n"},
		{"JSON", "a.json", "[\n {\"question\": \"When?\", \"answer\": \"At six.\", \"n\": 7},\n {\"answer\": \"Here.\", \"question\": \"Where?\", \"phrasings\": [\"where to\", \"which way\"]}\n]\n",
			"JSON, UTF-8", "question|answer|n|phrasings\n2 When?|At six.|7|\n3 Where?|Here.||where to/which way\n"},
		{"JSON lines", "a.jsonl", "{\"question\": \"When?\", \"answer\": \"At six.\"}\n{\"question\": \"Where?\", \"answer\": null}\n", "JSON, UTF-8", "question|answer\n1 When?|At six.\n2 Where?|\n"},
		{"JSON with a list inside", "a.json", "{\"version\": 2,\n\"items\": [\n{\"question\": \"When?\", \"answer\": \"At six.\", \"source\": {\"url\": \"https://a.example\", \"name\": \"Office\"}}]}", "JSON, UTF-8",
			"question|answer|source url|source name\n3 When?|At six.|https://a.example|Office\n"},
		{"a workbook", "a.xlsx", packed.String(), "workbook (.xlsx), sheet \"Sheet1\"", "question|answer\n3 When does the tram leave?|At six.\n"},
	} {
		got, err := Read(c.name, []byte(c.data), Options{})
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		if rows(got) != c.want || got.Form != c.form {
			t.Errorf("%s: read as %s:\n%s\nwant %s:\n%s", c.what, got.Form, rows(got), c.form, c.want)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for _, c := range []struct{ what, data, want string }{
		{"a quotation that never ends", "question,answer\nWhen?,\"At six.\nWhere?,Here.\n", "a.csv:2:7: a quotation begins here and never ends"},
		{"one that ends in the next", "question,answer\nWhen?,\"At six.\nWhere?,\"Here.\"\n", "a.csv:2:7: a quotation begins here, and after the \" that ends it (line 3, column 8) the cell goes on"},
		{"a bare quotation mark", "question,answer\nWhere?,At \"six\"\n", "a.csv:2:11: bare \""},
		{"bytes of two encodings", "question,answer\nOù?,Là.\nWhere?,Caf\xe9.\n", "a.csv:3:1: the file is not whole UTF-8"},
		{"another alphabet", "question,answer\n\xca\xee\xeb\xe8 \xbf\xe4\xe5?,\xce \xf8\xee\xf1\xf2\xb3\xe9.\n", "name its encoding with --encoding"},
		{"half a character", utf16(unicode.LittleEndian, unicode.UseBOM, "question,answer\n")[:29], "a character is lost here"},
		{"an old workbook", "\xd0\xcf\x11\xe0...", "an old Excel or Word file; save it as .xlsx"},
		{"a page", "<!DOCTYPE html><table>", "a web page"},
		{"something packed", "PK\x03\x04....", "no workbook (.xlsx) that can be read"},
		{"JSON that ends", "[{\"question\": \"When?\"", "this is no JSON: it ends too soon"},
		{"JSON of texts", "[\"a\"]", "the list must hold objects"},
	} {
		name := "a.csv"
		if strings.HasPrefix(c.data, "[") {
			name = "a.json"
		}
		_, err := Read(name, []byte(c.data), Options{})
		var problems seeds.Problems
		if !errors.As(err, &problems) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.what, err, c.want)
		}
	}
	if got, err := Read("a.csv", []byte("question,answer\n\xca\xee\xeb\xe8 \xbf\xe4\xe5?,\xce \xf8\xee\xf1\xf2\xb3\xe9.\n"), Options{Encoding: "windows-1251"}); err != nil || got.Rows[0].Cells[0] != "Коли їде?" {
		t.Errorf("with its encoding named: %v, %v", got.Rows, err)
	}
	if _, err := Read("a.csv", []byte("a,b\n"), Options{Encoding: "klingon"}); err == nil || !strings.Contains(err.Error(), "Windows 1251") {
		t.Errorf("of an encoding that there is not: %v", err)
	}
}

func TestColumns(t *testing.T) {
	for _, c := range []struct {
		header string
		named  map[Role]string
		want   string // the question, the answer, what is further and the link, or the problem
	}{
		{"Question,Response", nil, "q=Question a=Response"},
		{"ANSWER_TEXT;faqQuestion;Source URL", nil, "q=faqQuestion a=ANSWER_TEXT l=Source URL"},
		{"Question 1,Question 2,alternative_3,A", nil, "q=Question 1 a=A f=Question 2,alternative_3"},
		{"Titel,Text,answer", map[Role]string{Question: "titel"}, "q=Titel a=answer"},
		{"question,answer,url", map[Role]string{Link: ""}, "q=question a=answer"},
		{"Frage,Antwort", nil, "the column of each question; there stands \"Frage\", \"Antwort\". If one of them is that, say so, as in --column question=Frage"},
		{"question,answer", map[Role]string{Date: "day"}, "there is no column \"day\" for date; there are \"question\", \"answer\""},
	} {
		table, err := Read("a.csv", []byte(c.header+"\n"), Options{})
		if err != nil {
			t.Fatal(err)
		}
		columns, err := table.Columns(c.named, Question, Answer)
		got := fmt.Sprintf("q=%s a=%s", strings.Join(columns.Names(table, Question), ","), strings.Join(columns.Names(table, Answer), ","))
		for short, role := range map[string]Role{" f=": Further, " l=": Link} {
			if names := columns.Names(table, role); names != nil {
				got += short + strings.Join(names, ",")
			}
		}
		if err != nil {
			got = err.Error()
		}
		if err == nil && got != c.want || !strings.Contains(got, c.want) {
			t.Errorf("%s: %s, want %s", c.header, got, c.want)
		}
	}
	for cells, want := range map[string]Role{"https://a.example/x": Link, "Harbour Office": Publisher} {
		table, _ := Read("a.csv", []byte("question,answer,source\nWhen?,Six.,"+cells+"\n"), Options{})
		if columns, err := table.Columns(nil); err != nil || !columns.Has(want) {
			t.Errorf("the source %q is no %s: %v", cells, want, err)
		}
	}
}

// Whatever is read, no reader sees a character that was lost, and each row has the header's cells and a line of its own.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{french, western1252(french), utf16(unicode.BigEndian, unicode.IgnoreBOM, french), "sep=;\na;b\n\"x;\n\";y", "[{\"a\": [1, {\"b\": null}]}]", "a\tb\r\"\"\t\"", "PK\x03\x04"} {
		f.Add([]byte(seed), "a.csv")
	}
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		table, err := Read(name, data, Options{})
		var problems seeds.Problems
		if err != nil && !errors.As(err, &problems) {
			t.Fatalf("it fails otherwise than by a problem of the file: %v", err)
		}
		if err != nil {
			return
		}
		line := 0
		for _, r := range table.Rows {
			if len(r.Cells) < len(table.Header) || r.Line < line {
				t.Errorf("row %v after line %d, header %q", r, line, table.Header)
			}
			line = r.Line
			if text := strings.Join(r.Cells, ""); !utf8.ValidString(text) {
				t.Errorf("no text: %q", text)
			}
		}
		_, _ = table.Columns(nil, Question, Answer)
	})
}
