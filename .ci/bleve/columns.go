package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// columns reads two columns of a CSV file by their names in its header.
func columns(name, first, second string) ([][2]string, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open a question set: %w", err)
	}
	defer file.Close()
	reader := csv.NewReader(file)
	header, err := reader.Read()
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("read the header of %s: %w", name, err)
	}
	a, b := slices.Index(header, first), slices.Index(header, second)
	if a < 0 || b < 0 {
		return nil, fmt.Errorf("read %s: its header does not name the columns %q and %q", name, first, second)
	}
	var rows [][2]string
	for {
		record, err := reader.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		rows = append(rows, [2]string{strings.TrimSpace(record[a]), strings.TrimSpace(record[b])})
	}
}
