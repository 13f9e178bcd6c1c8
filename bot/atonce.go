package bot

// NotTaken tells a person that an event was not taken in.
const NotTaken = "Something went wrong, and nothing was done. Please try again in a minute."

// AtOnce returns the text that a person is shown at once after Receive: that of the reply, or NotTaken for an error without one; "" if
// there is nothing to say yet.
func AtOnce(reply Reply, err error) string {
	if text := reply.Text(); text != "" || err == nil {
		return text
	}
	return NotTaken
}
