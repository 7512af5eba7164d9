const words = (list: string) => list.trim().split(/\s+/)

/** Verbs whose subject says something, in their base form. What is irregular stands in IRREGULAR. */
const SPEECH = words(`
  acknowledge add admit advise affirm agree allege announce answer argue ask assert assure bark beam
  beg bellow blast blog boast brag caution claim clarify comment complain concede conclude confess confirm contend continue
  counter cry declare deny demand describe detail disclose dispute echo elaborate email e-mail emphasise emphasize enthuse
  estimate exclaim explain explicate express fume gloat groan growl grumble gush hint imply indicate inform inquire insist
  interject interrupt instruct joke jibe lament laugh maintain marvel mention moan mock murmur muse mutter note observe offer
  opine plead pledge point ponder post preach predict press proclaim profess promise pronounce propose protest query question
  quip rant rave reason reassure recall reckon recount reflect reiterate remark remember remind repeat reply report
  respond restate retort reveal roar scoff scream shout sigh signal smile snap snarl sneer speculate state stress suggest
  summarise summarize surmise taunt testify text theorise theorize thunder tweet underline underscore urge vent volunteer vow
  wail warn whisper yell characterise characterize chant chime interpose rejoin
  intone quote cite rule order apologise apologize swear stipulate recommend threaten advocate assail
  prophesy forecast venture tout explain declaim bemoan deadpan opine narrate caption sing pray joke riff
  message complain crow radio`)

/** Verbs that say what somebody thinks of somebody or something: only what they govern directly is a quotation. */
const JUDGING = words(`
  accuse applaud attack berate blame brand castigate charge chide condemn congratulate commend criticise criticize decry defend
  deem denounce deride describe dismiss dub fault hail label laud liken lambaste praise ridicule
  reject refer rebuke rip salute scold slam style term thank trumpet welcome warn credit envision
  consider view regard see envisage picture support
  favour favor love hate oppose endorse criticise promote define promise invoke pray cheer
  call seek require guarantee say prefer vow paint portray depict cast`)

/** Verbs that say what somebody thinks: a verb of speech in the same sentence tells better whose words they are. */
const THINKING = words(
  `believe think feel want fear hope expect know understand learn insinuate wish worry dream wonder find`,
)

const IRREGULAR: Record<string, string> = {
  say: 'says said saying',
  tell: 'tells told telling',
  write: 'writes wrote written writing',
  read: 'reads read reading',
  think: 'thinks thought thinking',
  feel: 'feels felt feeling',
  find: 'finds found finding',
  know: 'knows knew knowing known',
  see: 'sees saw seeing seen',
  swear: 'swears swore swearing sworn',
  understand: 'understands understood understanding',
  cast: 'casts cast casting',
  deny: 'denies denied denying',
  cry: 'cries cried crying',
  decry: 'decries decried decrying',
  reply: 'replies replied replying',
  imply: 'implies implied implying',
  testify: 'testifies testified testifying',
  clarify: 'clarifies clarified clarifying',
  query: 'queries queried querying',
  admit: 'admits admitted admitting',
  refer: 'refers referred referring',
  rip: 'rips ripped ripping',
  quip: 'quips quipped quipping',
  snap: 'snaps snapped snapping',
  slam: 'slams slammed slamming',
  label: 'labels labelled labelling labeled labeling',
  signal: 'signals signalled signalling signaled signaling',
  blog: 'blogs blogged blogging',
  brag: 'brags bragged bragging',
  dub: 'dubs dubbed dubbing',
  prefer: 'prefers preferred preferring',
  seek: 'seeks sought seeking',
  put: 'puts put putting',
  make: 'makes made making',
  go: 'goes went going',
  begin: 'begins began beginning',
  shoot: 'shot shoots',
  cut: 'cuts cut',
  chime: 'chimes chimed chiming',
  sing: 'sings sang singing',
  beg: 'begs begged begging',
  sum: 'sums summed summing',
  conclude: 'concludes concluded concluding',
}

/** A verb as it stands in a text. */
export type VerbForm = { base: string; form: 'base' | 's' | 'past' | 'ing' }

const forms = new Map<string, VerbForm>()

