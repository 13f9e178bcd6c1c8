package answers

import "slices"

// Overlap reports whether two lists share an item.
func Overlap[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(x T) bool { return slices.Contains(b, x) })
}
