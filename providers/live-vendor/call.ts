const timeoutMs = 5_000
const answerBytesMax = 4 * 1024 * 1024

export type VendorCall = {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** The vendor's answer was no. */
export class VendorRefusal extends Error {
  override readonly name = 'VendorRefusal'
  readonly status: number
  constructor(url: URL, status: number) {
    // Host and path alone: queries hold keys.
    super(`${url.host}${url.pathname} answered ${status}`)
    this.status = status
  }
}

/**
 * Asks a vendor's interface and answers with its JSON (`null` for an empty body). Rejects when it
 * cannot be reached, takes longer than five seconds, refuses ({@link VendorRefusal}), or says more
 * than 4 MiB.
 */
export async function callVendor(url: URL, call: VendorCall = {}): Promise<unknown> {
  const { method = 'GET', headers = {}, body } = call
  const response = await fetch(url, {
    method,
    headers,
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
    ...(body !== undefined && { body }),
  })
  const text = await textOf(response)
  if (!response.ok) throw new VendorRefusal(url, response.status)
  return text === '' ? null : JSON.parse(text)
}

async function textOf(response: Response): Promise<string> {
  const pieces: Uint8Array[] = []
  let byteCount = 0
  for await (const piece of response.body ?? []) {
    byteCount += piece.byteLength
    if (byteCount > answerBytesMax) throw new Error('the vendor says too much')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString()
}
