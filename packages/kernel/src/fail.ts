/** HTTP status that an error code maps to. */
export type Status = 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 422 | 423 | 429 | 503

/** What a person is told, in both languages of the product. */
export type ErrorText = { readonly status: Status; readonly en: string; readonly zh: string }

/** Facts that travel with an error: they end up in the problem+json `data`. Never secrets. */
export type ErrorData = Readonly<
  Record<string, string | number | boolean | null | readonly string[]>
>

/** An expected failure with a stable code. Anything else thrown is a bug and becomes a 500. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: string
  readonly data: ErrorData
  constructor(code: string, data: ErrorData = {}) {
    super(code)
    this.code = code
    this.data = data
  }
}

/** Declares the error codes of one noun: `{ 'order.sold_out': [409, 'Sold out', '已售罄'] }`. */
export function errors<const T extends Readonly<Record<string, readonly [Status, string, string]>>>(
  table: T,
): { readonly [K in keyof T]: ErrorText } {
  const out: Record<string, ErrorText> = {}
  for (const [code, [status, en, zh]] of Object.entries(table)) out[code] = { status, en, zh }
  return out as { readonly [K in keyof T]: ErrorText }
}

/** Whether `error` is the expected failure `code`. */
export const isFailure = (error: unknown, code?: string): error is AppError =>
  error instanceof AppError && (code === undefined || error.code === code)