function addForms(base: string): void {
  const irregular = IRREGULAR[base]?.split(' ')
  const stem = base.endsWith('e') ? base.slice(0, -1) : base
  const endsInY = /[^aeiou]y$/.test(base)
  const s = endsInY ? `${base.slice(0, -1)}ies` : /(?:s|x|z|ch|sh)$/.test(base) ? `${base}es` : `${base}s`
  const past = endsInY ? `${base.slice(0, -1)}ied` : `${stem}ed`
  const all = irregular ?? [s, past, `${stem}ing`]
  for (const form of all) {
    if (!forms.has(form))
      forms.set(form, { base, form: form.endsWith('ing') ? 'ing' : form.endsWith('s') ? 's' : 'past' })
  }
  if (!forms.has(base)) forms.set(base, { base, form: 'base' })
}

const speech = new Set([...SPEECH, 'say', 'tell', 'write', 'read'])

/** Verbs that say something only with a certain word after them. */
const WITH_PARTICLE: Record<string, RegExp> = {
  put: /^(?:it|this|that|things)$/,
  go: /^(?:on|further)$/,
  shoot: /^back$/,
  cut: /^in$/,
  fire: /^back$/,
  chime: /^in$/,
  hit: /^(?:back|out)$/,
  sum: /^up$/,
  begin: /^(?:by|with)$/,
  make: /^(?:clear|it|this|that)$/,
}

for (const base of [...speech, ...JUDGING, ...THINKING, ...Object.keys(WITH_PARTICLE)]) addForms(base)

forms.set('hit', { base: 'hit', form: 'past' })

const judging = new Set(JUDGING.filter(base => !speech.has(base)))

const thinking = new Set(THINKING)

/** Forms that are nouns more often than verbs, unless a name or a pronoun stands before them. */
const NOUN_FORMS = new Set(
  words(`claims reports notes comments calls remarks answers questions posts states promises demands charges records rules
  orders offers texts tweets quotes reports views hopes fears signals estimates praises accounts reports details blogs
  claim report note comment call remark answer question post state promise demand charge record rule order offer text
  tweet quote view hope fear signal estimate praise support hails blame attack attacks press advocate forecast
  faults fault thanks laughs laugh smile smiles joke jokes cry protest protests query email emails feeling finding
  findings meaning warning warnings saying reading ruling feelings telling reason love vent favor favour style
  plead cast fire brand brands label labels term terms hold complaint message messages pledge pledges threat vow vows echo
  blog message venture ventures credit credits volunteer volunteers caution counter stress mention mentions boast lament murmur sneer shout shouts whisper
  scream screams sigh worry worries dream dreams find finds wish wishes quip mock charges supports views
  echoes radio radios detail snap retort retorts reply replies thought thoughts point points instruct prompt`),
)

/** What a lower-case word is as a verb that introduces speech, or nothing. */
export const verbForm = (word: string): VerbForm | undefined => forms.get(word)

/** Whether a verb says what its subject makes of somebody or something. */
export const isJudging = ({ base }: VerbForm): boolean => judging.has(base)

/** Whether a verb says what its subject thinks. */
export const isThinking = ({ base }: VerbForm): boolean => thinking.has(base)

/** Whether a form of a verb is a noun more often. */
export const isNounForm = (word: string): boolean => NOUN_FORMS.has(word)

/** The word that has to follow a verb such as “put” in “put it”, for it to introduce speech. */
export const particleOf = ({ base }: VerbForm): RegExp | undefined => WITH_PARTICLE[base]

/** What may stand between a subject and its verb. */
export const ADVERB =
  /^(?:himself|herself|itself|themselves|also|later|then|once|still|now|often|always|never|recently|already|just|only|further|both|again|even|first|initially|frequently|previously|repeatedly|famously|too|since|instead|reportedly|however|meanwhile|therefore|though|all|likes?|liked|used|to|went|go|goes|on|by|(?!(?:reply|family|assembly|ally|bully|supply|rally|homily|daily|weekly|italy|july)$)[a-z]+ly)$/

/** Verbs that help others. */
export const AUXILIARY =
  /^(?:has|have|had|having|did|does|do|would|will|could|can|may|might|must|should|shall|to|not|didn['’]t|don['’]t|doesn['’]t|is|was|are|were|be|been|being|['’]s|['’]ve|['’]d|['’]ll|['’]re)$/

/** Forms of “be” and “get”: a past form after them is passive. */
export const BE = /^(?:is|was|are|were|be|been|being|am|gets?|got|getting|['’]re)$/
