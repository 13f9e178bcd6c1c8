package seeds

import (
	"encoding"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"parley/answers"
	"parley/answers/lint"
)

// place is where something stands in a file.
type place struct {
	file         string
	line, column int
}

// decoder reads files into contents and remembers where each field stood, so that an editorial problem found later can
// name its line. Keys are the JSON names of the fields in package answers; unknown ones are problems.
type decoder struct {
	contents answers.Contents
	at       map[lint.Subject]place
	items    []answers.Ref // in order
	frames   map[answers.ClaimID]answers.Frame
	problems Problems
	files    int
	file     string // the one being read
}

func (d *decoder) read(file string, data []byte) {
	d.file = file
	d.files++
	var doc yaml.Node
	if err := yaml.Load(data, &doc); err != nil {
		d.unreadable(err)
		return
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) != 1 {
		d.problem(&doc, "the file holds no list")
		return
	}
	d.form(&doc)
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		d.problem(root, "write the name of a list, such as \"claims:\", and its items below")
		return
	}
	for i := 0; i < len(root.Content); i += 2 {
		d.list(root.Content[i], root.Content[i+1])
	}
}

// unreadable reports a file that is not YAML.
func (d *decoder) unreadable(err error) {
	p := Problem{File: d.file, Message: "cannot be read as YAML: " + err.Error()}
	var load *yaml.LoadError
	if errors.As(err, &load) {
		p = Problem{File: d.file, Line: load.Mark.Line, Column: load.Mark.Column, Message: "cannot be read as YAML: " + load.Message}
	}
	d.problems = append(d.problems, p)
}

// form reports what YAML allows but Format could not write again: comments, anchors and aliases.
func (d *decoder) form(n *yaml.Node) {
	if n.HeadComment+n.LineComment+n.FootComment != "" {
		d.problem(n, "a comment would be lost when the record is exported; put it into a field, or into STYLE.md")
	}
	if n.Anchor != "" || n.Kind == yaml.AliasNode {
		d.problem(n, "anchors and aliases are not used here; write the text out")
		return
	}
	for _, child := range n.Content {
		d.form(child)
	}
}

// list reads one list of items into the contents.
func (d *decoder) list(key, items *yaml.Node) {
	noun := answers.Noun(key.Value)
	if noun == answers.NounAbout {
		d.about(key, items)
		return
	}
	if key.Value == framesFolder {
		d.framed(items)
		return
	}
	field := d.slice(noun)
	if !field.IsValid() {
		d.problem(key, fmt.Sprintf("there is no list %q", key.Value))
		return
	}
	if items.Kind != yaml.SequenceNode {
		d.problem(items, fmt.Sprintf("%s must be a list, each item after a hyphen", noun))
		return
	}
	for _, item := range items.Content {
		v := reflect.New(field.Type().Elem()).Elem()
		subject := lint.Subject{Noun: noun, ID: identity(noun, item)}
		d.mark(subject, item)
		d.items = append(d.items, answers.Ref{Noun: subject.Noun, ID: subject.ID})
		d.value(subject, item, v)
		field.Set(reflect.Append(field, v))
	}
}

// about reads what the record is about. It stands alone, so it is no list.
func (d *decoder) about(key, item *yaml.Node) {
	if d.contents.About != nil {
		d.problem(key, "the record says twice what it is about")
		return
	}
	d.contents.About = &answers.About{}
	subject := lint.Subject{Noun: answers.NounAbout, ID: string(answers.NounAbout)}
	d.mark(subject, item)
	d.items = append(d.items, answers.Ref{Noun: subject.Noun, ID: subject.ID})
	d.value(subject, item, reflect.ValueOf(d.contents.About).Elem())
}

// framed reads the frames of claims, which are kept apart from the claims lest these become hard to read.
func (d *decoder) framed(items *yaml.Node) {
	for _, item := range items.Content {
		if items.Kind != yaml.SequenceNode || item.Kind != yaml.MappingNode || len(item.Content) < 2 || item.Content[0].Value != "id" {
			d.problem(item, "frames are a list, each with the id of its claim first")
			return
		}
		id, fields := answers.ClaimID(item.Content[1].Value), *item
		fields.Content = item.Content[2:]
		if _, twice := d.frames[id]; twice {
			d.problem(item, fmt.Sprintf("the claim %q has a frame above", id))
		}
		if d.frames == nil {
			d.frames = map[answers.ClaimID]answers.Frame{}
		}
		var f answers.Frame
		subject := lint.Subject{Noun: answers.NounClaim, ID: string(id), Field: "frame"}
		d.mark(subject, item)
		d.value(subject, &fields, reflect.ValueOf(&f).Elem())
		d.frames[id] = f
	}
}

