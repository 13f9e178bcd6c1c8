package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"parley/answers"
	"parley/store"
)

// itemArgs reads what stands behind a verb: an id, of which a relation's has blanks, and at most so many revisions such as v2.
func itemArgs(args []string, most int) (name string, revisions []int, err error) {
	if at := slices.IndexFunc(args, func(a string) bool { return strings.HasPrefix(a, "-") }); at > 0 {
		return "", nil, usageError("Flags such as %s stand before the id.", args[at])
	}
	words := strings.Fields(strings.Join(args, " "))
	for len(words) > 1 && len(revisions) < most {
		n, ok := revision(words[len(words)-1])
		if !ok {
			break
		}
		revisions, words = append([]int{n}, revisions...), words[:len(words)-1]
	}
	if len(words) == 0 {
		return "", nil, usageError("%s", illustrated("Name the item by its id, as in {entry}, or entries/{entry}."))
	}
	return strings.Join(words, " "), revisions, nil
}

func revision(word string) (n int, ok bool) {
	digits, ok := strings.CutPrefix(strings.ToLower(word), "v")
	if !ok {
		return 0, false
	}
	n, err := strconv.Atoi(digits)
	return n, err == nil && n > 0
}

// nouns of the record, in the order in which choices are named.
func nouns() []answers.Noun {
	return []answers.Noun{
		answers.NounEntry, answers.NounClaim, answers.NounDispute, answers.NounSource, answers.NounTopic, answers.NounActor, answers.NounPlace,
		answers.NounRelation, answers.NounGold, answers.NounFreeze, answers.NounAbout,
	}
}

// citedNouns are those whose revisions replies show: an id alone means one of them, so that "us-troops v2" finds what was cited.
func citedNouns() []answers.Noun {
	return []answers.Noun{answers.NounEntry, answers.NounClaim, answers.NounDispute}
}

func fullName(r answers.Ref) string { return fmt.Sprintf("%s/%s", r.Noun, r.ID) }

// namedItem finds the item that is or was called so, at its newest revision: "us-troops", or "topics/us-troops". Where several nouns have the
// id, those preferred go first. A name that means nothing, or several things, is a usage error that says what there is.
func namedItem(ctx context.Context, db *store.Store, name string, preferred []answers.Noun, env environment) (answers.Ref, error) {
	id := name
	noun, rest, found := strings.Cut(name, "/")
	if found && slices.Contains(nouns(), answers.Noun(noun)) {
		id = rest
	} else {
		noun = ""
	}
	refs, err := db.Named(ctx, id)
	if err != nil {
		return answers.Ref{}, err
	}
	if noun != "" {
		refs = slices.DeleteFunc(refs, func(r answers.Ref) bool { return r.Noun != answers.Noun(noun) })
	}
	slices.SortFunc(refs, func(a, b answers.Ref) int {
		return cmp.Compare(slices.Index(nouns(), a.Noun), slices.Index(nouns(), b.Noun))
	})
	first := slices.DeleteFunc(slices.Clone(refs), func(r answers.Ref) bool { return !slices.Contains(preferred, r.Noun) })
	switch {
	case len(refs) == 0:
		return answers.Ref{}, unknownItem(ctx, db, id)
	case len(refs) == 1:
		return refs[0], nil
	case len(first) == 1:
		others := slices.DeleteFunc(refs, func(r answers.Ref) bool { return r == first[0] })
		fmt.Fprintf(env.stderr, "This is %s; there is also %s.\n", fullName(first[0]), choices(others, "and"))
		return first[0], nil
	default:
		return answers.Ref{}, usageError("%q means several things: say %s.", name, choices(refs, "or"))
	}
}

func choices(refs []answers.Ref, last string) string {
	names := make([]string, len(refs))
	for i, r := range refs {
		names[i] = fullName(r)
	}
	return enumerated(names, last)
}

func enumerated(names []string, last string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " " + last + " " + names[len(names)-1]
}

// maxNear is how many ids are offered for one that there is not.
const maxNear = 4

// unknownItem says that there is nothing of an id, and what comes near.
func unknownItem(ctx context.Context, db *store.Store, id string) error {
	all, err := db.Items(ctx)
	if err != nil {
		return err
	}
	type near struct {
		answers.Ref
		edits int
	}
	var list []near
	for _, r := range all {
		n := edits(id, r.ID)
		if len(id) > 2 && strings.Contains(r.ID, id) || len(r.ID) > 3 && strings.Contains(id, r.ID) {
			n = min(n, 2)
		}
		if n <= max(2, len(id)/5) && r.Noun != answers.NounFreeze {
			list = append(list, near{r, n})
		}
	}
	if len(list) == 0 {
		return usageError("There is nothing of the id %q. `parley export FOLDER` writes out all that there is.", id)
	}
	slices.SortStableFunc(list, func(a, b near) int { return cmp.Compare(a.edits, b.edits) })
	var refs []answers.Ref
	for _, n := range list[:min(maxNear, len(list))] {
		refs = append(refs, n.Ref)
	}
	return usageError("There is nothing of the id %q. Near to it there is %s.", id, choices(refs, "and"))
}

// edits is how many letters must be put in, left out or replaced to make one word of another (Levenshtein).
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for k := range row {
		row[k] = k
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for k := range len(b) {
			replaced := diagonal
			if a[i] != b[k] {
				replaced++
			}
			diagonal = row[k+1]
			row[k+1] = min(replaced, row[k+1]+1, row[k]+1)
		}
	}
	return row[len(b)]
}

// history reads the revisions of an item, of which there is one at least.
func history(ctx context.Context, db *store.Store, ref answers.Ref) ([]store.Revision, error) {
	list, err := db.History(ctx, ref.Noun, ref.ID)
	if err == nil && len(list) == 0 {
		err = usageError("There is nothing of the id %q.", ref.ID)
	}
	return list, err
}

// at is one revision of an item's history.
func at(list []store.Revision, ref answers.Ref, number int) (store.Revision, error) {
	for _, r := range list {
		if r.Number == number {
			return r, nil
		}
	}
	return store.Revision{}, usageError("There is no v%d of %s; the newest is v%d.", number, fullName(ref), list[len(list)-1].Number)
}
