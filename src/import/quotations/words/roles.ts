const words = (list: string) => new Set(list.trim().split(/\s+/))

/** Titles that stand before a name and say no more than how somebody is addressed. */
export const TITLE =
  /^(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Rev|Reverend|Fr|Hon|Madam|Shri|Smt|Sheikh|Sheik|Imam|Rabbi|Saint)\.?$/

const ABBREVIATED: Record<string, string> = {
  gov: 'governor',
  sen: 'senator',
  rep: 'representative',
  reps: 'representative',
  sens: 'senator',
  pres: 'president',
  lt: 'lieutenant',
  sgt: 'sergeant',
  capt: 'captain',
  col: 'colonel',
  brig: 'brigadier',
  pvt: 'private',
  pte: 'private',
  cst: 'constable',
  const: 'constable',
  ald: 'alderman',
  gen: 'general',
  maj: 'major',
  cpl: 'corporal',
  cmdr: 'commander',
  adm: 'admiral',
  det: 'detective',
  insp: 'inspector',
  supt: 'superintendent',
  dep: 'deputy',
  atty: 'attorney',
  prof: 'professor',
  dr: 'doctor',
  rev: 'reverend',
  ofc: 'officer',
  cllr: 'councillor',
  asst: 'assistant',
  msgr: 'monsignor',
  congresswoman: 'representative',
  congressman: 'representative',
  professor: 'professor',
  cop: 'officer',
  attorney: 'attorney',
}

/** Nouns that say what somebody is, in lower case. A name that follows one directly is a person’s. */
const ROLES = words(`
  academic accountant activist actor actress administrator admiral adviser advisor advocate agent aide ambassador analyst anchor
  archbishop architect artist assemblyman assemblywoman assistant associate astronaut astronomer athlete attorney author banker
  barrister beekeeper biologist bishop blogger boss boxer boyfriend brother builder bureaucrat businessman businesswoman
  campaigner candidate captain cardinal carpenter cashier cellist ceo cfo chair chairman chairperson chairwoman chancellor
  chemist chef chief choreographer cleric clerk climatologist co-author co-chair co-director co-founder co-owner coach colleague
  collector colonel columnist comedian commander commentator commissioner composer comptroller conductor confidant congressman
  congresswoman conservationist constable consultant contractor contestant coo coordinator co-ordinator coroner corporal
  correspondent councillor councilman councilmember councilor councilwoman corporator alderman alderwoman selectman selectwoman freeholder ombudswoman counsel counsellor counselor cousin creator critic
  curator cyclist dad daughter dean defendant defender delegate demographer demonstrator dentist deputy designer detective
  developer dietitian diplomat director dissident doctor driver economist editor editor-in-chief educator egyptologist
  electrician employee engineer entrepreneur envoy epidemiologist ecologist executive expert eyewitness farmer father fellow
  fiancé fiancee filmmaker firefighter fisherman foreman forecaster forester founder friend gardener general geneticist
  geographer geologist goalkeeper governor grandfather grandmother grandson granddaughter guitarist half-back harbourmaster
  harbormaster headmaster headmistress headteacher historian host hostess homeowner husband hydrologist imam industrialist
  inspector instructor investigator investor jockey journalist judge justice king landlord lawmaker lawyer leader lecturer
  librarian lieutenant linguist lobbyist magistrate major manager marshal mayor mayoress mechanic medic mediator meteorologist
  midfielder midwife miner minister ministers mom monsignor mother mp mep msp mla musician negotiator neighbor neighbour nephew
  neurologist neuroscientist niece novelist nun nurse nutritionist oceanographer official officer ombudsman operator organiser
  organizer owner painter paediatrician paleontologist palaeontologist paramedic parent partner passenger pastor pathologist
  patriarch pediatrician pharmacist philanthropist philosopher photographer physician physicist pianist pilot player plaintiff
  playwright plumber poet policeman policewoman politician pollster pope postman premier president president-elect presenter
  priest prime-minister prince princess principal producer professor programmer prosecutor protester psychiatrist psychologist
  publicist publisher quarterback queen rabbi ranger rapper realtor rector referee registrar reporter representative researcher
  resident retiree reverend runner sailor salesman scholar scientist screenwriter sculptor secretary secretary-general seismologist
  senator sergeant shadow sheriff shopkeeper singer sister skipper sociologist soldier solicitor son songwriter speaker specialist
  spokesman spokesperson spokeswoman staffer star statistician storekeeper strategist striker student superintendent supervisor
  supporter surgeon surveyor survivor swimmer teacher technician technologist treasurer trainer translator trader trustee tutor
  uncle aunt undersecretary vet veterinarian veteran vicar visitor member recorder vice-chancellor vice-president victim virologist volunteer waitress
  warden widow widower wife winemaker winner witness worker writer youtuber zoologist boy girl man woman teenager motorist
  pedestrian commuter tourist customer shopper voter tenant whistleblower programmer sniper lifeguard skier farmer-turned-politician
  girlfriend stepfather stepmother stepson mother-in-law father-in-law lawman rower sprinter goalscorer winger defender
  taoiseach tánaiste garda sarpanch collector sub-inspector lord-lieutenant provost chieftain warlord militant fighter commandant
  publican promoter trooper backbencher frontbencher patrolman undersheriff landlady barber baker butcher grocer cook waiter
  bartender barista busker crofter stallholder postmaster postmistress deacon elder verger curate chaplain pundit vlogger influencer
  streamer podcaster goalie netminder forward pitcher catcher outfielder infielder shortstop linebacker cornerback batsman batter
  bowler all-rounder seamer spinner opener substitute qualifier left-hander right-hander caretaker policymaker dressmaker
  watchmaker paratrooper cabbie cobbler courier welder joiner roofer logger trapper mum stepdad pensioner undergraduate
  flanker hooker fly-half scrum-half full-back fullback centre-half wing-back second-rower
  wicketkeeper wicket-keeper paceman seamer sweeper playmaker lineman kicker receiver
  incumbent challenger nominee frontrunner front-runner co-host moderator secretary-treasurer vice-chair vice-chairman whip`)

