// Package seeds is the reviewed copy of the record: the curated corpus as YAML, embedded into the program, and the way
// between such files and the values of package answers.
//
// Load reads a folder and reports every problem in it at once, each with file, line and column: what cannot be read
// (decode.go), and what breaks an editorial rule (lint.Lint). Format is its inverse and writes the one canonical form,
// so that Format(Load(x)) == x and a change shows in review as what it is (format.go). about.yaml holds the words of the topic. STYLE.md says how the record is
// written.
package seeds

import (
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"parley/answers"
	"parley/answers/lint"
)

//go:embed record
var record embed.FS

// Record is the embedded corpus, a folder as Load reads it.
func Record() fs.FS {
	sub, err := fs.Sub(record, "record")
	if err != nil {
		panic(err) // the embed directive above names the folder
	}
	return sub
}

// Problem is one thing wrong in a file. Line and Column count from 1; 0 means the file as a whole.
type Problem struct {
	File         string
	Line, Column int
	Message      string
}

// String writes the problem as editors understand it: file:line:column: message.
func (p Problem) String() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s: %s", p.File, p.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
}

// Problems are all that is wrong in a folder, by file and line.
type Problems []Problem

// Error lists the problems, one a line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Load reads every .yaml file below the root of dir into contents in canonical order. If anything is wrong it returns
// what could be read together with Problems that name all of it; other errors come from reading dir.
func Load(dir fs.FS) (answers.Contents, error) {
	d := newDecoder()
	err := fs.WalkDir(dir, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".yaml") {
			return err
		}
		data, err := fs.ReadFile(dir, path)
		if err != nil {
			return err
		}
		if path == changesFile {
			d.amendments(data)
		} else {
			d.read(path, data)
		}
		return nil
	})
	if err != nil {
		return answers.Contents{}, fmt.Errorf("read the record: %w", err)
	}
	if d.files == 0 {
		return answers.Contents{}, errors.New("read the record: the folder holds no .yaml file")
	}
	d.frame()
	d.contents.Sort()
	for _, p := range lint.Lint(d.contents) {
		d.problems = append(d.problems, d.located(p))
	}
	if len(d.problems) == 0 {
		return d.contents, nil
	}
	slices.SortStableFunc(d.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return d.contents, slices.Compact(d.problems)
}

// Digest is the SHA-256 of all files below the root of dir with their names, in hexadecimal: it changes when any of
// them does.
func Digest(dir fs.FS) (string, error) {
	h := sha256.New()
	err := fs.WalkDir(dir, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(dir, path)
		if err != nil {
			return err
		}
		fmt.Fprintf(h, "%q %d\n", path, len(data))
		h.Write(data)
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("digest the record: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// About reads what the record in dir says that it is about, without the rest of it.
func About(dir fs.FS) (answers.About, error) {
	data, err := fs.ReadFile(dir, aboutFile)
	if err != nil {
		return answers.About{}, fmt.Errorf("read what the record is about: %w", err)
	}
	d, err := ReadDraft(aboutFile, data)
	if err == nil && d.Contents.About == nil {
		err = errors.New("it does not say")
	}
	if err != nil {
		return answers.About{}, fmt.Errorf("read what the record is about: %w", err)
	}
	return *d.Contents.About, nil
}
