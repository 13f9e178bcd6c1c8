package main

import "time"

// eventually tries until something is so. It returns what was missing at last if that took too long.
func eventually(within time.Duration, so func() error) error {
	for deadline := time.Now().Add(within); ; time.Sleep(10 * time.Millisecond) {
		if err := so(); err == nil || time.Now().After(deadline) {
			return err
		}
	}
}
