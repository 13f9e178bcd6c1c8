package main

// edition numbers the record that comes with this version of Parley, and editionDigest says which record that is (seeds.Digest). Both are raised
// with each change of seeds/record: a database remembers the highest edition that it was seeded with, so that an older Parley does not write its
// record over a newer one.
const (
	edition       = 1
	editionDigest = "2d307f4c68ab7d823ca5c8a3c3e1426c6285ad1bd56c1ad78d2deebbbd8b4e43"
)
