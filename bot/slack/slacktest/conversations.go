package slacktest

import (
	"encoding/base64"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// page is what of a list of messages one call asks for ("conversations.history").
type page struct {
	oldest, latest string
	inclusive      bool
	limit          int
	metadata       bool
}

func readPage(a args) page {
	p := page{oldest: a["oldest"], latest: a["latest"], limit: 100}
	if f := flag(a["inclusive"]); f != nil {
		p.inclusive = *f
	}
	if f := flag(a["include_all_metadata"]); f != nil {
		p.metadata = *f
	}
	if n, err := strconv.Atoi(a["limit"]); err == nil && n > 0 {
		p.limit = min(n, 999)
	}
	return p
}

// holds tells whether a message is within the times asked for. Ids of messages compare as times.
func (p page) holds(m *Message) bool {
	at := tsTime(m.TS)
	if p.oldest != "" && (at.Before(tsTime(p.oldest)) || !p.inclusive && at.Equal(tsTime(p.oldest))) {
		return false
	}
	return p.latest == "" || at.Before(tsTime(p.latest)) || p.inclusive && at.Equal(tsTime(p.latest))
}

// page shows a page of messages, with a cursor to the next. The cursor names the last message shown.
func (s *Server) page(all []*Message, p page, cursor string) (fields, *problem) {
	if cursor != "" {
		after, err := base64.StdEncoding.DecodeString(cursor)
		ts, ours := strings.CutPrefix(string(after), "next_ts:")
		at := slices.IndexFunc(all, func(m *Message) bool { return m.TS == ts })
		if err != nil || !ours || at < 0 {
			return nil, &problem{Code: "invalid_cursor"}
		}
		all = all[at+1:]
	}
	more := len(all) > p.limit
	next := ""
	if more {
		all = all[:p.limit]
		next = base64.StdEncoding.EncodeToString([]byte("next_ts:" + all[len(all)-1].TS))
	}
	shown := []fields{}
	for _, m := range all {
		shown = append(shown, s.object(m, p.metadata))
	}
	return fields{"messages": shown, "has_more": more, "response_metadata": fields{"next_cursor": next}}, nil
}

// history shows a channel without its threads, the newest message first.
func history(s *Server, a args) (fields, *problem) {
	c, p := s.readable(a["channel"])
	if p != nil {
		return nil, p
	}
	want := readPage(a)
	var all []*Message
	for _, m := range slices.Backward(s.messages) {
		if m.Channel == c.ID && m.To == "" && m.ThreadTS == "" && want.holds(m) {
			all = append(all, m)
		}
	}
	return s.page(all, want, a["cursor"])
}

// replies shows a thread: what it hangs on, then the replies, the oldest first. Any message of the thread may be named.
func replies(s *Server, a args) (fields, *problem) {
	c, p := s.readable(a["channel"])
	if p != nil {
		return nil, p
	}
	want := readPage(a)
	at := slices.IndexFunc(s.messages, func(m *Message) bool { return m.Channel == c.ID && m.TS == a["ts"] && m.To == "" })
	if at < 0 {
		return nil, &problem{Code: "thread_not_found"}
	}
	parent := s.messages[at]
	if parent.ThreadTS != "" {
		if at = slices.IndexFunc(s.messages, func(m *Message) bool { return m.Channel == c.ID && m.TS == parent.ThreadTS }); at >= 0 {
			parent = s.messages[at]
		}
	}
	all := []*Message{parent}
	for _, m := range s.thread(parent) {
		if want.holds(m) {
			all = append(all, m)
		}
	}
	return s.page(all, want, a["cursor"])
}

func channelInfo(s *Server, a args) (fields, *problem) {
	c := s.channels[a["channel"]]
	if c == nil || c.Deleted || c.Private && c.Outside {
		return nil, &problem{Code: "channel_not_found"}
	}
	o := fields{
		"id": c.ID, "name": c.Name, "is_channel": !c.Private && c.DM == "", "is_group": c.Private && c.DM == "", "is_im": c.DM != "", "is_private": c.Private || c.DM != "",
		"is_archived": c.Archived, "is_member": !c.Outside,
	}
	if c.DM != "" {
		o["user"] = c.DM
	}
	return fields{"channel": o}, nil
}

func openDM(s *Server, a args) (fields, *problem) {
	switch u, ok := s.users[a["users"]]; {
	case !ok || a["users"] == Bot:
		return nil, &problem{Code: "user_not_found"}
	case u.Closed:
		return nil, &problem{Code: "user_disabled"}
	}
	return fields{"channel": fields{"id": s.dm(a["users"]).ID}}, nil
}

func userInfo(s *Server, a args) (fields, *problem) {
	u, ok := s.users[a["user"]]
	if !ok {
		return nil, &problem{Code: "user_not_found"}
	}
	return fields{"user": fields{
		"id": u.ID, "team_id": Team, "name": u.Name, "real_name": u.Name, "deleted": u.Closed, "is_bot": u.bot, "is_admin": u.Admin, "is_owner": false,
		"profile": fields{"real_name": u.Name, "display_name": u.Name, "team": Team},
	}}, nil
}

// members lists who is in which user group, by group.
func (s *Server) members() map[string][]string {
	in := map[string][]string{}
	for _, id := range slices.Sorted(maps.Keys(s.users)) {
		for _, g := range s.users[id].Groups {
			in[g] = append(in[g], id)
		}
	}
	return in
}

func userGroups(s *Server, a args) (fields, *problem) {
	in := s.members()
	groups := []fields{}
	for _, id := range slices.Sorted(maps.Keys(in)) {
		g := fields{"id": id, "team_id": Team, "is_usergroup": true, "name": id, "handle": strings.ToLower(id), "user_count": len(in[id])}
		if f := flag(a["include_users"]); f != nil && *f {
			g["users"] = in[id]
		}
		groups = append(groups, g)
	}
	return fields{"usergroups": groups}, nil
}

func groupUsers(s *Server, a args) (fields, *problem) {
	users, ok := s.members()[a["usergroup"]]
	if !ok {
		return nil, &problem{Code: "no_such_subteam"}
	}
	return fields{"users": users}, nil
}
