package discordtest

// Limits of components, in units and pieces ("Component Reference").
const (
	maxButtons     = 5 // a row
	maxButtonLabel = 80
	maxOptionLabel = 100
	maxPlaceholder = 150
	maxInputLabel  = 45
	maxInput       = 4000
)

// component holds one component to the rules.
func (r *ruler) component(c wireComponent, path string, ids map[string]bool) {
	if c.CustomID != "" {
		if ids[c.CustomID] {
			r.add(path, "hold the custom_id %q twice", c.CustomID)
		}
		ids[c.CustomID] = true
		r.most(path, c.CustomID, maxCustomID)
	}
	if c.Type >= 2 && c.Type <= 8 && c.CustomID == "" {
		r.add(path, "hold a component of type %d, %q, without a custom_id", c.Type, c.Label)
	}
	const danger = 4 // the last style of a button that does something; links lead away, and nothing is for sale
	switch {
	case c.Type == 1:
		r.row(c, path)
	case c.Type == 2:
		r.some(path, c.Label, maxButtonLabel)
		if c.Style < 1 || c.Style > danger {
			r.add(path, "hold the button %q of style %d, of %d", c.Label, c.Style, danger)
		}
	case c.Type == 4:
		if c.MaxLength > maxInput || c.MaxLength > 0 && c.MinLength > c.MaxLength {
			r.add(path, "hold a field of %d to %d characters", c.MinLength, c.MaxLength)
		}
		r.most(path, c.Value, maxInput)
	case c.Type >= 3 && c.Type <= 8:
		r.menu(c, path)
	}
}

// row wants a row to hold buttons alone, or one select, or one labelled field that says how much can be typed.
func (r *ruler) row(row wireComponent, path string) {
	buttons := 0
	for _, c := range row.Components {
		switch {
		case c.Type == 2:
			buttons++
		case c.Type < 2 || c.Type > 8:
			r.add(path, "hold a row with a component of type %d", c.Type)
		case c.Type == 4:
			r.some(path, c.Label, maxInputLabel)
			if c.MaxLength < 1 {
				r.add(path, "hold the field %q without a max_length", c.Label)
			}
		}
	}
	others := len(row.Components) - buttons
	if len(row.Components) == 0 || buttons > maxButtons || others > 1 || buttons > 0 && others > 0 {
		r.add(path, "hold a row of %d buttons and %d other components", buttons, others)
	}
}

// menu holds a select to the rules.
func (r *ruler) menu(c wireComponent, path string) {
	const ofStrings = 3
	r.most(path, c.Placeholder, maxPlaceholder)
	least, most, chosen := 1, 1, len(c.DefaultValues)
	if c.MinValues != nil {
		least = *c.MinValues
	}
	if c.MaxValues != nil {
		most = *c.MaxValues
	}
	values := map[string]bool{}
	for _, o := range c.Options {
		r.some(path, o.Label, maxOptionLabel)
		r.some(path, o.Value, maxCustomID)
		if values[o.Value] {
			r.add(path, "hold the select %q with the value %q twice", c.CustomID, o.Value)
		}
		values[o.Value] = true
		if o.Default {
			chosen++
		}
	}
	switch {
	case c.Type == ofStrings && (len(c.Options) == 0 || len(c.Options) > maxOptions):
		r.add(path, "hold the select %q with %d options, of 1 to %d", c.CustomID, len(c.Options), maxOptions)
	case least < 0 || least > most || most > maxOptions || c.Type == ofStrings && most > len(c.Options):
		r.add(path, "hold the select %q that takes %d to %d choices, of %d", c.CustomID, least, most, len(c.Options))
	case chosen > most:
		r.add(path, "hold the select %q with %d choices made, of %d", c.CustomID, chosen, most)
	}
}
