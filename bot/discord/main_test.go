package discord_test

import (
	"os"
	"testing"

	"parley/bot/discord"
)

// TestMain makes one adapter before tests make several side by side: the first sets the library's version.
func TestMain(m *testing.M) {
	if _, err := discord.New(discord.Config{Token: "x"}); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
