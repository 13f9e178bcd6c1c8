// Package deploy holds no program: how Parley is run stands in the files beside this one, and what can be checked of them
// without a container engine is checked here.
package deploy

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// The interface of the program as the files here use it. This is the one place that knows it.
var (
	// settings and secrets are read from the environment; each secret also as NAME_FILE, which names a file.
	settings = []string{"PARLEY_DB", "PARLEY_STATUS", "PARLEY_LOG_LEVEL", "PARLEY_LOG_FORMAT", "PARLEY_KEEP_QUESTIONS", "PARLEY_KEEP_REPLIES",
		"PARLEY_KEEP_FEEDBACK"}
	secrets = []string{"PARLEY_SLACK_APP_TOKEN", "PARLEY_SLACK_BOT_TOKEN", "PARLEY_SLACK_SIGNING_SECRET", "PARLEY_DISCORD_TOKEN",
		"PARLEY_DISCORD_PUBLIC_KEY"}
	// flags of the commands that an operator runs.
	flags = map[string][]string{
		"serve":  {"--db", "--status", "--log-level", "--log-format", "--check"},
		"health": {"--status"},
		"ask":    {"--db", "--json"},
		"lint":   {"--db"},
		"seed":   {"--db", "--force"},
		"backup": {"--db"},
		"doctor": {"--db", "--json", "--offline", "--status"},
		"forget": {"--db", "--team"},
		"data":   {"--db"},
	}
)

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// files are all files of this folder but the tests.
func files(t *testing.T) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, e := range entries {
		if !e.IsDir() && !strings.HasSuffix(e.Name(), ".go") {
			all[e.Name()] = read(t, e.Name())
		}
	}
	if len(all) < 7 {
		t.Fatalf("found only %q", slices.Collect(maps.Keys(all)))
	}
	return all
}

var (
	variablePattern = regexp.MustCompile(`PARLEY_[A-Z][A-Z_]*`)
	// commandPattern finds `parley serve --check`, "$parley" ask --db and ["/parley", "health"], up to the end of the command.
	commandPattern = regexp.MustCompile("parley\"?,? \"?(serve|health|ask|lint|seed|backup|doctor|forget|data)\\b(?:[ \"]([^\n`#|;>&]*))?")
	flagPattern    = regexp.MustCompile(`(?:^|\s)(--?[a-z][a-z-]*)`)
)

// strangers lists what a text names that the program does not have.
func strangers(text string) []string {
	known := slices.Concat(settings, secrets)
	for _, s := range secrets {
		known = append(known, s+"_FILE")
	}
	var found []string
	for _, v := range variablePattern.FindAllString(text, -1) {
		if !slices.Contains(known, v) {
			found = append(found, v)
		}
	}
	for _, m := range commandPattern.FindAllStringSubmatch(text, -1) {
		for _, f := range flagPattern.FindAllStringSubmatch(m[2], -1) {
			if !slices.Contains(flags[m[1]], f[1]) {
				found = append(found, m[1]+" "+f[1])
			}
		}
	}
	return found
}

func TestVariablesAndFlags(t *testing.T) {
	uses := 0
	for name, text := range files(t) {
		for _, s := range strangers(text) {
			t.Errorf("%s: Parley knows no %s", name, s)
		}
		uses += len(commandPattern.FindAllString(text, -1))
	}
	if uses < 5 {
		t.Errorf("only %d commands were found: the pattern misses them", uses)
	}
	got := strangers("PARLEY_DBS=1\nparley serve --chek # --db\n\"$parley\" ask --force x\nCMD [\"/parley\", \"health\"]\nPARLEY_DISCORD_TOKEN_FILE")
	if want := []string{"PARLEY_DBS", "serve --chek", "ask --force"}; !slices.Equal(got, want) {
		t.Errorf("the check finds %q, want %q", got, want)
	}
}

