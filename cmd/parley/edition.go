package main

// edition numbers the record that comes with this version of Parley, and editionDigest says which record that is (seeds.Digest). Both are raised
// with each change of seeds/record: a database remembers the highest edition that it was seeded with, so that an older Parley does not write its
// record over a newer one.
const (
	edition       = 1
	editionDigest = "e3daac9d4300d6d92ddbd3994e10aaad335efccd0a1b61e573590fe80a7f8bb3"
)
