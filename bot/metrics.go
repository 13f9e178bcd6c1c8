package bot

import (
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"parley/answers"
	"parley/store"
)

// metrics counts what passes on the path. Labels are few and fixed; no id and no text is among them.
type metrics struct {
	events     *prometheus.CounterVec
	replies    *prometheus.CounterVec
	deliveries *prometheus.CounterVec
	takenUp    *prometheus.CounterVec
	sending    *prometheus.HistogramVec
	total      *prometheus.HistogramVec
}

func newMetrics() *metrics {
	// From a millisecond to some 16 s: answers take less than one, platforms a part of a second.
	buckets := prometheus.ExponentialBuckets(0.001, 2, 15)
	return &metrics{
		events: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "parley_events_total", Help: "Events by what became of them: accepted, duplicate, busy, failed.",
		}, []string{"platform", "result"}),
		replies: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "parley_replies_total", Help: "Replies by what was wanted and by their outcome: answered, suggested, declined, or none for notices.",
		}, []string{"platform", "want", "outcome"}),
		deliveries: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "parley_delivery_attempts_total", Help: "Attempts to deliver by the state after them.",
		}, []string{"platform", "act", "state"}),
		takenUp: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "parley_taken_up_total", Help: "Left-over work that was taken up again: event, delivery.",
		}, []string{"platform", "kind"}),
		sending: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "parley_delivery_attempt_seconds", Help: "Duration of an attempt to deliver.", Buckets: buckets,
		}, []string{"platform"}),
		total: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "parley_delivered_seconds", Help: "Time from making a reply to its delivery.", Buckets: buckets,
		}, []string{"platform"}),
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

func (m *metrics) attempted(platform string, out outgoing, state store.State, took time.Duration) {
	m.deliveries.WithLabelValues(platform, string(out.act), string(state)).Inc()
	m.sending.WithLabelValues(platform).Observe(took.Seconds())
}

func (m *metrics) delivered(platform string, took time.Duration) {
	m.total.WithLabelValues(platform).Observe(took.Seconds())
}

func (m *metrics) resumed(platform, kind string) { m.takenUp.WithLabelValues(platform, kind).Inc() }

// Metrics are the counters and times of the path, to be registered once.
func (b *Bot) Metrics() []prometheus.Collector {
	return []prometheus.Collector{
		b.metrics.events, b.metrics.replies, b.metrics.deliveries, b.metrics.takenUp, b.metrics.sending, b.metrics.total,
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "parley_pending", Help: "Events and deliveries under way."},
			func() float64 { return float64(b.pending.Load() + b.taken.Load()) }),
	}
}
