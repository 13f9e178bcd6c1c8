package table

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	xunicode "golang.org/x/text/encoding/unicode"
)

// The names of the encodings that are found out, as people know them.
const (
	utf8Name        = "UTF-8"
	utf16LittleName = "UTF-16 (little-endian)"
	utf16BigName    = "UTF-16 (big-endian)"
)

// decode turns a file into text with line ends of one kind, and names its encoding. Text that would hold replacement characters is refused: a
// reader would see them.
func (t *Table) decode(data []byte, named string) (text, name string, err error) {
	name, from := t.encoding(data, named)
	if from == nil {
		if named != "" {
			return "", "", t.problem(0, 0, "there is no encoding %q; there are UTF-8, UTF-16LE, UTF-16BE and %s", named, strings.Join(charmaps(), ", "))
		}
		return "", "", t.problem(badLine(data), 1, "the file is not whole UTF-8, and as Windows-1252 it would read “%s”; "+
			"save it as UTF-8, or name its encoding with --encoding", sample(data))
	}
	decoded, err := from.NewDecoder().Bytes(data)
	if err != nil {
		return "", "", t.problem(0, 0, "the file cannot be read as %s: %v", name, err)
	}
	text = strings.TrimSuffix(strings.TrimPrefix(string(decoded), "\ufeff"), "\x1a") // the end of a file, in DOS
	if before, _, lost := strings.Cut(text, "\ufffd"); lost && name != utf8Name {    // where it may stand in a row, which is refused by itself
		return "", "", t.problem(1+strings.Count(lines(before), "\n"), 1, "a character is lost here: %s has no such bytes", name)
	}
	if at := strings.IndexFunc(text, func(r rune) bool { return r == 0 || r >= 0x80 && r < 0xa0 && r != 0x85 }); at >= 0 {
		return "", "", t.problem(1+strings.Count(lines(text[:at]), "\n"), 1, "this is no text in %s; save the file as UTF-8, or name its encoding with --encoding", name)
	}
	if name != utf8Name {
		t.note("The file was read as %s.", name)
	}
	return lines(text), name, nil
}

// lines are texts with line ends of one kind. Old programs for the Macintosh end a line with a carriage return alone.
func lines(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

// encoding tells how a file is encoded; nil if that cannot be told, or a name means nothing.
func (t *Table) encoding(data []byte, named string) (string, encoding.Encoding) {
	little, big := xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM), xunicode.UTF16(xunicode.BigEndian, xunicode.UseBOM)
	bareLittle, bareBig := xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM), xunicode.UTF16(xunicode.BigEndian, xunicode.IgnoreBOM)
	switch key(named) {
	case "":
	case "utf8":
		return utf8Name, encoding.Nop
	case "utf16", "utf16le":
		return utf16LittleName, bareLittle
	case "utf16be":
		return utf16BigName, bareBig
	default:
		for _, e := range charmap.All {
			if m, ok := e.(*charmap.Charmap); ok && key(m.String()) == key(named) {
				return m.String(), m
			}
		}
		return "", nil
	}
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return utf16LittleName, little
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return utf16BigName, big
	case bytes.IndexByte(data, 0) >= 0:
		if spaced(data, 0) >= spaced(data, 1) {
			return utf16LittleName, bareLittle
		}
		return utf16BigName, bareBig
	case utf8.Valid(data):
		return utf8Name, encoding.Nop
	case western(data):
		return charmap.Windows1252.String(), charmap.Windows1252
	default:
		return "", nil
	}
}

// key is the name of an encoding without signs.
func key(name string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, name))
}

func charmaps() []string {
	var names []string
	for _, e := range charmap.All {
		if m, ok := e.(*charmap.Charmap); ok {
			names = append(names, m.String())
		}
	}
	return names
}

// spaced counts the blanks, commas and line ends of UTF-16 whose byte that is not zero comes first (0) or second (1).
func spaced(data []byte, at int) int {
	n := 0
	for i := 0; i+1 < len(data); i += 2 {
		if data[i+1-at] == 0 && bytes.IndexByte([]byte(" ,;\t\r\n"), data[i+at]) >= 0 {
			n++
		}
	}
	return n
}

// western reports whether bytes that are no UTF-8 may be Windows-1252: in languages written in Latin letters few letters have accents, and no
// letter of several bytes stands there.
func western(data []byte) bool {
	letters, accented := 0, 0
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		switch {
		case size > 1:
			return false
		case r == utf8.RuneError && data[i] >= 0xc0:
			accented++
		case r < utf8.RuneSelf && unicode.IsLetter(r):
			letters++
		}
		i += size
	}
	return 4*accented <= letters+accented
}

// badLine is the line of the first byte that is no UTF-8.
func badLine(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return 1 + strings.Count(lines(string(data[:i])), "\n")
		}
		i += size
	}
	return 0
}

// sample is a piece round the first byte that is no ASCII, as Windows-1252 would have it.
func sample(data []byte) string {
	at := max(0, bytes.IndexFunc(data, func(r rune) bool { return r >= utf8.RuneSelf }))
	piece, _, _ := bytes.Cut(data[at:min(len(data), at+24)], []byte("\n"))
	decoded, _ := charmap.Windows1252.NewDecoder().Bytes(piece) // every byte has a meaning
	return strings.ToValidUTF8(strings.ReplaceAll(string(decoded), "\ufffd", ""), "")
}
