package bot

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"

	"parley/answers"
)

// metrics counts what passes on the path. Labels are few and fixed; no id and no text is among them.
type metrics struct {
	events  *prometheus.CounterVec
	replies *prometheus.CounterVec
	takenUp *prometheus.CounterVec
}

func newMetrics() *metrics {
	return &metrics{
		events: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "parley_events_total", Help: "Events by what became of them: accepted, duplicate, busy, failed.",
		}, []string{"platform", "result"}),
		replies: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "parley_replies_total", Help: "Replies by what was wanted and by their outcome: answered, suggested, declined, or none for notices.",
		}, []string{"platform", "want", "outcome"}),
		takenUp: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "parley_taken_up_total", Help: "Left-over work that was taken up again: event, delivery.",
		}, []string{"platform", "kind"}),
	}
}

func (m *metrics) event(platform string, fresh bool, err error) {
	result := "accepted"
	switch {
	case errors.Is(err, ErrBusy):
		result = "busy"
	case err != nil:
		result = "failed"
	case !fresh:
		result = "duplicate"
	}
	m.events.WithLabelValues(platform, result).Inc()
}

func (m *metrics) answered(platform string, r Reply) {
	outcome := r.Outcome
	if outcome == "" {
		outcome = "none"
	}
	m.replies.WithLabelValues(platform, wanted(r.About.Want), string(outcome)).Inc()
}

// wanted is an intent as a label: whatever it is, labels stay few.
func wanted(want answers.Intent) string {
	if _, _, known := Command(string(want)); known || want == answers.IntentQuestion {
		return string(want)
	}
	return "other"
}

func (m *metrics) resumed(platform, kind string, n int) {
	m.takenUp.WithLabelValues(platform, kind).Add(float64(n))
}

// Metrics are the counters and times of the path, to be registered once.
func (b *Bot) Metrics() []prometheus.Collector {
	return append(b.outbox.Metrics(),
		b.metrics.events, b.metrics.replies, b.metrics.takenUp,
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "parley_pending", Help: "Events and deliveries under way."},
			func() float64 { return float64(b.pending.Load() + b.outbox.Taken()) }))
}
