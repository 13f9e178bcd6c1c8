package seeds

import (
	"encoding"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"parley/answers"
)

// lineWidth is where long text is folded: it fits two files side by side in a review.
const lineWidth = 110

// Format writes contents as files by name, in canonical form: what Load reads back into equal contents.
func Format(c answers.Contents) (map[string][]byte, error) { return format(c, lineWidth, true) }

// format writes the frames of claims apart from these, or with them, as they are edited one by one.
func format(c answers.Contents, width int, apart bool) (map[string][]byte, error) {
	c = c.Clone()
	c.Sort()
	files := map[string]*yaml.Node{}
	if apart {
		for i := range c.Claims {
			claim := &c.Claims[i]
			if node, framed := folding(width).node(reflect.ValueOf(claim.Frame)); framed {
				name := fmt.Sprintf("%s/%s.yaml", framesFolder, claim.Source)
				if files[name] == nil {
					files[name] = mappingOf(framesFolder, &yaml.Node{Kind: yaml.SequenceNode})
				}
				node.Content = append(mappingOf("id", folding(width).textNode(string(claim.ID))).Content, node.Content...)
				files[name].Content[1].Content = append(files[name].Content[1].Content, node)
				claim.Frame = answers.Frame{}
			}
		}
	}
	for noun, list := range lists(&c) {
		items := reflect.ValueOf(list).Elem()
		for i := range items.Len() {
			item := items.Index(i)
			name := fileOf(noun, item.Interface())
			if files[name] == nil {
				files[name] = mappingOf(string(noun), &yaml.Node{Kind: yaml.SequenceNode})
			}
			sequence := files[name].Content[1]
			node, _ := folding(width).node(item)
			sequence.Content = append(sequence.Content, node)
		}
	}
	if c.About != nil {
		node, _ := folding(width).node(reflect.ValueOf(c.About).Elem())
		files[aboutFile] = mappingOf(string(answers.NounAbout), node)
	}
	out := map[string][]byte{}
	for name, node := range files {
		data, err := yaml.Dump(node, yaml.WithIndent(2), yaml.WithLineWidth(width))
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", name, err)
		}
		out[name] = data
	}
	return out, nil
}

// Write puts the files of Format into dir, each replaced as a whole, and removes those that Format once wrote there and
// that hold nothing any more. All other files are left alone.
func Write(dir string, c answers.Contents) error {
	files, err := Format(c)
	if err != nil {
		return err
	}
	for name, data := range files {
		if err := replace(filepath.Join(dir, filepath.FromSlash(name)), data); err != nil {
			return fmt.Errorf("write the record: %w", err)
		}
	}
	return sweep(dir, files)
}

// sweep removes files of the record's lists that are not among those given.
func sweep(dir string, files map[string][]byte) error {
	names := []string{aboutFile}
	for noun := range lists(&answers.Contents{}) {
		names = append(names, string(noun)+".yaml")
	}
	for _, folder := range []string{"claims", framesFolder, "entries", "gold"} {
		paths, err := filepath.Glob(filepath.Join(dir, folder, "*.yaml"))
		if err != nil {
			return fmt.Errorf("look for files that hold nothing any more: %w", err)
		}
		for _, path := range paths {
			names = append(names, folder+"/"+filepath.Base(path))
		}
	}
	for _, name := range names {
		if files[name] != nil {
			continue
		}
		if err := os.Remove(filepath.Join(dir, filepath.FromSlash(name))); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove a file that holds nothing any more: %w", err)
		}
	}
	return nil
}

// replace writes a file beside its destination and renames it, so that a reader sees the old or the new one, whole.
func replace(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), ".parley-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // fails after the rename, as it should
	_, err = tmp.Write(data)
	if err == nil {
		err = tmp.Chmod(0o644)
	}
	if closing := tmp.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