// secretPatterns are the forms of what must never be committed. A secret is given by file, so none is set by value.
var secretPatterns = []*regexp.Regexp{
	regexp.MustCompile(`xapp-\d`),
	regexp.MustCompile(`xox[abp]-\d`),
	regexp.MustCompile(`[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,}`), // a token of a Discord bot
	regexp.MustCompile(`\b[0-9a-f]{64}\b`),                        // a public key of Discord
	regexp.MustCompile(`\b[0-9a-f]{32}\b`),                        // a signing secret of Slack
	regexp.MustCompile(`AKIA[A-Z0-9]{16}`),
	regexp.MustCompile(`PRIVATE KEY-----`),
	regexp.MustCompile(`(?m)^\s*(?:- |Environment=|ENV |ARG |export )?"?(?:` + strings.Join(secrets, "|") + `)\s*[=:]`),
}

// digest is what an image may be held to.
var digest = regexp.MustCompile(`@sha256:[0-9a-f]{64}`)

func leaks(text string) bool {
	text = digest.ReplaceAllString(text, "")
	return slices.ContainsFunc(secretPatterns, func(p *regexp.Regexp) bool { return p.MatchString(text) })
}

func TestNoSecrets(t *testing.T) {
	for name, text := range files(t) {
		if leaks(text) {
			t.Errorf("%s holds what looks like a secret", name)
		}
	}
	for _, text := range []string{
		"xapp-" + "1-A", "xoxb-" + "12", strings.Repeat("ab12", 8), strings.Repeat("ab12", 16),
		"M" + strings.Repeat("a", 23) + "." + strings.Repeat("b", 6) + "." + strings.Repeat("c", 30),
		"  PARLEY_DISCORD_TOKEN: x", "Environment=PARLEY_SLACK_BOT_TOKEN=x",
	} {
		if !leaks(text) {
			t.Errorf("a secret like %q is not noticed", text)
		}
	}
	ignored := read(t, ".gitignore")
	for _, folder := range []string{"/secrets/", "/backup/"} {
		if !strings.Contains(ignored, folder+"\n") {
			t.Errorf(".gitignore leaves out %s", folder)
		}
	}
}

// strictly reads YAML into a value that names every key it may have.
func strictly(data string, into any) error {
	return yaml.Load([]byte(data), into, yaml.WithKnownFields(), yaml.WithUniqueKeys())
}

type service struct {
	Profiles        []string
	Build           struct{ Context, Dockerfile, Target string }
	Image           string
	Command         []string
	Environment     map[string]string
	Secrets         []string
	Volumes         []string
	User            string
	ReadOnly        bool `yaml:"read_only"`
	Tmpfs           []string
	CapDrop         []string `yaml:"cap_drop"`
	SecurityOpt     []string `yaml:"security_opt"`
	NetworkMode     string   `yaml:"network_mode"`
	StopGracePeriod string   `yaml:"stop_grace_period"`
	Restart         string
	MemLimit        string `yaml:"mem_limit"`
	CPUs            int    `yaml:"cpus"`
	PidsLimit       int    `yaml:"pids_limit"`
	Logging         struct {
		Driver  string
		Options map[string]string
	}
	DependsOn map[string]struct {
		Condition string
		Required  bool
	} `yaml:"depends_on"`
}

type compose struct {
	Name     string
	Services map[string]service
	Volumes  map[string]any
	Secrets  map[string]struct{ File string }
}

