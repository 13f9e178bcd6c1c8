// Report turns what `go test -json` writes into what `go test` prints: a closing line for each package, and all that a failing test said.
// After that it lists what was skipped, and why. It fails if a package does, and if there was none.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
)

// event is a line of the stream: see `go doc test2json`.
type event struct {
	Action, Package, ImportPath, Test, Output string
}

func main() {
	if err := report(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func report(in io.Reader, out io.Writer) error {
	said := map[[2]string]string{}   // by package and test, until it ends
	skipped := map[string][]string{} // tests, by why
	passed, failed := 0, 0
	for stream := json.NewDecoder(in); ; {
		var e event
		if err := stream.Decode(&e); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return fmt.Errorf("read the stream of go test: %w", err)
		}
		of := [2]string{e.Package, e.Test}
		switch {
		case e.Action == "output":
			said[of] += e.Output
			if _, why, ok := strings.Cut(e.Output, "SKIPPED"); ok {
				why = strings.TrimSpace(strings.TrimPrefix(why, ":"))
				skipped[why] = append(skipped[why], e.Package+" "+e.Test)
			}
		case e.Action == "build-output":
			fmt.Fprint(out, e.Output)
		case e.Action == "build-fail", e.Action == "fail":
			failed++
			fmt.Fprint(out, said[of])
			delete(said, of)
		case e.Action == "pass" && e.Test == "":
			passed++
			fmt.Fprint(out, strings.TrimPrefix(said[of], "PASS\n"))
		case e.Action == "skip" && e.Test == "": // a package without tests
			fmt.Fprint(out, said[of])
		}
		if e.Action == "pass" || e.Action == "skip" {
			delete(said, of)
		}
	}
	for _, rest := range said { // of a test that the process did not live to end
		fmt.Fprint(out, rest)
	}
	fmt.Fprintf(out, "\nskipped, for %d reasons\n", len(skipped))
	for _, why := range slices.Sorted(maps.Keys(skipped)) {
		fmt.Fprintf(out, "%s\n\t%d times, first in %s\n", why, len(skipped[why]), skipped[why][0])
	}
	if failed > 0 || len(said) > 0 || passed == 0 {
		return fmt.Errorf("the tests of %d packages passed; failures: %d", passed, failed+len(said))
	}
	return nil
}
