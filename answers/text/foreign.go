package text

import "strings"

// foreignWords are frequent words of German, French, Spanish, Italian, Portuguese, Polish, Dutch and Turkish that are no English
// words, folded.
var foreignWords = SetOf(`der das und ist nicht wird ein eine einen mit fur auf von zu dem wie wer warum wann wo haben hat sind jetzt oder auch
	werden gibt uber nach welche le les une des du est et dans sur avec pour qui que quoi quand pourquoi comment ou sont ont pas ce cette il elle
	el los las una del es y en con por para quien cuando donde cuantos como esta han hay si il lo gli della di che chi perche quando dove sono ha
	hanno um uma os as do da dos das e no na nao quem onde esta sao foi czy jest kto kiedy gdzie dlaczego nie na z do od ze sie byl het een van
	niet wie wanneer waarom zijn heeft mi bir ve ne kim zaman nerede neden icin var`)

// Foreign reports whether a question is in another language than English: in another script, with two and more frequent words
// of another language and more of them than of English ones, or with one such word among many that English does not know.
func Foreign(text string) bool {
	if mostlyForeign(text) {
		return true
	}
	other, english, unknown := 0, 0, 0
	for w := range strings.FieldsSeq(Fold(text)) {
		switch {
		case StopWords[w]:
			english++
		case foreignWords[w]:
			other++
		case CommonEnglish(w) == 0:
			unknown++
		}
	}
	return other >= 2 && other > english || other >= 1 && unknown >= 3 && unknown > 2*english
}
