package check

import (
	"slices"
	"strings"

	"parley/answers"
	"parley/answers/text"
)

// concept is what a word or a phrase means where statements are compared: words of one concept say the same, and the
// concepts of one axis speak of the same thing, for it or against it.
type concept struct {
	id, axis string
	against  bool // on the other side of the axis: "rejected" among words of accepting
}

// lexicon knows the concepts of stems and of phrases of stems; a word may have several.
type lexicon struct {
	concepts map[string][]concept
	longest  int // words in the longest phrase
}

// synonyms are words that reporters and readers use for one another, a concept a line: "concept/axis: for | against". Words
// that an underscore joins are one phrase. It holds no names and no words of a topic: those are the record's.
const synonyms = `
accept/favour: accept agree agreement approve approval consent ok okay okayed greenlight green_light on_board onboard sign_off sign_up go_along happy_with fine_with ok_with okay_with cool_with embrace thumbs_up say_yes allow let permit assent acceptance accede bless go_for buy_into in_agreement | exclude reject rejection refuse refusal decline turn_down rebuff veto rule_out say_no walk_away dismiss spurn snub block forbid disagree ban
back/favour: back backing support supportive endorse endorsement favour favor in_favour_of in_favor_of stand_behind champion want_to_see rally_behind throw_weight_behind | oppose opposition against object objection resist warn_against mind hostile condemn criticise criticize problem problem_with issue_with dead_set_against
help: help assist aid assistance lend_hand support
commit/commit: commit commitment pledge promise vow undertake give_word dedicate swear
offer: offer propose put_forward tender proposal
give: give provide grant extend supply deliver hand get receive
send/send: send deploy deployment dispatch put station move_in go_in ship deploy post commit come go_to | withdraw pull_out bring_home
store: store depot stockpile storage warehouse facility arsenal
meeting: round speak meet meeting talk discussion session gathering get_together come_together conference encounter sit_down
discuss/discuss: centre_on center_on focus_on revolve_around talk discuss discussion mention bring_up on_the_table on_the_agenda subject topic debate speak come_up raise talked_about talk_about agenda part_of_the_conversation | off_the_table off_the_agenda
attend/attend: attend come_together get_together take_part participate be_there turn_up show_up represent sit_in in_the_room delegation at_the_table join present come_to among_those_present attendee participant participation representative stand_for | absent skip miss stay_away boycott stay_home
member: member membership join belong accede accession admission admit entry part_of admit belong_to enter member_state
join: join entry membership accession
ambition: ambition aim goal bid aspiration aspire hope dream seek target objective want push pursue
demand: demand claim insist require insistence call_for
ask: ask request seek
occupy: occupy hold seize control capture
clear/known: clear known specify publish disclose public spell_out lay_out set_out precise explain detailed reveal announce define lay_bare share | unclear unknown vague unspecified fuzzy murky hazy try_to_find_out try_to_clarify want_to_know try_to_establish secret under_wraps mystery sketchy
settle/known: settle resolve decide sort_out work_out determine conclude finish complete done finalise finalize fix agreed nail_down iron_out clear_up fully_agreed set_in_stone | open unresolved unsettled undecided pending outstanding up_in_the_air left_to_sort_out still_open in_limbo remain_open question_mark left_to_settle left_to_decide
detail: detail specifics particulars contour shape fine_print specific content
size: size number headcount figure strength how_big how_many
exact: exact precise exactly
start/phase: begin start launch kick_off outbreak break_out date underway | end finish stop is_over was_over terminate halt wrap_up
end: end finish stop close terminate halt
last: go_on carry_on last take long duration run length lasted
secluded/public: closed behind_closed_doors private closed_door in_private in_secret confidential | open_to_the_press open_to_the_public open_to_press open in_public public televised
setup/setup: set_up establish build create construct open put_up roll_out launch go_up | close shut dismantle shut_down
robust/robust: strong robust firm solid ironclad tough sturdy | weak feeble flimsy
layer: layer layered multilayered multi_layered several_layer
bind/bind: bind oblige obligation duty have_to must obligate compulsory required | voluntary optional nonbinding non_binding
legal: legal law legally
restore: restoration rebuild reconstruction restore rebuilding
rebuild: rebuild rebuilding reconstruct reconstruction restore
air: air sky aerial
sea: sea naval maritime water
lead: lead led leadership head spearhead run command in_charge in_the_lead leading take_charge drive
command: command commander run operate
country: country nation state government
ready/ready: ready readiness prepared willing willingness | unwilling reluctant unready unprepared
progress/progress: progress success advance headway move_forward step_forward successful | failure fail flop collapse stall fall_apart setback breakdown
hard/hard: hard difficult tough challenging hard_part | easy easiest simple
ahead/ahead: ahead to_come lie_ahead still_to_come yet_to_come | behind
compromise: compromise give_ground meet_halfway budge
deter: deter prevent discourage ward_off deterrent dissuade stop keep_from
purpose: aim purpose goal objective intend design mean want
again: again further future another new renewed once_more anew
see: see view regard consider treat count
threat: threat danger menace threaten
raise/raise: raise increase escalate escalation heighten worsen fuel inflame stoke | reduce lower ease calm decrease cut defuse cool de_escalate lessen
strengthen/strengthen: strengthen make_better better_able bolster improve reinforce beef_up boost stronger strong | weaken undermine worsen weaker worse
stable/stable: stable stability stabilise stabilize steady steadying reassurance | unstable destabilise destabilize instability
reassure/reassure: reassure reassurance comfort | alarm unsettle worry
watch: watch follow monitor observe keep_an_eye attention closely
precedent: precedent template example
effect: effect impact consequence implication ripple
significant/significant: significant important matter major big key crucial vital importance huge | insignificant minor trivial unimportant small
turnaround: turnaround turning_point milestone watershed turn
optimism/optimism: optimistic optimism hopeful upbeat confident positive | pessimistic pessimism gloomy doubtful sceptical skeptical
guarded/optimism: guarded cautious wary reserved noncommittal caution lukewarm | enthusiastic keen eager
comment/comment: comment remark reaction react respond response reply statement say_anything said_anything | silent silence no_comment mum tight_lipped quiet
warn/optimism: warn warning caution
cost: cost bill pay price burden fund finance expense
spend: spend spent spending shell_out pour cost pay
work: work function operate
call: call phone phone_call ring telephone dial
name: name call describe label dub term word refer
wish: how_important importance_of want wish desire hope yearn
quick/quick: quick fast swift soon speedy | slow
reliable: reliable lasting durable dependable permanent
understanding: understanding
sign: sign seal signature ink
resemble: resemble like style similar model akin type comparable along_the_line
framework: framework structure architecture scheme
package: package support
residence: residence home house
office: representative office post
first/order: first first_time initial never_before inaugural | last final second
alone/alone: alone single_handed solo by_itself unilaterally on_its_own by_himself go_it_alone | together jointly along_with
both: both
direct/direct: direct directly directly_from | indirect indirectly
outside: outside
multinational: multinational multi_national international
all: all every each everyone everybody everything
doubt: doubt
attempt: effort attempt try find_out
find: find_out clarify figure_out learn understand work_out know clear_up
part: part role contribution involvement
senior: senior top high_ranking high_level leading main key
office_holder: official
explicit: explicit explicitly express openly publicly outright
repeat: repeatedly consistently often several_time many_time time_and_again multiple_time over_and_over
whole: whole entire full total
continent: continent
win: win victory
prove: prove proof proven evidence
condition: depend hinge conditional
success: success succeed
potential: potential potentially
modern: modern up_to_date advanced latest state_of_the_art
extensive: extensive broad wide far_reaching comprehensive large_scale
coordinate: coordinate joint joined_up
exchange: exchange return trade swap quid_pro_quo
constitution: constitution constitutional
priority: priority
write: write enshrine put state wrote written post
hours: hour hr
money: dollar usd
issue: issue question matter topic
officials: official officer
hold: move hold take_place happen occur
elsewhere: elsewhere somewhere_else
come: come
way: way
`

