const words = (list: string) => list.trim().split(/\s+/)

/** Given names that tell a gender in most countries whose news is written in English. */
const MALE = words(`
  aaron abdul abdullah abraham adam adrian ahmed ahmad ajay akira alan albert alejandro aleksandr alex alexander alexei alfred ali
  allen alvin amit amir anand anders andre andreas andrew andy angelo angus anil anthony antonio antony arjun arnold arthur arvind
  ashok barack barry bart ben benjamin bernard bernie bill billy bob bobby boris brad bradley brandon brendan brett brian bruce bryan
  bruno calvin cameron carl carlos cedric cesar charles charlie chen chris christian christopher christoph ciaran clarence claude
  clifford clive colin colm conor craig curtis daniel darren dave david dean declan demetrius dennis denis derek deepak desmond diego
  dieter dmitri dmitry dominic don donald doug douglas duncan dwayne dylan earl ed eddie edgar edmund eduardo edward edwin elliott emeka
  emmanuel enrique eoin eric erik ernest eugene evan faisal felipe felix fernando finn francis francisco frank franklin fred frederick
  gabriel gareth garrett gary gavin geoff geoffrey george gerald gerard gerry giovanni glen glenn gordon graham grant greg gregory
  guillermo gunther gustavo guy hamid hank hans harold harry harvey hassan henrik henry herbert hiroshi howard hugh hugo hussein ian
  ibrahim igor isaac ivan jack jacob jacques jake jamal james jamie jan jason javier jay jean jeff jeffrey jens jeremy jerome jerry jesse
  jim jimmy joao joe joel johan john johnny jon jonathan jorge jose joseph josh joshua juan julian julio justin kareem karl keith ken
  kenji kenneth kevin khalid klaus kofi kurt kwame kyle lance lars larry lawrence lee leo leon leonard lewis liam lionel lloyd louis
  luca lucas luis luke magnus malcolm manuel marc marco marcus mario mark markus martin marvin mateo matt matthew maurice max
  maxim mehmet michael micheál michel mick miguel mike mikhail milan mitch mitt mohammad mohammed mohamed muhammad nathan neil nelson
  niall nicholas nick nicolas nigel nikolai noah norman oleg oliver omar oscar otto owen pablo paddy padraig patrick paul pavel pedro pete peter
  phil philip phillip pierre piotr prakash rafael rahul raj rajesh rakesh ralph ramesh ramon randall randy rashid raul ravi ray raymond reginald
  rene ricardo richard rick rob robert roberto rod rodney roger roland ron ronald rory ross roy ruben rudolf rudy rupert russell ryan
  salman sam samir samuel sandeep sanjay santiago scott sean seán sebastian sergei sergey sergio seth shane shaun simon spencer stanley stefan
  stephen steve steven stewart stuart sunil suresh syed takeshi tariq ted terence terry theo theodore thomas tim timothy toby todd tom
  tommy tony trevor tunde tyler umar vernon victor vijay vikram vincent viktor vladimir wade walter warren wayne wei wesley will willem william willie
  wolfgang xavier yusuf yuri zachary zoran seamus cormac fergus hamish callum ewan euan rhys owain gethin alasdair finlay lachlan hector imran irfan asif nawaz narendra anand amitabh ashish gaurav manish nitin pankaj rohit sachin siddharth tarun kwame kwesi chidi emeka obinna olusegun tendai thabo sipho bongani cyril haruki satoshi takashi yoshihide shinzo ferdinand rodrigo nestor mauricio evo hugo alberto alfonso ernesto emilio ignacio joaquin matias sancho tomas tomás jens lars nils soren sven torsten uwe horst jurgen jürgen lothar matthias stefan ulrich werner giuseppe luigi matteo paolo sergio silvio vincenzo gilles guillaume jerome laurent luc olivier thierry yves bogdan grzegorz jaroslaw krzysztof lech piotr tomasz wojciech andriy bohdan taras barnaby gideon rex declan ivo anton piet arlo silas`)

