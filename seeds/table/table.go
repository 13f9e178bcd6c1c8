// Package table reads what newsrooms have: lists of rows in CSV, TSV, JSON, JSON lines or a workbook, saved by programs that each have habits
// of their own. A file says neither its encoding nor its format, so that both are found out (encoding.go, delimited.go, json.go, workbook.go),
// and said, lest something be taken for what it is not. Columns are known by their names (columns.go). Every row keeps its line, every
// fault is told where it begins. Nothing is guessed that a reader could not check: what cannot be decoded is refused.
package table

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"

	"parley/seeds"
)

// Table is a list of rows with named columns.
type Table struct {
	Name   string // of the file, without its folder
	SHA256 string // of the file's bytes, hexadecimal
	Form   string // format and encoding, for people: "CSV with semicolons, UTF-16 (little-endian)"
	Notes  []string
	Header []string
	Rows   []Row
}

// Row is one row that is not blank. It has at least as many cells as the header.
type Row struct {
	Line  int // in the file, from 1; in a workbook the number of the row
	Cells []string
}

// Options say what is known of a file. The zero Options leave all to be found out.
type Options struct {
	Format   Format
	Encoding string // by name, as in "windows-1251"
	Sheet    string // of a workbook
}

// Format is how rows are written down.
type Format string

// The formats.
const (
	Found    Format = ""     // from the file itself
	CSV      Format = "csv"  // with whatever separates the cells
	TSV      Format = "tsv"  // with tabs
	JSON     Format = "json" // a list of objects, or objects one after the other
	Workbook Format = "xlsx"
)

// Read reads a file. What is wrong with it comes back as seeds.Problems.
func Read(name string, data []byte, o Options) (Table, error) {
	digest := sha256.Sum256(data)
	t := Table{Name: path.Base(name), SHA256: hex.EncodeToString(digest[:])}
	if o.Format == Workbook || o.Format == Found && bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return t, t.workbook(data, o.Sheet)
	}
	if what := foreign(data); what != "" {
		return t, t.problem(0, 0, "the file is %s; save it as .xlsx, or as CSV in UTF-8", what)
	}
	text, encoding, err := t.decode(data, o.Encoding)
	if err != nil {
		return t, err
	}
	if begin := strings.TrimSpace(text); o.Format == JSON || o.Format == Found && (strings.HasPrefix(begin, "[{") || strings.HasPrefix(begin, "{") ||
		strings.HasPrefix(begin, "[") && strings.EqualFold(path.Ext(name), ".json")) {
		err = t.json(text)
	} else {
		err = t.delimited(text, o.Format == TSV, strings.EqualFold(path.Ext(name), ".tsv"))
	}
	t.Form += ", " + encoding
	return t, err
}

// foreign names the kind of a file that is no list of rows; "" for one that may be.
func foreign(data []byte) string {
	for magic, what := range map[string]string{
		"\xd0\xcf\x11\xe0": "an old Excel or Word file", "%PDF": "a PDF", "\x1f\x8b": "compressed with gzip", "{\\rtf": "RTF",
		"\xff\xfe\x00\x00": "UTF-32", "\x89PNG": "a picture",
	} {
		if bytes.HasPrefix(data, []byte(magic)) {
			return what
		}
	}
	if begin := strings.ToLower(string(bytes.TrimSpace(data[:min(len(data), 200)]))); strings.HasPrefix(begin, "<!doctype html") || strings.HasPrefix(begin, "<html") {
		return "a web page"
	}
	return ""
}

// add takes in a row, unless it is blank. A row is as long as the header at least.
func (t *Table) add(line int, cells []string) {
	blank := true
	for i, c := range cells {
		if cells[i] = strings.TrimSpace(c); cells[i] != "" {
			blank = false
		}
	}
	if blank {
		return
	}
	if t.Header == nil {
		t.Header = cells
		return
	}
	for len(cells) < len(t.Header) {
		cells = append(cells, "")
	}
	t.Rows = append(t.Rows, Row{line, cells})
}

func (t *Table) note(format string, args ...any) {
	t.Notes = append(t.Notes, fmt.Sprintf(format, args...))
}

// problem is a fault that leaves nothing to read.
func (t *Table) problem(line, column int, format string, args ...any) error {
	return seeds.Problems{{File: t.Name, Line: line, Column: column, Message: fmt.Sprintf(format, args...)}}
}
