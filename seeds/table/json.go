package table

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// json reads a list of objects, an object that holds one such list, or objects one after the other. The names of fields are the header, in the
// order in which they first stand; a field of an inner object is "source url", for what stands as {"source": {"url": …}}.
func (t *Table) json(text string) error {
	r := reader{decoder: json.NewDecoder(strings.NewReader(text)), text: text}
	r.decoder.UseNumber()
	t.Form = "JSON"
	var objects []object
	for {
		r.skip()
		line := r.line()
		v, err := r.value()
		if err == io.EOF {
			break
		}
		if err != nil {
			return t.problem(r.line(), 1, "this is no JSON: %v", readable(err))
		}
		switch v := v.(type) {
		case []any:
			for _, one := range v {
				o, ok := one.(object)
				if !ok {
					return t.problem(line, 1, "the list must hold objects, each with its fields by name")
				}
				objects = append(objects, o)
			}
		case object:
			objects = append(objects, v)
		default:
			return t.problem(line, 1, "an object is expected here, or a list of objects")
		}
	}
	if len(objects) == 1 {
		if inner := objects[0].list(); inner != nil {
			objects = inner
		}
	}
	t.Header = []string{}
	at := map[string]int{}
	rows := make([]map[string]string, len(objects))
	for i, o := range objects {
		rows[i] = map[string]string{}
		o.cells("", func(name, text string) {
			if _, known := at[name]; !known {
				at[name] = len(t.Header)
				t.Header = append(t.Header, name)
			}
			rows[i][name] = text
		})
	}
	for i, o := range objects {
		cells := make([]string, len(t.Header))
		for name, text := range rows[i] {
			cells[at[name]] = text
		}
		t.add(o.line, cells)
	}
	return nil
}

// object is a JSON object in the order in which it was written.
type object struct {
	line   int
	names  []string
	values []any
}

// list is the one list of objects that an object holds; nil for none, or several.
func (o object) list() (inner []object) {
	for _, v := range o.values {
		list, _ := v.([]any)
		if len(list) == 0 || slices.ContainsFunc(list, func(one any) bool { _, ok := one.(object); return !ok }) {
			continue
		}
		if inner != nil {
			return nil
		}
		for _, one := range list {
			inner = append(inner, one.(object))
		}
	}
	return inner
}

// cells hands the fields on as text. Of a list, each item is a line.
func (o object) cells(prefix string, keep func(name, text string)) {
	for i, name := range o.names {
		switch v := o.values[i].(type) {
		case object:
			v.cells(prefix+name+" ", keep)
		case []any:
			var items []string
			for _, one := range v {
				if text := scalar(one); text != "" {
					items = append(items, text)
				}
			}
			keep(prefix+name, strings.Join(items, "\n"))
		default:
			keep(prefix+name, scalar(v))
		}
	}
}

func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number, bool:
		return fmt.Sprint(v)
	default:
		return "" // null, or deeper than a row is
	}
}

// reader reads JSON with the lines of its objects.
type reader struct {
	decoder *json.Decoder
	text    string
	counted int // bytes whose line ends are counted
	lines   int
}

// skip goes over blanks and commas, so that the next value's line is its own.
func (r *reader) skip() { r.decoder.More() }

func (r *reader) line() int {
	at := int(r.decoder.InputOffset())
	for at < len(r.text) && strings.IndexByte(" \t\r\n,:", r.text[at]) >= 0 {
		at++
	}
	r.lines += strings.Count(r.text[r.counted:max(at, r.counted)], "\n")
	r.counted = max(at, r.counted)
	return r.lines + 1
}

func (r *reader) value() (any, error) {
	line := r.line()
	token, err := r.decoder.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('['):
		list := []any{}
		for r.decoder.More() {
			v, err := r.value()
			if err != nil {
				return nil, unfinished(err)
			}
			list = append(list, v)
		}
		_, err := r.decoder.Token()
		return list, unfinished(err)
	case json.Delim('{'):
		o := object{line: line}
		for r.decoder.More() {
			name, err := r.decoder.Token()
			if err != nil {
				return nil, unfinished(err)
			}
			v, err := r.value()
			if err != nil {
				return nil, unfinished(err)
			}
			o.names, o.values = append(o.names, fmt.Sprint(name)), append(o.values, v)
		}
		_, err := r.decoder.Token()
		return o, unfinished(err)
	default:
		return token, nil
	}
}

// unfinished tells an end within a value from the end of the file.
func unfinished(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

func readable(err error) string {
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return syntax.Error()
	case err == io.ErrUnexpectedEOF:
		return "it ends too soon"
	default:
		return err.Error()
	}
}
