import type { SheetErrorCode } from '@kaibo/contract/goods/sheet'
import { type Fen, fen } from '@kaibo/kernel/money'

/** What is wrong with a cell; `facts` fill the places of the code's sentences. */
export type CellProblem = {
  code: SheetErrorCode
  facts?: Readonly<Record<string, string | number>>
}
export type Parsed<T> = { value: T } | { problem: CellProblem }

/** How a column's texts become values and back. */
export type Kind<T> = {
  /** Never asked about an empty cell. */
  parse(text: string): Parsed<T>
  format(value: T): string
  /** What an empty cell means; without it an empty cell is a problem. */
  whenEmpty?: { value: T }
  /** Its texts are plain decimal numbers, harmless as such in any spreadsheet. */
  isNumber?: true
}

/** The same, but it may be left empty. */
export const optional = <T>(kind: Kind<T>): Kind<T | null> => ({
  ...kind,
  format: value => (value === null ? '' : kind.format(value)),
  whenEmpty: { value: null },
})

const refuse = (code: SheetErrorCode, facts: CellProblem['facts'] = {}) => ({
  problem: { code, facts },
})

/** Any control character but the line break. */
const controlPattern = /[^\n\P{Cc}]/u

/** A text of at most `max` characters; line breaks become `\n`. */
export const textKind = (max: number): Kind<string> => ({
  parse: text => {
    const value = text.replaceAll(/\r\n?/g, '\n')
    if (controlPattern.test(value)) return refuse('sheet.cell_control')
    return value.length > max ? refuse('sheet.cell_too_long', { max }) : { value }
  },
  format: value => value,
})

/** Digits as people type them: full-width forms, blanks and thousands separators are understood. */
const digitsOf = (text: string) => text.normalize('NFKC').replaceAll(/[\s,]/g, '')

/** A whole number between two bounds. */
export const integerKind = ({ min, max }: { min: number; max: number }): Kind<number> => ({
  isNumber: true,
  parse: text => {
    const digits = digitsOf(text)
    if (!/^[+-]?\d{1,15}(?:\.0+)?$/.test(digits)) return refuse('sheet.cell_no_integer')
    const value = Number(digits)
    return value < min || value > max ? refuse('sheet.cell_out_of_range', { min, max }) : { value }
  },
  format: String,
})

/** Fen as yuan with two decimals, digit by digit. */
export function yuanOfFen(amount: Fen): string {
  const digits = String(Math.abs(amount)).padStart(3, '0')
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Most that the API takes: ten million yuan. */
const yuanMax = 10_000_000

/** Yuan with at most two decimals outside, fen inside; no floating point on the way. */
const moneyKind = (minFen: number): Kind<Fen> => ({
  isNumber: true,
  parse: text => {
    const digits = digitsOf(text).replace(/^[¥]/, '').replace(/元$/, '')
    const [, whole, fraction = ''] = /^(-?\d{1,12})(?:\.(\d{1,2})0*)?$/.exec(digits) ?? []
    if (whole === undefined) return refuse('sheet.cell_no_money')
    const value = Number(whole + fraction.padEnd(2, '0'))
    return value < minFen || value > yuanMax * 100
      ? refuse('sheet.cell_out_of_range', { min: minFen / 100, max: yuanMax })
      : { value: fen(value) }
  },
  format: yuanOfFen,
})

export const yuanKind = moneyKind(0)

/** Money that something is sold for: at least one fen. */
export const priceKind = moneyKind(1)

/** The word that a name begins with, as people shorten them: `顺丰` for `顺丰速运`. */
function onlyOneFrom<W extends string>(known: ReadonlyMap<string, W>, start: string) {
  if (start.length < 2) return undefined
  const words = new Set(
    [...known].flatMap(([name, word]) => (name.startsWith(start) ? [word] : [])),
  )
  const [word] = words
  return words.size === 1 ? word : undefined
}

/** One of a few words, each with its Chinese and its English name, or the beginning of one. */
export function choiceKind<const W extends string>(
  names: Readonly<Record<W, readonly [zh: string, en: string]>>,
): Kind<W> {
  const known = new Map<string, W>()
  const words = Object.keys(names).filter((word): word is W => word in names)
  for (const word of words)
    for (const name of [word, ...names[word]]) known.set(name.toLowerCase(), word)
  const choices = words.map(word => names[word].join(' / ')).join(', ')
  return {
    parse: text => {
      const value = known.get(text.toLowerCase()) ?? onlyOneFrom(known, text.toLowerCase())
      return value === undefined ? refuse('sheet.cell_no_choice', { choices }) : { value }
    },
    format: word => names[word][0],
  }
}

/** Names with values, such as the specs of a SKU: `颜色:红色;尺码:M`. */
export const pairsKind = (max: { name: number; value: number; pairs: number }) =>
  ({
    parse: (text): Parsed<Record<string, string>> => {
      const parts = text.split(/[;；\n]/).filter(part => part.trim() !== '')
      const pairs = parts.map(part => /^([^:：]+)[:：](.+)$/s.exec(part)?.slice(1) ?? [])
      const isFine = pairs.every(
        ([name = '', value = '']) =>
          name.trim() !== '' &&
          value.trim() !== '' &&
          name.trim().length <= max.name &&
          value.trim().length <= max.value &&
          !controlPattern.test(name + value),
      )
      const names = new Set(pairs.map(([name = '']) => name.trim()))
      if (!isFine || names.size < parts.length || parts.length === 0 || parts.length > max.pairs)
        return refuse('sheet.cell_no_pairs')
      return {
        value: Object.fromEntries(
          pairs.map(([name = '', value = '']) => [name.trim(), value.trim()]),
        ),
      }
    },
    format: pairs =>
      Object.entries(pairs)
        .map(([name, value]) => `${name}:${value}`)
        .join(';'),
  }) satisfies Kind<Record<string, string>>

/** Several texts in one cell, one per line or separated by `|`. */
export const listKind = (max: { items: number; text: number }): Kind<string[]> => ({
  parse: text => {
    const value = text.split(/[|\n]/).flatMap(item => item.trim() || [])
    if (value.some(item => controlPattern.test(item))) return refuse('sheet.cell_control')
    if (value.some(item => item.length > max.text))
      return refuse('sheet.cell_too_long', { max: max.text })
    return value.length > max.items
      ? refuse('sheet.cell_out_of_range', { min: 0, max: max.items })
      : { value }
  },
  format: value => value.join('|'),
})