// lists pairs each noun with a pointer to its list.
func lists(c *answers.Contents) iter.Seq2[answers.Noun, any] {
	return func(yield func(answers.Noun, any) bool) {
		_ = yield(answers.NounSource, &c.Sources) &&
			yield(answers.NounActor, &c.Actors) &&
			yield(answers.NounPlace, &c.Places) &&
			yield(answers.NounTopic, &c.Topics) &&
			yield(answers.NounClaim, &c.Claims) &&
			yield(answers.NounRelation, &c.Relations) &&
			yield(answers.NounDispute, &c.Disputes) &&
			yield(answers.NounEvent, &c.Events) &&
			yield(answers.NounEntry, &c.Entries) &&
			yield(answers.NounGold, &c.Gold) &&
			yield(answers.NounFreeze, &c.Freezes)
	}
}

// aboutFile is where it stands what the record is about.
const aboutFile = string(answers.NounAbout) + ".yaml"

// framesFolder is where the sentences stand by which statements are compared with claims.
const framesFolder = "frames"

// fileOf is the file in which an item is kept.
func fileOf(noun answers.Noun, item any) string {
	switch item := item.(type) {
	case answers.Claim:
		return fmt.Sprintf("claims/%s.yaml", item.Source)
	case answers.Entry:
		if len(item.Topics) == 0 {
			return "entries/untitled.yaml"
		}
		return fmt.Sprintf("entries/%s.yaml", item.Topics[0])
	case answers.Gold:
		return fmt.Sprintf("gold/%s.yaml", item.Kind)
	default:
		return fmt.Sprintf("%s.yaml", noun)
	}
}

// folding is the width at which long text is folded.
type folding int

// node is v as YAML. It reports false for a zero value, which its field leaves out where it may.
func (f folding) node(v reflect.Value) (*yaml.Node, bool) {
	if m, ok := v.Interface().(encoding.TextMarshaler); ok {
		text, err := m.MarshalText()
		if err != nil {
			panic(fmt.Sprintf("seeds: write a %s: %v", v.Type(), err)) // no value of the record fails
		}
		return &yaml.Node{Kind: yaml.ScalarNode, Value: string(text)}, !v.IsZero()
	}
	switch v.Kind() {
	case reflect.Struct:
		return f.structNode(v), !v.IsZero()
	case reflect.Slice:
		return f.sliceNode(v), v.Len() > 0
	case reflect.Int:
		return &yaml.Node{Kind: yaml.ScalarNode, Value: fmt.Sprint(v.Int())}, v.Int() != 0
	case reflect.String:
		return f.textNode(v.String()), v.Len() > 0
	default:
		panic("seeds: no way to write a " + v.Type().String())
	}
}

func (f folding) structNode(v reflect.Value) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode}
	for i := range v.NumField() {
		name, options, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		value, present := f.node(v.Field(i))
		if present || options == "" {
			n.Content = append(n.Content, mappingOf(name, value).Content...)
		}
	}
	return n
}

// sliceNode writes ids in one line and everything else one item a line.
func (f folding) sliceNode(v reflect.Value) *yaml.Node {
	n := &yaml.Node{Kind: yaml.SequenceNode}
	if e := v.Type().Elem(); e.Kind() == reflect.String && e != reflect.TypeFor[string]() {
		n.Style = yaml.FlowStyle
	}
	for i := range v.Len() {
		item, _ := f.node(v.Index(i))
		n.Content = append(n.Content, item)
	}
	return n
}

// textNode writes text plain or quoted while it fits a line, folded when it is longer, and double-quoted where folding
// would change its white space.
func (f folding) textNode(s string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	switch {
	case s != strings.Join(strings.Fields(s), " ") || strings.ContainsFunc(s, unprintable):
		n.Style = yaml.DoubleQuotedStyle
	case utf8.RuneCountInString(s) > int(f)-20:
		n.Style = yaml.FoldedStyle
	}
	return n
}

// unprintable finds what a curator could not see in an editor.
func unprintable(r rune) bool {
	return r < ' ' || slices.Contains([]rune{'\u200b', '\u200c', '\u200d', '\u2060', '\ufeff'}, r) || ('\u202a' <= r && r <= '\u202e') ||
		('\u2066' <= r && r <= '\u2069') || ('\u0300' <= r && r <= '\u036f')
}

func mappingOf(key string, value *yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{{Kind: yaml.ScalarNode, Value: key}, value}}
}
