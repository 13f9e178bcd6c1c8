package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Trained is what was learnt from a record, and how long that took.
//
// It is kept in a file beside the database and not in it: it has some 26 MB, is made anew with each change of the record, and can be learnt again, so
// that no backup and no log of the database need hold it. The name of the file holds the fingerprint of what it was learnt from. A file that is not
// there, damaged or of another version counts as nothing learnt.
type Trained struct {
	Data []byte
	Took time.Duration
}

// trainedForm begins a file of what was learnt; after it come the SHA-256 of the rest, the microseconds that it took in eight bytes, and the data.
const trainedForm = "Parley learnt 1\n"

// trainedFile is the file for what was learnt from the record of a fingerprint; without one, the beginning of the names of all of them.
func (s *Store) trainedFile(fingerprint string) string { return s.path + "-learnt-" + fingerprint }

// SaveTrained keeps what was learnt from a record, in the place of what was kept before.
func (s *Store) SaveTrained(fingerprint string, t Trained) error {
	file := s.trainedFile(fingerprint)
	part, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".part") // which has mode 0600
	if err != nil {
		return trouble(s.path, "keep what was learnt beside", err)
	}
	rest := append(binary.BigEndian.AppendUint64(nil, uint64(t.Took.Microseconds())), t.Data...)
	sum := sha256.Sum256(rest)
	_, err = part.Write(append(append([]byte(trainedForm), sum[:]...), rest...))
	if err = errors.Join(err, part.Close()); err == nil {
		err = os.Rename(part.Name(), file)
	}
	if err != nil {
		return trouble(s.path, "keep what was learnt beside", errors.Join(err, os.Remove(part.Name())))
	}
	return s.removeTrained(filepath.Base(file))
}

// removeTrained removes the files of what was learnt, but one: those of older records, and parts that a lost process left.
func (s *Store) removeTrained(but string) error {
	beside, err := os.ReadDir(filepath.Dir(s.path))
	if err != nil {
		return trouble(s.path, "look for what was learnt beside", err)
	}
	for _, e := range beside {
		if name := e.Name(); name == but || !strings.HasPrefix(name, filepath.Base(s.trainedFile(""))) {
			continue
		}
		if err := os.Remove(filepath.Join(filepath.Dir(s.path), e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return trouble(s.path, "remove what was learnt before beside", err)
		}
	}
	return nil
}

// Trained reads what was learnt from the record of a fingerprint; found is false if it is not kept, or not whole.
func (s *Store) Trained(fingerprint string) (t Trained, found bool, err error) {
	all, err := os.ReadFile(s.trainedFile(fingerprint))
	if errors.Is(err, fs.ErrNotExist) {
		return t, false, nil
	}
	if err != nil {
		return t, false, fmt.Errorf("read what was learnt: %w", err)
	}
	const sumAt, restAt, dataAt = len(trainedForm), len(trainedForm) + sha256.Size, len(trainedForm) + sha256.Size + 8
	if len(all) < dataAt || string(all[:sumAt]) != trainedForm {
		return t, false, nil
	}
	if sum := sha256.Sum256(all[restAt:]); !bytes.Equal(sum[:], all[sumAt:restAt]) {
		return t, false, nil
	}
	t.Took = time.Duration(binary.BigEndian.Uint64(all[restAt:dataAt])) * time.Microsecond
	t.Data = all[dataAt:]
	return t, true, nil
}