const FEMALE = words(`
  abigail ada adele agnes aisha alexandra alexis alice alicia alison allison amal amanda amara amber amelia amina amy ana anastasia andrea
  angela angelina anita anjali ann anna anne annette annie anya april ariana arlene ashley astrid audrey ava barbara beatrice beatriz
  becky bernadette beth betty beverly bianca birgit blanca bonnie brenda bridget brigid brittany camille candice cara carla carmen carol
  carolina caroline carolyn catherine cathy cecilia celia charlotte chelsea cheryl chiara chloe christina christine cindy claire clara
  claudia colleen constance cora courtney cristina crystal cynthia daisy dana daniela danielle daphne dawn deborah debra deirdre delia denise diana
  diane dolores donna dora doris dorothy edith eileen elaine eleanor elena elizabeth ella ellen elsa emily emma erica erika erin
  esther eunice eva eve evelyn faith fatima fatou felicia fiona florence frances francesca gabriela gabrielle gail gemma georgina
  geraldine gina giulia gladys gloria grace gráinne greta gretchen gwen hannah harriet hazel heather heidi helen helena henrietta hilary hillary
  hilda holly ida ilse imelda indira ines ingrid irene iris isabel isabella ivana ivy jackie jacqueline jane janet janice jasmine jean jeanette jenna
  jennifer jenny jessica jill jo joan joanna joanne jodie josephine joy joyce juanita judith judy julia juliana julie june kamala karen karin
  kate katherine kathleen kathryn kathy katie katrina kavita kaye kelly kerry kim kimberly kirsten krista kristen kristin lakshmi lara
  latoya laura lauren laurie leah leila lena leslie leticia linda lisa liz lois lola loretta lorraine louise lucia lucille lucy
  lydia lynn madeleine madison maeve mairead malala mandy marcia margaret maria mariam marian marianne marie marilyn marina marion marjorie marta martha mary
  matilda maureen maya meera megan meghan melania melanie melinda melissa mercedes meredith mia michele michelle mildred miranda miriam molly monica
  nadia nancy naomi natalia natalie natasha neha nicola nicole nina noor nora norma olga olivia orla pamela patricia patty paula pauline
  penelope penny petra phoebe phyllis polly priya rachel ramona rebecca regina renee rhonda rita roberta roisin róisín rosa rosalind rose rosemary rosie ruth
  sabrina sally samantha sandra sangita sara sarah serena sharon sheila shelley sheryl shirley sian silvia simone sinead sinéad siobhan sofia sonia sophia
  sophie stacey stella stephanie sue sunita susan susanna suzanne svetlana sylvia tamara tammy tania tanya tara tatiana teresa tessa thelma theresa
  tiffany tina tracey tracy ursula valentina valerie vanessa vera veronica victoria viola violet virginia vivian wanda wendy winifred
  moira cressida tamsin imogen niamh aoife ciara eilidh catriona mairi freya bríd brid deirdre gráinne nuala orlaith sorcha rhiannon carys bethan sian siân vandana geeta gita aditi divya pooja shreya ananya nirmala sushma mamata smriti jayalalithaa wanjiru ngozi chimamanda fatuma aminata mariama winnie graça keiko akiko yuki yoko mei-ling mieko dilma cristina michelle rigoberta ximena lupita guadalupe consuelo pilar ines inês beatrix astrid birgitta ingrid solveig gunilla ulla ursula angela annalena sabine monika katrin heike giorgia giovanna paola raffaella silvana anne-marie marine segolene ségolène simone veronique véronique beata ewa katarzyna magdalena malgorzata irina ludmila nadezhda oksana svetlana yulia yulia yelena ruslana yasmin yolanda yvette yvonne zahra zainab zara zoe`)

const genders = new Map<string, 'm' | 'f'>()

for (const name of MALE) genders.set(name, 'm')

/** Names of both lists tell nothing. */
for (const name of FEMALE) {
  if (genders.has(name)) genders.delete(name)
  else genders.set(name, 'f')
}

const known = new Set([...MALE, ...FEMALE])

/** The gender that a given name tells in most cases, if it does. */
export const genderOfName = (name: string): 'm' | 'f' | undefined =>
  genders.get(name.toLowerCase()) ?? genders.get(name.toLowerCase().split('-')[0]!)

/** Whether a word is a given name that is widely known. */
export const isGivenName = (name: string): boolean =>
  known.has(name.toLowerCase()) || known.has(name.toLowerCase().split('-')[0]!)
