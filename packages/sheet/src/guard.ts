/**
 * A spreadsheet runs a cell that begins like a formula, so on the way out such a text gets the
 * apostrophe that marks a text; on the way in it is taken off again, and the round trip is exact.
 */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/
/** Digits that a spreadsheet would take for a number when it opens a CSV: bar codes, postcodes. */
const digits = /^'*(?:\d{12,}|0\d+)$/
const guarded = /^'(?='*(?:[=+\-@\t\r\n＝＋－＠]|\d{12,}$|0\d+$))/

/** A text that no spreadsheet runs. */
export const guardFormula = (text: string): string => (formula.test(text) ? `'${text}` : text)

/** The same for CSV, where digits need the mark as well. */
export const guardCsv = (text: string): string =>
  formula.test(text) || digits.test(text) ? `'${text}` : text

/** What was meant before it was guarded. */
export const unguard = (text: string): string => text.replace(guarded, '')
