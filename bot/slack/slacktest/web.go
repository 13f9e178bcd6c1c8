package slacktest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
)

// Call is one call of the Web API or of a response URL that came in, whatever became of it.
type Call struct {
	Method string // ResponseURL for one of those
	Args   map[string]string
	Error  string // what it was answered with; "" if ok
}

// Calls lists what came in, in order of completion. Args hold no token.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// problem is an error of the Web API.
type problem struct {
	Code             string
	Needed, Provided string   // of missing_scope
	Details          []string // response_metadata.messages
	after            int      // s to wait, of ratelimited
}

// args are the arguments of a call, those of JSON bodies too: what is no string there is its JSON.
type args map[string]string

// raw is an argument of JSON form.
func (a args) raw(name string) json.RawMessage {
	if a[name] == "" {
		return nil
	}
	return json.RawMessage(a[name])
}

// fields are what an answer holds beside "ok".
type fields map[string]any

// method does one method of the Web API. mu is held.
type method func(s *Server, a args) (fields, *problem)

// methods are those that the server knows.
func methods() map[string]method {
	return map[string]method{
		"auth.test":             authTest,
		"apps.connections.open": openConnection,
		"chat.postMessage":      postMessage,
		"chat.postEphemeral":    postEphemeral,
		"chat.update":           updateMessage,
		"chat.delete":           deleteMessage,
		"chat.getPermalink":     permalink,
		"conversations.history": history,
		"conversations.replies": replies,
		"conversations.info":    channelInfo,
		"conversations.open":    openDM,
		"users.info":            userInfo,
		"usergroups.list":       userGroups,
		"usergroups.users.list": groupUsers,
		"views.open":            openView,
		"views.push":            pushView,
		"views.update":          updateView,
		"views.publish":         publishView,
	}
}

// serveMethod answers a call of the Web API.
func (s *Server) serveMethod(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("method")
	a, err := readArgs(r)
	if err != nil {
		s.answer(w, nil, &problem{Code: err.Error()})
		return
	}
	token, inHeader := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !inHeader {
		token = a["token"]
	}
	delete(a, "token")
	s.meet(w, r, name, a, func(w http.ResponseWriter) {
		s.mu.Lock()
		result, p := s.call(name, token, inHeader, a)
		s.record(name, a, p)
		s.mu.Unlock()
		s.answer(w, result, p)
	})
}

// call checks who calls and does it.
func (s *Server) call(name, token string, inHeader bool, a args) (fields, *problem) {
	do, known := methods()[name]
	if !known {
		return nil, &problem{Code: "unknown_method"}
	}
	// The page of apps.connections.open takes the token in the header alone.
	appLevel := name == "apps.connections.open"
	switch {
	case token == "" || appLevel && !inHeader:
		return nil, &problem{Code: "not_authed"}
	case token != BotToken && token != AppToken:
		return nil, &problem{Code: "invalid_auth"}
	case appLevel != (token == AppToken):
		return nil, &problem{Code: "not_allowed_token_type"}
	case s.uninstall != "":
		return nil, &problem{Code: s.uninstall}
	}
	if p := s.permits(name, a["channel"]); p != nil {
		return nil, p
	}
	if p := s.pace(name, a["channel"]); p != nil {
		return nil, p
	}
	return do(s, a)
}

func (s *Server) record(name string, a args, p *problem) {
	c := Call{Method: name, Args: a}
	if p != nil {
		c.Error = p.Code
	}
	s.calls = append(s.calls, c)
}

// readArgs reads a form or a JSON object. The error is Slack's word for what is wrong.
func readArgs(r *http.Request) (args, error) {
	a := args{}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "application/json" {
		if err := r.ParseMultipartForm(1 << 20); err != nil && err != http.ErrNotMultipart {
			return nil, errors.New("invalid_form_data")
		}
		for name := range r.Form {
			a[name] = r.Form.Get(name)
		}
		return a, nil
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, errors.New("request_timeout")
	}
	if len(body) == 0 || string(body) == "null" {
		return a, nil
	}
	return objectArgs(body)
}

// objectArgs reads a JSON object.
func objectArgs(body []byte) (args, error) {
	a := args{}
	var given map[string]json.RawMessage
	if json.Unmarshal(body, &given) != nil {
		return nil, errors.New("invalid_json")
	}
	for name, value := range given {
		var text string
		switch {
		case string(value) == "null":
		case json.Unmarshal(value, &text) == nil:
			a[name] = text
		default:
			a[name] = string(value)
		}
	}
	return a, nil
}

// answer writes what a method came to. Errors of Slack have status 200, but for rate limits ("Rate limits").
func (s *Server) answer(w http.ResponseWriter, result fields, p *problem) {
	body := fields{"ok": p == nil}
	for name, value := range result {
		body[name] = value
	}
	status := http.StatusOK
	if p != nil {
		body["error"] = p.Code
		if p.Needed != "" {
			body["needed"], body["provided"] = p.Needed, p.Provided
		}
		if len(p.Details) > 0 {
			body["errors"] = p.Details
			body["response_metadata"] = fields{"messages": p.Details}
		}
		if p.after > 0 {
			w.Header().Set("Retry-After", fmt.Sprint(p.after))
			status = http.StatusTooManyRequests
		}
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("X-OAuth-Scopes", strings.Join(s.config.Scopes, ","))
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // who has gone away does not read it
}

func authTest(s *Server, _ args) (fields, *problem) {
	return fields{
		"url": "https://" + domain + ".slack.com/", "team": domain, "user": s.users[Bot].Name, "team_id": Team, "user_id": Bot, "bot_id": botID,
		"app_id": App, "is_enterprise_install": false,
	}, nil
}
