/** A UUIDv7 in text form; sorts by creation time. */
export type Id = string

/** Random bytes are drawn for many ids at once, each of which is used once. */
const pool = new Uint8Array(4_000)
let poolUsed = pool.length
const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

const rankMax = 0xfff
let latestMs = -1
let latestRank = 0

/**
 * Makes a UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, 12 bits that count on from a random one
 * within a millisecond (§6.2), so that what was made later sorts later, then random bits.
 */
export function newId(nowMs: number = Date.now()): Id {
  if (poolUsed === pool.length) {
    crypto.getRandomValues(pool)
    poolUsed = 0
  }
  const bytes = pool.subarray(poolUsed, poolUsed + 10)
  poolUsed += bytes.length
  // Half of the range to begin in leaves at least the other half to count in.
  const random = (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) & (rankMax >> 1)
  latestRank = nowMs === latestMs ? Math.min(latestRank + 1, rankMax) : random
  latestMs = nowMs
  bytes[0] = 0x70 | (latestRank >> 8)
  bytes[1] = latestRank & 0xff
  bytes[2] = ((bytes[2] ?? 0) & 0x3f) | 0x80
  let hex = nowMs.toString(16).padStart(12, '0')
  for (const byte of bytes) hex += hexOf[byte]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** No clock gets here: the ids of people who are none begin like this. */
const syntheticPrefix = 'ffffffff-ffff-8'

/** Ids of real people are below, as text and as `uuid`: what counts people or sales asks for that. */
export const syntheticFrom: Id = `${syntheticPrefix}000-0000-000000000000`

/** An id for a synthetic person (RFC 9562 version 8): whoever sees it knows, in any table or ticket. */
export const newSyntheticId = (): Id => syntheticPrefix + newId().slice(syntheticPrefix.length)

/** Whether a person is a synthetic one: never counted among people, sales or views. */
export const isSynthetic = (id: Id): boolean => id.startsWith(syntheticPrefix)

const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

export const isId = (text: string): text is Id => idPattern.test(text)

/**
 * The number people see: date (yymmdd, Asia/Shanghai) + eight-digit sequence + Luhn check digit,
 * so that a mistyped number is caught before it is looked up.
 */
export function publicNumber(at: Date, sequence: number): string {
  const shanghai = new Date(at.getTime() + 8 * 3_600_000).toISOString()
  const digits = shanghai.slice(2, 10).replaceAll('-', '') + String(sequence).padStart(8, '0')
  return digits + luhnDigit(digits)
}

/** Whether the check digit of a {@link publicNumber} is right. */
export const isPublicNumber = (text: string): boolean =>
  /^\d{15,}$/.test(text) && luhnDigit(text.slice(0, -1)) === text.at(-1)

function luhnDigit(digits: string): string {
  let sum = 0
  for (let fromRight = 0; fromRight < digits.length; fromRight++) {
    const digit = Number(digits[digits.length - 1 - fromRight])
    const doubled = fromRight % 2 === 0 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return String((10 - (sum % 10)) % 10)
}