// frame gives the claims their frames. A claim that is written with its frame in one piece keeps it.
func (d *decoder) frame() {
	left := maps.Clone(d.frames)
	for i := range d.contents.Claims {
		c := &d.contents.Claims[i]
		if f, ok := d.frames[c.ID]; ok {
			c.Frame = f
			delete(left, c.ID)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(left)) {
		at := d.at[lint.Subject{Noun: answers.NounClaim, ID: string(id), Field: "frame"}]
		d.problems = append(d.problems, Problem{at.file, at.line, at.column, fmt.Sprintf("there is no claim %q to frame", id)})
	}
}

// slice is the list of the contents that a noun names.
func (d *decoder) slice(noun answers.Noun) reflect.Value {
	for n, list := range lists(&d.contents) {
		if n == noun {
			return reflect.ValueOf(list).Elem()
		}
	}
	return reflect.Value{}
}

// identity is the id by which package answers speaks of an item.
func identity(noun answers.Noun, item *yaml.Node) string {
	switch noun {
	case answers.NounRelation:
		return answers.Relation{
			From: answers.ClaimID(scalar(item, "from")),
			Kind: answers.RelationKind(scalar(item, "kind")),
			To:   answers.ClaimID(scalar(item, "to")),
		}.Key()
	case answers.NounFreeze:
		return answers.Freeze{Noun: answers.Noun(scalar(item, "noun")), ID: scalar(item, "id")}.Key()
	default:
		return scalar(item, "id")
	}
}

// scalar is the text under a key of a mapping, or "".
func scalar(n *yaml.Node, key string) string {
	if n.Kind == yaml.MappingNode {
		for i := 0; i < len(n.Content); i += 2 {
			if n.Content[i].Value == key {
				return n.Content[i+1].Value
			}
		}
	}
	return ""
}

// value reads a node into v. The subject names the place for later problems; below a list within an item it stays the same.
func (d *decoder) value(at lint.Subject, n *yaml.Node, v reflect.Value) {
	if u, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		if n.Kind != yaml.ScalarNode {
			d.problem(n, "a single value is expected here")
		} else if err := u.UnmarshalText([]byte(n.Value)); err != nil {
			d.problem(n, err.Error())
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.mapping(at, n, v)
	case reflect.Slice:
		d.sequence(at, n, v)
	case reflect.Int:
		number, err := strconv.Atoi(n.Value)
		if n.Kind != yaml.ScalarNode || err != nil {
			d.problem(n, "a whole number is expected here")
			return
		}
		v.SetInt(int64(number))
	case reflect.String:
		d.text(at, n, v)
	default:
		panic("seeds: no way to read a " + v.Type().String())
	}
}

func (d *decoder) mapping(at lint.Subject, n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.MappingNode {
		d.problem(n, "fields are expected here, each as \"name: value\"")
		return
	}
	seen := map[string]bool{}
	for i := 0; i < len(n.Content); i += 2 {
		key, node := n.Content[i], n.Content[i+1]
		field, ok := fieldNamed(v, key.Value)
		switch {
		case !ok:
			d.problem(key, fmt.Sprintf("there is no field %q here", key.Value))
			continue
		case seen[key.Value]:
			d.problem(key, fmt.Sprintf("the field %q stands twice", key.Value))
			continue
		}
		seen[key.Value] = true
		inner := at
		if at.Field == "" {
			inner.Field = key.Value
			d.mark(inner, node)
		}
		d.value(inner, node, field)
	}
}

func (d *decoder) sequence(at lint.Subject, n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.SequenceNode {
		d.problem(n, "a list is expected here")
		return
	}
	for i, node := range n.Content {
		item := reflect.New(v.Type().Elem()).Elem()
		inner := at
		if at.Index == 0 {
			inner.Index = i + 1
			d.mark(inner, node)
		}
		d.value(inner, node, item)
		v.Set(reflect.Append(v, item))
	}
}

func (d *decoder) text(at lint.Subject, n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		d.problem(n, "text is expected here")
		return
	}
	switch {
	case at.Noun == answers.NounGold: // any text that people send
	case slices.Contains([]string{"text", "lead", "detail", "positions"}, at.Field): // an answer of a list may have lines; lint tells which are of one
		if n.Value != answers.Lines(n.Value) {
			d.problem(n, "write the text without double spaces or spaces around it")
		}
	default:
		if n.Value != answers.OneLine(n.Value) {
			d.problem(n, "write the text as one paragraph, without double spaces or spaces around it")
		}
	}
	v.SetString(n.Value)
}

// mark remembers where a subject stands; of an id that is used twice, where the second one does.
func (d *decoder) mark(at lint.Subject, n *yaml.Node) {
	d.at[at] = place{d.file, n.Line, n.Column}
}

func (d *decoder) problem(n *yaml.Node, message string) {
	d.problems = append(d.problems, Problem{d.file, n.Line, n.Column, message})
}

// located gives an editorial problem the nearest place that is known for its subject.
func (d *decoder) located(p lint.Problem) Problem {
	at := p.Subject
	for _, s := range []lint.Subject{
		at,
		{Noun: at.Noun, ID: at.ID, Field: at.Field},
		{Noun: at.Noun, ID: at.ID},
	} {
		if where, ok := d.at[s]; ok {
			return Problem{where.file, where.line, where.column, p.String()}
		}
	}
	return Problem{File: string(at.Noun), Message: p.String()}
}

// fieldNamed finds the field of a struct by its JSON name.
func fieldNamed(v reflect.Value, name string) (reflect.Value, bool) {
	for i := range v.NumField() {
		if tag, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ","); tag == name && tag != "-" {
			return v.Field(i), true
		}
	}
	return reflect.Value{}, false
}
