package main

// edition numbers the record that comes with this version of Parley, and editionDigest says which record that is (seeds.Digest). Both are raised
// with each change of seeds/record: a database remembers the highest edition that it was seeded with, so that an older Parley does not write its
// record over a newer one.
const (
	edition       = 1
	editionDigest = "11e399c1c744db4fa74fd4cdf4e69cce9ad8a356e3e999a8b46fe35164f2a0db"
)
