package chattest

import (
	"os"
	"path/filepath"
	"testing"
)

// Golden compares what people see with a file in testdata; UPDATE_GOLDEN=1 writes the file anew.
func Golden(t testing.TB, file, seen string) {
	t.Helper()
	golden := filepath.Join("testdata", file)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(golden, []byte(seen), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if seen != string(want) {
		t.Errorf("people see\n%s\nwant\n%s", seen, want)
	}
}
