//go:build !darwin && !linux

package seedstest

// lock waits for nobody: several processes may learn the same, and the last one keeps it.
func lock(string) (unlock func(), err error) { return func() {}, nil }
