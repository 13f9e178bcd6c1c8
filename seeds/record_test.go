package seeds

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"parley/answers"
	"parley/answers/lint"
)

func TestRecordHasNoProblem(t *testing.T) {
	if _, err := loaded(); err != nil {
		t.Fatal(err)
	}
}

// The files are in the form in which an export would write them, so that a change by export shows only what changed.
func TestFormatInvertsLoad(t *testing.T) {
	files, err := Format(contents(t))
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	err = fs.WalkDir(Record(), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path == changesFile {
			return err
		}
		seen++
		data, err := fs.ReadFile(Record(), path)
		if err != nil {
			return err
		}
		if !bytes.Equal(data, files[path]) {
			t.Errorf("%s is not in canonical form: run `parley lint --fix seeds/record`", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen != len(files) {
		t.Errorf("the record has %d files, Format writes %d", seen, len(files))
	}
}

func TestWriteThenLoad(t *testing.T) {
	dir := t.TempDir()
	notes, stray := filepath.Join(dir, "notes.yaml"), filepath.Join(dir, "entries", "gone.yaml")
	if err := os.Mkdir(filepath.Dir(stray), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{notes, stray} {
		if err := os.WriteFile(file, []byte("entries: []\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want := contents(t)
	if err := Write(dir, want); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(stray); !os.IsNotExist(err) {
		t.Errorf("a file of the record that holds nothing any more is still there: %v", err)
	}
	if err := os.Remove(notes); err != nil {
		t.Errorf("a file that is not the record's was removed: %v", err)
	}
	got, err := Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	a, _ := Format(want)
	b, _ := Format(got)
	for name := range a {
		if !bytes.Equal(a[name], b[name]) {
			t.Errorf("%s changed on the way through a folder", name)
		}
	}
}

// documents is where the source documents are kept beside the project. They are not part of it.
const documents = "../../shared/documents"

// Every paragraph of every document is accounted for, and the documents are those that the record was made from.
func TestParagraphsMatchTheDocuments(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(documents, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Skipf("SKIPPED: the source documents are not at %s, so the lists of paragraphs were not compared with them", documents)
	}
	byDigest := map[string]answers.Source{}
	for _, s := range contents(t).Sources {
		byDigest[s.SHA256] = s
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		digest := sha256.Sum256(data)
		s, ok := byDigest[hex.EncodeToString(digest[:])]
		if !ok {
			t.Errorf("%s is no source of the record", filepath.Base(file))
			continue
		}
		if n := paragraphs(t, data); n != len(s.Paragraphs) {
			t.Errorf("%s has %d paragraphs, %s lists %d", filepath.Base(file), n, s.ID, len(s.Paragraphs))
		}
	}
	if len(files) != len(byDigest) {
		t.Errorf("there are %d documents and %d sources", len(files), len(byDigest))
	}
}

// paragraphs counts the non-blank lines.
func paragraphs(t *testing.T, data []byte) int {
	n := 0
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if strings.TrimSpace(lines.Text()) != "" {
			n++
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return n
}

// Every problem is reported at once, each with file, line and column.
func TestLoadReportsEveryProblem(t *testing.T) {
	_, err := Load(fstest.MapFS{
		"broken.yaml":    {Data: []byte("claims:\n- id: [unclosed\n")},
		"list.yaml":      {Data: []byte("opinions:\n- id: a\n")},
		"scalar.yaml":    {Data: []byte("just text\n")},
		"shape.yaml":     {Data: []byte("claims: none\n")},
		"topics.yaml":    {Data: []byte("topics:\n# why not\n- id: a-topic\n  name: A  topic\n  colour: red\n  name: again\n")},
		"ignored.txt":    {Data: []byte("not read")},
		"claims/of.yaml": {Data: []byte("claims:\n- id: c-one\n  text: It rained.\n  modality: certain\n  source: nowhere\n  paragraph: first\n  date: {earliest: 2025-13-01}\n  topics: [a-topic, b-topic]\n")},
		"anchor.yaml":    {Data: []byte("places:\n- &p\n  id: here\n  name: Here\n- *p\n")},
	})
	got := ""
	if err != nil {
		got = err.Error() + "\n"
	}
	golden := filepath.Join("testdata", "problems.txt")
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("problems differ from %s; UPDATE_GOLDEN=1 writes it anew. Got:\n%s", golden, got)
	}
}

func TestLoadOfAnEmptyFolder(t *testing.T) {
	if _, err := Load(fstest.MapFS{}); err == nil {
		t.Error("a folder without files was taken for a record")
	}
}

func TestDigestNoticesEveryChange(t *testing.T) {
	digest := func(files fstest.MapFS) string {
		d, err := Digest(files)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	base := digest(fstest.MapFS{"a.yaml": {Data: []byte("x")}, "b.yaml": {Data: []byte("y")}})
	for name, files := range map[string]fstest.MapFS{
		"text":  {"a.yaml": {Data: []byte("x")}, "b.yaml": {Data: []byte("z")}},
		"name":  {"a.yaml": {Data: []byte("x")}, "c.yaml": {Data: []byte("y")}},
		"shift": {"a.yaml": {Data: []byte("xy")}, "b.yaml": {Data: []byte("")}},
	} {
		if digest(files) == base {
			t.Errorf("the digest does not notice a changed %s", name)
		}
	}
}

// FuzzLoad: no file brings the loader down, and what it accepts survives being written and read again.
func FuzzLoad(f *testing.F) {
	f.Add([]byte("claims:\n- id: c-one\n  text: >-\n    It rained, one report says,\n    all day.\n  modality: asserted\n  source: s\n  paragraph: 2\n  date: {earliest: 2025-08-18, basis: stated}\n  topics: [a, b]\n"))
	f.Add([]byte("entries:\n- id: e\n  phrasings:\n  - 'yes: no'\n  - \"a\\tb\"\n"))
	f.Add([]byte("gold:\n- {id: g, kind: hostile, use: tune, ask: \"\\u202e\\0 \\U0001F600\"}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d := decoder{at: map[lint.Subject]place{}}
		d.read("fuzz.yaml", data)
		if len(d.problems) > 0 {
			return
		}
		files, err := Format(d.contents)
		if err != nil {
			t.Fatal(err)
		}
		again := decoder{at: map[lint.Subject]place{}}
		for name, data := range files {
			again.read(name, data)
		}
		if len(again.problems) > 0 {
			t.Fatalf("what Format wrote has problems: %v", again.problems)
		}
		twice, err := Format(again.contents)
		if err != nil {
			t.Fatal(err)
		}
		for name := range files {
			if !bytes.Equal(files[name], twice[name]) {
				t.Errorf("not stable:\n%s\n%s", files[name], twice[name])
			}
		}
	})
}
