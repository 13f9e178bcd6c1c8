package discordtest

import "encoding/json"

// Control is something in a message or a modal that can be used.
type Control struct {
	Type        int // 2 button, 3 and 5 to 8 selects, 4 text input ("Component Types")
	CustomID    string
	Label       string // the placeholder of a select
	Style       int
	URL         string
	Disabled    bool
	Value       string
	Required    *bool
	MinLength   int
	MaxLength   int
	Options     []Choice
	MinValues   *int
	MaxValues   *int
	Description string // of the Label around it
}

// Choice is an option of a select, or a choice of an autocomplete.
type Choice struct {
	Label, Value, Description string
	Default                   bool
}

// Controls lists what in the message can be used, in order.
func (m Message) Controls() []Control { return controls(m.Components) }

// Control finds a control by its custom_id or its label.
func (m Message) Control(name string) (Control, bool) {
	for _, c := range m.Controls() {
		if c.CustomID == name || c.Label == name {
			return c, true
		}
	}
	return Control{}, false
}

// wireComponent is a component of any type.
type wireComponent struct {
	Type        int    `json:"type"`
	CustomID    string `json:"custom_id"`
	Label       string `json:"label"`
	Placeholder string `json:"placeholder"`
	Description string `json:"description"`
	Style       int    `json:"style"`
	URL         string `json:"url"`
	Disabled    bool   `json:"disabled"`
	Value       string `json:"value"`
	Content     string `json:"content"`
	Required    *bool  `json:"required"`
	MinLength   int    `json:"min_length"`
	MaxLength   int    `json:"max_length"`
	MinValues   *int   `json:"min_values"`
	MaxValues   *int   `json:"max_values"`
	Options     []struct {
		Label       string `json:"label"`
		Value       string `json:"value"`
		Description string `json:"description"`
		Default     bool   `json:"default"`
	} `json:"options"`
	DefaultValues []json.RawMessage `json:"default_values"`
	Components    []wireComponent   `json:"components"`
	Component     *wireComponent    `json:"component"`
	Accessory     *wireComponent    `json:"accessory"`
}

// walk shows every component within, in order, with the one around it.
func walk(all []wireComponent, around *wireComponent, see func(c, around *wireComponent)) {
	for i := range all {
		c := &all[i]
		see(c, around)
		walk(c.Components, c, see)
		for _, one := range []*wireComponent{c.Component, c.Accessory} {
			if one != nil {
				see(one, c)
			}
		}
	}
}

func controls(raw json.RawMessage) []Control {
	var all []wireComponent
	if json.Unmarshal(raw, &all) != nil {
		return nil // it was refused, or is none
	}
	var found []Control
	walk(all, nil, func(c, around *wireComponent) {
		if c.Type < 2 || c.Type > 8 {
			return
		}
		one := Control{
			Type: c.Type, CustomID: c.CustomID, Label: c.Label, Style: c.Style, URL: c.URL, Disabled: c.Disabled, Value: c.Value, Required: c.Required,
			MinLength: c.MinLength, MaxLength: c.MaxLength, MinValues: c.MinValues, MaxValues: c.MaxValues,
		}
		if c.Type != 2 && c.Type != 4 {
			one.Label = c.Placeholder
		}
		if around != nil && around.Type == 18 {
			one.Label, one.Description = around.Label, around.Description
		}
		for _, o := range c.Options {
			one.Options = append(one.Options, Choice{Label: o.Label, Value: o.Value, Description: o.Description, Default: o.Default})
		}
		found = append(found, one)
	})
	return found
}
