/** How news texts in English write dates, as one pattern whose groups say which parts were found. */

const MONTH =
  '(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\b\\.?)'
const WEEKDAY = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day'
const DAY = '(?:0?[1-9]|[12]\\d|3[01])'
const YEAR = '(?:1[89]|20)\\d\\d'
/** What follows a day: no other digit, and no sign that makes it a number of something else. */
const DAY_END = '(?:st|nd|rd|th)?(?![\\w:]|[.,]\\d|\\s*(?:percent|per cent|%|a\\.m|p\\.m))'
const WEEKDAY_BEFORE = `(?:${WEEKDAY},?\\s+)?`

/** `Sunday, Aug. 6, 2017` and `August 6` */
const MONTH_FIRST = `${WEEKDAY_BEFORE}(?<month>${MONTH})\\s+(?<day>${DAY})${DAY_END}(?:,?\\s+(?<year>${YEAR})(?!\\d))?`
/** `6 August 2017`, `the 6th of August` */
const DAY_FIRST = `${WEEKDAY_BEFORE}(?<dayBefore>${DAY})(?:st|nd|rd|th)?\\s+(?:of\\s+)?(?<monthAfter>${MONTH})(?!\\w)(?:,?\\s+(?<year>${YEAR})(?!\\d))?`
const MONTH_AND_YEAR = `(?<month>${MONTH}),?\\s+(?:of\\s+)?(?<year>${YEAR})(?!\\d)`
/** No day or year behind a month, and no more of a word. */
const NO_MORE = `(?![\\w’']|,?\\s+(?:of\\s+)?\\d)`
/** A month alone is one only behind such a word: may and march are words, and May is a name. */
const MONTH_ALONE = `(?<lead>(?:in|since|until|till|by|from|during|early|late|mid|of|through)[\\s-]+)(?:(?<which>last|next|this)\\s+)?(?<month>${MONTH})${NO_MORE}`
const MONTH_WITH_WORD = `(?<which>last|next|this)\\s+(?<month>${MONTH})${NO_MORE}`
const YEAR_ALONE = `(?<lead>(?:in|since|until|till|by|from|during|early|late|mid|of|the|between|and|before|after|to)[\\s-]+(?:early\\s+|late\\s+|mid-?)?)(?<onlyYear>${YEAR})(?![\\d-]|\\s*(?:percent|per cent|%|people|meters|metres|miles|euros|dollars)|[.,]\\d)`
const WEEKDAY_ALONE = `(?:(?<whichDay>last|next|this(?:\\s+coming)?)\\s+)?(?<weekday>${WEEKDAY})(?![\\w])`
const DAY_WORD =
  '(?<dayWord>today|tonight|yesterday|tomorrow|last\\s+night|this\\s+(?:morning|afternoon|evening))(?!\\w)'
const SPAN = '(?<span>last|this|next)\\s+(?<unit>month|year)(?!\\w)'
/** What is no day, month or year by itself: it is found so that it can be reported. */
const VAGUE =
  '(?:last|this|next)\\s+(?:week|weekend|summer|winter|spring|autumn|fall)(?!\\w)|(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|\\d{1,3}|several|a\\s+few)\\s+(?:hours?|days?|weeks?|months?|years?|decades?)\\s+(?:ago|earlier|later)(?!\\w)|the\\s+(?:week|month|year)\\s+(?:before|after)(?!\\w)'

export const DATE_PATTERNS = new RegExp(
  `(?<![\\w$€£.-])(?:${[
    `(?<iso>${YEAR}-\\d\\d-\\d\\d)(?![\\d-])`,
    MONTH_FIRST,
    DAY_FIRST,
    MONTH_AND_YEAR,
    MONTH_ALONE,
    MONTH_WITH_WORD,
    YEAR_ALONE,
    WEEKDAY_ALONE,
    DAY_WORD,
    SPAN,
    VAGUE,
  ].join('|')})`,
  'gi',
)
