package text

import "testing"

func TestForeign(t *testing.T) {
	for text, want := range map[string]bool{
		"Schickt Frankreich jetzt wirklich Soldaten in die Ukraine?":  true,
		"macron putin zelensky rutte coup":                            false,
		"Wird Deutschland Soldaten in die Ukraine schicken und wann?": true,
		"Est-ce que la France va envoyer des soldats ?":               true,
		"¿Cuántos soldados franceses irán y cuándo?":                  true,
		"Чи погодилася Росія на гарантії безпеки?":                    true,
		"will us troops be sent to ukraine":                           false,
		"who said the coup d'état in le monde was e no na":            false,
		"":                                       false,
		"did macron say no to a force de frappe": false,
	} {
		if got := Foreign(text); got != want {
			t.Errorf("foreign(%q) = %v", text, got)
		}
	}
}
