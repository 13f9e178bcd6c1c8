// Package grammar reads a sentence of English into tokens with their roles.
//
// Two sentences of the same words may say the opposite: who does it to whom, from where, on what condition and whether at all is a matter of
// order, prepositions, voice and a few function words. Whoever compares sentences must know these, and nothing else of a language; no word of a
// topic stands here.
//
// A message falls into sentences (message.go). A Reader knows the names of a record (names.go) and the groups of words that say the same, those
// of English in thesaurus.txt and those of the record (lexicon.go). It reads a sentence (read.go) into tokens (token.go): words, names, numbers
// with what they count, and dates (number.go). It takes off who says it, finds what stands under a condition, the preposition above each token,
// and the predicate with its voice (clause.go), by the function words and irregular verbs of English (words.go). How tokens then stand to each
// other is in roles.go. A text of an encyclopedia says several things of one subject at once; expand.go tells them one by one.
//
// All of this is a guess by position and form. It errs alike on sentences of one form, so that most wrong readings cost a match rather than make a false one.
package grammar
