package slacktest_test

import (
	"net/http"
	"testing"
	"time"

	"parley/bot/slack/slacktest"
)

func TestFaults(t *testing.T) {
	const form = "application/x-www-form-urlencoded"
	say := func(s *slacktest.Server) (object, error) {
		return post(s.URL()+"chat.postMessage", form, "channel=C1&text=x", slacktest.BotToken)
	}
	for _, c := range []struct {
		name   string
		fault  slacktest.Fault
		check  func(got object, err error) bool
		posted int
	}{
		{"error", slacktest.Fault{Error: "token_revoked"}, func(got object, err error) bool { return err == nil && got["error"] == "token_revoked" }, 0},
		{"scope", slacktest.Fault{Error: "missing_scope", Needed: "a", Provided: "b"}, func(got object, err error) bool { return err == nil && got["needed"] == "a" && got["provided"] == "b" }, 0},
		{"429", slacktest.Fault{Status: 429, RetryAfter: time.Second}, func(got object, err error) bool { return err == nil && got["status"] == 429 && got["retry"] == "1" }, 0},
		{"503", slacktest.Fault{Status: http.StatusServiceUnavailable}, func(got object, err error) bool { return err == nil && got["status"] == 503 && got["retry"] == "" }, 0},
		{"before", slacktest.Fault{Drop: slacktest.Before}, func(_ object, err error) bool { return err != nil }, 0},
		{"after", slacktest.Fault{Drop: slacktest.After}, func(_ object, err error) bool { return err != nil }, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := slacktest.New(t)
			c.fault.Times, c.fault.Methods = 1, []string{"chat.postMessage"}
			s.Fault(c.fault)
			works(t, call(t, s, "auth.test")) // another method does not meet it
			if got, err := say(s); !c.check(got, err) {
				t.Errorf("got %v, %v", got, err)
			}
			if n := len(s.Messages("C1")); n != c.posted {
				t.Errorf("there are %d messages, want %d", n, c.posted)
			}
			if got, err := say(s); err != nil || got["ok"] != true {
				t.Errorf("after the fault: %v, %v", got, err)
			}
			if n := len(s.Calls()); n != 3 {
				t.Errorf("on record are %d calls, want 3", n)
			}
			c.fault.Times, c.fault.Methods = 0, nil
			end := s.Fault(c.fault)
			for range 3 {
				if got, err := say(s); !c.check(got, err) {
					t.Errorf("lasting: got %v, %v", got, err)
				}
			}
			end()
			end()
			if got, err := say(s); err != nil || got["ok"] != true {
				t.Errorf("after the end: %v, %v", got, err)
			}
		})
	}
}

// A fault may let calls pass first.
func TestSkip(t *testing.T) {
	s := slacktest.New(t)
	s.Fault(slacktest.Fault{Methods: []string{"auth.test"}, Skip: 1, Times: 1, Error: "internal_error"})
	works(t, call(t, s, "auth.test"))
	fails(t, call(t, s, "auth.test"), "internal_error")
	works(t, call(t, s, "auth.test"))
}

// What is held happens when the fault ends, unless the app has gone away, and does not keep the server from closing.
func TestHold(t *testing.T) {
	s := slacktest.New(t)
	end := s.Fault(slacktest.Fault{Hold: true})
	done := make(chan error, 2)
	say := func(client *http.Client) {
		r, _ := http.NewRequest(http.MethodPost, s.URL()+"chat.postMessage?channel=C1&text=x&token="+slacktest.BotToken, nil)
		answer, err := client.Do(r)
		if err == nil {
			answer.Body.Close()
		}
		done <- err
	}
	go say(&http.Client{Timeout: 50 * time.Millisecond})
	if err := <-done; err == nil {
		t.Error("a call that is held came back")
	}
	go say(http.DefaultClient)
	time.Sleep(500 * time.Millisecond) // in which the server notices that the first app has gone
	if n := len(s.Messages("C1")); n != 0 {
		t.Errorf("while calls are held, there are %d messages", n)
	}
	end()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if n := len(s.Messages("C1")); n != 1 {
		t.Errorf("after the end there are %d messages, want that of the app that waited", n)
	}
	s.Fault(slacktest.Fault{Hold: true})
	go say(http.DefaultClient)
	time.Sleep(20 * time.Millisecond)
	s.Close()
	<-done
}
