/**
 * A spreadsheet runs a cell that begins like a formula, so on the way out such a text gets the
 * apostrophe that marks a text; on the way in it is taken off again, and the round trip is exact.
 */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/
/** Digits that a spreadsheet would take for a number when it opens a CSV: bar codes, postcodes. */
const digits = /^'*(?:\d{12,}|0\d+)$/
/** Words that the writer of XLSX files takes for something else: it looks texts up in an object. */
const words = Object.getOwnPropertyNames(Object.prototype).join('|')
const reserved = new RegExp(`^'*(?:${words})$`)
const guarded = new RegExp(`^'(?='*(?:[=+\\-@\\t\\r\\n＝＋－＠]|\\d{12,}$|0\\d+$|(?:${words})$))`)

/** A text that no spreadsheet runs. */
export const guardXlsx = (text: string): string =>
  (formula.test(text) || reserved.test(text) ? `'${text}` : text)
    // Excel writes control characters like this, and would read such a text as one.
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')

/** The same for CSV, where digits need the mark as well. */
export const guardCsv = (text: string): string =>
  formula.test(text) || digits.test(text) || reserved.test(text) ? `'${text}` : text

/** What was meant before it was guarded. */
export const unguard = (text: string): string => text.replace(guarded, '')
