package main

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// The disk is full for a while under load. Nothing that was acknowledged is lost, and once there is room it goes on.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=24m"); err != nil {
		t.Skipf("SKIPPED: no file system of its own could be made (%v), so no disk was full", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	db := piers(t, dir)
	p := newScriptedPlatform(t, true, 20)
	cmd := scriptedServe(t, p, db)
	if err := eventually(time.Minute, func() error {
		p.mu.Lock()
		defer p.mu.Unlock()
		if len(p.acked) == 0 {
			return errors.New("nothing is acknowledged")
		}
		return nil
	}); err != nil {
		t.Fatalf("%v\n%s", err, cmd.Stderr)
	}
	filler := filepath.Join(dir, "filler")
	file, err := os.Create(filler)
	if err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, err = file.Write(make([]byte, 4096))
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second)
	p.mu.Lock()
	acked := len(p.acked)
	p.mu.Unlock()
	time.Sleep(time.Second)
	p.mu.Lock()
	t.Logf("%d questions acknowledged before the disk was full; %d while it was full", acked, len(p.acked)-acked)
	p.mu.Unlock()
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	stopped(t, cmd)
	p.settle(t, db)
}
