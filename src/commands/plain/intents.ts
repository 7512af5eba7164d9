import { fold } from '../../content/fold.ts'

/**
 * What somebody wants: mostly a verb of stories. `define` asks what something is, `seen` whether something is true, and
 * `news` what is new. Those that change something are only ever offered.
 */
export type Intent =
  | 'summary'
  | 'status'
  | 'timeline'
  | 'latest'
  | 'quotes'
  | 'who'
  | 'background'
  | 'facts'
  | 'sources'
  | 'next'
  | 'changes'
  | 'news'
  | 'define'
  | 'find'
  | 'check'
  | 'help'
  | 'report'
  | 'about'
  | 'stories'
  | 'digest'
  | 'digestPreview'
  | 'when'
  | 'why'
  | 'whoIs'
  | 'happened'
  | 'chart'
  | 'card'
  | 'follow'
  | 'stop'
  | 'start'
  | 'share'
  | 'greeting'
  | 'thanks'

/** Words and phrases, folded and separated by bars, by what they ask for. A phrase counts before the words in it. */
const SAID: Record<Intent, string> = {
  summary: `summary|summaries|summarize|summarise|summarized|sum up|summing up|overview|tldr|tl dr|tl|eli5|gist|recap|
    rundown|nutshell|in a nutshell|in short|short version|short|brief me|catch me up|fill me in|bring me up to speed|
    up to speed|explain|explained|tell me about|tell me more about|tell me more|what is this about|what is it about|
    what's this about|what's it about|whats it about|whats this about|what is the story|what's the story|about what|
    shorter|simple version|in simple terms|basics|the basics|key points|main points|highlights|synopsis|abstract|resumen|resume|sommaire|en bref|riassunto|
    resumo|samenvatting|zusammenfassung|zusammengefasst|kurzfassung|worum geht es|worum geht's|de que trata|
    de quoi s'agit il|sammanfattning|streszczenie|резюме|кратко|要約|まとめ|概要|摘要|总结|總結|요약|ملخص`,
  status: `status|state of play|stand|current state|is it over|is it finished|is it done|is it settled|is this over|
    is that over|is it still going on|still going on|going on now|still going|still open|still pending|is it closed|over yet|
    over now|ended|did it end|how did it end|has it ended|outcome|result|results|who won|who lost|did they win|did it win|did
    chicago win|who is winning|who prevailed|winner|resolved|conclusion|where does it stand|where do things stand|
    where things stand|where are we|current status|right now|currently|at the moment|as of today|
    how does it end|final result|is this up to date|up to date|last updated|last checked|when was this last updated|how old is this|
    is this current|estado|stato|etat|aktueller stand|como termino|wer hat gewonnen`,
  timeline: `first event|first events|earliest event|earliest events|last event|last events|latest event|latest events|timeline|time line|timelines|chronology|chronological|history|events|event|dates|key dates|milestones|
    turning points|when did it start|when did it begin|when did this start|how did it start|how did it begin|beginning|
    how long did it last|how long did it take|how long did this take|sequence of events|order of events|calendar|cronologia|linea de tiempo|linea del tiempo|chronologie|
    zeitleiste|zeitstrahl|tijdlijn|年表|時系列|时间线|timeline of events`,
  latest: `latest|newest|most recent|recent|recently|last|newest first|latest first|last event|last events|latest event|latest events|lately|
    lo ultimo|ultimas|neueste|neuestes|dernieres|最新`,
  quotes: `quotes|quote|quoted|quotation|quotations|quoting|said|say|says|saying|statement|statements|remark|remarks|
    comment|comments|commented|words|exact words|in his own words|in her own words|stated|told|tells|spoke|speak|talk|
    talked|react|reacted|reaction|respond|responded|response|think|thinks|thought|criticize|criticized|claimed|dijo|dice|
    dicho|cita|citas|dit|citation|citations|gesagt|sagt|sagte|sagen|zitat|zitate|ha detto|detto|disse|gezegd|zei|引用|発言|
    何と言った`,
  who: `who|everyone|everybody|all people|all names|people|persons|person|players|key players|main players|who is who|whos who|who's who|names|cast|parties|
    role|roles|name|called|involved|who is involved|who are the people|wer ist|quien es|quienes|qui est|personnes|personas|personen|
    人物|誰`,
  whoIs: `who is|who are|who was|who were|who's|whos|bio|biography|profile|wer ist|wer war|quien es|quien era|qui est|
    qui etait|chi e|wie is|誰`,
  background: `full story|whole story|the full story|the whole story|long version|longer|more|more details|in detail|
    details|everything|more info|more information|background|backgrounder|context|explainer|backstory|back story|origin|origins|hintergrund|contexto|
    contexte|antecedentes|背景`,
  why: `why|how come|why does it matter|why does this matter|why it matters|why is it important|why is this important|
    why should i care|so what|significance|importance|what is at stake|what's at stake|porque|por que|pourquoi|warum|wieso`,
  facts: `facts|fact|fact check|fact-check|factcheck|claims|claim|verdict|verdicts|is it true that|is it true|is it right that|
    is it correct that|is that true|is this true|true that|is it false that|true or false|true|verify|verified|what is true|
    what the record shows|the record|on the record|myth|myths|accurate|hechos|fakten|faits|es verdad que|es cierto que|
    ist es wahr|stimmt es|est ce vrai|事実`,
  sources: `sources|source|references|reference|refs|citations list|documents|document|docs|evidence|links|link|
    where does it come from|where is this from|where does this come from|where do you get this|articles|reports|reporting|
    filings|court filings|court documents|quellen|quelle|fuentes|fuente|fonti|bronnen|出典|来源`,
  next: `next|what's next|whats next|what is next|what comes next|what happens next|what will happen|upcoming|coming up|
    future|what now|scheduled|que sigue|wie geht es weiter|et maintenant|次`,
  changes: `changes|changed|change|corrections|correction|corrected|errata|revisions|revision|edits|edited|mistakes|
    mistake|what did you correct|what was corrected|what have you corrected|correcciones|korrekturen|訂正`,
  news: `news|latest news|what's new|whats new|what is new|anything new|something new|updates|update|updated|any news|
    any updates|headlines|what changed|what has changed|what did i miss|did i miss anything|latest updates|noticias|
    novedades|nachrichten|was gibt es neues|neuigkeiten|nouvelles|quoi de neuf|novita|ニュース`,
  define: `tell me about|tell me more about|tell me more|about|explain|explained|what about|how about|
    what is|what are|what was|what were|what's|whats|what does|mean|means|meaning|meaning of|define|definition|
    definition of|stand for|explain what|que es|qu'est ce que|was ist|cos'e|wat is|とは|什么是`,
  find: `find|search|search for|look for|look up|looking for|lookup|where is|where are|where does|mention|mentions|
    mentioned|anything about|anything on|something about|do you have anything about|do you have|have you got|got anything on|
    is there|are there|buscar|busca|suche|suchen|chercher|cherche|zoeken|cerca|検索`,
  check: `is this a real quote|real quote|is this quote real|did he say|did she say|did they say|verbatim|check quote`,
  help: `help|help me|how do i|how can i|how to|how does this work|how do you work|how does it work|what can you do|
    what can i ask|what can i type|what can i do|what do you do|what should i type|commands|command list|list of commands|
    usage|manual|instructions|options|menu|examples|i'm lost|im lost|i am lost|ayuda|aide|hilfe|aiuto|ヘルプ|帮助`,
  report: `this is wrong|that is wrong|thats wrong|that's wrong|you are wrong|you're wrong|youre wrong|this is incorrect|
    there is a mistake|there is an error|found a mistake|found an error|i found a mistake|i found an error|report`,
  about: `who are you|what are you|who made you|are you a bot|are you human|are you an ai|are you ai|version|what version|
    who wrote this|who writes this|author|can i trust this|can you trust this|is this reliable|how do you know|
    where do you get your information|about nutgraf|what is nutgraf|what's nutgraf|whats nutgraf|who is nutgraf`,
  stories: `stories|list|list stories|list of stories|story list|all stories|which stories|what stories|list all|topics|
    what do you have|what do you know|what do you know about everything|historias|geschichten|histoires`,
  digest: `digest|digests|newsletter|newsletters|briefing|briefings|morning brief|daily brief|brief|subscription|subscriptions|
    schedule`,
  digestPreview: `preview|sample|example of the digest|what would the digest look like`,
  when: `when|what day|what date|which day|what year|which year|what month|how long|since when|cuando|wann|quand|wanneer`,
  happened: `happened|happen|happens|occurred|took place|go on|went on|going on|que paso|que ha pasado|was ist passiert|
    was passierte|que s'est il passe|cosa e successo|wat gebeurde`,
  chart: `chart|graph|diagram|picture of the timeline|as a picture|as an image|infographic|visual`,
  card: `card|picture|image|quote card|as a card`,
  follow: `follow|subscribe|subscribe to|subscribe me|subscribe me to|sign up|sign me up|sign up for|notify me|alert me|
    alerts|keep me posted|keep me updated|keep me informed|send me|watch|track|abonnieren|suscribir|suscribirme`,
  stop: `stop|unsubscribe|unsubscribe from|unfollow|cancel|turn off|switch off|disable|pause|mute|no more|end the|
    shut up|be quiet|leave me alone|stop sending`,
  start: `turn on|switch on|enable|start|activate|set up|begin`,
  share: `share|share this|post|post it|post this|post here|publish|show everyone|show everybody|for everyone|with everyone|
    to the channel|in the channel|in channel|make public|public|teilen|compartir|partager`,
  greeting: `hello|hi|hey|hiya|howdy|yo|hallo|hola|bonjour|salut|ciao|ola|moin|servus|good morning|good afternoon|
    good evening|good day|morning all|greetings|hi there|hello there|hey there|how are you|test|testing|ping|are you there|
    you there|anyone there|guten morgen|guten tag|buenos dias|buenas|こんにちは|你好`,
  thanks: `thanks|thank you|thank u|thanks a lot|many thanks|thank you very much|thanks so much|thx|tks|ty|tysm|cheers|merci|gracias|danke|
    danke schon|grazie|obrigado|obrigada|tack|dank je|bedankt|ta|great|nice|cool|awesome|perfect|excellent|good bot|well done|
    nice one|got it|ok thanks|never mind|nevermind|bye|goodbye|good bye|good night|see you|ok|okay|ありがとう|谢谢`,
}

