package discordtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Routes, as Fault and Call name them.
const (
	GetGateway              = "GET /gateway"
	GatewayBot              = "GET /gateway/bot"
	GetMe                   = "GET /users/@me"
	GetApplication          = "GET /applications/@me"
	GetOwnApplication       = "GET /oauth2/applications/@me" // as discordgo asks for it
	OpenDM                  = "POST /users/@me/channels"
	GetChannel              = "GET /channels/{channel}"
	PostMessage             = "POST /channels/{channel}/messages"
	ListMessages            = "GET /channels/{channel}/messages"
	GetMessage              = "GET /channels/{channel}/messages/{message}"
	EditMessage             = "PATCH /channels/{channel}/messages/{message}"
	DeleteMessage           = "DELETE /channels/{channel}/messages/{message}"
	Callback                = "POST /interactions/{interaction}/{token}/callback"
	PostFollowup            = "POST /webhooks/{application}/{token}"
	GetFollowup             = "GET /webhooks/{application}/{token}/messages/{message}" // of @original too
	EditFollowup            = "PATCH /webhooks/{application}/{token}/messages/{message}"
	DeleteFollowup          = "DELETE /webhooks/{application}/{token}/messages/{message}"
	GetCommands             = "GET /applications/{application}/commands"
	PutCommands             = "PUT /applications/{application}/commands"
	PostCommand             = "POST /applications/{application}/commands"
	GetGuildCommands        = "GET /applications/{application}/guilds/{guild}/commands"
	PutGuildCommands        = "PUT /applications/{application}/guilds/{guild}/commands"
	PostGuildCommand        = "POST /applications/{application}/guilds/{guild}/commands"
	unknownRoute            = "unknown"
	maxBody           int64 = 1 << 20 // bytes
)

// Call is one call of REST that came in, whatever became of it.
type Call struct {
	Route  string          // one of the constants
	Path   string          // below /api/v10, without tokens of interactions
	Query  string          // as it was
	Body   json.RawMessage // nil if there was none
	Status int             // what it was answered with; 0 if the connection broke
	Code   int             // Discord's code of an error; 0 if none
}

// Calls lists what came in, in order of completion.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// fields are what an object of JSON holds.
type fields map[string]any

// request is a call under way.
type request struct {
	*http.Request
	route string
	body  json.RawMessage
}

// route is a route that the server knows.
type route struct {
	schema string // its path in the OpenAPI description, if it has a body
	open   bool   // it needs no token: the path holds one
	do     func(s *Server, q request) (status int, answer any, p *problem)
}

// routes are those that the server knows. mu is held while one is done.
func routes() map[string]route {
	return map[string]route{
		GetGateway:        {do: getGateway},
		GatewayBot:        {do: gatewayBot},
		GetMe:             {do: getMe},
		GetApplication:    {do: getApplication},
		GetOwnApplication: {do: getApplication},
		OpenDM:            {do: openDM, schema: "/users/@me/channels"},
		GetChannel:        {do: getChannel},
		PostMessage:       {do: postMessage, schema: "/channels/{channel_id}/messages"},
		ListMessages:      {do: listMessages},
		GetMessage:        {do: getMessage},
		EditMessage:       {do: editMessage, schema: "/channels/{channel_id}/messages/{message_id}"},
		DeleteMessage:     {do: deleteMessage},
		Callback:          {do: callback, open: true, schema: "/interactions/{interaction_id}/{interaction_token}/callback"},
		PostFollowup:      {do: postFollowup, open: true, schema: "/webhooks/{webhook_id}/{webhook_token}"},
		GetFollowup:       {do: getFollowup, open: true},
		EditFollowup:      {do: editFollowup, open: true, schema: "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"},
		DeleteFollowup:    {do: deleteFollowup, open: true},
		GetCommands:       {do: getCommands},
		PutCommands:       {do: putCommands, schema: "/applications/{application_id}/commands"},
		PostCommand:       {do: postCommand, schema: "/applications/{application_id}/commands"},
		GetGuildCommands:  {do: getCommands},
		PutGuildCommands:  {do: putCommands, schema: "/applications/{application_id}/guilds/{guild_id}/commands"},
		PostGuildCommand:  {do: postCommand, schema: "/applications/{application_id}/guilds/{guild_id}/commands"},
	}
}

// register puts the routes into a mux.
func (s *Server) register(mux *http.ServeMux) {
	for name, r := range routes() {
		method, path, _ := strings.Cut(name, " ")
		mux.HandleFunc(method+" "+prefix+path, func(w http.ResponseWriter, hr *http.Request) { s.serve(w, hr, name, r) })
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.violate("%s %s: there is no such route here", r.Method, r.URL.Path)
		s.calls = append(s.calls, Call{Route: unknownRoute, Path: r.URL.Path, Status: http.StatusNotFound})
		s.mu.Unlock()
		write(w, 0, nil, &problem{status: http.StatusNotFound, Message: "404: Not Found"})
	})
}

// serve answers a call.
func (s *Server) serve(w http.ResponseWriter, hr *http.Request, name string, r route) {
	body, err := io.ReadAll(http.MaxBytesReader(w, hr.Body, maxBody))
	if err != nil {
		return // who sends no more reads no answer
	}
	call := Call{Route: name, Path: strings.TrimPrefix(hr.URL.Path, prefix), Query: hr.URL.RawQuery, Body: body}
	if r.open {
		call.Path = strings.Replace(call.Path, hr.PathValue("token"), "…", 1)
	}
	if len(body) == 0 {
		call.Body = nil
	}
	if r.schema != "" {
		<-s.openapi.read
	}
	s.meet(w, hr, call, func(w http.ResponseWriter) {
		s.mu.Lock()
		status, answer, p := s.call(request{Request: hr, route: name, body: call.Body}, r, w.Header())
		call.Status = status
		if p != nil {
			call.Status, call.Code = p.status, p.Code
		}
		s.calls = append(s.calls, call)
		var out []byte
		if p == nil && answer != nil {
			out = mustJSON(answer) // while mu is held: it may hold what others change
		}
		s.mu.Unlock()
		write(w, status, out, p)
	})
}

