package discordtest_test

import (
	"os"
	"testing"

	"github.com/bwmarrin/discordgo"
)

// TestMain makes discordgo speak the version that the server knows, as wiring must.
func TestMain(m *testing.M) {
	discordgo.APIVersion = "10"
	os.Exit(m.Run())
}
