package store

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/answers"
)

// recordOn records questions for as long as it lives, and prints the id of each when it was recorded.
func recordOn(path, name string) error {
	s, err := Open(context.Background(), path)
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		q := question(fmt.Sprintf("%s-%06d", name, i))
		if err := s.RecordQuestions(context.Background(), q); err != nil {
			return err
		}
		if _, err := fmt.Println(q.ID); err != nil {
			return err
		}
	}
}

// versions are two states of a record, with hardly an entry that is the same in both.
func versions() [2]answers.Contents {
	even := harbour(50)
	odd := harbour(55, without("pier-07"), without("pier-49"))
	for i := range odd.Entries {
		reworded(odd.Entries[i].ID, "Lind said in May, by the other version [gz-reopens].")(&odd)
	}
	return [2]answers.Contents{even, odd}
}

// seedOn seeds the two versions by turns for as long as it lives, and prints the id of each change when it was stored.
func seedOn(path, name string) error {
	s, err := Open(context.Background(), path)
	if err != nil {
		return err
	}
	both := versions()
	for i := 0; ; i++ {
		ch := change(fmt.Sprintf("%s-%06d", name, i))
		if _, err := s.Seed(context.Background(), ch, both[i%2], Edition{Digest: fmt.Sprint(i % 2)}); err != nil {
			return err
		}
		if _, err := fmt.Println(ch.ID); err != nil {
			return err
		}
	}
}

// killed starts this binary in a role and kills it a while after it has printed some lines. It returns all its lines.
func killed(t *testing.T, role, path, name string, lines int, while time.Duration) []string {
	t.Helper()
	cmd := again(t, role, path, name)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var printed []string
	for in := bufio.NewReader(stdout); ; {
		if len(printed) == lines {
			time.Sleep(while)
			if err := cmd.Process.Kill(); err != nil {
				t.Errorf("it ended by itself: %v", err)
			}
		}
		line, err := in.ReadString('\n')
		if err != nil { // a line without its end was not printed yet
			break
		}
		printed = append(printed, strings.TrimSuffix(line, "\n"))
	}
	if err := cmd.Wait(); err == nil || stderr.Len() > 0 {
		t.Fatalf("it ended by itself: %v, %s", err, &stderr)
	}
	return printed
}

func rounds() int {
	if os.Getenv("PARLEY_DRILLS") == "" {
		return 4
	}
	return 20
}

func TestKilledRecorderLosesNothing(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 0))
	path := newPath(t)
	var printed, unprinted int
	var all []string // of all rounds, since an earlier one must not be lost in a later one either
	for round := range rounds() {
		name := fmt.Sprintf("round-%02d", round)
		ids := killed(t, "record", path, name, random.IntN(100), time.Duration(random.IntN(5000))*time.Microsecond)
		printed += len(ids)
		s := open(t, path)
		stored := column(t, s, "SELECT id FROM question WHERE id LIKE ? ORDER BY id", name+"-%")
		// The last one may have been stored and not printed.
		if len(stored) == len(ids)+1 {
			unprinted++
			ids = append(ids, fmt.Sprintf("%s-%06d", name, len(ids)))
		}
		if !slices.Equal(stored, ids) {
			t.Fatalf("round %d: %d questions are there (%s), printed were %d (%s)", round, len(stored), ends(stored), len(ids), ends(ids))
		}
		all = append(all, ids...)
		wantQuestions(t, s, all)
		whole(t, s)
		closed(t, s)
	}
	t.Logf("%d kills: %d questions printed, all there; %d stored and not printed", rounds(), printed, unprinted)
	if printed == 0 {
		t.Error("nothing was recorded before any kill, so that nothing was tried")
	}
}

func TestKilledSeederLeavesOneVersion(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(2, 0))
	path := newPath(t)
	var printed, unprinted, entries int
	state, digest := answers.Contents{}, "" // the record before the round
	for round := range rounds() {
		name := fmt.Sprintf("round-%02d", round)
		ids := killed(t, "seed", path, name, random.IntN(6), time.Duration(random.IntN(20000))*time.Microsecond)
		printed += len(ids)
		s := open(t, path)
		stored := column(t, s, "SELECT id FROM change WHERE id LIKE ? ORDER BY id", name+"-%")
		if n := len(stored) - len(ids); n == 1 {
			unprinted++
		} else if n != 0 {
			t.Fatalf("round %d: %d changes are there (%s), printed were %d (%s)", round, len(stored), ends(stored), len(ids), ends(ids))
		}
		if n := len(stored); n > 0 {
			state, digest = versions()[(n-1)%2], fmt.Sprint((n-1)%2)
		}
		got := record(t, s)
		entries += len(got.Entries)
		numbers := map[answers.EntryID]int{}
		for _, e := range got.Entries {
			numbers[e.ID] = e.Revision
		}
		wantRecord(t, s, revised(state, numbers)) // numbers grow with every round; the text is what matters
		if seeded, err := s.Seeded(t.Context()); err != nil || seeded != digest {
			t.Errorf("round %d: the digest is %q, %v; want %q", round, seeded, err, digest)
		}
		whole(t, s)
		closed(t, s)
		if t.Failed() {
			return
		}
	}
	t.Logf("%d kills: %d seedings printed, %d stored and not printed; %d entries compared", rounds(), printed, unprinted, entries)
	if printed == 0 {
		t.Error("nothing was seeded before any kill, so that nothing was tried")
	}
}
