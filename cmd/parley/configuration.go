package main

import (
	"fmt"
	"log/slog"
	"net"
	"os"
	"slices"
	"strings"

	"parley/bot"
	"parley/store"
)

// configuration is what serve needs to know: flags, the environment and files, in this order.
type configuration struct {
	database string
	status   string // the address of the status server; "" for none
	log      *slog.Logger
	chats    []adapter         // those whose secrets are set
	values   map[string]string // by name, the settings of adapters
	keep     store.Keep
}

// adapter is a platform that serve can connect to.
type adapter struct {
	name     string
	settings []setting
	how      string // how a person comes by the settings, in a few lines
	// complete tells what is missing of a combination, as sentences; nil if the required settings are enough.
	complete func(values map[string]string) []string
	connect  func(values map[string]string, log *slog.Logger) (bot.Chat, error)
}

// setting is a value that an adapter takes from the environment, or from the file that NAME_FILE names.
type setting struct {
	name     string
	required bool
	problem  func(value string) string // what is wrong with a value, as a sentence; "" if nothing is
}

const noStatus = "off"

// defaultStatus is where serve tells how it is, unless it is told otherwise: on this machine only.
const defaultStatus = "127.0.0.1:9370"

// configure reads everything and reports every problem at once, as sentences.
func configure(database, status, level, format string, adapters []adapter, env environment) (configuration, []string) {
	c := configuration{database: database, values: map[string]string{}}
	var problems []string
	problem := func(text string, args ...any) { problems = append(problems, fmt.Sprintf(text, args...)) }
	if status != noStatus {
		if _, _, err := net.SplitHostPort(status); err != nil {
			problem("The status address %q is not of the form HOST:PORT, nor %q.", status, noStatus)
		}
		c.status = status
	}
	var options slog.HandlerOptions
	var least slog.Level
	if err := least.UnmarshalText([]byte(level)); err != nil {
		problem("There is no log level %q: it is debug, info, warn or error.", level)
	}
	options.Level = least
	var log slog.Handler = slog.NewTextHandler(env.stderr, &options)
	switch format {
	case "text":
	case "json":
		log = slog.NewJSONHandler(env.stderr, &options)
	default:
		problem("There is no log format %q: it is text or json.", format)
	}
	for _, a := range adapters {
		problems = append(problems, c.choose(a, env)...)
	}
	var wrong []string
	c.keep, wrong = retention(env)
	c.log = slog.New(redacted(log, c.values))
	return c, append(problems, wrong...)
}

// choose reads the settings of an adapter. It is among those to connect if any of them is set; then the required ones must be.
func (c *configuration) choose(a adapter, env environment) []string {
	var problems, missing []string
	any := false
	for _, s := range a.settings {
		value, problem := secret(s.name, env)
		switch {
		case problem != "":
			problems = append(problems, problem)
			any = true
		case value != "":
			any = true
			c.values[s.name] = value
			if wrong := s.problem(value); wrong != "" {
				problems = append(problems, fmt.Sprintf("%s: %s", s.name, wrong))
			}
		case s.required:
			missing = append(missing, s.name)
		}
	}
	if !any {
		return nil
	}
	if len(missing) > 0 {
		problems = append(problems, fmt.Sprintf("To connect to %s, %s must be set too.", a.name, strings.Join(missing, " and ")))
	}
	if a.complete != nil {
		problems = append(problems, a.complete(c.values)...)
	}
	c.chats = append(c.chats, a)
	return problems
}

// secret reads a value from the environment, or from the file that NAME_FILE names, where service managers put secrets. What is wrong
// is a sentence.
func secret(name string, env environment) (value, problem string) {
	value, file := strings.TrimSpace(env.getenv(name)), env.getenv(name+"_FILE")
	switch {
	case value != "" && file != "":
		return "", fmt.Sprintf("%s and %s_FILE are both set: leave one out.", name, name)
	case file == "":
		return value, ""
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Sprintf("%s_FILE cannot be read: %v.", name, err)
	}
	if value = strings.TrimSpace(string(content)); value == "" {
		return "", fmt.Sprintf("%s_FILE names an empty file.", name)
	}
	return value, ""
}

// names lists the platforms that will be connected to.
func (c configuration) names() string {
	names := make([]string, len(c.chats))
	for i, a := range c.chats {
		names[i] = a.name
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}