func TestCompose(t *testing.T) {
	text := read(t, "compose.yaml")
	var c compose
	if err := strictly(text, &c); err != nil {
		t.Fatal(err)
	}
	if err := strictly(strings.Replace(text, "read_only", "read_onyl", 1), new(compose)); err == nil {
		t.Error("a misspelt key is not noticed")
	}
	if got := slices.Sorted(maps.Keys(c.Services)); !slices.Equal(got, []string{"litestream", "parley"}) {
		t.Fatalf("the services are %q", got)
	}
	dockerfile := read(t, "Dockerfile")
	for name, s := range c.Services {
		for what, holds := range map[string]bool{
			"read_only":                  s.ReadOnly,
			"no capability":              slices.Equal(s.CapDrop, []string{"ALL"}),
			"no-new-privileges":          slices.Contains(s.SecurityOpt, "no-new-privileges:true"),
			"a user that is not root":    s.User == "65532:65532" && strings.Contains(dockerfile, "USER "+s.User),
			"a tmpfs for /tmp":           len(s.Tmpfs) == 1 && strings.HasPrefix(s.Tmpfs[0], "/tmp:"),
			"limits":                     s.MemLimit != "" && s.CPUs > 0 && s.PidsLimit > 0,
			"bounded logs":               s.Logging.Options["max-size"] != "",
			"40 s to stop, more than 30": s.StopGracePeriod == "40s",
			"a target of the Dockerfile": s.Build.Dockerfile == "deploy/Dockerfile" && strings.Contains(dockerfile, "FROM scratch AS "+s.Build.Target+"\n"),
			"the volume":                 slices.Contains(s.Volumes, "data:/data"),
			"the database on the volume": s.Environment["PARLEY_DB"] == "/data/parley.db",
		} {
			if !holds {
				t.Errorf("the service %s lacks: %s", name, what)
			}
		}
	}
	parley := c.Services["parley"]
	if parley.Restart != "on-failure:5" {
		t.Errorf("restart %q would loop on exit status 3", parley.Restart)
	}
	if on, ok := parley.DependsOn["litestream"]; !ok || on.Required {
		t.Error("Parley must start after the backup, and also without it")
	}
	var mounted []string
	for _, secret := range secrets {
		file, ok := strings.CutPrefix(parley.Environment[secret+"_FILE"], "/run/secrets/")
		if !ok || !slices.Contains(parley.Secrets, file) || !strings.HasSuffix(c.Secrets[file].File, "/"+file) {
			t.Errorf("%s_FILE does not lead to a secret", secret)
		}
		mounted = append(mounted, file)
	}
	slices.Sort(mounted)
	if got := slices.Sorted(slices.Values(parley.Secrets)); !slices.Equal(got, mounted) {
		t.Errorf("the secrets %q are mounted, %q are read", got, mounted)
	}
}

func TestLitestreamConfiguration(t *testing.T) {
	text := read(t, "litestream.yml")
	// The other form of the replica is read too: its lines with the mark taken off.
	s3 := strings.ReplaceAll(text[strings.Index(text, "    # replica:"):], "    # ", "    ")
	head := text[:strings.Index(text, "    replica:\n")]
	for _, form := range []string{text, head + s3} {
		var c struct {
			Snapshot struct{ Interval, Retention string }
			DBs      []struct {
				Path            string
				MonitorInterval string `yaml:"monitor-interval"`
				Replica         struct {
					Type, Path, Bucket, Region string
					SyncInterval               string `yaml:"sync-interval"`
				}
			} `yaml:"dbs"`
		}
		if err := strictly(form, &c); err != nil {
			t.Fatalf("%v in\n%s", err, form)
		}
		if len(c.DBs) != 1 || c.DBs[0].Path != "${PARLEY_DB}" || c.DBs[0].Replica.SyncInterval != "1s" || c.DBs[0].Replica.Type == "" {
			t.Errorf("read %+v", c)
		}
	}
}

// unit reads a systemd unit: each key with its values in order. A key of one section does not occur in another here.
func unit(t *testing.T, name string) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for line := range strings.Lines(read(t, name)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' || line[0] == '[' {
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		if !ok {
			t.Errorf("%s: what is %q?", name, line)
		}
		all[key] = append(all[key], value)
	}
	return all
}

