package main

// edition numbers the record that comes with this version of Parley, and editionDigest says which record that is (seeds.Digest). Both are raised
// with each change of seeds/record: a database remembers the highest edition that it was seeded with, so that an older Parley does not write its
// record over a newer one.
const (
	edition       = 1
	editionDigest = "1e3a0ab802a89e6adcf4cb9c0dd315e9c657aac602f41f33847fe3859b34f131"
)
