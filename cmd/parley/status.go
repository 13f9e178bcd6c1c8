package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"parley/bot"
	"parley/store"
)

// health is how a running Parley is. The zero health is starting.
type health struct {
	mu      sync.Mutex
	bot     *bot.Bot
	store   *store.Store
	chats   []bot.Chat
	since   time.Time // when it was ready first
	stopped bool
	metrics *prometheus.Registry
}

// connected is a chat that knows whether it is connected to its platform.
type connected interface {
	Connected() error
}

// ready says that questions can be answered from now on.
func (h *health) ready(parley *bot.Bot, db *store.Store, chats []bot.Chat) {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	registry.MustRegister(parley.Metrics()...)
	registry.MustRegister(vitals{db, chats})
	h.mu.Lock()
	defer h.mu.Unlock()
	h.bot, h.store, h.chats, h.metrics, h.since = parley, db, chats, registry, time.Now()
}

// stopping says that no more are taken.
func (h *health) stopping() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.stopped = true
}

// report is how Parley is, for people and their watchmen.
type report struct {
	Ready    bool              `json:"ready"`
	Troubles map[string]string `json:"troubles"`           // why it cannot answer now, by part
	Warnings map[string]string `json:"warnings,omitempty"` // what somebody must look at, although it answers
}

// check tells how Parley is now.
func (h *health) check(ctx context.Context) report {
	h.mu.Lock()
	defer h.mu.Unlock()
	troubles, warnings := map[string]string{}, map[string]string{}
	switch {
	case h.stopped:
		troubles["parley"] = "stopping"
	case h.bot == nil:
		troubles["parley"] = "starting"
	default:
		v, err := h.store.Vitals(ctx)
		if err != nil {
			troubles["database"] = sentence(err)
		}
		h.heed(v, time.Now(), troubles, warnings)
		for _, chat := range h.chats {
			if c, ok := chat.(connected); ok {
				if err := c.Connected(); err != nil {
					troubles[chat.Name()] = err.Error()
				}
			}
		}
	}
	return report{len(troubles) == 0, troubles, warnings}
}

// largeWAL is a log beside the database that should have been emptied: somebody reads all the time, or the disk is too slow.
const largeWAL = 256 << 20

// heed says what the figures mean for those who watch.
func (h *health) heed(v store.Vitals, now time.Time, troubles, warnings map[string]string) {
	older := func(at time.Time, limit time.Duration) bool { return !at.IsZero() && now.Sub(at) > limit }
	// After a start, what waited while Parley was down is old, and about to be answered.
	if up := now.Sub(h.since); up > lateEvent && older(v.OldestEvent, lateEvent) {
		troubles["questions"] = fmt.Sprintf("%d are not answered, the oldest for %s", v.Events, now.Sub(v.OldestEvent).Round(time.Second))
	}
	if older(v.OldestItem, lateDelivery) {
		warnings["deliveries"] = fmt.Sprintf("%d wait, the oldest for %s", v.Items, now.Sub(v.OldestItem).Round(time.Second))
	}
	if older(v.OldestUnspread, lateDelivery) {
		warnings["corrections"] = fmt.Sprintf("%d have not reached every reply that they concern", v.Unspread)
	}
	if v.Aside > 0 {
		warnings["set aside"] = fmt.Sprintf("%d on record cannot be read and were set aside: parley doctor lists them", v.Aside)
	}
	if v.WAL > largeWAL {
		warnings["log"] = fmt.Sprintf("that beside the database has grown to %s", megabytes(v.WAL))
	}
	if older(v.Backup, lateBackup) {
		warnings["backup"] = fmt.Sprintf("the last one was made %d days ago", int(now.Sub(v.Backup).Hours()/24))
	}
}

// handler serves /healthz (the process lives), /readyz (questions are answered, or why not) and /metrics.
func (h *health) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "alive") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		report := h.check(r.Context())
		if !report.Ready {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		_ = json.NewEncoder(w).Encode(report) // a client that is gone needs no answer
	})
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		h.mu.Lock()
		registry := h.metrics
		h.mu.Unlock()
		if registry == nil {
			http.Error(w, "starting", http.StatusServiceUnavailable)
			return
		}
		promhttp.HandlerFor(registry, promhttp.HandlerOpts{}).ServeHTTP(w, r)
	})
	return mux
}

// serveStatus answers how Parley is, until stop is called.
func serveStatus(ctx context.Context, c configuration, h *health) (stop func(), err error) {
	if c.status == "" {
		return func() {}, nil
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.status)
	if err != nil {
		return nil, fmt.Errorf("open the status address %s (another may use it: choose one with --status, or off): %w", c.status, err)
	}
	server := &http.Server{Handler: h.handler(), ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 10 * time.Second}
	var serving sync.WaitGroup
	serving.Go(func() {
		if err := server.Serve(listener); err != http.ErrServerClosed {
			c.log.Error("the status server ended", "error", err)
		}
	})
	c.log.Info("status", "address", listener.Addr())
	return func() {
		_ = server.Close()
		serving.Wait()
	}, nil
}

func healthCommand() command {
	cmd := command{
		name:    "health",
		summary: "asks a running serve whether it is ready: status 0, or 3 and why not",
		examples: `
parley health
parley health --status 127.0.0.1:9370`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		status := fs.String("status", cmp.Or(env.getenv("PARLEY_STATUS"), defaultStatus), "`ADDRESS` of the status server; without it\nPARLEY_STATUS")
		if err := parse(fs, args); err != nil {
			return 0, err
		}
		report, err := askHealth(ctx, *status)
		if err != nil {
			return 0, fmt.Errorf("nothing answers at %s, so serve does not run there, or its --status is another: %w", *status, err)
		}
		if !report.Ready {
			return 0, fmt.Errorf("it is not ready: %s", inOrder(report.Troubles))
		}
		fmt.Fprintln(env.stdout, "It is ready.")
		if len(report.Warnings) > 0 {
			fmt.Fprintf(env.stderr, "Look at this: %s.\n", inOrder(report.Warnings))
		}
		return exitAnswered, nil
	}
	return cmd
}

// inOrder lists what is said of parts, in the order of their names.
func inOrder(parts map[string]string) string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		list = append(list, name+": "+parts[name])
	}
	return strings.Join(list, "; ")
}

// askHealth asks the status server of a running serve how it is.
func askHealth(ctx context.Context, address string) (answer report, err error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return answer, err
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1" // listening everywhere includes here
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/readyz", nil)
	if err != nil {
		return answer, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return answer, err
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return answer, fmt.Errorf("read the answer: %w", err)
	}
	return answer, nil
}
