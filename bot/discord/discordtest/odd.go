package discordtest

// Odd is an event that a client must survive.
type Odd struct{ Name, Type, Payload string }

// OddEvents are events that are half-filled, of types that nobody knows yet, or no objects at all, for Event. Those that are whole in
// part name Guild, Channel and User.
func OddEvents() []Odd {
	const (
		place = `"channel_id":"` + Channel + `","guild_id":"` + Guild + `"`
		user  = `"member":{"user":{"id":"` + User + `","username":"ada"},"permissions":"2048","roles":[]}`
		start = `{"id":"600000000000000001","application_id":"` + AppID + `","token":"odd","version":1,`
	)
	return []Odd{
		{"message of null", "MESSAGE_CREATE", `null`},
		{"message without anything", "MESSAGE_CREATE", `{}`},
		{"message without author", "MESSAGE_CREATE", `{"id":"600000000000000002",` + place + `,"content":"` + Mention + ` x"}`},
		{"message with an unknown component", "MESSAGE_CREATE", `{"id":"600000000000000003",` + place + `,"content":"","author":{"id":"` + User +
			`","username":"ada"},"components":[{"type":99,"id":1,"new":{}}]}`},
		{"message that is a number", "MESSAGE_CREATE", `7`},
		{"interaction of null", "INTERACTION_CREATE", `null`},
		{"interaction without anything", "INTERACTION_CREATE", `{}`},
		{"interaction without data", "INTERACTION_CREATE", start + place + `,` + user + `,"type":2}`},
		{"interaction without a person", "INTERACTION_CREATE", start + place + `,"type":2,"data":{"id":"1","name":"parley","type":1}}`},
		{"interaction of an unknown type", "INTERACTION_CREATE", start + place + `,` + user + `,"type":99,"data":{"new":true}}`},
		{"component without its message", "INTERACTION_CREATE", start + place + `,` + user + `,"type":3,"data":{"component_type":2,"custom_id":"a"}}`},
		{"component of an unknown type", "INTERACTION_CREATE", start + place + `,` + user +
			`,"type":3,"data":{"component_type":99,"custom_id":"a"},"message":{"id":"1","components":[{"type":99}]}}`},
		{"modal with an unknown component", "INTERACTION_CREATE", start + place + `,` + user +
			`,"type":5,"data":{"custom_id":"a","components":[{"type":18,"id":1,"component":{"type":99,"custom_id":"b","value":"c"}}]}}`},
		{"modal without components", "INTERACTION_CREATE", start + place + `,` + user + `,"type":5,"data":{"custom_id":"a"}}`},
		{"event of an unknown type", "NEW_THING_CREATE", `{"id":"1"}`},
		{"guild of null", "GUILD_CREATE", `null`},
	}
}