func TestUnits(t *testing.T) {
	for _, name := range []string{"parley.service", "litestream.service"} {
		u := unit(t, name)
		for key, value := range map[string]string{
			"User": "parley", "Type": "exec", "UMask": "0077", "StateDirectoryMode": "0700",
			"Restart": "on-failure", "TimeoutStopSec": "40s",
			"NoNewPrivileges": "yes", "CapabilityBoundingSet": "", "AmbientCapabilities": "",
			"ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes", "PrivateDevices": "yes", "PrivateUsers": "yes",
			"ProtectHostname": "yes", "ProtectClock": "yes", "ProtectKernelTunables": "yes", "ProtectKernelModules": "yes",
			"ProtectKernelLogs": "yes", "ProtectControlGroups": "yes", "ProtectProc": "invisible", "ProcSubset": "pid",
			"RestrictNamespaces": "yes", "RestrictRealtime": "yes", "RestrictSUIDSGID": "yes", "LockPersonality": "yes",
			"MemoryDenyWriteExecute": "yes", "SystemCallArchitectures": "native",
		} {
			if got := u[key]; !slices.Equal(got, []string{value}) {
				t.Errorf("%s: %s is %q, want %q", name, key, got, value)
			}
		}
		if !slices.Equal(u["SystemCallFilter"], []string{"@system-service", "~@privileged @resources"}) {
			t.Errorf("%s: SystemCallFilter is %q", name, u["SystemCallFilter"])
		}
		if !slices.Contains(u["Environment"], "PARLEY_DB=%S/parley/parley.db") {
			t.Errorf("%s: the database is not in the state directory", name)
		}
	}
	u := unit(t, "parley.service")
	if !slices.Equal(u["RestartPreventExitStatus"], []string{"3"}) || !slices.Equal(u["ExecStart"], []string{"/usr/local/bin/parley serve"}) ||
		!slices.Equal(u["RestrictAddressFamilies"], []string{"AF_INET AF_INET6 AF_UNIX"}) {
		t.Errorf("parley.service: %q", u)
	}
	for _, secret := range secrets {
		i := slices.IndexFunc(u["Environment"], func(e string) bool { return strings.HasPrefix(e, secret+"_FILE=%d/") })
		if i < 0 {
			t.Errorf("parley.service: %s_FILE does not lead to a credential", secret)
			continue
		}
		_, id, _ := strings.Cut(u["Environment"][i], "%d/")
		if !slices.Contains(u["LoadCredential"], id+":/etc/parley/"+id) {
			t.Errorf("parley.service: the credential %s is not loaded", id)
		}
	}
	if got := len(u["LoadCredential"]); got != len(secrets) {
		t.Errorf("parley.service loads %d credentials for %d secrets", got, len(secrets))
	}
}

// systemd itself reads the units, with programs in them that exist here.
func TestUnitsBySystemd(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("SKIPPED: systemd-analyze is not installed, so systemd did not read the units")
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := regexp.MustCompile(`(?m)^ExecStart=\S+`)
	verify := func(name, text string) []byte {
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, []byte(program.ReplaceAllString(text, "ExecStart="+exe)), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(analyze, "verify", "--man=no", file).CombinedOutput()
		if err != nil && len(out) == 0 {
			out = []byte(err.Error())
		}
		if len(out) > 0 || filepath.Ext(name) != ".service" {
			return out
		}
		// The exposure level, times ten, that a service may have: what talks to Slack and Discord needs the network.
		out, err = exec.Command(analyze, "security", "--offline=true", "--no-pager", "--threshold=15", file).CombinedOutput()
		if bytes.Contains(out, []byte("unrecognized option")) {
			t.Log("SKIPPED: this systemd-analyze does not rate units offline")
			return nil
		}
		if err != nil {
			return out
		}
		t.Logf("%s", bytes.TrimSpace(out[bytes.LastIndex(bytes.TrimSpace(out), []byte("\n"))+1:]))
		return nil
	}
	text := read(t, "parley.service")
	for name, text := range map[string]string{"parley.service": text, "litestream.service": read(t, "litestream.service")} {
		if out := verify(name, text); len(out) > 0 {
			t.Errorf("%s:\n%s", name, out)
		}
	}
	if len(verify("parley.service", strings.Replace(text, "ProtectHome=", "ProtectHom=", 1))) == 0 {
		t.Error("a misspelt key is not noticed")
	}
	if len(verify("parley.service", regexp.MustCompile(`(?m)^(Protect|Private|Restrict|System|Capab).*\n`).ReplaceAllString(text, ""))) == 0 {
		t.Error("a unit without its sandbox is not noticed")
	}
}

