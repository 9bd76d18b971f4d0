import { AppError } from './fail.ts'

/** Keyset paging only: a page never shifts while rows are added. */
export type PageQuery = { cursor?: string | undefined; limit: number }
export type Page<T> = { items: T[]; next: string | null }

export const pageLimitMax = 100
export const pageLimitDefault = 20

type KeyValue = string | number | boolean | null

const toBase64Url = (text: string) =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const fromBase64Url = (text: string) =>
  new TextDecoder().decode(
    Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0)),
  )

/** The opaque cursor that continues after a row with these key values. */
export const encodeCursor = (key: readonly KeyValue[]): string => toBase64Url(JSON.stringify(key))

/** The key values of a cursor. Throws `request.bad_cursor` when it was not made by {@link encodeCursor}. */
export function decodeCursor(cursor: string, keyLength: number): KeyValue[] {
  try {
    const key: unknown = JSON.parse(fromBase64Url(cursor))
    if (Array.isArray(key) && key.length === keyLength && key.every(isKeyValue)) return key
  } catch {
    // Falls through to the one answer for every kind of broken cursor.
  }
  throw new AppError('request.bad_cursor')
}

const isKeyValue = (value: unknown): value is KeyValue =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value)
