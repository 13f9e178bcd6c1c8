package bot

import (
	"context"
	"encoding/json"
	"fmt"

	"parley/store"
)

// read returns a reply on record. One that cannot be read is set aside and told of, and ok is false: work on many goes on without it.
func (b *Bot) read(ctx context.Context, kind store.AsideKind, id string, body []byte) (r Reply, ok bool, err error) {
	why := json.Unmarshal(body, &r)
	if why == nil {
		return r, true, nil
	}
	return Reply{}, false, b.setAside(ctx, kind, id, why)
}

// setAside sets a row aside, and tells of that once.
func (b *Bot) setAside(ctx context.Context, kind store.AsideKind, id string, why error) error {
	first, err := b.store.SetAside(ctx, store.Aside{Kind: kind, ID: id, At: b.config.Now(), Why: why.Error()})
	if err != nil {
		return fmt.Errorf("set the %s %s aside: %w", kind, id, err)
	}
	if first {
		b.config.Log.ErrorContext(ctx, "what cannot be read was set aside", "kind", kind, "id", id, "error", why)
	}
	return nil
}
