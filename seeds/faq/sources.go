package faq

import (
	"cmp"
	"slices"
	"strings"

	"parley/answers"
)

// sourceKey is what tells one source of a list from another.
func sourceKey(s answers.Source) string {
	return strings.Join([]string{s.Publisher, s.Title, string(s.TitledBy), s.URL, s.Date.String()}, "\x00")
}

// source is the source of a row: its own, or the list where the row states none.
func (b *builder) source(r Row) answers.SourceID {
	t := b.list.Tables[r.File]
	s := r.Source
	s.Kind, s.TitledBy, s.SHA256 = answers.KindList, answers.TitledByDocument, t.SHA256
	own := s.Publisher != "" || s.Title != "" || s.URL != "" || s.Date.Known()
	if s.Title == "" {
		_, address, _ := strings.Cut(s.URL, "://")
		s.Title, s.TitledBy = cmp.Or(strings.TrimSuffix(address, "/"), t.Name), answers.TitledByCurator
	}
	key := sourceKey(s)
	id := slug(cmp.Or(s.Publisher, s.Title))
	if !own {
		key, id = "list", "faq"
		if len(b.list.Tables) > 1 {
			key += t.Name
		}
		if b.ids["source faq"] && len(b.list.Tables) == 1 {
			at := b.sourceAt["faq"] // an earlier version, perhaps of another name
			if was := b.contents.Sources[at]; was.Kind == answers.KindList {
				b.contents.Sources[at].SHA256 = t.SHA256
				return "faq"
			}
		}
		if known, ok := b.sources[sourceKey(s)]; ok {
			b.contents.Sources[b.sourceAt[known]].SHA256 = t.SHA256
			return known
		}
	}
	if known, ok := b.sources[key]; ok {
		return known
	}
	s.ID = answers.SourceID(b.free("source", id, "source-1"))
	b.sources[key] = s.ID
	b.sourceAt[s.ID] = len(b.contents.Sources)
	b.contents.Sources = append(b.contents.Sources, s)
	return s.ID
}

// account gives each claim its paragraph, and each source the list of its paragraphs. A place that a claim has left stays empty, so that the
// others keep theirs. Claims that no row stands for go, and sources of lists on which nothing stands.
func (b *builder) account() {
	b.contents.Claims = slices.DeleteFunc(b.contents.Claims, func(c answers.Claim) bool { return b.gone[c.ID] })
	most := map[answers.SourceID]int{}
	for _, s := range b.old.Sources {
		most[s.ID] = len(s.Paragraphs)
	}
	stands := map[answers.SourceID]map[int][]answers.ClaimID{}
	for i := range b.contents.Claims {
		c := &b.contents.Claims[i]
		if c.Paragraph == 0 {
			most[c.Source]++
			c.Paragraph = most[c.Source]
		}
		if stands[c.Source] == nil {
			stands[c.Source] = map[int][]answers.ClaimID{}
		}
		stands[c.Source][c.Paragraph] = append(stands[c.Source][c.Paragraph], c.ID)
	}
	for i := range b.contents.Sources {
		s := &b.contents.Sources[i]
		if s.Kind != answers.KindList {
			continue
		}
		before := s.Paragraphs
		s.Paragraphs = nil
		for n := 1; n <= most[s.ID]; n++ {
			p := answers.Paragraph{Number: n, Claims: stands[s.ID][n]}
			if len(p.Claims) == 0 {
				p.NoClaim = "no longer in the list"
				if n <= len(before) && before[n-1].NoClaim != "" {
					p.NoClaim = before[n-1].NoClaim
				}
			}
			s.Paragraphs = append(s.Paragraphs, p)
		}
	}
	b.contents.Sources = slices.DeleteFunc(b.contents.Sources, func(s answers.Source) bool {
		return s.Kind == answers.KindList && len(stands[s.ID]) == 0
	})
}
