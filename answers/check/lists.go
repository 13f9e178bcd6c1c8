package check

import "parley/answers/text"

// negators deny what their clause says. "Little" and "few" do so in effect.
var negators = text.SetOf(`not no nor never none nobody nothing neither cannot cant wont isnt arent wasnt werent dont doesnt dosnt didnt hasnt
	havent hadnt wouldnt couldnt shouldnt aint without little few hardly barely false untrue lack lacks lacking fails failed outside`)

// hedges are the words by which somebody says less than that something is so or will be so.
var (
	possibly = text.SetOf(`could may might maybe perhaps possibly potentially suggest suggests suggested suggesting alleged
		allegedly reportedly supposedly apparently expected expects expect likely hypothetical hypothetically proposed proposes optimistic optimism upbeat hopeful risks risk discussed discuss discussing mentioned floated mulls mulling weighing might whether rumoured rumored unconfirmed probably seemingly`)
	intended = text.SetOf(`plan plans planned planning intends intend intended intending aims aim aimed designed hopes hoped meant wants want
		wanted trying tries tried offered offers offering ready prepared seeks seeking`)
	promised = text.SetOf(`will would shall wont wouldnt pledged pledge pledges promised promises promise vowed vows committed commits commit
		commitment ll gonna expected`)
)

// Words that open a condition, or put one thing after another.
var (
	ifWords = text.SetOf(`if once unless provided assuming when after until upon following hypothetical exchange return pending
		contingent depends under`)
	unconditional = []string{"no matter", "regardless", "whether or not", "unconditional", "unconditionally", "even without", "no strings", "or not"}
)

// speechVerbs make the name before them a speaker.
var speechVerbs = text.SetOf(`say state tell claim report write suggest stress acknowledg announc declar explain insist argu think believ
	view mention note caution warn emphasis emphas add deni admit affirm maintain voic express describ confirm stat predict accord`)

// sayings are the plain forms of speech verbs: what follows is the statement itself.
var documents = text.SetOf(`report reports document documents article newspaper paper source sources media press news`)

// countries and nationalities, lest their names be mended into other words.
var countries = text.SetOf(`spain spanish poland polish turkey turkish turkiye china chinese india indian japan japanese australia australian
	norway norwegian sweden swedish denmark danish netherlands dutch belgium belgian austria austrian switzerland swiss hungary hungarian
	romania romanian bulgaria bulgarian greece greek portugal portuguese ireland irish estonia estonian latvia latvian lithuania
	lithuanian czechia czech slovakia slovak slovenia croatia croatian serbia serbian belarus belarusian moldova georgia georgian israel
	israeli iran iranian iraq syria egypt qatar saudi emirates korea korean vietnam brazil brazilian mexico mexican argentina albania
	iceland cyprus luxembourg malta kazakhstan uzbekistan azerbaijan armenia pakistan afghanistan africa african asia asian baltics
	baltic scandinavia nordic scotland wales geneva vienna istanbul riyadh budapest warsaw madrid ankara beijing tokyo
	davos munich florida texas california pentagon congress un`)

// undoing are words that undo or doubt what is said beside them, as stems.
var undoing = basesOf(`lie lied false falsely wrong wrongly mistaken mistakenly regret deny hide hid hidden conceal pretend fake hoax bluff drop scrap cancel
	abandon remove renounce revoke withdraw withdrew end stop halt suspend shelve delay postpone reverse forget forgot fail quit undo
	ditch axe repeal retract rescind breach break broke violate ignore`)