// call checks who calls and what with, and does it.
func (s *Server) call(q request, r route, header http.Header) (status int, answer any, p *problem) {
	if !r.open && (s.revoked || q.Header.Get("Authorization") != "Bot "+Token) {
		return 0, nil, &problem{status: http.StatusUnauthorized, Message: "401: Unauthorized"}
	}
	if p := s.pace(q, r, header); p != nil {
		return 0, nil, p
	}
	if app := q.PathValue("application"); app != "" && app != AppID {
		if r.open {
			return 0, nil, trouble(10015)
		}
		return 0, nil, trouble(10002)
	}
	if r.schema != "" {
		kind, _, _ := mime.ParseMediaType(q.Header.Get("Content-Type"))
		if kind != "application/json" {
			s.violate("%s: the body is %q; only application/json is known here", q.route, kind)
			return 0, nil, invalid("", "", "CONTENT_TYPE_INVALID")
		}
		if p := s.check(q.route, r.schema, q.body); p != nil {
			return 0, nil, p
		}
	}
	return r.do(s, q)
}

// problem is an error as Discord writes it ("Error Messages").
type problem struct {
	Message    string   `json:"message"`
	Code       int      `json:"code"`
	Errors     any      `json:"errors,omitempty"`
	RetryAfter *float64 `json:"retry_after,omitempty"` // s
	Global     *bool    `json:"global,omitempty"`

	status int
	scope  string
	html   bool
}

// trouble is the error of a code ("JSON Error Codes"). The status of 30046 is the one reported for it
// (aikaterna/aikaterna-cogs, issue 302); those of the others are by their meaning.
func trouble(code int) *problem {
	all := map[int]problem{
		0:     {status: http.StatusInternalServerError, Message: "500: Internal Server Error"},
		10002: {status: http.StatusNotFound, Message: "Unknown Application"},
		10003: {status: http.StatusNotFound, Message: "Unknown Channel"},
		10004: {status: http.StatusNotFound, Message: "Unknown Guild"},
		10008: {status: http.StatusNotFound, Message: "Unknown Message"},
		10013: {status: http.StatusNotFound, Message: "Unknown User"},
		10015: {status: http.StatusNotFound, Message: "Unknown Webhook"},
		10062: {status: http.StatusNotFound, Message: "Unknown interaction"},
		30034: {status: http.StatusBadRequest, Message: "Maximum number of daily application command creates has been reached (200)"},
		30046: {status: http.StatusTooManyRequests, Message: "Maximum number of edits to messages older than 1 hour reached. Try again later"},
		40060: {status: http.StatusBadRequest, Message: "Interaction has already been acknowledged."},
		50001: {status: http.StatusForbidden, Message: "Missing Access"},
		50005: {status: http.StatusForbidden, Message: "Cannot edit a message authored by another user"},
		50006: {status: http.StatusBadRequest, Message: "Cannot send an empty message"},
		50007: {status: http.StatusForbidden, Message: "Cannot send messages to this user"},
		50013: {status: http.StatusForbidden, Message: "Missing Permissions"},
		50027: {status: http.StatusUnauthorized, Message: "Invalid Webhook Token"},
		50035: {status: http.StatusBadRequest, Message: "Invalid Form Body"},
		50109: {status: http.StatusBadRequest, Message: "The request body contains invalid JSON."},
	}
	p, known := all[code]
	if !known {
		p = problem{status: http.StatusBadRequest, Message: "Error"}
	}
	p.Code = code
	return &p
}

// invalid is the error for a body, with what is wrong where ("Error Messages").
func invalid(path, message, code string) *problem {
	p := trouble(50035)
	errors := fields{"_errors": []fields{{"code": code, "message": message}}}
	keys := strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
	for _, key := range slices.Backward(keys) {
		errors = fields{key: errors}
	}
	p.Errors = errors
	return p
}

// limit makes the error one of a rate limit.
func (p *problem) limit(after time.Duration, scope string) {
	global := scope == ScopeGlobal
	seconds := after.Seconds()
	p.RetryAfter, p.Global, p.scope = &seconds, &global, scope
	if p.Code == 0 {
		p.Message = "You are being rate limited."
	}
}

// write writes what a call came to.
func write(w http.ResponseWriter, status int, answer []byte, p *problem) {
	if p == nil {
		if answer != nil {
			w.Header().Set("Content-Type", "application/json")
		}
		w.WriteHeader(status)
		_, _ = w.Write(answer) // who has gone away does not read it
		return
	}
	if p.RetryAfter != nil {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(*p.RetryAfter))))
		w.Header().Set("X-RateLimit-Reset-After", fmt.Sprintf("%.3f", *p.RetryAfter))
		if p.scope == "" {
			p.scope = ScopeUser
		}
		w.Header().Set("X-RateLimit-Scope", p.scope)
		if *p.Global {
			w.Header().Set("X-RateLimit-Global", "true")
		}
	}
	body := mustJSON(p)
	w.Header().Set("Content-Type", "application/json")
	if p.html {
		w.Header().Set("Content-Type", "text/html; charset=UTF-8")
		body = fmt.Appendf(nil, "<!doctype html><title>%d</title><h1>%s</h1>", p.status, http.StatusText(p.status))
	}
	w.WriteHeader(p.status)
	_, _ = w.Write(body)
}

// mustJSON writes what the server itself has put together, and of what was given every character as it is.
func mustJSON(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
