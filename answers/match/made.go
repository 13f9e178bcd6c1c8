package match

import (
	"hash/fnv"
	"strings"

	"parley/answers/text"
)

// made is a question that the record makes for itself, to learn from it which evidence can be relied on.
type made struct {
	text    string
	outside bool // no entry answers it
}

// maker makes questions out of a record's own. What it makes follows from the question alone, so that training gives the same each time.
type maker struct {
	names []string               // of actors and places
	knows func(stem string) bool // whether the record uses a word
	read  func(string) []text.Token
}

// maker makes questions in the words of the matcher's record.
func (mt *Matcher) maker() maker {
	m := maker{
		knows: func(stem string) bool { return mt.vocabulary.weight[stem] > 0 },
		read:  func(raw string) []text.Token { return mt.Understand(raw).Tokens },
	}
	c := mt.facts.Contents()
	for _, a := range c.Actors {
		m.names = append(append(m.names, a.Name), a.Aliases...)
	}
	for _, p := range c.Places {
		m.names = append(append(m.names, p.Name), p.Aliases...)
	}
	return m
}

// questions makes questions out of one that an entry answers: with a slip of the keyboard, or with talk around it, which the same entry answers;
// and with a foreign word in the place of one of content, or about a name, which none does.
func (m maker) questions(question string) []made {
	d := diceOf(question)
	var all []made
	switch d.next(4) {
	case 0:
		all = append(all, made{text: talk(&d) + " " + question})
	case 1:
		all = append(all, made{text: question + " " + talk(&d)})
	case 2:
		all = append(all, made{text: slip(question, &d)})
	}
	if d.next(2) == 0 {
		if swapped := swap(m.read(question), m.foreign(&d), &d); swapped != "" {
			all = append(all, made{text: swapped, outside: true})
		}
	}
	if len(m.names) > 0 && d.next(3) == 0 {
		name := m.names[d.next(len(m.names))]
		all = append(all, made{outside: true, text: [...]string{
			"what is the " + m.foreign(&d) + " of " + name,
			name + " " + m.foreign(&d) + " " + m.foreign(&d),
			m.foreign(&d) + " in " + name,
			"how " + m.foreign(&d) + " is " + name,
		}[d.next(4)]})
	}
	return all
}

// foreign is a word of common English that the record does not use.
func (m maker) foreign(d *dice) string {
	const tries, shortest = 100, 4
	word := ""
	for range tries {
		word = text.EnglishWord(d.next(1 << 30))
		if len(word) >= shortest && !m.knows(text.Stem(word)) {
			break
		}
	}
	return word
}

// talk is a few words of common English, as people put around a question: the words matter less than that the record knows none of them.
func talk(d *dice) string {
	words := make([]string, 4+d.next(5))
	for i := range words {
		words[i] = text.EnglishWord(d.next(1 << 30))
	}
	return strings.Join(words, " ")
}

// slip misspells one of the longer words as a hurried hand does: two letters swapped, one left out, one doubled.
func slip(s string, d *dice) string {
	const long = 5
	words := strings.Fields(s)
	var at []int
	for i, w := range words {
		if len([]rune(w)) >= long {
			at = append(at, i)
		}
	}
	if len(at) == 0 {
		return s
	}
	i := at[d.next(len(at))]
	w := []rune(words[i])
	k := 1 + d.next(len(w)-2)
	switch d.next(3) {
	case 0:
		w[k], w[k-1] = w[k-1], w[k]
	case 1:
		w = append(w[:k], w[k+1:]...)
	default:
		w = append(w[:k+1], w[k:]...)
	}
	words[i] = string(w)
	return strings.Join(words, " ")
}

// swap puts a word in the place of one word of content; "" if there is none.
func swap(tokens []text.Token, word string, d *dice) string {
	words := make([]string, len(tokens))
	var content []int
	for i, t := range tokens {
		words[i] = t.Text
		if !t.Stop && t.Entity == "" {
			content = append(content, i)
		}
	}
	if len(content) == 0 {
		return ""
	}
	words[content[d.next(len(content))]] = word
	return strings.Join(words, " ")
}

// dice gives numbers that follow from a text (splitmix64: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators",
// 2014).
type dice uint64

func diceOf(s string) dice {
	h := fnv.New64a()
	h.Write([]byte(s)) // into a hash: it cannot fail
	return dice(h.Sum64())
}

// next is a number from 0 to n-1.
func (d *dice) next(n int) int {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) % uint64(n))
}