/** Roles by how they are made: ichthyologist, cartographer, shopkeeper, fishmonger, chairwoman, statistician. */
const MADE_ROLE = /^\p{Ll}{3,}(?:ologist|ographer|keeper|monger|woman|holder|goer|ician)$/u

/** Offices in capital letters that stand before a name: DA Ruiz, CEO Park. */
export const OFFICE =
  /^(?:DA|ADA|SA|AG|PM|CM|FM|MP|MLA|MLC|TD|DCI|DSI|DI|DS|DC|PC|SP|DSP|ACP|DCP|DGP|IGP|SSP|CEO|CFO|COO|CTO|VP|SVP|GM|AD)$/

/** What a word means as a role, in lower case and in full, or nothing. */
export function roleOf(word: string): string | undefined {
  const lower = word.toLowerCase().replace(/\.$/, '')
  if (ABBREVIATED[lower]) return ABBREVIATED[lower]
  if (ROLES.has(lower) || (lower.length > 6 && MADE_ROLE.test(lower))) return lower
  const tail = lower.slice(lower.lastIndexOf('-') + 1)
  return tail !== lower && ROLES.has(tail) ? tail : undefined
}

/** Plural nouns of people: whoever says something then is nobody in particular. */
const GROUPS = words(`
  prosecutors officials authorities investigators police critics supporters opponents protesters activists lawyers attorneys
  residents neighbours neighbors witnesses experts scientists researchers analysts economists organisers organizers doctors
  republicans democrats lawmakers senators aides advisers advisors sources people others many some several workers employees
  teachers parents students officers firefighters detectives campaigners leaders members ministers judges authors editors
  fans voters families relatives friends players governors mayors doctors nurses engineers jurors regulators executives
  spokesmen spokespeople reporters journalists historians farmers owners users readers commenters demonstrators crowd
  audience spectators onlookers both they we users`)

/** Whether a word means people in general. */
export const isGroup = (word: string): boolean => GROUPS.has(word.toLowerCase())

const MALE =
  /(?:^|[^o])man$|^(?:father|brother|son|husband|uncle|king|prince|boy|actor|dad|grandfather|widower|boyfriend|pope|priest|cardinal|nephew|bishop|archbishop|businessman)$/

const FEMALE =
  /woman$|^(?:mother|sister|daughter|wife|aunt|queen|princess|girl|actress|mom|mum|grandmother|widow|girlfriend|nun|waitress|niece|mayoress)$/

/** The gender that a role tells, if it does. */
export const genderOfRole = (role: string): 'm' | 'f' | undefined =>
  FEMALE.test(role) ? 'f' : MALE.test(role) && role !== 'woman' ? 'm' : undefined

/** Words for relatives, and for whom somebody lives with. */
export const KIN =
  /^(?:mother|father|mom|mum|dad|wife|husband|son|daughter|brother|sister|partner|girlfriend|boyfriend|fiancé|fiancee|grandmother|grandfather|niece|nephew|aunt|uncle|twin|widow|widower)$/
