import { type Fen, fen } from '@kaibo/kernel/money'

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
