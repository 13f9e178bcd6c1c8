package deliver

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"parley/store"
)

// metrics counts deliveries. Labels are few and fixed.
type metrics struct {
	attempts *prometheus.CounterVec
	sending  *prometheus.HistogramVec
	total    *prometheus.HistogramVec
}

func newMetrics() *metrics {
	// From a millisecond to some 16 s: a platform takes a part of a second.
	buckets := prometheus.ExponentialBuckets(0.001, 2, 15)
	return &metrics{
		attempts: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "parley_delivery_attempts_total", Help: "Attempts to deliver by the state after them.",
		}, []string{"platform", "act", "state"}),
		sending: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "parley_delivery_attempt_seconds", Help: "Duration of an attempt to deliver.", Buckets: buckets,
		}, []string{"platform"}),
		total: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "parley_delivered_seconds", Help: "Time from making a reply to its delivery.", Buckets: buckets,
		}, []string{"platform"}),
	}
}

func (m *metrics) attempted(platform string, act store.Act, state store.State, took time.Duration) {
	m.attempts.WithLabelValues(platform, string(act), string(state)).Inc()
	m.sending.WithLabelValues(platform).Observe(took.Seconds())
}

func (m *metrics) delivered(platform string, took time.Duration) {
	m.total.WithLabelValues(platform).Observe(took.Seconds())
}

// Metrics are the counters and times of deliveries, to be registered once.
func (o *Outbox[R]) Metrics() []prometheus.Collector {
	return []prometheus.Collector{o.metrics.attempts, o.metrics.sending, o.metrics.total}
}