func readLexicon(table string) lexicon {
	lex := lexicon{concepts: map[string][]concept{}}
	for line := range strings.Lines(table) {
		name, words, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			continue
		}
		id, axis, _ := strings.Cut(name, "/")
		pro, contra, _ := strings.Cut(words, "|")
		for i, side := range []string{pro, contra} {
			var phrases []answers.Word
			for word := range strings.FieldsSeq(side) {
				phrases = append(phrases, answers.Word(strings.ReplaceAll(word, "_", " ")))
			}
			lex.add(concept{id: id, axis: axis, against: i == 1}, phrases)
		}
	}
	return lex
}

// add gives words and phrases a further concept.
func (lex *lexicon) add(c concept, phrases []answers.Word) {
	for _, p := range phrases {
		key := stems(strings.Fields(string(p)))
		if !slices.Contains(lex.concepts[key], c) {
			lex.concepts[key] = append(lex.concepts[key], c)
		}
		lex.longest = max(lex.longest, wordCount(key))
	}
}

// irregular verbs, by the form that their stem is looked up under.
var irregular = readPairs(`sent:send met:meet gave:give given:give took:take taken:take taking:take began:begin begun:begin made:make
	went:go gone:go going:go came:come said:say says:say saying:say led:lead kept:keep lost:lose won:win told:tell saw:see seen:see
	spoke:speak spoken:speak wrote:write written:write held:hold built:build broke:break broken:break fought:fight got:get
	done:done left:left bound:bind sought:seek swore:swear sworn:swear paid:pay fell:fall fallen:fall meant:mean
	thought:think brought:bring became:become laid:lay lain:lie backed:back agreed:agree agrees:agree agreeing:agree shut:shut
	drew:draw stood:stand`)

