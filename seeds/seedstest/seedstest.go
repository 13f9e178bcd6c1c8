// Package seedstest spares tests the learning. The record takes some twenty seconds to learn, and six packages and the processes that they
// start need it; so whoever learns first keeps it in a file, and all others restore it. Restored is the same as learnt: the fingerprint
// in the file's name covers the contents and the way of learning, and the script ask.txtar of cmd/parley learns anew and compares.
//
// The files are in the folder that PARLEY_LEARNT names, or else in one below the folder for temporary files. Versions of the program may
// share a folder, and it may be deleted at any time.
package seedstest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"parley/answers"
	"parley/answers/library"
	"parley/answers/match"
)

// Library is library.New, but restores what was learnt from the same contents before, by this process or by another.
func Library(c answers.Contents) (*library.Library, error) {
	file := filepath.Join(folder(), match.Fingerprint(c))
	if l, err := restore(file, c); err == nil {
		return l, nil
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, err
	}
	unlock, err := lock(file + ".lock")
	if err != nil {
		return nil, fmt.Errorf("wait for another process that learns: %w", err)
	}
	defer unlock()
	if l, err := restore(file, c); err == nil { // by now another process may have learnt
		return l, nil
	}
	l, err := library.New(c, nil)
	if err != nil {
		return nil, err
	}
	return l, keep(file, l.Trained())
}

func folder() string {
	if named := os.Getenv("PARLEY_LEARNT"); named != "" {
		return named
	}
	return filepath.Join(os.TempDir(), fmt.Sprint("parley-learnt-", os.Getuid()))
}

func restore(file string, c answers.Contents) (*library.Library, error) {
	trained, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return library.Restore(c, trained)
}

// keep writes a file as a whole or not at all: a test that is killed meanwhile leaves none that is half.
func keep(name string, data []byte) error {
	half, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".half")
	if err != nil {
		return err
	}
	_, err = half.Write(data)
	if err = errors.Join(err, half.Close()); err == nil {
		err = os.Rename(half.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(half.Name()))
	}
	return nil
}
