import { withoutAccents } from '../../../content/fold.ts'

/** The names of the months in the languages of the feeds that newsrooms read, and short forms that are no beginning. */
const MONTHS = [
  'january januar janvier enero gennaio janeiro januari styczen stycznia январь января',
  'february februar fevrier febrero febbraio fevereiro februari luty lutego февраль февраля',
  'march marz maerz mrz mars marzo marco maart marts marzec marca март марта',
  'april avril abril aprile kwiecien kwietnia апрель апреля',
  'may mai mayo maggio maio mei maj maja май мая',
  'june juni juin junio giugno junho czerwiec czerwca июнь июня',
  'july juli juillet julio luglio julho lipiec lipca июль июля',
  'august aout agosto augustus augusti sierpien sierpnia август августа',
  'september septembre septiembre settembre setembro wrzesien wrzesnia сентябрь сентября',
  'october oktober octobre octubre ottobre outubro pazdziernik pazdziernika октябрь октября',
  'november novembre noviembre novembro listopad listopada ноябрь ноября',
  'december dezember decembre diciembre dicembre dezembro desember grudzien grudnia декабрь декабря',
].map(names => names.split(' ').map(withoutAccents))

const WEEKDAYS = [
  'monday montag lundi lunes lunedi segunda maandag mandag poniedzialek понедельник пн',
  'tuesday dienstag mardi martes martedi terca dinsdag tirsdag tisdag wtorek вторник вт',
  'wednesday mittwoch mercredi miercoles mercoledi quarta woensdag onsdag sroda среда ср',
  'thursday donnerstag jeudi jueves giovedi quinta donderdag torsdag czwartek четверг чт',
  'friday freitag vendredi viernes venerdi sexta vrijdag fredag piatek пятница пт',
  'saturday samstag sonnabend samedi sabado sabato zaterdag lordag sobota суббота сб',
  'sunday sonntag dimanche domingo domenica zondag sondag niedziela воскресенье вс',
].flatMap(names => names.split(' ').map(withoutAccents))

const MIN_MONTH_LETTERS = 3
const MIN_WEEKDAY_LETTERS = 2

/** The month that a word names, or begins to name, from 1; undefined if it names none, or might name several. */
export function monthNamed(word: string): number | undefined {
  if (word.length < MIN_MONTH_LETTERS) return undefined
  const months = MONTHS.flatMap((names, index) =>
    names.some(name => name.startsWith(word)) ? [index + 1] : [],
  )
  return months.length === 1 ? months[0] : undefined
}

/** Whether a word names a day of the week, or begins to. */
export const isWeekday = (word: string): boolean =>
  word.length >= MIN_WEEKDAY_LETTERS && WEEKDAYS.some(name => name.startsWith(word))

/** Offsets of zones by their short names, in minutes; or the zone, where the name leaves open whether it is summer. */
const ZONES: Record<string, number | string> = {
  ...{ z: 0, ut: 0, utc: 0, gmt: 0, wet: 0, west: 60, bst: 60, cet: 60, mez: 60, met: 60 },
  ...{ cest: 120, mesz: 120, mest: 120, eet: 120, eest: 180, msk: 180, sast: 120, ist: 330 },
  ...{ nst: -210, ndt: -150, ast: -240, adt: -180, est: -300, edt: -240, cst: -360, cdt: -300 },
  ...{ mst: -420, mdt: -360, pst: -480, pdt: -420, akst: -540, akdt: -480, hst: -600 },
  ...{ hkt: 480, sgt: 480, awst: 480, jst: 540, kst: 540, acst: 570, aest: 600, aedt: 660 },
  ...{ nzst: 720, nzdt: 780 },
  et: 'America/New_York',
  ct: 'America/Chicago',
  mt: 'America/Denver',
  pt: 'America/Los_Angeles',
}

/** Short names that several countries use. Where a feed has a zone of its own, they mean that one. */
const AMBIGUOUS = new Set(['ist', 'cst', 'ast', 'bst'])

/** The offset in minutes or the zone that a short name stands for; undefined if it is none. */
export function zoneNamed(word: string, ownZone: string | undefined): number | string | undefined {
  if (ownZone !== undefined && AMBIGUOUS.has(word)) return ownZone
  return Object.hasOwn(ZONES, word) ? ZONES[word] : undefined
}

/** Words between the parts of a date that say nothing. Single letters were zones of armies, and were used wrongly. */
const FILLERS = new Set('at on the of um uhr den der de del le kl klo г'.split(' '))

/** Whether a word says nothing about the date that it stands in. */
export const isFiller = (word: string): boolean => FILLERS.has(word) || /^[a-oq-z]$/.test(word)