func readPairs(list string) map[string]string {
	pairs := map[string]string{}
	for pair := range strings.FieldsSeq(list) {
		from, to, _ := strings.Cut(pair, ":")
		pairs[from] = to
	}
	return pairs
}

// base is the stem of a word, after bringing irregular verbs to their plain form.
func base(word string) string {
	if plain, ok := irregular[word]; ok {
		word = plain
	}
	return text.Stem(word)
}

// basesOf are the stems of the plain forms of words.
func basesOf(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		set[base(word)] = true
	}
	return set
}

func stems(words []string) string {
	for i, w := range words {
		words[i] = base(w)
	}
	return strings.Join(words, " ")
}

// wordCount counts the words between single spaces.
func wordCount(s string) int { return strings.Count(s, " ") + 1 }

// at looks up the longest phrase of stems that starts at i, and how many of them it takes.
func (lex lexicon) at(all []string, i int) (found []concept, taken int) {
	for n := min(lex.longest, len(all)-i); n > 0; n-- {
		if found := lex.concepts[strings.Join(all[i:i+n], " ")]; found != nil {
			return found, n
		}
	}
	return nil, 1
}

// attitudes are concepts of wanting, asking and discussing: who says that a thing is wanted does not say that it is so.
var attitudes = text.SetOf(`ambition demand ask wish attempt offer discuss purpose`)

// events are concepts of things' taking place, which says nothing of them.
var events = text.SetOf(`hold`)

// affirmers are concepts of doing and letting, of which being ruled out is the contrary.
var affirmers = text.SetOf(`accept back commit offer give send discuss`)

// turning are the axes whose other side makes a statement say the opposite of what it would say without the word.
var turning = text.SetOf(`favour known cede attend comment send progress optimism`)

// relational are concepts that a name may stand before without doing them, as in "NATO membership".
const relational = `member join ambition`

// exclusive are those that only one can do.
var exclusive = text.SetOf(`lead command`)

// lowRungs are concepts of what was discussed or understood, which is less than what was agreed or signed.
var lowRungs = text.SetOf(`discuss understanding offer`)

// highRungs are those of what was agreed.
const highRungs = `sign accept commit`