/** What a line asks for that has nothing but these words: among others they mean something else. */
const SAID_ALONE: Partial<Record<Intent, string>> = {
  report: `error|errors|typo|typos|wrong|incorrect|correct|not correct|not true|false|feedback|complaint|complain|contact|
    contact us|email|phone|phone number|call|call me|editor|editors|a human|human|talk to a human|speak to someone`,
  help: `how|settings|setup|what|huh|what else|what now`,
}

/** What a whole line asks for by words that ask for it only if they stand alone. */
export function readWholeLine(keys: string[]): Intent | undefined {
  const line = keys.join(' ')
  const found = Object.entries(SAID_ALONE).find(([, said]) =>
    said.split('|').some(phrase => fold(phrase) === line),
  )
  return found?.[0] as Intent | undefined
}

/** Phrases by their first word, the longest first. */
const BY_FIRST_WORD = new Map<string, { words: string[]; intent: Intent }[]>()
for (const [intent, said] of Object.entries(SAID) as [Intent, string][]) {
  for (const phrase of new Set(said.split('|').map(fold))) {
    const words = phrase.split(' ')
    const known = BY_FIRST_WORD.get(words[0]!) ?? []
    BY_FIRST_WORD.set(
      words[0]!,
      [...known, { words, intent }].sort((a, b) => b.words.length - a.words.length),
    )
  }
}

const NO_INTENTS: { intents: Intent[]; count: number } = { intents: [], count: 0 }

/** What the first of some folded words ask for, and how many of them say it; all meanings of the longest phrase. */
export function readIntents(keys: string[]): { intents: Intent[]; count: number } {
  const known = BY_FIRST_WORD.get(keys[0] ?? '')
  if (!known) return NO_INTENTS
  const fitting = known.filter(({ words }) => words.every((word, at) => keys[at] === word))
  const count = fitting[0]?.words.length ?? 0
  return { intents: fitting.filter(({ words }) => words.length === count).map(({ intent }) => intent), count }
}
