package slacktest

import (
	"slices"
	"strings"
)

// methodScopes are what the bot token needs for a method, by the "Required scopes" of its page. Methods on channels need the scope for
// the kind of channel, which needsKind gives; the others that are not listed need none.
func methodScopes() map[string]string {
	return map[string]string{
		"chat.postMessage": "chat:write", "chat.postEphemeral": "chat:write", "chat.update": "chat:write", "chat.delete": "chat:write",
		"conversations.open": "im:write", "users.info": "users:read", "usergroups.list": "usergroups:read", "usergroups.users.list": "usergroups:read",
	}
}

// needsKind is what a scope on channels is about.
func needsKind() map[string]string {
	return map[string]string{"conversations.history": "history", "conversations.replies": "history", "conversations.info": "read"}
}

func allScopes() []string {
	return []string{
		"app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "groups:history", "groups:read", "im:history", "im:read",
		"im:write", "usergroups:read", "users:read",
	}
}

// may tells whether the bot token holds a scope.
func (s *Server) may(scope string) bool { return slices.Contains(s.config.Scopes, scope) }

// permits checks the scope of a call.
func (s *Server) permits(method, channel string) *problem {
	needed := methodScopes()[method]
	if what, ok := needsKind()[method]; ok && s.channels[channel] != nil {
		kind, _ := s.channels[channel].kind()
		needed = kind + ":" + what
	}
	if needed == "" || s.may(needed) {
		return nil
	}
	return &problem{Code: "missing_scope", Needed: needed, Provided: strings.Join(s.config.Scopes, ",")}
}
