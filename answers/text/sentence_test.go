package text

import "testing"

func TestWhole(t *testing.T) {
	for text, want := range map[string]bool{
		"No.": false, "From six to ten.": false, "Yes, on weekdays from six to ten.": false, "It is free for children under six.": false,
		"The seventh pier.": false, "": false, "Three ferries run in the harbour.": true, "Паром ходит с шести до десяти": true, "渡轮每天早上六点开始运行": true,
	} {
		if got := Whole(text); got != want {
			t.Errorf("Whole(%q) = %v", text, got)
		}
	}
}

func TestAnswers(t *testing.T) {
	for _, c := range []struct {
		question, answer string
		want             bool
	}{
		{"Is the ferry free for children?", "No.", false},
		{"When does the desk open?", "The desk opens at nine o'clock.", true},
		{"When does the night bus run?", "Every hour between six and ten.", false},
	} {
		if got := Answers(c.question, c.answer); got != c.want {
			t.Errorf("Answers(%q, %q) = %v", c.question, c.answer, got)
		}
	}
}
