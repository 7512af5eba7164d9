/**
 * Words that say nothing about what is looked for: articles, helping verbs, pronouns, and what people add to be polite.
 * Of other languages only those that mean nothing else in English.
 */
const STOP_WORDS = new Set(
  `a an the this that these those it its and or but so if than then there here of in on at to for from by with about
  into over under as per via is are was were be been being am isn't isnt wasn't wasnt do does did don't dont didn't didnt
  doing done has have had having can could can't cant will would shall should may might must cannot i im i'm me my mine
  myself we us our you your they them their he him his she her hers who's whos what's whats that's thats there's theres
  please pls plz kindly tell show give get let lets let's want wanna need like know find_out some any all just also really
  actually exactly every vs versus ok okay hey hi hello dear bot nutgraf one thing things something anything everything
  someone anyone somebody case story topic article subject exactly around yet ever already still again too very much many
  more most less own same such both each other others else out up down off today's
  who what which when where why how whom whose
  der das den dem und oder zu zum zur über von vom mit ist sind ein eine einen hat haben wurde bitte mir uns gibt es im
  le les la du de des un une et ou que qui quoi dans sur avec pour il elle a-t-il est-ce s'il vous plaît plait
  el una unos y o por para sobre se lo su me dime favor
  che cosa ha di il lo gli e per mi
  wat heeft het een van over`.split(/\s+/),
)

/** Whether a word, folded, says nothing about what is looked for. */
export const isStopWord = (key: string): boolean => STOP_WORDS.has(key)
