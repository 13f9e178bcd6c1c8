package main

import (
	"context"
	"fmt"
	"runtime/debug"

	"parley/seeds"
)

func versionCommand() command {
	cmd := command{
		name:    "version",
		summary: "tells which Parley this is and which record comes with it",
		examples: `
parley version`,
	}
	cmd.run = func(_ context.Context, args []string, env environment) (int, error) {
		if err := parse(cmd.flags(env), args); err != nil {
			return 0, err
		}
		digest, err := seeds.Digest(seeds.Record())
		if err != nil {
			return 0, err
		}
		fmt.Fprintf(env.stdout, "parley %s, record %s\n", build(), digest[:12])
		return exitAnswered, nil
	}
	return cmd
}

// build is the version that the Go toolchain recorded, or the commit, or "built by hand".
func build() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "built by hand"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return "built by hand"
}
