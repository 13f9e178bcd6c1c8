package seeds

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"parley/answers"
	"parley/answers/passage"
)

// An editor has read every claim beside its document, and noted which sentence of its paragraph it stands on, or which two. The paragraph is
// always shown; of these sentences none is marked that is not the one, and only a few are left unmarked.
func TestPassagesOfTheDocuments(t *testing.T) {
	c := contents(t)
	texts := map[answers.SourceID]string{}
	for _, s := range c.Sources {
		files, err := filepath.Glob(filepath.Join(documents, "*.txt"))
		if err != nil || len(files) == 0 {
			t.Skipf("SKIPPED: the source documents are not at %s, so no passage was compared with them", documents)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if digest := sha256.Sum256(data); hex.EncodeToString(digest[:]) == s.SHA256 {
				texts[s.ID] = string(data)
			}
		}
	}
	file, err := os.Open(filepath.Join("testdata", "passages.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	read := map[answers.ClaimID]bool{}
	var unmarked []answers.ClaimID
	for lines := bufio.NewScanner(file); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		id := answers.ClaimID(fields[0])
		read[id] = true
		found := passage.Passages(c, []answers.ClaimID{id}, texts)
		if len(found) != 1 || !found[0].Found() {
			t.Errorf("%s: there is no passage", id)
			continue
		}
		if found[0].Marked == "" {
			unmarked = append(unmarked, id)
			continue
		}
		first, _ := strconv.Atoi(fields[1])
		last, _ := strconv.Atoi(fields[len(fields)-1])
		if n := len(passage.Sentences(found[0].Before)) + 1; n < first || n > last {
			t.Errorf("%s: sentence %d is marked, not %s", id, n, strings.Join(fields[1:], " "))
		}
	}
	for _, claim := range c.Claims {
		if !read[claim.ID] {
			t.Errorf("%s: nobody has read which sentence it stands on (testdata/passages.txt)", claim.ID)
		}
	}
	if len(unmarked) > 3 {
		t.Errorf("%d claims have no sentence marked: %v", len(unmarked), unmarked)
	}
}
