import { createHash, timingSafeEqual } from 'node:crypto'
import type { CallbackRequest } from '@kaibo/modules/live'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'

export { callVendor, VendorRefusal } from './call.ts'
export { listed, noHealth } from './listed.ts'
export { type RelayNeeds, relayed } from './relay.ts'

/** Lower-case hex. */
export const md5 = (text: string): string => createHash('md5').update(text).digest('hex')
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Whole Unix seconds. */
export const unixSec = (at: Date): number => Math.floor(at.getTime() / 1_000)

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function isSame(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** A callback's JSON, when it has this form. */
export function bodyOf<S extends TSchema>(
  schema: S,
  { rawBody }: Pick<CallbackRequest, 'rawBody'>,
): Static<S> | null {
  try {
    const body: unknown = JSON.parse(Buffer.from(rawBody).toString())
    return Value.Check(schema, body) ? body : null
  } catch {
    return null
  }
}

/** Our own parameter in a push address, for vendors that tell with which address somebody pushes. */
export const keyParameter = 'key'

/** The key in the parameters of a push address, which may begin with `?`; empty when there is none. */
export const keyIn = (parameters: string): string =>
  new URLSearchParams(parameters).get(keyParameter) ?? ''

/** The answer to vendors that ask nothing, and would send again what they were refused. */
export const taken = () => ({
  status: 200,
  contentType: 'application/json',
  body: JSON.stringify({ code: 0 }),
})
