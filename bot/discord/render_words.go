package discord

import (
	"github.com/bwmarrin/discordgo"

	"parley/answers"
	"parley/bot"
)

// words are the localized name and the description of a command or an option.
type words struct {
	name localized // without en: that is the name itself
	say  localized
}

// localized is a text in English, Ukrainian, Polish, German and French.
type localized struct{ en, uk, pl, de, fr string }

// others are the translations; nil for none.
func (l localized) others() *map[discordgo.Locale]string {
	if l.uk == "" {
		return nil
	}
	return &map[discordgo.Locale]string{"uk": l.uk, "pl": l.pl, "de": l.de, "fr": l.fr} // reference.md, "Locales"
}

// offered is what the record says of the command, or else what holds of any record.
func offered(about answers.About) localized {
	if c := about.Command; c != (answers.Localized{}) {
		return localized{c.EN, c.UK, c.PL, c.DE, c.FR}
	}
	return localized{"What is on record", "Що зафіксовано", "Co wiadomo", "Was bekannt ist", "Ce qui est connu"}
}

// slashWords are the words of all commands and options, by their names. The answers themselves are in English.
func slashWords(about answers.About) map[string]words {
	return map[string]words{
		slashCommand: {say: offered(about)},
		adminCommand: {say: localized{
			"How Parley behaves in this server", "Як Parley поводиться на цьому сервері", "Jak Parley działa na tym serwerze",
			"Wie sich Parley auf diesem Server verhält", "Comment Parley se comporte sur ce serveur",
		}},
		settingsVerb: {
			localized{"", "налаштування", "ustawienia", "einstellungen", "paramètres"},
			localized{
				"See and change the settings", "Переглянути й змінити налаштування", "Zobacz i zmień ustawienia",
				"Einstellungen ansehen und ändern", "Voir et modifier les paramètres",
			},
		},
		checkMessage: {name: localized{
			"", "Перевірити твердження", "Sprawdź to twierdzenie", "Diese Aussage prüfen", "Vérifier cette affirmation",
		}},
		correctMessage: {name: localized{
			"", "Виправити це", "Popraw to", "Dies korrigieren", "Corriger ceci",
		}},
		"ask": {
			localized{"", "запитати", "zapytaj", "fragen", "demander"},
			localized{"Ask a question", "Поставити запитання", "Zadaj pytanie", "Eine Frage stellen", "Poser une question"},
		},
		"check": {
			localized{"", "перевірити", "sprawdź", "prüfen", "vérifier"},
			localized{
				"Hold a statement against the record", "Звірити твердження із записами", "Porównaj twierdzenie z zapisami",
				"Eine Aussage mit den Quellen vergleichen", "Comparer une affirmation aux sources",
			},
		},
		"timeline": {
			localized{"", "хронологія", "oś-czasu", "zeitleiste", "chronologie"},
			localized{"What was said when", "Що й коли було сказано", "Co i kiedy powiedziano", "Was wann gesagt wurde", "Ce qui a été dit, et quand"},
		},
		"who": {
			localized{"", "хто", "kto", "wer", "qui"},
			localized{
				"Who is who, and what they said", "Хто є хто і що вони сказали", "Kto jest kim i co powiedział",
				"Wer wer ist und was gesagt hat", "Qui est qui, et qui a dit quoi",
			},
		},
		"claims": {
			localized{"", "твердження", "twierdzenia", "aussagen", "affirmations"},
			localized{"List claims", "Перелік тверджень", "Lista twierdzeń", "Aussagen auflisten", "Lister les affirmations"},
		},
		"sources": {
			localized{"", "джерела", "źródła", "quellen", "sources"},
			localized{"List sources", "Перелік джерел", "Lista źródeł", "Quellen auflisten", "Lister les sources"},
		},
		"disputes": {
			localized{"", "розбіжності", "spory", "streitpunkte", "désaccords"},
			localized{
				"Where sources disagree", "У чому джерела розходяться", "W czym źródła się różnią",
				"Worin sich Quellen widersprechen", "Ce sur quoi les sources divergent",
			},
		},
		"latest": {
			localized{"", "останнє", "najnowsze", "neuestes", "nouveautés"},
			localized{"What came in last", "Що надійшло останнім", "Co pojawiło się ostatnio", "Was zuletzt hinzukam", "Ce qui est arrivé en dernier"},
		},
		string(answers.IntentCorrections): {
			localized{"", "виправлення", "sprostowania", "korrekturen", "corrections"},
			localized{
				"What was wrong in answers, and what is right", "Що у відповідях було хибним і як є насправді",
				"Co w odpowiedziach było błędne, a co jest poprawne", "Was an Antworten falsch war und was richtig ist",
				"Ce qui était faux dans des réponses, et ce qui est juste",
			},
		},
		string(bot.Notify): {
			localized{"", "сповіщення", "powiadomienia", "benachrichtigungen", "notifications"},
			localized{
				"Whether Parley writes to you when an answer that only you saw is corrected",
				"Чи пише вам Parley, коли виправлено відповідь, яку бачили лише ви",
				"Czy Parley pisze do ciebie, gdy sprostowano odpowiedź widoczną tylko dla ciebie",
				"Ob Parley Ihnen schreibt, wenn eine Antwort korrigiert wird, die nur Sie sahen",
				"Si Parley vous écrit quand une réponse que vous seul avez vue est corrigée",
			},
		},
		string(bot.MyData): {
			localized{"", "мої-дані", "moje-dane", "meine-daten", "mes-données"},
			localized{
				"What Parley holds of you", "Що Parley зберігає про вас", "Co Parley przechowuje o tobie", "Was Parley über Sie gespeichert hat",
				"Ce que Parley conserve sur vous",
			},
		},
		string(bot.ForgetMe): {
			localized{"", "забудь-мене", "zapomnij-mnie", "vergiss-mich", "oublie-moi"},
			localized{
				"Remove your questions and all else that Parley holds of you", "Видалити ваші запитання й усе інше, що Parley зберігає про вас",
				"Usuń swoje pytania i wszystko inne, co Parley przechowuje o tobie", "Ihre Fragen und alles andere löschen, was Parley über Sie gespeichert hat",
				"Supprimer vos questions et tout ce que Parley conserve sur vous",
			},
		},
		"help": {
			localized{"", "довідка", "pomoc", "hilfe", "aide"},
			localized{"What Parley can do", "Що вміє Parley", "Co potrafi Parley", "Was Parley kann", "Ce que Parley sait faire"},
		},
		optQuestion: {
			localized{"", "запитання", "pytanie", "frage", "question"},
			localized{"Your question, in English", "Ваше запитання, англійською", "Pytanie, po angielsku", "Ihre Frage, auf Englisch", "Votre question, en anglais"},
		},
		optStatement: {
			localized{"", "твердження", "twierdzenie", "aussage", "affirmation"},
			localized{
				"What is claimed, in English", "Що стверджують, англійською", "Co się twierdzi, po angielsku",
				"Was behauptet wird, auf Englisch", "Ce qui est affirmé, en anglais",
			},
		},
		optTerm: {
			localized{"", "слово", "hasło", "begriff", "terme"},
			localized{
				"A name, a topic or a date; nothing for everything", "Імʼя, тема або дата; порожньо: усе", "Nazwisko, temat lub data; puste: wszystko",
				"Ein Name, ein Thema oder ein Tag; leer für alles", "Un nom, un sujet ou une date ; vide pour tout",
			},
		},
		optTopic: {
			localized{"", "тема", "temat", "thema", "sujet"},
			localized{
				"A name or a topic; nothing for everything", "Імʼя або тема; порожньо: усе", "Nazwisko lub temat; puste: wszystko",
				"Ein Name oder ein Thema; leer für alles", "Un nom ou un sujet ; vide pour tout",
			},
		},
		optNotify: {
			localized{"", "повідомлення", "wiadomości", "nachrichten", "messages"},
			localized{
				"Direct messages from Parley about corrections", "Особисті повідомлення від Parley про виправлення",
				"Wiadomości prywatne od Parley o sprostowaniach", "Direktnachrichten von Parley über Korrekturen",
				"Messages privés de Parley sur les corrections",
			},
		},
		"on":  {name: localized{"", "увімкнути", "włącz", "an", "activer"}},
		"off": {name: localized{"", "вимкнути", "wyłącz", "aus", "désactiver"}},
		optAsOf: {
			localized{"", "станом_на", "stan_na", "stand", "en_date_du"},
			localized{
				"As the record stood on a day, for example 2025-08-31", "Як було відомо на день, наприклад 2025-08-31",
				"Stan wiedzy na dzień, na przykład 2025-08-31", "Nach dem Stand eines Tages, zum Beispiel 2025-08-31",
				"Selon ce qui était connu un jour donné, par exemple 2025-08-31",
			},
		},
		optPublic: {
			localized{"", "публічно", "publicznie", "öffentlich", "public"},
			localized{
				"Let everybody here see the answer", "Показати відповідь усім тут", "Pokaż odpowiedź wszystkim tutaj",
				"Die Antwort allen hier zeigen", "Montrer la réponse à tout le monde ici",
			},
		},
	}
}
