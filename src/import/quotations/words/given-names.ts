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
  wolfgang xavier yusuf yuri zachary zoran seamus cormac fergus hamish callum ewan euan rhys owain gethin alasdair finlay lachlan hector imran irfan asif nawaz narendra anand amitabh ashish gaurav manish nitin pankaj rohit sachin siddharth tarun kwame kwesi chidi emeka obinna olusegun tendai thabo sipho bongani cyril haruki satoshi takashi yoshihide shinzo ferdinand rodrigo nestor mauricio evo hugo alberto alfonso ernesto emilio ignacio joaquin matias sancho tomas tomás jens lars nils soren sven torsten uwe horst jurgen jürgen lothar matthias stefan ulrich werner giuseppe luigi matteo paolo sergio silvio vincenzo gilles guillaume jerome laurent luc olivier thierry yves bogdan grzegorz jaroslaw krzysztof lech piotr tomasz wojciech andriy bohdan taras barnaby gideon rex declan ivo anton piet arlo silas
  abel abhishek adebayo adewale aidan aiden akash alec alhaji alistair alonzo amos andrei ansel anwar archie armando arturo asher
  atticus augustus aurelio aziz babatunde barney basil baxter beau benedict benny bilal blaine blake bodhi braden brady brody bryce
  byron caden caleb camilo casper chad clint clyde cody colby conrad corey cory cyrus dalton damian damien damon dan danny dante
  darius darnell darrell darryl deandre delroy demarcus denzel deon derrick devin dion dmytro donnie donovan duane dudley dustin
  dwight eamon eamonn earnest eli elias elijah elliot elmer elton emil emiliano emmett enzo ephraim erwin esteban ethan eustace
  everett ezekiel ezra fabian fabio farhan federico finbarr fintan floyd forrest francois freddie fritz gaston geraint gerardo
  gilbert giles gino gonzalo graeme grayson greggory hakeem hamza harish harlan haruto henning herbie hershel horace hubert
  humphrey hussain idris ike irving irwin isaiah isamu ismael ismail ivar jabari jacky jadon jalen jamaal jamar jared jarrod jarvis
  jeffery jermaine jerrod jethro jevon joachim joaquín joey jonah jonas josue juma junaid kamal kamau karan karsten kartik kasper
  kayode keenan keir keiran kelvin kendrick kevan khaled kieran kirk kris kristian kunal kurtis lachie lamont laszlo laurence leif
  leland leopold leroy lester levi linus lorenzo louie lowell luther lyle maddox mahmoud malik manfred manny manoj marcel marcelo
  marlon marquis mehdi melvin milton mohan mohit monty mort moses mustafa nadeem nate nathaniel naveed navin ned neville nico
  nikhil niklas nikolaus nolan octavio odell oisin oisín olaf ole olly omari orson orville oswald otis ozzie padraic pascal
  patricio philippe pádraig quincy rajiv ralf ramiro randolph raphael rasheed raymundo reece reggie reuben rhett ricky rishi rocco
  roderic roderick rodolfo romeo ronan ronnie roscoe royce rufus sal salvatore sami sanjeev saul sayed scotty selwyn seymour shaan
  shamar sheldon sherman shyam sid simeon stefano stephan stevie teddy terrance terrell thaddeus thane theodor thorsten tobias
  tobin todor trent trevon tristan troy tyrell tyrone ulysses umberto uriel usman vaughn vince virgil vishal vlad wally walt waylon
  wendell wilbur wilfred wilhelm willard winston wyatt xander yash yosef yousef youssef zach zack zane zeke`)

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
  moira cressida tamsin imogen niamh aoife ciara eilidh catriona mairi freya bríd brid deirdre gráinne nuala orlaith sorcha rhiannon carys bethan sian siân vandana geeta gita aditi divya pooja shreya ananya nirmala sushma mamata smriti jayalalithaa wanjiru ngozi chimamanda fatuma aminata mariama winnie graça keiko akiko yuki yoko mei-ling mieko dilma cristina michelle rigoberta ximena lupita guadalupe consuelo pilar ines inês beatrix astrid birgitta ingrid solveig gunilla ulla ursula angela annalena sabine monika katrin heike giorgia giovanna paola raffaella silvana anne-marie marine segolene ségolène simone veronique véronique beata ewa katarzyna magdalena malgorzata irina ludmila nadezhda oksana svetlana yulia yulia yelena ruslana yasmin yolanda yvette yvonne zahra zainab zara zoe
  abby adaeze adeline adriana agatha agnieszka aileen aimee aisling alana alba alejandra alessandra alexa alexandria alina alisa
  alma alondra althea alyssa amalia amelie amira anabel anahita anastasiya andreea anette angelica angelique angie anika anneke
  annemarie annika anoushka antoinette antonella antonia anusha araceli arianna artemis aruna asha ashlee asma asuncion athena
  aurora ayesha azadeh babs bea belinda bella berenice bernice bertha bessie bev bindi breanna briana brianna brigitte bronwyn
  brooke bryony caitlin caitríona callie camila carina carlotta carly carmela carolyne carrie cassandra cassie catalina celeste
  celine chantal charlene charmaine chelsey cherie chidera chioma chrissy christa christie ciera cindi clarice clarissa claudette
  clementine colette connie cordelia corinne cornelia dagmar dahlia danika daria darlene davina deanna deb debbie dee deena deepa
  delilah della delphine denisha desiree devika dhara dina dionne donatella doreen dorothea dulce ebony edie edna effie eimear
  eithne elaina eleni eliana elina elisa elisabeth elise eliza elke ellie eloise elsie elspeth elvira emer emilia emilie emmeline
  emmy enid erma ernestine esmeralda esperanza estelle etta eugenia eugenie evangeline evie fadumo farah fauziya fernanda fidelma
  filomena fionnuala florencia folake fran francine frauke freda frederica frida funmilayo gaby galina gayle genevieve georgette
  georgiana geri germaine gertrude ghislaine gigi ginny giselle glenda glenys glynis goldie greer griselda gudrun guinevere
  gurpreet gwendolyn gwyneth hadiza hadley hafsa haley halima halle hana hanan harpreet hattie hayley helga hermione hester hettie
  hortense ilana ileana ilona imani inez inga iona isha isla isobel itzel ivonne izzy jacinda jacinta jaclyn jada jade jamila jana
  janelle janette janie janine jaya jayne jeanine jeannie jemima jenifer jeri jillian joannie joelle johanna jolene josefina josie
  jovita joye juana judi julianne juliet juliette justine kaitlyn kaja kali kalpana kara karina karla karolina kasia katarina
  katelyn kathi katja kavitha kayla keeley keira keisha kellie kelsey kendra kerri khadija khadijah kiara kiki kirstie kirstin
  kirsty klara krystal kylie lacey laila lana latasha laurel lavinia leanne leela leena leonie leonor leonora leta letitia liana
  libby lidia liesl lila lilia lilian liliana lillian lillie lily lina linnea lisbeth liv livia lizzie lora lorena lori lorna
  lottie louisa luana luciana lucinda lucía ludmilla luisa lula luna lupe lynda lyndsey lynette mabel maddie madeline madhuri mae
  magda maggie maia maisie makayla mallory manuela mara marcella marci margarita margery margo margot marguerite mariah maribel
  marietta marilou marisa marisol marissa marit marla marlene marna martina maryam marzia matilde maude mavis maxine melba melina
  melisa merete meri meryl mette michaela mila millicent millie mimi mina mindy minnie mira mireille mitzi mollie mona monique
  morag moya muriel myra myrna myrtle nabila nadine nanette natalya nawal neelam nell nellie nessa nettie neve nicolette nikki
  nilufar nisha nkechi noelle nomvula norah noreen nosipho nuria octavia odette odile olena olwen olympia oona ophelia oriana paige
  paloma pam pamala pansy parvati patrizia patsy patti pauletta peggy perla pernille philippa philomena pia pippa polina portia
  preeti prisca priscilla priyanka purnima queenie quita rachael rae raina raisa rani raquel rashida reba reema rehana reina rena
  renata renu rhea rhoda rhona ria richa rina riya rochelle romy ronda roni rosalia rosalyn rosanna rosanne roseanne rosemarie
  roshni rosina roslyn rowena roxana roxanne ruchi rumana ruthie saanvi sadia sadie saffron saira salma saoirse saskia seema selena
  selma senait shabnam shaista shamima shania shanice shanti shari sharmila sharona shauna shawna shayla sheena shelly sheree
  sherri sherry shilpa shireen shirin shona shruti sigrid simran sindy siri smita sneha snezana socorro sofie sondra sonja soraya
  stefania stephany sukhjit sunniva sushila susie suzanna suzette suzy swati sybil sylvie tabitha talia tamika tammie tansy tasha
  tasneem tatyana tawny tayla teri terri thandi thea theodora therese thomasina tia tilda tilly tonya tori toyin tricia trina trish
  trisha trudy twyla ulrike una usha vaishali valarie vanda velma verena verity verna vicki vicky vidya vilma vivien vivienne
  wilhelmina willa wilma winona xanthe xiomara yael yara yasmine yesenia yetunde ysabel yuliya zadie zelda zhanna zinnia zoey zoya
  zuleika`)

const genders = new Map<string, 'm' | 'f'>()

for (const name of MALE) genders.set(name, 'm')

/** Names of both lists tell nothing. */
for (const name of FEMALE) {
  if (genders.has(name)) genders.delete(name)
  else genders.set(name, 'f')
}

/** Names that men and women have, whatever the lists say. */
for (const name of words(`alex andrea cameron charlie chris courtney dana jamie jan jo kelly kerry kim lee leslie marion nicola noor rene sam
  terry`))
  genders.delete(name)

const known = new Set([...MALE, ...FEMALE])

/** A name in small letters without accents, as the lists have it: Hernán is hernan. */
const folded = (name: string) => {
  const lower = name.toLowerCase()
  return known.has(lower) ? lower : lower.normalize('NFKD').replace(/\p{M}/gu, '')
}

/** The gender that a given name tells in most cases, if it does. */
export const genderOfName = (name: string): 'm' | 'f' | undefined =>
  genders.get(folded(name)) ?? genders.get(folded(name).split('-')[0]!)

/** Whether a word is a given name that is widely known. */
export const isGivenName = (name: string): boolean =>
  known.has(folded(name)) || known.has(folded(name).split('-')[0]!)
