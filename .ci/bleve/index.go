package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// voters is how many documents answer a question.
const voters = 10

// field holds the text of a question in a document.
const field = "question"

// index finds the answer to a question by the ways of asking that bleve has indexed.
type index struct {
	bleve.Index
	answers []string // by number of the document, which is its id
}

// newIndex indexes rows of answer and question in memory: bleve's English analyzer, BM25. bleve.NewMemOnly would not do, since the
// kind of index it makes does not keep the lengths that BM25 needs.
func newIndex(rows [][2]string) (*index, error) {
	mapping := bleve.NewIndexMapping()
	mapping.DefaultAnalyzer = en.AnalyzerName
	mapping.ScoringModel = bleveindex.BM25Scoring
	const inMemory = ""
	found, err := bleve.NewUsing(inMemory, mapping, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("make an index: %w", err)
	}
	ix := &index{Index: found}
	batch := found.NewBatch()
	for i, row := range rows {
		ix.answers = append(ix.answers, row[0])
		if err := batch.Index(strconv.Itoa(i), map[string]string{field: row[1]}); err != nil {
			return nil, fmt.Errorf("index question %d: %w", i+1, err)
		}
	}
	if err := found.Batch(batch); err != nil {
		return nil, fmt.Errorf("index the questions: %w", err)
	}
	return ix, nil
}

func (ix *index) close() error {
	if err := ix.Close(); err != nil {
		return fmt.Errorf("close the index: %w", err)
	}
	return nil
}

// vote is an answer with the sum of the BM25 scores of those among the ten best documents that have it.
type vote struct {
	answer string
	score  float64
}

// rank lists the answers to a question, that with the largest vote first, ties by the better document. The words of the question are
// alternatives; a question that shares none with any document gets no answer. Of documents that fit equally well bleve puts first which it
// numbered first, and that varies from run to run: figures do by some tenths of a percent. An order of our own would cost half as much time
// again, which would not be bleve's.
func (ix *index) rank(question string) ([]vote, error) {
	query := bleve.NewMatchQuery(question)
	query.SetField(field)
	result, err := ix.Search(bleve.NewSearchRequestOptions(query, voters, 0, false))
	if err != nil {
		return nil, fmt.Errorf("search %q: %w", question, err)
	}
	var votes []vote
	for _, hit := range result.Hits {
		number, err := strconv.Atoi(hit.ID)
		if err != nil {
			return nil, fmt.Errorf("read the id of a document: %w", err)
		}
		answer := ix.answers[number]
		at := slices.IndexFunc(votes, func(v vote) bool { return v.answer == answer })
		if at < 0 {
			at = len(votes)
			votes = append(votes, vote{answer: answer})
		}
		votes[at].score += hit.Score
	}
	slices.SortStableFunc(votes, func(a, b vote) int { return cmp.Compare(b.score, a.score) })
	return votes, nil
}
