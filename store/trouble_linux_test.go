package store

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// nobody is the user id that owns nothing.
const nobody = 65534

// openAsNobody opens the database at path in a process that has no special rights, which root has everywhere, and
// returns what kind of trouble there is.
func openAsNobody(t *testing.T, path string) string {
	t.Helper()
	cmd := again(t, "open", path, "")
	if os.Geteuid() == 0 {
		// The binary lies in a folder that nobody may enter; this link leads to it all the same.
		cmd.Path = "/proc/self/exe"
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		reachable(t, filepath.Dir(path))
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if errors.Is(err, syscall.EPERM) {
		t.Skipf("SKIPPED: root may not give up its rights here (%v), so nothing was tried without them", err)
	}
	if err != nil {
		t.Fatalf("%v: %s", err, &stderr)
	}
	return strings.TrimSpace(string(out))
}

// reachable lets everybody enter the temporary folder that dir lies in.
func reachable(t *testing.T, dir string) {
	t.Helper()
	temp := filepath.Clean(os.TempDir())
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		switch {
		case errors.Is(err, os.ErrNotExist): // Open makes it
		case err != nil:
			t.Fatal(err)
		case info.Mode().Perm()&0o001 != 0:
		case len(dir) <= len(temp):
			t.Skipf("SKIPPED: nobody may enter %s, so nothing was tried without rights", dir)
		default:
			if err := os.Chmod(dir, info.Mode().Perm()|0o011); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// barred forbids writing to a folder until the test ends.
func barred(t *testing.T, dir string) {
	t.Helper()
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Error(err)
		}
	})
}

func TestReadOnlyFolder(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "parley.db")
	if err := os.WriteFile(path, seeded(t), 0o444); err != nil {
		t.Fatal(err)
	}
	check := untouched(t, path)
	barred(t, dir)
	for _, c := range []struct{ name, path string }{
		{"existing file", path},
		{"new file", filepath.Join(dir, "new.db")},
		{"new folder", filepath.Join(dir, "new", "parley.db")},
	} {
		if got := openAsNobody(t, c.path); got != string(ReadOnly) {
			t.Errorf("%s: %s, want %s", c.name, got, ReadOnly)
		}
	}
	check()

	// The rights of the folder are all that stood in the way: the same process opens what it may write to.
	mine := filepath.Join(t.TempDir(), "mine")
	if err := os.Mkdir(mine, 0o755); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 {
		if err := os.Chown(mine, nobody, nobody); err != nil {
			t.Fatal(err)
		}
	}
	if got := openAsNobody(t, filepath.Join(mine, "parley.db")); got != "no trouble" {
		t.Errorf("a folder of one's own: %s", got)
	}
}

// smallDisk mounts a disk of 640 KiB, for which opening needs most, or as the options say.
func smallDisk(t *testing.T, options string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("parley", dir, "tmpfs", 0, "size=640k"+options); err != nil {
		t.Skipf("SKIPPED: no small disk may be mounted here (%v), so nothing was tried on a full one", err)
	}
	t.Cleanup(func() {
		// Detached even if a test that failed left a file open, so that nothing stays behind.
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Errorf("unmount the small disk: %v", err)
		}
	})
	return dir
}

// fillDisk leaves so many bytes of a disk and returns the file that takes the others.
func fillDisk(t *testing.T, dir string, left int64) (film string) {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, "film"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	size, err := io.Copy(f, neverending{})
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("the disk did not become full: %v", err)
	}
	if err := f.Truncate(size - left); err != nil {
		t.Fatal(err)
	}
	return f.Name()
}

type neverending struct{}

func (neverending) Read(b []byte) (int, error) { return len(b), nil }

// Wherever the disk becomes full, in opening or later, what was acknowledged stays, and free space is all it takes.
func TestFullDisk(t *testing.T) {
	dir := smallDisk(t, "")
	var opened, fitted int
	for left := int64(0); left <= 40*pageSize; left += pageSize {
		path := filepath.Join(dir, fmt.Sprintf("parley-%d.db", left))
		film := fillDisk(t, dir, left)
		var recorded []string
		s, err := Open(t.Context(), path)
		if err == nil {
			recorded, err = fill(t, s)
			opened++
			fitted += len(recorded)
			if len(recorded) > 0 { // else there may be no room for what reading needs beside the file
				wantQuestions(t, s, recorded)
				whole(t, s)
			}
			closed(t, s)
		}
		wantTrouble(t, err, Full, path)

		if err := os.Remove(film); err != nil {
			t.Fatal(err)
		}
		s = open(t, path)
		wantQuestions(t, s, recorded)
		whole(t, s)
		if err := s.RecordQuestions(t.Context(), question("r")); err != nil {
			t.Errorf("there is room again: %v", err)
		}
		wantQuestions(t, s, append(recorded, "r"))
		closed(t, s)
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("41 disks became full, %d of them after opening, with %d questions", opened, fitted)
}

// A disk may have bytes left and no place for one more file.
func TestFullDiskWithoutInodes(t *testing.T) {
	dir := smallDisk(t, ",nr_inodes=2")
	fillDisk(t, dir, 100*pageSize)
	path := filepath.Join(dir, "new", "parley.db")
	_, err := Open(t.Context(), path)
	wantTrouble(t, err, Full, path)
}