func TestDockerfile(t *testing.T) {
	text := digest.ReplaceAllString(read(t, "Dockerfile"), "")
	mod := regexp.MustCompile(`(?m)^go (\d+\.\d+)\.(\d+)$`).FindStringSubmatch(read(t, "../go.mod"))
	image := regexp.MustCompile(`(?m)^FROM golang:(\d+\.\d+)\.(\d+)-bookworm AS base$`).FindStringSubmatch(text)
	if mod == nil || image == nil {
		t.Fatalf("no version of Go in go.mod (%q) or in the Dockerfile (%q)", mod, image)
	}
	least, _ := strconv.Atoi(mod[2])
	patch, _ := strconv.Atoi(image[2])
	if mod[1] != image[1] || patch < least {
		t.Errorf("the image builds with Go %s.%s, go.mod asks for %s.%s", image[1], image[2], mod[1], mod[2])
	}
	from := regexp.MustCompile(`(?m)^FROM (\S+) AS (\S+)$`).FindAllStringSubmatch(text, -1)
	if len(from) != strings.Count(text, "\nFROM ") {
		t.Error("a stage has no name")
	}
	stages := map[string]bool{"scratch": true, "golang:" + image[1] + "." + image[2] + "-bookworm": true}
	for _, f := range from {
		if !stages[f[1]] {
			t.Errorf("the image %s is not one that we trust", f[1])
		}
		stages[f[2]] = true
	}
	last := text[strings.LastIndex(text, "\nFROM "):]
	for _, line := range []string{
		"FROM scratch AS parley", "USER 65532:65532", "VOLUME /data", "STOPSIGNAL SIGTERM", `CMD ["/parley", "health"]`,
		`ENTRYPOINT ["/parley"]`, `CMD ["serve"]`, "PARLEY_DB=/data/parley.db", "/etc/ssl/certs/ca-certificates.crt",
	} {
		if !strings.Contains(last, line) {
			t.Errorf("the image of Parley lacks %q", line)
		}
	}
	for _, word := range []string{"-trimpath", "netgo,osusergo,timetzdata,sqlite_omit_load_extension", `-extldflags "-static"`, "! ldd /out/parley"} {
		if !strings.Contains(text, word) {
			t.Errorf("the build lacks %s", word)
		}
	}
	if strings.Contains(text, "://") {
		t.Error("the Dockerfile names an address")
	}
}

// Every folder with a part of the program is copied into the build, and nothing else gets near it.
func TestBuildSeesTheSources(t *testing.T) {
	want := []string{"go.mod", "go.sum"}
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		found := errors.New("found")
		err := fs.WalkDir(os.DirFS(filepath.Join("..", e.Name())), ".", func(name string, _ fs.DirEntry, err error) error {
			if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
				return found
			}
			return err
		})
		if err == found {
			want = append(want, e.Name())
		} else if err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(want)
	var copied, allowed []string
	for _, m := range regexp.MustCompile(`(?m)^COPY (\w[^-\n]*) \S+$`).FindAllStringSubmatch(read(t, "Dockerfile"), -1) {
		copied = append(copied, strings.Fields(m[1])...)
	}
	everything := false
	for line := range strings.Lines(read(t, "Dockerfile.dockerignore")) {
		line = strings.TrimSpace(line)
		everything = everything || line == "*"
		if name, ok := strings.CutPrefix(line, "!"); ok {
			allowed = append(allowed, name)
		}
	}
	slices.Sort(copied)
	slices.Sort(allowed)
	if !slices.Equal(copied, want) {
		t.Errorf("the Dockerfile copies %q, the program is %q", copied, want)
	}
	if !everything || !slices.Equal(allowed, want) {
		t.Errorf("the build may see %q, the program is %q", allowed, want)
	}
}

// One version of Litestream is built, drilled and described.
func TestLitestreamVersion(t *testing.T) {
	version := regexp.MustCompile(`v\d+\.\d+\.\d+`)
	want := ""
	for _, name := range []string{"Dockerfile", "restore-drill.sh", "README.md"} {
		got := version.FindAllString(read(t, name), -1)
		slices.Sort(got)
		if got = slices.Compact(got); len(got) != 1 {
			t.Errorf("%s names the versions %q", name, got)
			continue
		}
		if want == "" {
			want = got[0]
		}
		if got[0] != want {
			t.Errorf("%s has Litestream %s, want %s", name, got[0], want)
		}
	}
}

func TestDrillIsSoundShell(t *testing.T) {
	info, err := os.Stat("restore-drill.sh")
	if err != nil || info.Mode()&0o111 == 0 {
		t.Errorf("restore-drill.sh cannot be run: %v, %v", info.Mode(), err)
	}
	check, err := exec.LookPath("shellcheck")
	if err != nil {
		t.Skip("SKIPPED: shellcheck is not installed, so nobody read the drill")
	}
	if out, err := exec.Command(check, "restore-drill.sh").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
