import { type BasisPoints, basisPoints, type Fen, fen } from '@kaibo/kernel/money'

/** Most that the API takes, in fen: ten million yuan. */
const fenMax = 1_000_000_000
const yuanPattern = /^(\d{1,8})(?:\.(\d{0,2}))?$/

/**
 * What was typed as yuan in fen, digit by digit: no floating point on the way. Null when it is no
 * amount of money with at most two decimals.
 */
export function parseYuan(typed: string): Fen | null {
  const text = typed.normalize('NFKC').replaceAll(/[\s,¥]/g, '')
  const [, whole, fraction = ''] = yuanPattern.exec(text) ?? []
  if (whole === undefined) return null
  const amount = Number(whole + fraction.padEnd(2, '0'))
  return amount <= fenMax ? fen(amount) : null
}

/** Fen as somebody would type it: `12.90`, `80`. */
export function yuanText(amount: number): string {
  const digits = String(amount).padStart(3, '0')
  const [whole, fraction] = [digits.slice(0, -2), digits.slice(-2)]
  return fraction === '00' ? whole : `${whole}.${fraction}`
}

/** A whole number that was typed; null when it is none, or beyond `max`. */
export function parseCount(typed: string, max = 1_000_000): number | null {
  const text = typed.normalize('NFKC').replaceAll(/[\s,]/g, '')
  if (!/^\d{1,9}$/.test(text)) return null
  const count = Number(text)
  return count <= max ? count : null
}

/** Percent that were typed, at most 100 and two decimals, in basis points; null when they are none. */
export function parsePercent(typed: string): BasisPoints | null {
  const hundredths = parseYuan(typed.replaceAll('%', ''))
  return hundredths === null || hundredths > 10_000 ? null : basisPoints(hundredths)
}
