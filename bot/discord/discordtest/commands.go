package discordtest

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// command is a command of the app as it was registered, with its ids.
type command map[string]json.RawMessage

func (c command) text(name string) string {
	var text string
	_ = json.Unmarshal(c[name], &text) // "" if it is none
	return text
}

// kind is the type of a command: 1 if not given.
func (c command) kind() int {
	n := 1
	_ = json.Unmarshal(c["type"], &n) // 1 if it is none
	return n
}

// Commands lists what is registered for a guild, "" for all, as Discord gives it out.
func (s *Server) Commands(guild string) []json.RawMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []json.RawMessage
	for _, c := range s.commands[guild] {
		all = append(all, mustJSON(c))
	}
	return all
}

// Puts is how often commands were overwritten in bulk.
func (s *Server) Puts() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.puts
}

func getCommands(s *Server, q request) (int, any, *problem) {
	guild := q.PathValue("guild")
	if guild != "" && guild != Guild {
		return 0, nil, trouble(50001)
	}
	all := []fields{}
	localized := q.URL.Query().Get("with_localizations") == "true"
	for _, c := range s.commands[guild] {
		o := fields{}
		for name, value := range c {
			if localized || !strings.HasSuffix(name, "_localizations") {
				o[name] = value
			}
		}
		all = append(all, o)
	}
	return http.StatusOK, all, nil
}

// putCommands overwrites all commands ("Bulk Overwrite Global Application Commands"). What keeps its name keeps its id.
func putCommands(s *Server, q request) (int, any, *problem) {
	guild := q.PathValue("guild")
	if guild != "" && guild != Guild {
		return 0, nil, trouble(50001)
	}
	var given []command
	_ = json.Unmarshal(q.body, &given) // check has read it
	s.puts++
	var all []command
	for _, c := range given {
		all = append(all, s.registered(guild, c))
	}
	s.commands[guild] = all
	if all == nil {
		all = []command{}
	}
	return http.StatusOK, all, nil
}

func postCommand(s *Server, q request) (int, any, *problem) {
	guild := q.PathValue("guild")
	if guild != "" && guild != Guild {
		return 0, nil, trouble(50001)
	}
	var given command
	_ = json.Unmarshal(q.body, &given) // check has read it
	made := s.registered(guild, given)
	status := http.StatusCreated
	kept := slices.DeleteFunc(slices.Clone(s.commands[guild]), func(c command) bool { return c.text("id") == made.text("id") })
	if len(kept) < len(s.commands[guild]) {
		status = http.StatusOK
	}
	s.commands[guild] = append(kept, made)
	return status, made, nil
}

// registered is a command with what Discord adds: defaults for what was not given ("Application Command Object").
func (s *Server) registered(guild string, given command) command {
	c := maps.Clone(given)
	id := ""
	for _, known := range s.commands[guild] {
		if known.text("name") == given.text("name") && known.kind() == given.kind() {
			id = known.text("id")
		}
	}
	if id == "" {
		id = s.newID()
	}
	defaults := map[string]any{
		"type": 1, "description": "", "options": []fields{}, "default_member_permissions": nil, "nsfw": false, "name_localizations": nil,
		"description_localizations": nil, "integration_types": []int{0}, "contexts": nil, "dm_permission": true,
	}
	for name, value := range defaults {
		if _, there := c[name]; !there {
			c[name] = mustJSON(value)
		}
	}
	c["id"], c["application_id"], c["version"] = mustJSON(id), mustJSON(AppID), mustJSON(s.newID())
	if guild != "" {
		c["guild_id"] = mustJSON(guild)
	}
	return c
}

// wireOption is an option of a command, or a choice of one.
type wireOption struct {
	Type         int                `json:"type"`
	Name         string             `json:"name"`
	Names        map[string]string  `json:"name_localizations"`
	Description  string             `json:"description"`
	Descriptions map[string]string  `json:"description_localizations"`
	Required     bool               `json:"required"`
	Autocomplete bool               `json:"autocomplete"`
	MinLength    *int               `json:"min_length"`
	MaxLength    *int               `json:"max_length"`
	MinValue     *float64           `json:"min_value"`
	MaxValue     *float64           `json:"max_value"`
	Options      []wireOption       `json:"options"`
	Choices      []wireOptionChoice `json:"choices"`
}

type wireOptionChoice struct {
	Name  string            `json:"name"`
	Names map[string]string `json:"name_localizations"`
	Value json.RawMessage   `json:"value"`
}

// find finds a registered command: one of the guild goes before a global one. It reports false if none has the name and the type.
func (s *Server) registration(kind int, name string) (command, bool) {
	for _, guild := range []string{Guild, ""} {
		for _, c := range s.commands[guild] {
			if c.kind() == kind && c.text("name") == name {
				return c, true
			}
		}
	}
	return nil, false
}
