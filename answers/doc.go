// Package answers holds the values of the record and the pure engine over them. It does no I/O, has no clock and no
// randomness, imports nothing of ours, and gives the same bytes for the same contents and question.
//
// The record, as values: a Source is a document; each of its paragraphs is accounted for by Claims (record.go,
// claim.go). Claims disagree in Disputes and relate by Relations. An Entry is a curated question with its answer, written
// as Prose whose sentences mark the claims they stand on (entry.go, prose.go). Dates carry how they are known (date.go).
//
// Lint checks all editorial rules (lint.go and lint_*.go); NewLibrary refuses contents that break one, so that no such
// answer is ever given.
//
// The engine: NewLibrary (library.go) learns an immutable index; what it learnt can be kept and restored (trained.go, pack.go).
// Ask (ask.go) folds the question, mends its spelling and finds its names (fold.go, vocabulary.go, english.go, utterance.go),
// turns it into a vector (space.go), lets a linear classifier tell which entry it is for (classifier.go) and compares it with that
// entry's phrasings (index.go), weighs what of the question each entry accounts for and whether it was made for such a question
// (match.go, asking.go), turns all that into the probability of being right (head.go, learnt in calibrate.go), and answers,
// suggests or declines. What people ask and no source answers is an entry too, a gap: it wins over a neighbour that only looks
// like an answer. What is said beside an answer, and how it stands, comes from assemble.go. Gold questions are tried and judged
// in gold.go.
//
// Check (check.go) rates a statement against the record. Every sentence, the statement as well as each claim and each false
// premise of the record (check_record.go), is read into a frame: who says it, what it names, its numbers and days, what it
// denies, how firmly it speaks and on what condition (check_frame.go, check_pieces.go, check_speaker.go, check_elements.go,
// check_quantity.go, with the words they know in check_words.go and check_lists.go). Two frames are held against each other
// (check_compare.go, check_firm.go; word by word in check_meet.go, check_roles.go and check_numbers.go): the statement says the
// same, more, or otherwise, or it speaks of something else. The phrasings of the entry that it would lead to as a question vouch
// for words that no list has (check_vouch.go). A statement that is on record only in its parts is rated by them (check_parts.go).
//
// Converse (dialogue.go) understands follow-ups: the dialogue so far goes in and comes out. LookUp (lookup.go) lists the
// record by names and days (term.go, period.go): what is newest or open (latest.go) and what there is at all (coverage.go)
// included. All return an Answer (answer.go), which is all that a reply needs. Complete (complete.go, completer.go,
// complete_word.go) offers what somebody may be typing.
//
// A change of the record is a Patch (retract.go makes those that withdraw something, with all that stands on it); what readers are told of it
// is a Correction (correction.go). A Freeze (freeze.go) holds back what news may have overtaken. Replay (replay.go) tells which questions
// another library answers otherwise, and Relearn (library.go) makes that library soon.
package answers
