import { invariant } from './invariant.ts'

/** An amount of money in fen (1/100 yuan): a safe integer. Made only by {@link fen} and the functions below. */
export type Fen = number & { readonly fen: unique symbol }

/** A rate in basis points: 10 000 = 100 %. */
export type BasisPoints = number & { readonly basisPoints: unique symbol }

const isFen = (value: number): value is Fen => Number.isSafeInteger(value)
const isBasisPoints = (value: number): value is BasisPoints => Number.isSafeInteger(value)

/** Brands a number as fen where it enters the system. Throws when it is not a safe integer. */
export function fen(value: number): Fen {
  invariant(isFen(value), `not a whole, safe amount of fen: ${value}`)
  return value
}

/** Brands a number as basis points where it enters the system. */
export function basisPoints(value: number): BasisPoints {
  invariant(isBasisPoints(value), `not a whole number of basis points: ${value}`)
  return value
}

export const zeroFen = fen(0)

/** Sum of amounts; the empty sum is zero. */
export const sumFen = (amounts: Iterable<Fen>): Fen => {
  let total = 0
  for (const amount of amounts) total += amount
  return fen(total)
}

export const minusFen = (a: Fen, b: Fen): Fen => fen(a - b)

/** Unit price × whole quantity. */
export const multiplyFen = (unit: Fen, quantity: number): Fen => fen(unit * quantity)

/**
 * Splits `total` by `weights` with the largest-remainder method: shares are whole fen, differ from
 * the exact share by less than one fen, and always sum to `total`. Equal remainders go to the
 * earlier share, so the result is deterministic.
 */
export function allocate(total: Fen, weights: readonly number[]): Fen[] {
  invariant(weights.length > 0, 'a split needs at least one weight')
  invariant(
    weights.every(w => Number.isSafeInteger(w) && w >= 0),
    'weights are whole and ≥ 0',
  )
  const weightSum = weights.reduce((sum, w) => sum + BigInt(w), 0n)
  invariant(weightSum > 0n, 'weights may not all be zero')

  const sign = total < 0 ? -1 : 1
  const amount = BigInt(Math.abs(total))
  const shares = weights.map((weight, index) => {
    const exact = amount * BigInt(weight)
    return { index, whole: exact / weightSum, rest: exact % weightSum }
  })
  let left = amount - shares.reduce((sum, share) => sum + share.whole, 0n)
  const byRest = [...shares].sort(
    (a, b) => Number(b.rest > a.rest) - Number(b.rest < a.rest) || a.index - b.index,
  )
  for (const share of byRest) {
    if (left === 0n) break
    share.whole += 1n
    left -= 1n
  }
  return shares.map(share => fen(sign * Number(share.whole)))
}

/** `amount × rate`. `down` floors towards zero; `half-even` is banker's rounding. */
export function times(amount: Fen, rate: BasisPoints, round: 'down' | 'half-even'): Fen {
  const exact = BigInt(amount) * BigInt(rate)
  const whole = exact / 10_000n
  if (round === 'down') return fen(Number(whole))
  const twiceRest = (exact % 10_000n) * 2n
  const distance = twiceRest < 0n ? -twiceRest : twiceRest
  const away = exact < 0n ? -1n : 1n
  const up = distance > 10_000n || (distance === 10_000n && whole % 2n !== 0n)
  return fen(Number(up ? whole + away : whole))
}
