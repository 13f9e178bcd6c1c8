//go:build linux || darwin

package main

import "syscall"

// diskFree is how many bytes Parley may still write to the disk of a folder; known is false where that cannot be told.
func diskFree(folder string) (bytes int64, known bool) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(folder, &disk); err != nil {
		return 0, false
	}
	return int64(disk.Bavail) * int64(disk.Bsize), true
}
