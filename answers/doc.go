// Package answers holds the values that everything else speaks in: the record and what is made of it. Its rooms are the engine. None of
// them does I/O, has a clock or randomness, or imports anything of ours but what stands below it; the same contents and question give the
// same bytes.
//
// Why values: a reporter must be able to follow each word of a reply back to a document, and a correction must find every reply that said
// what was wrong. So an Answer is no text but a value that names each Claim and Source by its content (answer.go), an Entry marks within
// its Prose the claims that each sentence stands on (entry.go, prose.go), and a Date carries how it is known (date.go). A document is a
// Source, each of whose paragraphs is accounted for by claims (record.go, claim.go); claims disagree in a Dispute and relate by a
// Relation. A change of the record is a Patch (retract.go makes one that withdraws an item with all that stands on it), readers are told of
// it by a Correction (correction.go), and a Freeze (freeze.go) holds back what news may have overtaken. No word of a topic stands in Go:
// About (about.go) holds those that replies, help texts and the checker need.
//
// The rooms, from the ground up. Each has one constructor and a verb or two, and keeps its fields to itself:
//
//   - text folds an utterance to words, mends their spelling and finds the names in them.
//   - grammar reads a sentence into words, names, numbers and dates with their roles.
//   - facts arranges the record by id, and knows how claims stand to each other: what corroborates, contradicts, updates or disputes
//     an answer, what is under review, and what was on record by a day.
//   - lint holds the record to the editorial rules, so that no answer is stronger than its claims.
//   - match tells which entry a question is for, and how sure that is.
//   - check rates a statement against the claims.
//   - lookup lists the record by names and days, and completes what somebody types.
//   - passage finds the paragraph and the sentence of a document that a claim stands on (passage.go), if the newsroom has attached its text.
//   - library composes the rooms: Ask, Converse, Check, LookUp and Complete.
//   - figures says what a labelled set of questions shows of whoever answered it.
//
// Imports run upwards only: answers ← text ← grammar, facts ← lint, match, check, lookup ← library; passage needs text alone, figures
// none of them. A test over the import statements keeps it so.
package answers
