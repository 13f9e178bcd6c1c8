package seeds

import (
	"cmp"
	"fmt"
	"slices"

	"parley/answers"
	"parley/answers/lint"
)

// FormatItem writes contents that hold a single item as Format would, but folded at a width of its own; nothing for no item.
func FormatItem(c answers.Contents, width int) ([]byte, error) {
	files, err := format(c, width, false)
	if err != nil {
		return nil, err
	}
	if len(files) > 1 {
		return nil, fmt.Errorf("write an item: there are %d files of items", len(files))
	}
	for _, data := range files {
		return data, nil
	}
	return nil, nil
}

// Draft is what somebody wrote in a file of its own, before it is checked against the rest of the record.
type Draft struct {
	Contents answers.Contents
	decoder  decoder
}

// ReadDraft reads a file of items, whatever its name. What cannot be read is returned as Problems, together with all that could be.
func ReadDraft(name string, data []byte) (Draft, error) {
	d := Draft{decoder: decoder{at: map[lint.Subject]place{}}}
	d.decoder.read(name, data)
	d.decoder.frame()
	d.Contents = d.decoder.contents
	d.Contents.Sort()
	if len(d.decoder.problems) > 0 {
		return d, d.decoder.problems
	}
	return d, nil
}

// Items lists what the draft holds, by noun and id, in order.
func (d Draft) Items() []answers.Ref { return d.decoder.items }

// Locate gives editorial problems their lines in the draft. What is wrong with another item, because of the draft, has none.
func (d Draft) Locate(problems []lint.Problem) Problems {
	var located Problems
	for _, p := range problems {
		at := d.decoder.located(p)
		if at.Line == 0 {
			at.File = "elsewhere in the record"
		}
		located = append(located, at)
	}
	slices.SortStableFunc(located, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(b.Line, 0)-cmp.Compare(a.Line, 0), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return located
}
