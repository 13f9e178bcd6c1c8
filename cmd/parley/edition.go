package main

// edition numbers the record that comes with this version of Parley, and editionDigest says which record that is (seeds.Digest). Both are raised
// with each change of seeds/record: a database remembers the highest edition that it was seeded with, so that an older Parley does not write its
// record over a newer one.
const (
	edition       = 1
	editionDigest = "e508d51022fbbf71bbbdde0ae72b5d7e724ea70a2c01fd48f57ca9e654ec7365"
)
