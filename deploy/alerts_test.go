package deploy

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// alertRules are what of alerts.yml is looked at here.
type alertRules struct {
	Groups []struct {
		Name  string
		Rules []struct {
			Alert, Expr, For    string
			Labels, Annotations map[string]string
		}
	}
}

// figures are the metrics of the program that a text names.
var figures = regexp.MustCompile(`parley_[a-z_]+`)

// made lists the metrics that the program serves, by their names in its sources; a histogram has more.
func made(t *testing.T) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for _, pattern := range []string{"../cmd/parley/*.go", "../bot/*.go", "../bot/deliver/*.go"} {
		sources, err := filepath.Glob(pattern)
		if err != nil || len(sources) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, name := range sources {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			for _, m := range regexp.MustCompile(`"(parley_[a-z_]+)"`).FindAllStringSubmatch(read(t, name), -1) {
				all[m[1]], all[m[1]+"_bucket"] = true, strings.HasSuffix(m[1], "_seconds")
			}
		}
	}
	return all
}

// Every alert is about figures that there are, and the runbook has a section on it; alerts and dashboard leave none of the vital figures out.
func TestAlertsAndDashboard(t *testing.T) {
	var rules alertRules
	if err := strictly(read(t, "alerts.yml"), &rules); err != nil {
		t.Fatal(err)
	}
	runbook := read(t, "RUNBOOK.md")
	there, watched := made(t), map[string]bool{}
	for _, r := range rules.Groups[0].Rules {
		if !strings.Contains(runbook, "\n### "+r.Alert+"\n") {
			t.Errorf("the runbook has no section on %s", r.Alert)
		}
		if r.Annotations["summary"] == "" || !slices.Contains([]string{"page", "ticket"}, r.Labels["severity"]) {
			t.Errorf("%s has no summary, or nobody to go to", r.Alert)
		}
		for _, f := range figures.FindAllString(r.Expr, -1) {
			watched[f] = true
		}
	}
	sections := regexp.MustCompile(`(?m)^### (Parley\w+)$`).FindAllString(runbook, -1)
	if len(sections) != len(rules.Groups[0].Rules) {
		t.Errorf("the runbook has %d sections on %d alerts", len(sections), len(rules.Groups[0].Rules))
	}
	var board struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal([]byte(read(t, "dashboard.json")), &board); err != nil {
		t.Fatal(err)
	}
	for _, p := range board.Panels {
		if p.Title == "" || len(p.Targets) == 0 {
			t.Errorf("the panel %q shows nothing", p.Title)
		}
		for _, target := range p.Targets {
			for _, f := range figures.FindAllString(target.Expr, -1) {
				watched[f] = true
			}
		}
	}
	for f := range watched {
		if !there[f] {
			t.Errorf("the program has no figure %s", f)
		}
	}
	for f, is := range there {
		if strings.Contains(f, "_seconds_bucket") || !is && strings.HasSuffix(f, "_bucket") || slices.Contains([]string{
			"parley_pending", "parley_taken_up_total", "parley_delivery_attempt_seconds", "parley_delivered_seconds"}, f) {
			continue
		}
		if !watched[f] {
			t.Errorf("nobody watches %s", f)
		}
	}
	if pages := float64(strings.Count(runbook, "\n")) / 50; pages > 10 {
		t.Errorf("the runbook has %.0f pages", pages)
	}
}

// Prometheus' own tool reads the alerts, and tries each of them on figures.
func TestAlertsByPromtool(t *testing.T) {
	promtool, err := exec.LookPath("promtool")
	if err != nil {
		t.Skip("SKIPPED: promtool is not installed (Debian: prometheus), so that nobody tried the alerts")
	}
	for _, args := range [][]string{{"check", "rules", "alerts.yml"}, {"test", "rules", "alerts_test.yml"}} {
		if out, err := exec.Command(promtool, args...).CombinedOutput(); err != nil {
			t.Errorf("promtool %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"alerts.yml":      strings.Replace(read(t, "alerts.yml"), "> 300", "> 30000", 1),
		"alerts_test.yml": read(t, "alerts_test.yml"),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := exec.Command(promtool, "test", "rules", filepath.Join(dir, "alerts_test.yml")).CombinedOutput(); err == nil || !bytes.Contains(out, []byte("ParleyQuestionsWait")) {
		t.Errorf("an alert that never fires is not noticed: %v\n%s", err, out)
	}
}
