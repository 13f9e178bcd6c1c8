package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
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
	h.mu.Lock()
	defer h.mu.Unlock()
	h.bot, h.store, h.chats, h.metrics = parley, db, chats, registry
}

// stopping says that no more are taken.
func (h *health) stopping() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.stopped = true
}

// check tells why Parley cannot answer now, by part; none if it can.
func (h *health) check(ctx context.Context) map[string]string {
	h.mu.Lock()
	defer h.mu.Unlock()
	troubles := map[string]string{}
	switch {
	case h.stopped:
		troubles["parley"] = "stopping"
	case h.bot == nil:
		troubles["parley"] = "starting"
	default:
		if _, _, err := h.store.Backlog(ctx); err != nil {
			troubles["database"] = sentence(err)
		}
		for _, chat := range h.chats {
			if c, ok := chat.(connected); ok {
				if err := c.Connected(); err != nil {
					troubles[chat.Name()] = err.Error()
				}
			}
		}
	}
	return troubles
}

// handler serves /healthz (the process lives), /readyz (questions are answered, or why not) and /metrics.
func (h *health) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "alive") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		troubles := h.check(r.Context())
		if len(troubles) > 0 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"ready": len(troubles) == 0, "troubles": troubles}) // a client that is gone needs no answer
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
		troubles, err := askHealth(ctx, *status)
		if err != nil {
			return 0, fmt.Errorf("nothing answers at %s, so serve does not run there, or its --status is another: %w", *status, err)
		}
		if troubles != "" {
			return 0, fmt.Errorf("it is not ready: %s", troubles)
		}
		fmt.Fprintln(env.stdout, "It is ready.")
		return exitAnswered, nil
	}
	return cmd
}

// askHealth asks the status server of a running serve what is wrong; "" for nothing.
func askHealth(ctx context.Context, address string) (troubles string, err error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return "", err
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1" // listening everywhere includes here
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/readyz", nil)
	if err != nil {
		return "", err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	var body struct {
		Troubles map[string]string `json:"troubles"`
	}
	if err := json.NewDecoder(response.Body).Decode(&body); err != nil {
		return "", fmt.Errorf("read the answer: %w", err)
	}
	if response.StatusCode == http.StatusOK {
		return "", nil
	}
	return fmt.Sprint(body.Troubles), nil
}
