const words = (list: string) => new Set(list.trim().split(/\s+/))

/** Words of which a name has one if it is the name of an organisation. */
const IN_NAMES = words(`
  academy administration agency airlines airport airways alliance army assembly associates association authority bank board
  bbc broadcaster brigade brothers bureau cabinet capital center centre chamber charity chronicle church club coalition college
  commission committee communications community companies company conference congress consortium constabulary cooperative corp
  corps corporation council court courier daily defence defense democrats department dept directorate division enterprises
  estates exchange express facebook federation force foundation front fund gazette globe government group guardian guild
  headquarters herald holdings hospital house inc independent industries initiative inquirer institute insurance international
  journal labs laboratories laboratory league legislature ltd llc llp magazine mail media medicine mercury ministry mirror mission
  mobility museum motors nation nations navy network networks news newspaper observatory observer office orchestra organisation
  organization panel parliament parish partners partnership party pharmaceuticals pictures plc police post press prison
  productions programme project prosecutors radio railway railways reform register registry reporter republicans review
  samaritans school schools secretariat senate sentinel service services society solutions standard star studios sun survey
  syndicate systems task team technologies telegraph television theater theatre times tribune tribunal trust tv twitter union
  united university utilities wanderers watch weekly wikinews works workers world zoo ii-company co airline energy entertainment
  records football fc electric power water logistics transport bar council's campaign caucus clinic`)

/** Common nouns of what speaks without being a person. */
const NOUNS = words(`
  company group agency ministry department government council board committee commission court office administration campaign
  party union association organisation organization firm bank paper newspaper magazine website site network channel station
  university school college hospital club team league federation developer publisher regulator watchdog charity church police
  military army navy force army bureau authority embassy consulate white-house parliament congress senate cabinet institute
  foundation museum airline carrier manufacturer retailer maker operator utility panel tribunal jury inquiry coalition alliance
  outlet broadcaster city state country county town village district province regime militia rebels clinic studio label band
  inspectorate secretariat delegation service trust lab laboratory startup business brand store shop consortium movement
  think-tank nonprofit non-profit kremlin pentagon vatican home-office`)

/** Nouns of what is written or recorded, and speaks for itself. */
const DOCUMENTS = words(`
  statement letter report document lawsuit complaint indictment memo memorandum email e-mail message note affidavit filing order
  ruling opinion verdict judgment judgement decision law bill act constitution amendment treaty agreement contract resolution
  petition motion brief sign placard banner poster plaque label leaflet flyer pamphlet brochure book article story editorial column
  headline caption post tweet blog page website guide guidelines guidance rules policy manual study survey poll paper review
  analysis audit assessment transcript recording tape video ad advert advertisement commercial release warrant summary text
  communique communiqué declaration manifesto platform charter code notice warning bulletin advisory alert entry inscription
  motto slogan chant diary journal biography autobiography memoir obituary script verse song lyrics hymn prayer clause section
  article paragraph sentence subpoena summons testimony findings motion conclusions report’s minutes posting voicemail invitation
  t-shirt shirt cap hat card tombstone gravestone screen display subtitle description dispatch cable will recommendation`)

/** Whether the name of an organisation may have a word in it. */
export const isOrganisationWord = (word: string): boolean =>
  IN_NAMES.has(word.toLowerCase().replace(/\.$/, ''))

/** Whether a common noun means an organisation. */
export const isOrganisationNoun = (word: string): boolean => NOUNS.has(word.toLowerCase())

/** Whether a common noun means something written or recorded. */
export const isDocument = (word: string): boolean => DOCUMENTS.has(word.toLowerCase())

const PLACES = words(`
  afghanistan africa alabama alaska albania algeria america american americans angola antarctica argentina arizona arkansas asia
  athens atlanta australia austria azerbaijan baghdad bahrain baltimore bangladesh barcelona beijing beirut belarus belfast belgium
  berlin birmingham bolivia bombay bosnia boston brazil brisbane bristol britain brussels bulgaria burma cairo calcutta california
  cambodia cambridge cameroon canada canberra cardiff chad chennai chicago chile china cleveland colombia colorado congo
  connecticut copenhagen croatia cuba cyprus dallas damascus delaware delhi denmark denver detroit dhaka dubai dublin ecuador
  edinburgh egypt england eritrea estonia ethiopia europe fiji finland florida france gaza geneva georgia germany ghana glasgow
  greece guatemala haiti hawaii helsinki honduras houston hungary iceland idaho illinois india indiana indonesia iowa iran iraq
  ireland islamabad israel istanbul italy jakarta jamaica japan jerusalem jordan kabul kansas karachi kashmir kazakhstan kentucky
  kenya korea kosovo kuwait kyiv kiev laos latvia lebanon leeds liberia libya lisbon lithuania liverpool london louisiana madrid
  maine malaysia manchester manila maryland massachusetts mecca melbourne mexico miami michigan milan minnesota mississippi missouri
  moldova mongolia montana montreal morocco moscow mozambique mumbai munich myanmar nairobi nebraska nepal netherlands nevada
  nicaragua niger nigeria norway ohio oklahoma oman ontario oregon oslo ottawa oxford pakistan palestine panama paraguay paris
  pennsylvania perth peru philadelphia philippines phoenix poland portugal prague pretoria qatar quebec queensland romania rome
  russia rwanda scotland seattle senegal seoul serbia shanghai sheffield singapore slovakia slovenia somalia spain stockholm sudan
  sweden switzerland sydney syria taipei taiwan tanzania tasmania tehran tennessee texas thailand tibet tokyo toronto tripoli tunisia
  turkey uganda ukraine uk u.k u.s us usa uruguay utah uzbekistan vancouver venezuela vermont victoria vienna vietnam virginia wales
  warsaw washington wellington wisconsin wyoming yemen yugoslavia zambia zimbabwe zurich britain's
  monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
  november december christmas easter ramadan eid`)

/** Whether a word is a place, a day or a month. */
export const isPlaceOrDay = (word: string): boolean => PLACES.has(word.toLowerCase().replace(/\.$/, ''))

/** Words for where somebody or something comes from: they stand before roles and organisations. */
export const NATIONALITY =
  /^(?:[A-Z]\p{L}+(?:ian|ean|ish|ese|can|ch)|Iraqi|Israeli|Pakistani|Saudi|Thai|Greek|Dutch|German|Swiss|Afghan|Turk|Kuwaiti|Arab|Republican|Democratic|Democrat|Conservative|Labour|Liberal|Tory|Green|Former|Acting|Deputy|Vice|Senior|Assistant|Associate|Chief|Interim|Federal|State|National|Local|Prime|Lead|Retired|Shadow|First|Foreign)$/u
