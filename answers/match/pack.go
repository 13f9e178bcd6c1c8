package match

import (
	"encoding/binary"
	"errors"
)

// packer writes values one after another, little-endian, each list with its length before it.
type packer struct{ bytes []byte }

func (p *packer) text(s string) {
	p.bytes = binary.AppendUvarint(p.bytes, uint64(len(s)))
	p.bytes = append(p.bytes, s...)
}

// fixed is what has the same size everywhere.
type fixed interface {
	uint8 | uint16 | uint64 | int32 | float32 | float64
}

func pack[T fixed](p *packer, list []T) {
	p.bytes = binary.AppendUvarint(p.bytes, uint64(len(list)))
	p.bytes, _ = binary.Append(p.bytes, binary.LittleEndian, list) // lists of fixed size cannot fail
}

// unpacker reads back what a packer wrote. After an error it reads nothing more.
type unpacker struct {
	bytes []byte
	err   error
}

var errCutOff = errors.New("the trained index is cut off")

func (u *unpacker) length(size int) int {
	n, read := binary.Uvarint(u.bytes)
	if u.err == nil && (read <= 0 || n > uint64(len(u.bytes)-read)/uint64(size)) {
		u.err = errCutOff
	}
	if u.err != nil {
		return 0
	}
	u.bytes = u.bytes[read:]
	return int(n)
}

func (u *unpacker) text() string {
	n := u.length(1)
	s := string(u.bytes[:n])
	u.bytes = u.bytes[n:]
	return s
}

func unpack[T fixed](u *unpacker) []T {
	var zero T
	n := u.length(binary.Size(zero))
	list := make([]T, n)
	if _, err := binary.Decode(u.bytes, binary.LittleEndian, list); err != nil {
		u.err = errors.Join(u.err, err)
	}
	u.bytes = u.bytes[n*binary.Size(zero):]
	return list
}
