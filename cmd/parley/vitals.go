package main

import (
	"context"
	"path/filepath"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"parley/bot"
	"parley/store"
)

// vitals are the figures of the database and of the connections, read when they are asked for.
type vitals struct {
	store *store.Store
	chats []bot.Chat
}

// vital is one figure of the database.
type vital struct {
	name, help string
	of         func(v store.Vitals, now time.Time) float64
}

func vitalSigns() []vital {
	age := func(at, now time.Time) float64 {
		if at.IsZero() {
			return 0
		}
		return now.Sub(at).Seconds()
	}
	return []vital{
		{"parley_open_events", "Events that were accepted and not answered.", func(v store.Vitals, _ time.Time) float64 { return float64(v.Events) }},
		{"parley_oldest_event_seconds", "Age of the oldest of them; 0 for none.", func(v store.Vitals, now time.Time) float64 { return age(v.OldestEvent, now) }},
		{"parley_open_deliveries", "Deliveries that have not come to an end.", func(v store.Vitals, _ time.Time) float64 { return float64(v.Items) }},
		{"parley_oldest_delivery_seconds", "Age of the oldest of them; 0 for none.", func(v store.Vitals, now time.Time) float64 { return age(v.OldestItem, now) }},
		{"parley_waiting_corrections", "Corrections that wait for a person's next question.", func(v store.Vitals, _ time.Time) float64 { return float64(v.Waiting) }},
		{"parley_unspread_corrections", "Corrections not yet brought to every reply that they concern.", func(v store.Vitals, _ time.Time) float64 { return float64(v.Unspread) }},
		{"parley_set_aside", "Rows that cannot be read and were set aside.", func(v store.Vitals, _ time.Time) float64 { return float64(v.Aside) }},
		{"parley_record_change", "The number of the newest change of the record.", func(v store.Vitals, _ time.Time) float64 { return float64(v.Revision) }},
		{"parley_last_backup_timestamp_seconds", "When parley backup made the last one; 0 for never.", func(v store.Vitals, _ time.Time) float64 {
			if v.Backup.IsZero() {
				return 0
			}
			return float64(v.Backup.Unix())
		}},
		{"parley_database_bytes", "Size of the database.", func(v store.Vitals, _ time.Time) float64 { return float64(v.Size) }},
		{"parley_database_wal_bytes", "Size of the write-ahead log beside it.", func(v store.Vitals, _ time.Time) float64 { return float64(v.WAL) }},
	}
}

// readWithin bounds how long figures may take: a scrape must not hang on a database that does.
const readWithin = 5 * time.Second

// Describe says nothing: what is collected is checked as it comes.
func (vitals) Describe(chan<- *prometheus.Desc) {}

// Collect reads the figures.
func (c vitals) Collect(into chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), readWithin)
	defer cancel()
	gauge := func(name, help string, value float64, labels ...string) {
		var names []string
		if len(labels) > 0 {
			names = []string{"platform"}
		}
		into <- prometheus.MustNewConstMetric(prometheus.NewDesc(name, help, names, nil), prometheus.GaugeValue, value, labels...)
	}
	v, err := c.store.Vitals(ctx)
	if err != nil {
		gauge("parley_database_up", "Whether the database can be read.", 0)
	} else {
		gauge("parley_database_up", "Whether the database can be read.", 1)
		now := time.Now()
		for _, f := range vitalSigns() {
			gauge(f.name, f.help, f.of(v, now))
		}
	}
	if free, known := diskFree(filepath.Dir(c.store.Path())); known {
		gauge("parley_disk_free_bytes", "What is free on the disk of the database.", float64(free))
	}
	for _, chat := range c.chats {
		if known, ok := chat.(connected); ok {
			up := 1.0
			if known.Connected() != nil {
				up = 0
			}
			gauge("parley_connected", "Whether everything can come in from a platform.", up, chat.Name())
		}
		if counted, ok := chat.(interface{ Connections() (up, wanted int) }); ok {
			up, wanted := counted.Connections()
			gauge("parley_sockets_up", "Connections to a platform that are up.", float64(up), chat.Name())
			gauge("parley_sockets_wanted", "Connections to a platform that there should be.", float64(wanted), chat.Name())
		}
	}
}
